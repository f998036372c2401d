"""Cuts a text into sentences, with offsets, and finds what stands in quotation marks.

Serbian writes ordinals with a full stop (*5. oktobra*, *19. veka*), abbreviates names (*A. Vučić*) and titles
(*dr, prof., tzv.*), and leaves the stop of a quotation inside or outside the marks; a cut at each full stop
would break sentences in two and make copies look retold.
"""

import re

from pipelines.normalise import fold

Span = tuple[int, int]
"""Offsets of a stretch of text, in Unicode code points, the end exclusive."""

_END = re.compile(r"[.!?…]+[\"'”“’»)\]]*(?=\s)")
_SHORTENED = """
    dr mr prof doc ing dipl akad gen puk maj kap por sv str br god cl st tac al ul tel tzv tj npr itd isl sl
    mil mlrd vs inc ltd co
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Folded, so that text in either script, with or without diacritics, is cut alike."""
_INITIALS = frozenset(("lj", "nj", "dz", "dj"))
"""Initials that some spellings write with two letters."""
_LONGEST = max(map(len, _ABBREVIATIONS))
_WORD_BEFORE = re.compile(r"(\w+)$")

_QUOTES = re.compile(
    r"„([^„“”\"]{2,}?)[“”\"]|“([^“”]{2,}?)”|«([^«»]{2,}?)»|»([^«»]{2,}?)«|\"([^\"]{2,}?)\"|’([^’]{12,}?)’"
)
_DASH_QUOTE = re.compile(r"(?m)^\s*[-–—]\s+(\S[^\n]{20,})$")


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text; a paragraph's end always ends a sentence."""
    spans: list[Span] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for end in _END.finditer(text, paragraph.start(), paragraph.end()):
            if _is_cut(text, end):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, paragraph.end()))
    return [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]


def quotations(text: str) -> list[Span]:
    """Spans of quoted speech: what stands in quotation marks, and paragraphs that open with a dash."""
    spans = [match.span(match.lastindex or 0) for match in _QUOTES.finditer(text)]
    spans += [match.span(1) for match in _DASH_QUOTE.finditer(text)]
    return sorted(spans)


def _is_cut(text: str, end: re.Match[str]) -> bool:
    if not end.group().startswith("."):
        return True
    following = text[end.end() :].lstrip()[:1]
    if following.islower():
        return False
    before = _WORD_BEFORE.search(text, max(0, end.start() - 30), end.start())
    if before is None:
        return True
    word = before.group(1)
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False  # an initial: A. Vučić
    if word.isdigit():
        # "1911. Na pet linija" cuts, "5. Oktobra" and "19. Beogradski" hardly occur: cut after years only.
        return len(word) == 4 or following in '"„“–-'
    if len(word) > _LONGEST:
        return True
    folded = fold(word)
    return folded not in _ABBREVIATIONS and not (folded in _INITIALS and word[0].isupper())


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
