"""Outlets' files as text: a new one with a comment beside each value, the day of a check, the test cases next to it.

Reading an outlet's file is `spiders.registry`'s. `NAME.cases.csv` beside `NAME.toml` lists addresses of the outlet:
`expected` says whether its form is that of an `article` or of something else (`other`), `key` what its twins share.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from spiders import clock
from spiders.address import article_key
from spiders.errors import InputError, RegistryError
from spiders.listing import looks_like_article
from spiders.registry import Outlet, host_index, outlet_of

SUFFIX = ".cases.csv"
COLUMNS = ("url", "expected", "key")
Expected = Literal["article", "other"]
_EXPECTED: dict[str, Expected] = {"article": "article", "other": "other"}
_WIDTH = 100
_VERIFIED = re.compile(r"^verified_on\s*=\s*(?:\"never\"|\d{4}-\d\d-\d\d)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a new file, and how its value was found."""

    field: str
    value: Any
    how: str


@dataclass(frozen=True, slots=True)
class Case:
    """One address of an outlet: whether its form is that of an article, and the key that its twins share."""

    url: str
    expected: Expected
    key: str  # empty: not looked at


def toml(values: Iterable[Value], opening: Sequence[str], ending: Sequence[str]) -> str:
    """The text of a new file: comments before and after, and one beside each value."""
    lines = [_comment(line) for line in opening]
    for given in values:
        line = f"{given.field} = {_written(given.value)}"
        is_short = len(line) + len(given.how) + 4 <= _WIDTH
        lines += [f"{line}  {_comment(given.how)}"] if is_short else [_comment(f"{given.how}:"), line]
    return "\n".join([*lines, *map(_comment, ending)]) + "\n"


def with_verified_on(text: str, day: date) -> str:
    """The text of a file with the day on which it was compared with the site; all else stays as it is."""
    line = f"verified_on = {day.isoformat()}"
    if _VERIFIED.search(text):
        return _VERIFIED.sub(line, text, count=1)
    return f"{text.rstrip()}\n{line}\n"


def set_verified(folder: Path, names: Iterable[str]) -> list[Path]:
    """Write today into the files of some outlets; a channel has no file of its own."""
    today = clock.now().astimezone(ZoneInfo("Europe/Belgrade")).date()
    written = []
    for path in (folder / f"{name}.toml" for name in names):
        if path.is_file():
            path.write_text(with_verified_on(path.read_text(encoding="utf-8"), today), encoding="utf-8")
            written.append(path)
    return written


def case_of(url: str, outlet: Outlet, *, is_article: bool) -> Case:
    """The case that holds an address to what is known of it now."""
    return Case(url, "article" if is_article else "other", article_key(url, outlet) if is_article else "")


def cases_text(cases: Iterable[Case]) -> str:
    """The text of a file of cases."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((case.url, case.expected, case.key) for case in cases)
    return stream.getvalue()


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, or RegistryError with the line that cannot be read."""
    cases = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise RegistryError(f"{path}: line 1: the columns are {','.join(COLUMNS)}")
            for number, row in enumerate(reader, start=2):
                expected = _EXPECTED.get(row["expected"])
                if expected is None or None in row.values() or None in row:
                    raise RegistryError(f"{path}: line {number}: expected is article or other, and there are 3 fields")
                cases.append(Case(row["url"], expected, row["key"]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: cannot be read: {error}") from error
    return cases


def failed_cases(outlet: Outlet, cases: Iterable[Case]) -> Iterator[str]:
    """One line for each case that the outlet's file does not meet."""
    index = host_index([outlet])
    for case in cases:
        is_own = outlet_of(case.url, index) == outlet.outlet
        is_article = is_own and looks_like_article(case.url, outlet)
        if is_article != (case.expected == "article"):
            yield f"{case.url}: {'an article' if is_article else 'no article'} by its form, expected {case.expected}"
        elif case.key and (key := article_key(case.url, outlet)) != case.key:
            yield f'{case.url}: its key is "{key}", expected "{case.key}"'


def faults(folder: Path, outlets: Mapping[str, Outlet]) -> Iterator[str]:
    """One line for each test case of a folder that its outlet does not meet, or that cannot be read."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        outlet = outlets.get(path.name.removesuffix(SUFFIX))
        if outlet is None:
            yield f"{path}: no outlet of this name has a file beside it"
            continue
        try:
            yield from (f"{path}: {line}" for line in failed_cases(outlet, read_cases(path)))
        except RegistryError as error:
            yield str(error)


def write_new(folder: Path, name: str, text: str) -> Path:
    """Write the file of a new outlet; InputError where it is there already, or the folder cannot be written."""
    path = folder / f"{name}.toml"
    for there in (path, path.with_suffix(SUFFIX)):
        if there.exists():
            raise InputError(f"{there} is there already; --name gives the new outlet another name")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_cases(path: Path, cases: Iterable[Case]) -> Path:
    """Write the test case of an outlet beside its file."""
    beside = path.with_suffix(SUFFIX)
    beside.write_text(cases_text(cases), encoding="utf-8")
    return beside


def _comment(text: str) -> str:
    """One line that TOML takes, whatever a site or a user wrote."""
    return "# " + "".join(sign if sign.isprintable() else " " for sign in text)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str) and "\\" in value and "'" not in value:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)
