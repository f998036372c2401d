"""The texts of an analysis with all that is known of them, read when first needed: words, credits, times, names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from analysis.comparison import Limits
from analysis.credit import Credit, credits_wire, find_credit, named_sources, significant_words
from analysis.explanation import When
from analysis.reading import Reading
from analysis.similarity import Weights
from analysis.tokens import Vocabulary


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What is known of a text beside its words."""

    text_no: int
    article_id: str
    outlet: str
    role: str
    byline: str | None
    when: When
    published_on: Any


class Corpus:
    """Texts, read when first needed, with their credits; everything else here is a plain function."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float]) -> None:
        self._connection = connection
        self._vocabulary = Vocabulary()
        self._readings: dict[int, Reading] = {}
        self._credits: dict[tuple[int, str], Credit | None] = {}
        self._sources: dict[int, bool] = {}
        self.parameters = parameters
        self.limits = Limits(
            int(parameters["gram_words"]),
            int(parameters["gap_words"]),
            int(parameters["passage_words"]),
            parameters["retold_score"],
        )
        self.facts = {row.text_no: row for row in _facts(connection)}
        self.names = {
            str(outlet): tuple(names)
            for outlet, names in connection.execute(
                "SELECT outlet, list_append(credited_as, name) FROM outlet"
            ).fetchall()
        }
        self.agencies = [
            str(row[0])
            for row in connection.execute("SELECT outlet FROM outlet WHERE role = 'agency' ORDER BY outlet").fetchall()
        ]
        frequencies = dict(connection.execute("SELECT term, text_count FROM term_frequency").fetchall())
        self.weights = Weights(len(self.facts), frequencies)

    def reading(self, text_no: int) -> Reading:
        """One text, read."""
        if text_no not in self._readings:
            self.load([text_no])
        return self._readings[text_no]

    def load(self, numbers: Sequence[int]) -> None:
        """Read several texts with one query."""
        wanted = sorted(set(numbers) - self._readings.keys())
        rows = self._connection.execute(
            "SELECT t.text_no, v.text, v.title, t.language FROM text t JOIN article_version v USING (version_id) "
            "WHERE t.text_no IN (SELECT unnest($numbers))",
            {"numbers": wanted},
        ).fetchall()
        for text_no, text, title, language in rows:
            self._readings[text_no] = Reading.of(text, title, language, self._vocabulary, self.weights)

    def credit(self, text_no: int, outlet: str) -> Credit | None:
        """Where a text credits an outlet."""
        key = (text_no, outlet)
        if key not in self._credits:
            self._credits[key] = find_credit(self.names[outlet], self.reading(text_no).text, self.facts[text_no].byline)
        return self._credits[key]

    def has_agency_credit(self, text_no: int) -> bool:
        """Whether a text credits an agency: one that is known, or a source that is none of the known outlets."""
        if text_no not in self._sources:
            own = self.facts[text_no].outlet
            known = any(self.credit(text_no, agency) for agency in self.agencies if agency != own)
            text = self.reading(text_no).text
            self._sources[text_no] = (
                known
                or credits_wire(text, self.facts[text_no].byline)
                or any(not self._is_outlet(name) for name in named_sources(text))
            )
        return self._sources[text_no]

    @cached_property
    def _outlet_words(self) -> frozenset[str]:
        """Words that name an outlet which is no agency."""
        return frozenset[str]().union(
            *(
                significant_words(name)
                for outlet, names in self.names.items()
                if outlet not in self.agencies
                for name in names
            )
        )

    def _is_outlet(self, name: str) -> bool:
        return not self._outlet_words.isdisjoint(significant_words(name))


def _facts(connection: duckdb.DuckDBPyConnection) -> Iterator[TextFacts]:
    rows = connection.execute(
        "SELECT t.text_no, t.article_id, t.outlet, t.role, v.byline, t.earliest_at, t.latest_at, t.published_on "
        "FROM text t JOIN article_version v USING (version_id) ORDER BY t.text_no"
    ).fetchall()
    for text_no, article_id, outlet, role, byline, earliest, latest, published_on in rows:
        yield TextFacts(text_no, article_id, outlet, role, byline, When(earliest, latest), published_on)
