"""Scores the verdicts of a database against labelled pairs: who was found, who was wrongly accused, how sure.

Pairs are the CSV of docs/method.md (`story,local_url,state_url,also_state_urls,verdict,accept,form,credited,via_url,
kind`). A pair is right when the verdict is the label or one that the label accepts. Precision and recall are those of
the one statement that accuses: amplification.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any, get_args

import duckdb

from analysis.verdict import Verdict
from spiders.address import canonical
from spiders.errors import InputError, StoreError

COLUMNS = (
    "story",
    "local_url",
    "state_url",
    "also_state_urls",
    "verdict",
    "accept",
    "form",
    "credited",
    "via_url",
    "kind",
)
CREDITED = {"yes": True, "true": True, "no": False, "false": False, "": None}
VERDICTS = get_args(Verdict)
ACCUSES = "amplification"
FROM_STORY = frozenset({"amplification", "critical"})
"""Verdicts of which the probability says that they are true: the article was made from the story."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair."""

    story: str
    local_url: str
    state_urls: tuple[str, ...]
    verdict: str
    accept: frozenset[str]  # the label among them
    form: str
    is_credited: bool | None
    via_url: str
    kind: str


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


@dataclass(frozen=True)
class Evaluation:
    """All findings, and the figures over them."""

    findings: list[Finding]
    missing: list[str] = field(default_factory=list)

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
        precision, recall = self.precision.value or 0.0, self.recall.value or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

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
        return self._by(
            [finding for finding in self.findings if finding.pair.verdict == ACCUSES],
            lambda finding: finding.pair.form,
            lambda finding: finding.verdict == ACCUSES and finding.form == finding.pair.form,
        )

    @property
    def kinds(self) -> dict[str, tuple[Rate, Rate]]:
        """By kind: share accepted, share called amplification."""
        accepted = self._by(self.findings, lambda f: f.pair.kind, lambda f: f.verdict in f.pair.accept)
        accused = self._by(self.findings, lambda f: f.pair.kind, lambda f: f.verdict == ACCUSES)
        return {kind: (accepted[kind], accused[kind]) for kind in accepted}

    @property
    def verdicts(self) -> dict[str, tuple[Rate, Rate]]:
        """By verdict: precision (accepted labels count) and recall."""
        names = sorted({f.pair.verdict for f in self.findings} | {f.verdict for f in self.findings})
        found = {}
        for name in names:
            said = [f for f in self.findings if f.verdict == name]
            labelled = [f for f in self.findings if f.pair.verdict == name]
            found[name] = (
                Rate(sum(name in f.pair.accept for f in said), len(said)),
                Rate(sum(f.verdict == name for f in labelled), len(labelled)),
            )
        return found

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

    @staticmethod
    def _by(findings: Iterable[Finding], key: Any, is_hit: Any) -> dict[str, Rate]:
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            groups.setdefault(str(key(finding)), []).append(finding)
        return {name: Rate(sum(map(is_hit, found)), len(found)) for name, found in sorted(groups.items())}


def read_pairs(path: Path) -> list[Pair]:
    """Read labelled pairs; InputError names the file, the line and the column that cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            separator = max(",;\t", key=header.count)  # a spreadsheet in a Serbian locale writes semicolons
            reader = csv.DictReader(file, next(csv.reader([header], delimiter=separator), []), delimiter=separator)
            missing = [name for name in ("local_url", "state_url", "verdict") if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{path}: the column {missing[0]} is missing; labelled pairs have {', '.join(COLUMNS)}"
                )
            return [_pair(path, reader.line_num + 1, row) for row in reader]
    except UnicodeDecodeError as error:
        raise InputError(f"{path} cannot be read: it is not UTF-8; save it as 'CSV UTF-8'") from error
    except (OSError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _pair(path: Path, line: int, row: Mapping[str, str | None]) -> Pair:
    value = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("local_url", "state_url", "verdict"):
        if not value[name]:
            raise InputError(f"{path}, line {line}: {name} is empty")
    accepted = frozenset({value["verdict"], *_several(value["accept"])})
    for label in sorted(accepted - set(VERDICTS)):
        raise InputError(f"{path}, line {line}: '{label}' is no verdict; there are {', '.join(VERDICTS)}")
    if value["credited"].lower() not in CREDITED:
        raise InputError(f"{path}, line {line}: credited is '{value['credited']}'; write yes, no or nothing")
    return Pair(
        value["story"],
        value["local_url"],
        (value["state_url"], *_several(value["also_state_urls"])),
        value["verdict"],
        accepted,
        value["form"],
        CREDITED[value["credited"].lower()],
        value["via_url"],
        value["kind"],
    )


def _several(field_value: str) -> list[str]:
    return [part.strip() for part in field_value.split("|") if part.strip()]


def evaluate(database: Path, pairs: Path) -> Evaluation:
    """Compare the matches of a published database with labelled pairs."""
    labelled = read_pairs(pairs)
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise StoreError(f"{database} cannot be opened: {str(error).splitlines()[0]}") from error
    with connection:
        addresses = connection.execute("SELECT url, article_id FROM address").fetchall()
        articles = {spelling(url): str(article_id) for url, article_id in addresses}
        found = _matches(connection)
    asked = {url for pair in labelled for url in (pair.local_url, pair.state_urls[0])}
    missing = sorted(url for url in asked if spelling(url) not in articles)
    return Evaluation([_finding(pair, articles, found) for pair in labelled], missing)


def spelling(url: str) -> str:
    """One spelling of an address, whatever slash, scheme or tracking parameter it was labelled or stored with."""
    return canonical(url, None)


def _matches(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Any, ...]]:
    try:
        rows = connection.execute(
            "SELECT article_id, state_article_id, verdict, form, probability, is_credited, via_article_id, direction "
            "FROM match"
        ).fetchall()
    except duckdb.CatalogException as error:
        raise StoreError("the database has no matches yet: run odjek analyze") from error
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
