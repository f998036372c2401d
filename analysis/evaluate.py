"""Scores the verdicts of a database against labelled pairs: who was found, who was wrongly accused, how sure.

Pairs are read by `pairs`. A pair is right when the verdict is the label or one that the label accepts. Precision and
recall in all are those of the one statement that accuses: amplification. A pair of which an article is not stored is
left out and counted apart: that it was not crawled says nothing of the verdicts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb

from analysis.pairs import FORMS, VERDICTS, Pair, known_pairs, read_pairs, spelling
from spiders.errors import StoreError

__all__ = [
    "ACCUSES",
    "FROM_STORY",
    "Evaluation",
    "Finding",
    "Pair",
    "Rate",
    "Score",
    "evaluate",
    "read_pairs",
    "spelling",
]

ACCUSES = "amplification"
FROM_STORY = frozenset({"amplification", "critical"})
"""Verdicts of which the probability says that they are true: the article was made from the story."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the database says of a labelled pair; `unrelated` with probability 0 where it has no match."""

    pair: Pair
    verdict: str
    form: str | None
    probability: float
    is_credited: bool
    via_url: str | None
    direction: str | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % interval by Wilson's score (Wilson 1927), which holds for small counts."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        if not self.of:
            return 0.0, 1.0
        z = 1.959964
        share, spread = self.hits / self.of, z * z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Score:
    """What one verdict, or one form of amplification, is worth: of those given and of those labelled, the right."""

    precision: Rate
    recall: Rate

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; 0 when nothing was found, None when nothing is labelled."""
        precision, recall = self.precision.value or 0.0, self.recall.value
        if recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Evaluation:
    """All findings, and the figures over them."""

    findings: list[Finding]
    missing: list[str] = field(default_factory=list)  # addresses that are not stored
    left_out: int = 0  # pairs of which an article is not stored
    model: str = ""  # version of the model that gave the verdicts

    @property
    def precision(self) -> Rate:
        """Share of the accused that the labels accuse, or allow to accuse."""
        accused = [finding for finding in self.findings if finding.verdict == ACCUSES]
        return Rate(sum(ACCUSES in finding.pair.accept for finding in accused), len(accused))

    @property
    def recall(self) -> Rate:
        """Share of the labelled amplifications that were found."""
        labelled = [finding for finding in self.findings if finding.pair.verdict == ACCUSES]
        return Rate(sum(finding.verdict == ACCUSES for finding in labelled), len(labelled))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing was found."""
        return Score(self.precision, self.recall).f1 or 0.0

    @property
    def accused(self) -> Rate:
        """Share of the pairs that are no amplification but were called one."""
        innocent = [finding for finding in self.findings if ACCUSES not in finding.pair.accept]
        return Rate(sum(finding.verdict == ACCUSES for finding in innocent), len(innocent))

    @property
    def accepted(self) -> Rate:
        """Share of the pairs whose verdict the label accepts."""
        return Rate(sum(finding.verdict in finding.pair.accept for finding in self.findings), len(self.findings))

    @property
    def forms(self) -> dict[str, Rate]:
        """By labelled form of the amplifications: share found with that form."""
        return {form: score.recall for form, score in self.form_scores.items() if score.recall.of}

    @property
    def form_scores(self) -> dict[str, Score]:
        """By form: of those called an amplification of it and of those labelled so, the right; pairs need a form."""
        said = [f for f in self.findings if f.verdict == ACCUSES and (f.pair.form or ACCUSES not in f.pair.accept)]
        labelled = [f for f in self.findings if f.pair.verdict == ACCUSES and f.pair.form]
        return {
            form: Score(
                self._rate(
                    [f for f in said if f.form == form], lambda f: ACCUSES in f.pair.accept and f.pair.form == f.form
                ),
                self._rate(
                    [f for f in labelled if f.pair.form == form],
                    lambda f: f.verdict == ACCUSES and f.form == f.pair.form,
                ),
            )
            for form in FORMS
            if any(f.form == form for f in said) or any(f.pair.form == form for f in labelled)
        }

    @property
    def kinds(self) -> dict[str, tuple[Rate, Rate]]:
        """By kind: share accepted, share called amplification."""
        accepted = self._by(self.findings, lambda f: f.pair.kind, lambda f: f.verdict in f.pair.accept)
        accused = self._by(self.findings, lambda f: f.pair.kind, lambda f: f.verdict == ACCUSES)
        return {kind: (accepted[kind], accused[kind]) for kind in accepted}

    @property
    def verdicts(self) -> dict[str, Score]:
        """By verdict: of those given (accepted labels count) and of those labelled, the right."""
        return {
            name: Score(
                self._rate([f for f in self.findings if f.verdict == name], lambda f: f.verdict in f.pair.accept),
                self._rate([f for f in self.findings if f.pair.verdict == name], lambda f: f.verdict == f.pair.verdict),
            )
            for name in VERDICTS
            if any(name in (f.pair.verdict, f.verdict) for f in self.findings)
        }

    @property
    def confusion(self) -> dict[tuple[str, str], int]:
        """(label, verdict) → pairs."""
        return dict(sorted(Counter((f.pair.verdict, f.verdict) for f in self.findings).items()))

    @property
    def credits(self) -> Rate:
        """Share of the labelled pairs of one text whose credit was seen rightly."""
        known = [f for f in self.findings if f.pair.is_credited is not None and f.pair.verdict == ACCUSES]
        return Rate(sum(f.is_credited == f.pair.is_credited for f in known if f.verdict == ACCUSES), len(known))

    @property
    def parents(self) -> Rate:
        """Share of the labelled chains whose direct parent was named."""
        chained = [f for f in self.findings if f.pair.via_url]
        return Rate(sum(f.via_url == f.pair.via_url for f in chained), len(chained))

    @property
    def wrong_parents(self) -> Rate:
        """Of the articles for which a parent was named, those whose label has another one or none."""
        named = [f for f in self.findings if f.via_url]
        return Rate(sum(f.via_url != f.pair.via_url for f in named), len(named))

    @property
    def brier(self) -> float:
        """Mean squared error of the probability (Brier 1950); 0.25 is a coin."""
        errors = [(f.probability - (f.pair.verdict in FROM_STORY)) ** 2 for f in self.findings]
        return sum(errors) / len(errors) if errors else 0.0

    @property
    def reliability(self) -> list[tuple[float, float, float, int]]:
        """For each tenth of probability that occurs: its lower end, mean probability, share true, pairs."""
        bins: dict[int, list[Finding]] = {}
        for finding in self.findings:
            bins.setdefault(min(9, int(finding.probability * 10)), []).append(finding)
        return [
            (
                at / 10,
                sum(f.probability for f in found) / len(found),
                sum(f.pair.verdict in FROM_STORY for f in found) / len(found),
                len(found),
            )
            for at, found in sorted(bins.items())
        ]

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: how far mean probability and share true lie apart, over the tenths, by pairs."""
        bins = self.reliability
        pairs = sum(count for *_, count in bins)
        return sum(abs(mean - true) * count for _, mean, true, count in bins) / pairs if pairs else 0.0

    def worst(self, count: int = 10) -> list[Finding]:
        """Findings whose verdict is not accepted, false accusations first, the surest first."""
        wrong = [f for f in self.findings if f.verdict not in f.pair.accept]
        return sorted(
            wrong,
            key=lambda f: (
                f.verdict != ACCUSES,
                f.pair.verdict != ACCUSES,
                -abs(f.probability - (f.pair.verdict in FROM_STORY)),
                f.pair.local_url,
            ),
        )[:count]

    @classmethod
    def _by(
        cls, findings: Iterable[Finding], key: Callable[[Finding], str], is_hit: Callable[[Finding], bool]
    ) -> dict[str, Rate]:
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            groups.setdefault(key(finding), []).append(finding)
        return {name: cls._rate(found, is_hit) for name, found in sorted(groups.items())}

    @staticmethod
    def _rate(findings: Sequence[Finding], is_hit: Callable[[Finding], bool]) -> Rate:
        return Rate(sum(map(is_hit, findings)), len(findings))


def evaluate(database: Path, pairs: Path) -> Evaluation:
    """Compare the matches of a published database with labelled pairs; InputError where it holds none of them."""
    labelled = read_pairs(pairs)
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise StoreError(f"{database} cannot be opened: {str(error).splitlines()[0]}") from error
    with connection:
        try:
            model = str(connection.execute("SELECT version FROM method").fetchall()[0][0])
            found = _matches(connection)
        except duckdb.CatalogException as error:
            raise StoreError("the database has no matches yet: run odjek analyze") from error
        known = known_pairs(connection, pairs, labelled)
    findings = [_finding(pair, known.articles, found) for pair in known.pairs]
    return Evaluation(findings, known.missing, known.left_out, model)


def _matches(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = connection.execute(
        "SELECT article_id, state_article_id, verdict, form, probability, is_credited, via_article_id, direction "
        "FROM match"
    ).fetchall()
    return {(str(row[0]), str(row[1])): row[2:] for row in rows}


def _finding(pair: Pair, articles: Mapping[str, str], matches: Mapping[tuple[str, str], Sequence[Any]]) -> Finding:
    """The likeliest match of the pair's article with any edition of its story."""
    local = articles.get(spelling(pair.local_url))
    states = [articles.get(spelling(url)) for url in pair.state_urls]
    rows = [matches[local, state] for state in states if local and state and (local, state) in matches]
    if not rows:
        return Finding(pair, "unrelated", None, 0.0, False, None, None)
    verdict, form, probability, is_credited, via, direction = max(rows, key=lambda row: (row[0] == ACCUSES, row[2]))
    is_labelled = via is not None and articles.get(spelling(pair.via_url)) == via
    via_url = (
        pair.via_url if is_labelled else min((url for url, article in articles.items() if article == via), default=None)
    )
    return Finding(pair, verdict, form, probability, is_credited, via_url, direction)
