"""What changed in an article after it was first read: two versions become the words that went and those that came.

Words are compared without script, diacritics and case, so that a page that turns to the other script has not changed.
Pure; the rows are those of changes.sql, and `site` hands the result to the pages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from analysis.credit import find_credit
from pipelines.normalise import fold
from reports.snapshot import Row

AROUND = 12
"""Words of unchanged text that are shown beside a change."""

TOKEN = re.compile(r"\n\s*\n|\S+")
EDGE = re.compile(r"^[^\w?!]+|[^\w?!]+$")
"""Marks around a word that are no change; a question mark is one."""

Kind = Literal["same", "out", "in", "cut"]

Source = tuple[str, tuple[str, ...]]
"""An outlet that a text may credit: its name, and the names it is credited by."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the two texts: in both (same), only in the old (out) or new one (in), or left out here (cut).

    `before` is how the old text wrote what is in both: perhaps in the other script.
    """

    kind: Kind
    text: str
    word_count: int
    before: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one article. `credits` holds (added or removed, name of the outlet, words of the credit)."""

    row: Row
    title: list[Piece]
    byline: list[Piece]
    text: list[Piece]
    credits: list[tuple[str, str, str]]


def changes(rows: Iterable[Row], sources: Mapping[str, Sequence[Source]]) -> list[Change]:
    """The changes that a reader would see, each once however many addresses show it; `sources` by article_id."""
    seen, result = set(), []
    for row in rows:
        before = (fold(row["before_title"]), fold(row["before_byline"] or ""), _bare(row["before_text"]))
        after = (fold(row["title"]), fold(row["byline"] or ""), _bare(row["text"]))
        key = (row["article_id"], before, after)
        if before == after or key in seen:
            continue
        seen.add(key)
        result.append(
            Change(
                row,
                pieces(row["before_title"], row["title"]) if before[0] != after[0] else [],
                pieces(row["before_byline"] or "", row["byline"] or "") if before[1] != after[1] else [],
                pieces(row["before_text"], row["text"]) if before[2] != after[2] else [],
                list(_credits(row, sources.get(row["article_id"], ()))),
            )
        )
    return result


def _bare(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(word for word in map(_compared, TOKEN.findall(text)) if word != "\n")


def _credits(row: Row, sources: Sequence[Source]) -> Iterator[tuple[str, str, str]]:
    for name, names in sources:
        before = find_credit(names, row["before_text"], row["before_byline"])
        after = find_credit(names, row["text"], row["byline"])
        if after and not before:
            yield "added", name, after.words
        elif before and not after:
            yield "removed", name, before.words


def pieces(before: str, after: str) -> list[Piece]:
    """The words of both texts in order; long stretches that did not change are cut."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, list(map(_compared, old)), list(map(_compared, new)), autojunk=len(old) > 3000)
    found: list[Piece] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            ends = (old_start == new_start == 0, (old_end, new_end) == (len(old), len(new)))
            found += _same(old[old_start:old_end], new[new_start:new_end], *ends)
            continue
        found += [_piece("out", old[old_start:old_end])] if old_end > old_start else []
        found += [_piece("in", new[new_start:new_end])] if new_end > new_start else []
    return found


@lru_cache(maxsize=1 << 16)
def _compared(token: str) -> str:
    """A word without script, diacritics, case and the marks around it; a token of marks alone stays what it is."""
    folded = fold(token)
    return (EDGE.sub("", folded) or folded) if folded else "\n"


def _same(old: list[str], new: list[str], is_first: bool, is_last: bool) -> list[Piece]:
    """What did not change: whole where it is short, else the words beside the changes."""
    if _count(new) <= AROUND * 3:
        return [_piece("same", new, old)]
    head, tail = (0 if is_first else AROUND), (len(new) if is_last else len(new) - AROUND)
    parts = [_piece("same", new[:head], old[:head]), Piece("cut", "", _count(new[head:tail]))]
    return [part for part in [*parts, _piece("same", new[tail:], old[tail:])] if part.word_count]


def _piece(kind: Kind, tokens: list[str], old: Sequence[str] = ()) -> Piece:
    return Piece(kind, _joined(tokens), _count(tokens), _joined(old))


def _count(tokens: Sequence[str]) -> int:
    return sum(not token.isspace() for token in tokens)


def _joined(tokens: Sequence[str]) -> str:
    return re.sub(r" ?\n\n ?", "\n\n", " ".join("\n\n" if token.isspace() else token for token in tokens))
