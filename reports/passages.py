"""A text and its shared passages become paragraphs of segments, ready to be marked.

Offsets count Unicode code points of the stored text, end exclusive. Passages may overlap and cross paragraphs.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spiders.errors import StoreError

CREDIT = 0
"""The number of the one span that is no passage: the words that name the source."""

PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*(?<=\S)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of one text. `kind` is copied, retold or credit."""

    number: int
    start: int
    end: int
    kind: str
    is_explained: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same spans cover; `begins` are those that start here and get their number."""

    text: str
    spans: tuple[Span, ...]
    begins: tuple[Span, ...]
    finishes: tuple[Span, ...]

    @property
    def numbers(self) -> str:
        """The passages here, as the script that links both sides reads them."""
        return " ".join(str(span.number) for span in self.passages)

    @property
    def passages(self) -> tuple[Span, ...]:
        """The spans that are shared text."""
        return tuple(span for span in self.spans if span.number != CREDIT)

    @property
    def look(self) -> str:
        """CSS classes: the strongest kind, whether all of it is explained by another source, the credit."""
        looks = []
        if self.passages:
            looks.append("copied" if any(span.kind == "copied" for span in self.passages) else "retold")
            if all(span.is_explained for span in self.passages):
                looks.append("explained")
        if len(self.passages) < len(self.spans):
            looks.append("credit")
        return " ".join(looks)


def check(text: str, spans: Iterable[Span], where: str) -> None:
    """Raise StoreError where a span marks nothing: evidence that cannot be shown is none (law 6)."""
    for span in spans:
        if not (0 <= span.start < span.end <= len(text) and text[span.start : span.end].strip()):
            raise StoreError(f"{where}: passage {span.number} lies outside the text; run `odjek analyze` again")


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Segment]]:
    """The paragraphs of a text, each cut wherever a span begins or ends."""
    trimmed = sorted((_trim(text, span) for span in spans), key=lambda span: (span.start, span.number))
    return [list(_segments(text, match.start(), match.end(), trimmed)) for match in PARAGRAPH.finditer(text)]


def _segments(text: str, first: int, last: int, spans: list[Span]) -> Iterator[Segment]:
    inside = [span for span in spans if span.start < last and span.end > first]
    cuts = sorted(
        {first, last, *(max(span.start, first) for span in inside), *(min(span.end, last) for span in inside)}
    )
    for start, end in pairwise(cuts):
        here = tuple(span for span in inside if span.start < end and span.end > start)
        begins = tuple(span for span in here if span.start == start)
        finishes = tuple(span for span in here if span.end == end)
        yield Segment(text[start:end], here, begins, finishes)


def _trim(text: str, span: Span) -> Span:
    """The span without white space at its ends, which belongs to no paragraph."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return replace(span, start=start, end=span.start + len(inside.rstrip()))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with the words around it; `left_out` counts the words cut from its middle."""

    before: str
    head: str
    tail: str
    after: str
    left_out: int


def excerpt(text: str, span: Span, *, around: int = 60, limit: int = 70) -> Excerpt:
    """The passage with up to `around` characters on both sides; of more than `limit` words the middle is left out."""
    before = text[max(0, span.start - around) : span.start].rpartition("\n\n")[2]
    after = text[span.end : span.end + around].partition("\n\n")[0]
    if span.start - len(before) > 0 and not text[: span.start - len(before)].endswith("\n\n"):
        before = "… " + before.partition(" ")[2]
    if span.end + len(after) < len(text) and text[span.end + len(after) : span.end + len(after) + 2] != "\n\n":
        after = after.rpartition(" ")[0] + " …"
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    inside = text[span.start : span.end]
    if len(words) <= limit + limit // 4:
        return Excerpt(before, inside, "", after, 0)
    head, tail = limit * 3 // 4, limit // 4
    return Excerpt(before, inside[: words[head - 1].end()], inside[words[-tail].start() :], after, len(words) - limit)
