"""Texts with all that is known of them, read when first needed: words, credits, times, names."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import duckdb
import numpy as np

from analysis.comparison import Limits
from analysis.credit import Credit, credits_wire, find_credit, mentions, named_sources, short_name, significant_words
from analysis.explanation import When
from analysis.public import Witness, names_occasion
from analysis.reading import Reading
from analysis.sentence_model import SentenceModel
from analysis.similarity import Weights
from analysis.tokens import Hashes, Vocabulary, hash_of
from analysis.voice import own_reporting


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


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text as it is stored, with what is known of it."""

    facts: TextFacts
    text: str
    title: str
    language: str

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> list["TextRow"]:
        """Read texts by their numbers."""
        rows = connection.execute(
            "SELECT t.text_no, t.article_id, t.outlet, t.role, v.byline, t.earliest_at, t.latest_at, t.published_on, "
            "v.text, v.title, t.language FROM text t JOIN article_version v USING (version_id) "
            "WHERE t.text_no IN (SELECT unnest($numbers)) ORDER BY t.text_no",
            {"numbers": list(numbers)},
        ).fetchall()
        return [
            cls(
                TextFacts(row[0], row[1], row[2], row[3], row[4], When(row[5], row[6]), row[7]),
                text=row[8],
                title=row[9],
                language=row[10],
            )
            for row in rows
        ]


@dataclass(frozen=True)
class Grounds:
    """What every comparison of an analysis needs to know beside the texts."""

    parameters: Mapping[str, float]
    names: Mapping[str, tuple[str, ...]]  # outlet → what it is called
    agencies: tuple[str, ...]
    text_count: int
    frequencies: Mapping[int, int]  # hash of a term → texts that hold it

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float]) -> "Grounds":
        """Read them from the tables outlet, text and term_frequency."""
        outlets = connection.execute(
            "SELECT outlet, list_append(credited_as, name), role FROM outlet ORDER BY outlet"
        ).fetchall()
        terms = connection.execute("SELECT term, text_count FROM term_frequency").fetchnumpy()
        return cls(
            parameters,
            {outlet: tuple(names) for outlet, names, _ in outlets},
            tuple(outlet for outlet, _, role in outlets if role == "agency"),
            int(connection.table("text").count("*").fetchall()[0][0]),
            dict(zip(np.asarray(terms["term"]).tolist(), np.asarray(terms["text_count"]).tolist(), strict=True)),
        )

    @cached_property
    def weights(self) -> Weights:
        """What terms are worth; made once in each process."""
        return Weights(self.text_count, _ByName(self.frequencies))

    @cached_property
    def agency_names(self) -> tuple[str, ...]:
        """What agencies are called."""
        return tuple(name for agency in self.agencies for name in self.names[agency])

    @cached_property
    def outlet_words(self) -> frozenset[str]:
        """Words that name an outlet which is no agency."""
        others = [names for outlet, names in self.names.items() if outlet not in self.agencies]
        return frozenset[str]().union(*(significant_words(name) for names in others for name in names))


class _ByName(Mapping[str, int]):
    """Frequencies kept by number, looked up by term."""

    def __init__(self, frequencies: Mapping[int, int]) -> None:
        self._frequencies = frequencies

    def __getitem__(self, term: str) -> int:
        return self._frequencies[hash_of(term)]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("only the numbers of the terms are kept")

    def __len__(self) -> int:
        return len(self._frequencies)


