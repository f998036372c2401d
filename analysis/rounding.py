"""Rounded numbers: *skoro pedeset hiljada* for 48.370, *oko dva miliona* for 1.940.000, *dvadesetak* for 23.

Who retells a story rounds its numbers and says so. A number is taken for rounded only behind such a word, and only
where it is round itself; then it stands for all values that the word allows. Where it meets an exact one is in
`similarity` and `comparison`.
"""

import re
from collections.abc import Iterable

from analysis.content import Range, content
from analysis.fold import fold_characters
from analysis.numbers import value_of

BELOW, ABOUT, ROUGHLY, ABOVE = (0.85, 1.0), (0.9, 1.1), (0.85, 1.2), (1.0, 1.2)
"""What a number that is called nearly, about, some (*-ak*), more than so much may be: shares of it."""

_TENS = "dvadeset|trideset|cetrdeset|pedeset|sezdeset|sedamdeset|osamdeset|devedeset"
_WORDS = (
    (rf"(?=(?:desetak|petnaestak|(?:{_TENS})ak|stotin(?:j)?ak)\b)", ROUGHLY),
    (
        r"(?:(?:nesto|malo|neznatno) (?:manje|nize) od|skoro|gotovo|bezmalo|zamalo|blizu|nepun(?:ih|a|u|e)|manje od) ",
        BELOW,
    ),
    (r"(?:vise od|preko) ", ABOVE),
    (r"(?:oko|otprilike|priblizno|cirka|negde oko|negdje oko) ", ABOUT),
)
_ROUNDED = re.compile(r"\b(?:" + "|".join(f"(?P<w{at}>{words})" for at, (words, _) in enumerate(_WORDS)) + ")")
_NEXT = 40
"""Letters after the word in which the number stands."""


def rounded(text: str, language: str) -> dict[str, Range]:
    """The rounded numbers of a sentence, as their terms, with the values that they stand for."""
    if language != "sr":
        return {}
    folded, offsets = fold_characters(text)
    found: dict[str, Range] = {}
    for match in _ROUNDED.finditer(folded):
        if match.end() >= len(offsets):
            continue
        start = offsets[match.end()]
        terms = content(text[start : start + _NEXT], language)
        value = value_of(terms[0]) if terms else None
        if value is not None and is_round(value):
            low, high = next(share for at, (_, share) in enumerate(_WORDS) if match[f"w{at}"] is not None)
            found[terms[0]] = (value * low, value * high)
    return found


def is_round(value: float) -> bool:
    """Whether at most two digits of a number from ten on are other than 0."""
    return value >= 10 and value == int(value) and len(str(int(value)).rstrip("0")) <= 2


def near(value: float, ranges: Iterable[Range]) -> bool:
    """Whether an exact number is one that a rounded one stands for."""
    return any(low <= value <= high for low, high in ranges)
