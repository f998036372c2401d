"""From some addresses of articles: the expression that all of them match, and the one that finds the site's own number.

Pure, for a draft of an outlet's file. An expression is given only where it holds for every address, and never where it
matches a section too: a pattern that is too narrow loses articles without a word, one that is too wide is no pattern.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from urllib.parse import parse_qsl, urlsplit

LEAST = 8
"""Addresses that a pattern is drawn from: five may share a number's length, or a folder, by accident."""

_ENDING = r"(?:\.\w{2,5})?/?$"
_NUMBERED = (  # DIGITS: how many a number has at least
    r"/(\d{DIGITS,})-[^/]+/?$",
    r"/(\d{DIGITS,})/[^/]+/?$",
    r"-(\d{DIGITS,})" + _ENDING,
    r"/(\d{DIGITS,})" + _ENDING,
    r"[_.](\d{DIGITS,})" + _ENDING,
    r"[-/][a-z](\d{DIGITS,})" + _ENDING,
)
_DATED = (
    r"/20\d\d/[01]\d/[0-3]\d/[^/]+",
    r"/20\d\d/[01]?\d/[0-3]?\d/[^/]+",
    r"/20\d\d-[01]\d-[0-3]\d/[^/]+",
    r"/20\d\d[01]\d[0-3]\d/[^/]+",
    r"/20\d\d/[01]\d/[^/]+",
    r"-[0-3]?\d-[01]?\d-20\d\d" + _ENDING,
)
_DATE = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?")
_SHORTEST = 3  # digits of a number that can tell articles apart


def target(url: str) -> str:
    """The part of an address that patterns are searched in: path and query."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def id_pattern_of(urls: Iterable[str]) -> str | None:
    """The expression whose group finds another number in each address; None where there is none, or too few."""
    targets = list(dict.fromkeys(map(target, urls)))
    if len(targets) < LEAST:
        return None
    return next((pattern for pattern in _numbered(targets) if _tells_apart(pattern, targets)), None)


def article_pattern_of(urls: Iterable[str], others: Iterable[str]) -> str | None:
    """The expression that every address of an article matches and none of the others does; None where there is none."""
    targets = list(dict.fromkeys(map(target, urls)))
    excluded = list(map(target, others))
    if len(targets) < LEAST:
        return None
    numbered = id_pattern_of(targets)
    candidates = [*_DATED, *([numbered.replace("(", "", 1).replace(")", "", 1)] if numbered else []), *_folder(targets)]
    for pattern in candidates:
        is_in_all = all(re.search(pattern, text) for text in targets)
        if is_in_all and not any(re.search(pattern, text) for text in excluded):
            return pattern
    return None


def _numbered(targets: Sequence[str]) -> Iterator[str]:
    for shape in _NUMBERED:
        loose = re.compile(shape.replace("DIGITS", str(_SHORTEST)))
        numbers = [found[1] for text in targets if (found := loose.search(text))]
        if len(numbers) == len(targets):
            digits = max(_SHORTEST, min(map(len, numbers)) - 1)  # a little shorter: older articles have lower numbers
            yield shape.replace("DIGITS", str(digits))
    names = [{name for name, value in parse_qsl(urlsplit(text).query) if value.isdecimal()} for text in targets]
    for name in sorted(set.intersection(*names)):
        yield rf"[?&]{re.escape(name)}=(\d+)(?:&|$)"


def _tells_apart(pattern: str, targets: Sequence[str]) -> bool:
    found = [match[1] for text in targets if (match := re.search(pattern, text))]
    is_date = all(_DATE.fullmatch(number) for number in found)
    return len(found) == len(set(found)) == len(targets) and not is_date


def _folder(targets: Sequence[str]) -> Iterator[str]:
    """The folders that all articles share: /clanak/…, /serbian/articles/…"""
    folders = (text.rstrip("/").split("/")[1:-1] for text in targets)
    levels = takewhile(lambda level: len(set(level)) == 1, zip(*folders, strict=False))
    if shared := [level[0] for level in levels]:
        yield "^/" + "".join(f"{re.escape(folder)}/" for folder in shared) + "[^/]+"
