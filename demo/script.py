"""Cyrillic → Latin and Latin without diacritics, for the newsroom's own pages.

The stories of an outlet with a Latin twin are written in Cyrillic once; the twin's text is made here, as such sites do
it. Nothing converts to Cyrillic: that needs a dictionary. The folding that analysis uses is elsewhere and knows more.
"""

import re

_LETTERS = str.maketrans(
    "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ"
)
_PAIRS = {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
_PAIR = re.compile("[љњџЉЊЏ](?=(.?))")
_BARE = str.maketrans(
    {"đ": "dj", "Đ": "Dj", "č": "c", "ć": "c", "š": "s", "ž": "z", "Č": "C", "Ć": "C", "Š": "S", "Ž": "Z"}
)


def to_latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters: Љубав → Ljubav, ЉУБАВ → LJUBAV."""
    return _PAIR.sub(_pair, text).translate(_LETTERS)


def _pair(found: re.Match[str]) -> str:
    latin = _PAIRS[found[0]]
    return latin.upper() if found[0].isupper() and found[1].isupper() else latin


def bare(text: str) -> str:
    """Latin without diacritics, as some sites still write: Đorđe → Djordje."""
    return text.translate(_BARE)
