"""Numbers as one spelling: digits with stops or commas, words, mixtures ("1,2 miliona", "dve i po hiljade").

`literal` reads what is written in digits, `part` says what a number word adds or multiplies, `combine` turns a run of
both into values: `četrdeset jedan` → 41, `60.000` → 60000, `dvadesetak` → 20. A value is text that starts with a
digit, so that it can stand among a sentence's terms. Ordinals count as their number (*treći* → 3); *jedan*, *prvi*,
*drugi* and *sto* (which is also *što* without its mark) are numbers only beside other number words.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from analysis.fold import fold_word, stem_word
from analysis.wordlists import rows

HALF = "+half"
"""The mark of *po* in "milion i po"."""
AND = "+and"
"""The mark of the *i* that may stand inside a number."""

_MONTHS = (
    "januar",
    "februar",
    "mart",
    "april",
    "maj",
    "jun",
    "jul",
    "avgust",
    "septembar",
    "oktobar",
    "novembar",
    "decembar",
)
_GROUPS = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:[, ]\d{3})+")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_ADJECTIVE = (
    "i",
    "a",
    "o",
    "e",
    "og",
    "oga",
    "om",
    "ome",
    "omu",
    "u",
    "oj",
    "ih",
    "im",
    "ima",
    "eg",
    "ega",
    "em",
    "emu",
)


def literal(digits: str, language: str) -> tuple[str, ...]:
    """Values of a number in digits; a date in digits gives day, month's name and year."""
    if ":" in digits:
        clock = _CLOCK.fullmatch(digits)
        return (_canonical(float(f"{clock[1]}.{clock[2]}")),) if clock else (digits,)
    if digits.isdigit():
        return (digits.lstrip("0") or "0",)
    decimal, groups = (".", _ENGLISH_GROUPS) if language == "en" else (",", _GROUPS)
    whole, _, fraction = digits.partition(decimal) if digits.count(decimal) == 1 else (digits, "", "")
    if groups.fullmatch(whole) and (fraction.isdigit() or not fraction):
        return (_canonical(float(f"{re.sub(r'[., ]', '', whole)}.{fraction or 0}")),)
    date = _DATE.fullmatch(digits)
    if date and 1 <= int(date[2]) <= 12:
        return (str(int(date[1])), stem_word(_MONTHS[int(date[2]) - 1]), date[3])
    pieces = re.split(r"[., ]", digits)
    if len(pieces) == 2:
        return (_canonical(float(".".join(pieces))),)
    return tuple(str(int(piece)) for piece in pieces)


def is_part(term: str) -> bool:
    """Whether a term is a mark that `combine` must resolve."""
    return term[:1] in ("+", "*")


@cache
def parts(language: str) -> frozenset[str]:
    """All marks of number words."""
    return frozenset(number_words(language).values())


def combine(run: Sequence[str]) -> list[str]:
    """Values of a run of consecutive numbers and marks."""
    values: list[str] = []
    number = _Number()
    for mark in run:
        if not number.take(mark):
            values += number.values()
            number = _Number()
            number.take(mark)
    return values + number.values()


class _Number:
    """One number while its parts arrive, the largest first."""

    def __init__(self) -> None:
        self._done = 0.0  # thousands and millions that are complete
        self._open: float | None = None  # what the next multiplier multiplies
        self._room = 0.0  # a part is added only below this: after 20 up to 9, after 100 up to 99
        self._unit = 1.0  # what "i po" halves
        self._scale = float("inf")
        self._is_sure = False
        self._word: str | None = None

    def take(self, mark: str) -> bool:
        """Add a part; False where it begins a new number."""
        if mark == AND:
            return True
        if mark == HALF:
            return self._halve()
        if mark.startswith("*"):
            return self._multiply(float(mark[1:]))
        return self._add(mark)

    def _halve(self) -> bool:
        if self._open is not None:
            self._open += 0.5
        elif self._done:
            self._done, self._is_sure = self._done + self._unit / 2, True
        return True

    def _multiply(self, factor: float) -> bool:
        if factor == 100 and self._open is not None:
            self._open, self._room = self._open * 100, 100
            return True
        if factor >= self._scale:
            return False
        # "Milioni ljudi" is no number; "hiljadu ljudi" is.
        self._done += (1 if self._open is None else self._open) * factor
        self._is_sure = self._is_sure or self._open is not None or factor <= 1000
        self._open, self._room, self._unit, self._scale = None, factor, factor, factor
        return True

    def _add(self, mark: str) -> bool:
        if not mark.startswith("+"):
            if self._open is not None or self._done or not re.fullmatch(r"\d+(?:\.\d+)?", mark):
                return self._take_word(mark)
            self._open, self._room, self._is_sure = float(mark), 0, True
            return True
        value = float(mark.strip("+?"))
        if self._open is None:
            if self._done and value >= self._room:
                return False
            self._open = value
            self._is_sure = self._is_sure or not mark.endswith("?") or bool(self._done)
        elif value < self._room:
            self._open += value
            self._is_sure = True
        else:
            return False
        self._room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
        return True

    def _take_word(self, mark: str) -> bool:
        """What is no quantity (a score 3:1) stands alone."""
        if self._open is not None or self._done or self._word is not None:
            return False
        self._word = mark
        return True

    def values(self) -> list[str]:
        """The finished number, or nothing."""
        if self._word is not None:
            return [self._word]
        if not self._is_sure:
            return []
        return [_canonical(self._done + (self._open or 0))]


def _canonical(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}".rstrip("0").rstrip(".")


_VALUE = re.compile(r"\d+(?:\.\d+)?")


def value_of(term: str) -> float | None:
    """The value of a term that is a number."""
    return float(term) if _VALUE.fullmatch(term) else None


@cache
def number_words(language: str) -> dict[str, str]:
    """Folded number word → mark, from `lexicon/numbers_<language>.tsv`.

    "+20" adds, "*1000" multiplies, "+1?" counts only beside others.
    """
    words: dict[str, str] = {}
    for mark, forms in rows(f"numbers_{language}.tsv"):
        words |= dict.fromkeys(_forms(forms.split()), mark)
    return words


def _forms(written: Iterable[str]) -> Iterable[str]:
    """Folded spellings; an ordinal written with a hyphen at its end ("pet-") stands for its case forms."""
    for form in written:
        if form.endswith("-"):
            yield from (fold_word(form[:-1] + ending) for ending in _ADJECTIVE)
        else:
            yield fold_word(form)