class Corpus:
    """The texts of one task, read when first needed, with their credits; everything else here is a plain function."""

    def __init__(
        self,
        grounds: Grounds,
        texts: Sequence[TextRow],
        stale: Mapping[int, Hashes],
        sentences: SentenceModel | None = None,
    ) -> None:
        self._grounds = grounds
        self._vocabulary = Vocabulary()
        most = int(grounds.parameters["most_characters"])
        self._rows = {row.facts.text_no: replace(row, text=row.text[:most]) for row in texts}
        self._readings: dict[int, Reading] = {}
        self._credits: dict[tuple[int, str], Credit | None] = {}
        self._sources: dict[int, bool] = {}
        self._exclusive: dict[int, tuple[int, ...]] = {}
        self._occasions: dict[int, bool] = {}
        self._voices: dict[int, tuple[int, ...]] = {}
        self.stale = stale
        self.witnesses: dict[tuple[int, int], Witness | None] = {}
        self.sentences = sentences
        self.parameters = grounds.parameters
        self.limits = Limits(
            int(grounds.parameters["gram_words"]),
            int(grounds.parameters["gap_words"]),
            int(grounds.parameters["passage_words"]),
            grounds.parameters["retold_score"],
            int(grounds.parameters["stale_words"]),
        )
        self.facts = {text_no: row.facts for text_no, row in self._rows.items()}
        self.names = grounds.names
        self.agencies = grounds.agencies

    def reading(self, text_no: int) -> Reading:
        """One text, read."""
        if text_no not in self._readings:
            row = self._rows[text_no]
            self._readings[text_no] = Reading.of(
                row.text, row.title, row.language, self._vocabulary, self._grounds.weights
            )
        return self._readings[text_no]

    def credit(self, text_no: int, outlet: str) -> Credit | None:
        """Where a text credits an outlet."""
        key = (text_no, outlet)
        if key not in self._credits:
            self._credits[key] = find_credit(self.names[outlet], self.reading(text_no).text, self.facts[text_no].byline)
        return self._credits[key]

    def voice(self, text_no: int) -> tuple[int, ...]:
        """The sentences of a text that tell of its outlet's own reporting; a fact-checker's is of the story."""
        if self.facts[text_no].role == "factchecker":
            return ()
        if text_no not in self._voices:
            starts = [start for start, _ in self.reading(text_no).spans]
            spans = own_reporting(self._rows[text_no].text, self.names[self.facts[text_no].outlet])
            self._voices[text_no] = tuple(sorted({bisect_right(starts, start) - 1 for start, _ in spans}))
        return self._voices[text_no]

    def is_named(self, text_no: int, outlet: str) -> bool:
        """Whether a text names an outlet, in full or for short, as a source or not."""
        names = self.names[outlet]
        short = tuple(name for name in map(short_name, names) if name)
        return mentions((*names, *short), self._rows[text_no].text) > 0

    def exclusive(self, text_no: int) -> tuple[int, ...]:
        """The sentences of a text that name its own outlet."""
        if text_no not in self._exclusive:
            reading, names = self.reading(text_no), self.names[self.facts[text_no].outlet]
            found = (at for at, span in enumerate(reading.spans) if mentions(names, reading.text[slice(*span)]))
            self._exclusive[text_no] = tuple(found)
        return self._exclusive[text_no]

    def names_occasion(self, text_no: int) -> bool:
        """Whether a text names an occasion on which something was said before everybody."""
        if text_no not in self._occasions:
            self._occasions[text_no] = names_occasion(self._rows[text_no].text)
        return self._occasions[text_no]

    def has_agency_credit(self, text_no: int) -> bool:
        """Whether a text credits an agency: one that is known, or a source that is none of the known outlets."""
        if text_no not in self._sources:
            text, byline = self._rows[text_no].text, self.facts[text_no].byline
            self._sources[text_no] = (
                self._credits_agency(text_no)
                or credits_wire(text, byline)
                or any(self._grounds.outlet_words.isdisjoint(significant_words(name)) for name in named_sources(text))
            )
        return self._sources[text_no]

    def _credits_agency(self, text_no: int) -> bool:
        own, byline = self.facts[text_no].outlet, self.facts[text_no].byline
        if not byline and not mentions(self._grounds.agency_names, self._rows[text_no].text):
            return False  # nearly always: one look for all names together
        return any(self.credit(text_no, agency) for agency in self.agencies if agency != own)
