"""Labelled pairs: how their file is read, and which of them a database holds.

What the verdicts are worth against them is in `evaluate`, what a model learns from them in `train`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, get_args

import duckdb

from analysis.verdict import Form, Verdict
from spiders.address import canonical
from spiders.errors import InputError

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
NEEDED = ("local_url", "state_url", "verdict")
CREDITED = {"yes": True, "true": True, "no": False, "false": False, "": None}
VERDICTS = get_args(Verdict)
FORMS = get_args(Form)
STATE_ROLES = frozenset({"state_media", "mirror"})


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

    @property
    def label(self) -> tuple[str, frozenset[str], str, bool | None, str]:
        """All that is said of the two texts; story and kind only sort the pairs."""
        return self.verdict, self.accept, self.form, self.is_credited, self.via_url


@dataclass(frozen=True, slots=True)
class Known:
    """The pairs of a file that a database can say something of: both articles are stored."""

    pairs: list[Pair]
    articles: Mapping[str, str]  # spelling of an address → article
    missing: list[str]  # addresses that are not stored, of a pair only the first one of its story
    left_out: int  # pairs of which an article is not stored


def spelling(url: str) -> str:
    """One spelling of an address, whatever slash, scheme or tracking parameter it was labelled or stored with."""
    return canonical(url, None)


def read_pairs(path: Path) -> list[Pair]:
    """Read labelled pairs, each once; InputError names the file, the line and the column that cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = _once(path, ((line, _pair(path, line, row)) for line, row in _rows(path, file)))
    except UnicodeDecodeError as error:
        raise InputError(f"{path} cannot be read: it is not UTF-8; save it as 'CSV UTF-8'") from error
    except (OSError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not found:
        raise InputError(f"{path} holds no pair: below the names of the columns, each line is one")
    return found


def known_pairs(connection: duckdb.DuckDBPyConnection, path: Path, labelled: Sequence[Pair]) -> Known:
    """Look the pairs of a file up; InputError where none is stored, or where the two columns are swapped."""
    rows = connection.execute("SELECT url, article_id FROM address").fetchall()
    articles = {spelling(url): str(article_id) for url, article_id in rows}

    def is_stored(pair: Pair) -> bool:
        return spelling(pair.local_url) in articles and any(spelling(url) in articles for url in pair.state_urls)

    found = [pair for pair in labelled if is_stored(pair)]
    asked = [url for pair in labelled for url in (pair.local_url, pair.state_urls[0])]
    missing = [url for url in dict.fromkeys(asked) if spelling(url) not in articles]
    if not found:
        raise InputError(
            f"{path}: of none of its pairs ({len(labelled)}) are both articles stored, {missing[0]} for example is "
            "not: import the articles ('odjek import'), then run 'odjek analyze'"
        )
    if _are_swapped(connection, found, articles):
        raise InputError(
            f"{path}: local_url and state_url are swapped: each local_url is an article of state media, no state_url is"
        )
    return Known(found, articles, missing, len(labelled) - len(found))


def _rows(path: Path, file: IO[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells by column of each line that is not blank; a spreadsheet's own first line is skipped."""
    separator, skipped, header = "", 0, file.readline()
    while header and (not header.strip(" ,;\t\r\n") or header.strip('"').casefold().startswith("sep=")):
        separator = header.strip('"')[4:5].strip("\r\n") if "=" in header else separator
        skipped, header = skipped + 1, file.readline()
    # A spreadsheet in a Serbian locale writes semicolons.
    separator = separator or max(",;\t", key=header.count)
    names = [name.strip().casefold() for name in next(csv.reader([header], delimiter=separator), [])]
    for name in NEEDED:
        if name not in names:
            raise InputError(f"{path}: the column {name} is missing; labelled pairs have {', '.join(COLUMNS)}")
    reader = csv.reader(file, delimiter=separator)
    for cells in reader:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(row.values()):
            yield reader.line_num + 1 + skipped, row


def _pair(path: Path, line: int, row: Mapping[str, str]) -> Pair:
    value = {name: row.get(name, "") for name in COLUMNS}
    for name in NEEDED:
        if not value[name]:
            raise InputError(f"{path}, line {line}: {name} is empty")
    accepted = frozenset({value["verdict"], *_several(value["accept"])})
    for label in sorted(accepted - set(VERDICTS)):
        raise InputError(f"{path}, line {line}: '{label}' is no verdict; there are {', '.join(VERDICTS)}")
    if value["form"] not in ("", *FORMS):
        raise InputError(f"{path}, line {line}: '{value['form']}' is no form; there are {', '.join(FORMS)}")
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


def _once(path: Path, rows: Iterator[tuple[int, Pair]]) -> list[Pair]:
    """Each pair once; InputError where two lines say different things of it."""
    lines: dict[tuple[str, str], tuple[int, Pair]] = {}
    for line, pair in rows:
        first, other = lines.setdefault((spelling(pair.local_url), spelling(pair.state_urls[0])), (line, pair))
        if other.label != pair.label:
            raise InputError(
                f"{path}, lines {first} and {line}: the same two addresses with two different labels "
                f"({_words(other)}; {_words(pair)}); keep one"
            )
    return [pair for _, pair in lines.values()]


def _words(pair: Pair) -> str:
    """The label as the file says it."""
    credit = {True: "credited yes", False: "credited no", None: ""}[pair.is_credited]
    accepted = "|".join(sorted(pair.accept - {pair.verdict}))
    parts = (pair.verdict, pair.form, credit, accepted and f"accept {accepted}", pair.via_url and f"via {pair.via_url}")
    return ", ".join(part for part in parts if part)


def _are_swapped(connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], articles: Mapping[str, str]) -> bool:
    local = {articles[spelling(pair.local_url)] for pair in pairs}
    state = {articles[spelling(url)] for pair in pairs for url in pair.state_urls if spelling(url) in articles}
    rows = connection.execute(
        "SELECT article_id, role FROM article JOIN outlet USING (outlet) "
        "WHERE article_id IN (SELECT unnest($articles))",
        {"articles": sorted(local | state)},
    ).fetchall()
    of_state = {str(article) for article, role in rows if role in STATE_ROLES}
    return local <= of_state and state.isdisjoint(of_state)
