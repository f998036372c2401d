"""Cyrillic → Latin and Latin without diacritics, for the newsroom's own pages.

The stories of an outlet with a Latin twin are written in Cyrillic once; the twin's text is made here, as such sites do
it. Nothing converts to Cyrillic: that needs a dictionary. The folding that analysis uses is elsewhere and knows more.
"""

_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
_LATIN = dict(zip(_CYRILLIC, ("a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š").split(), strict=True))
_BARE = str.maketrans(
    {"đ": "dj", "Đ": "Dj", "č": "c", "ć": "c", "š": "s", "ž": "z", "Č": "C", "Ć": "C", "Š": "S", "Ž": "Z"}
)


def to_latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters: Љубав → Ljubav, ЉУБАВ → LJUBAV."""
    letters = []
    for position, letter in enumerate(text):
        latin = _LATIN.get(letter.lower(), letter)
        if letter.isupper() and letter.lower() in _LATIN:
            is_shouted = text[position + 1 : position + 2].isupper()
            latin = latin.upper() if is_shouted else latin.capitalize()
        letters.append(latin)
    return "".join(letters)


def bare(text: str) -> str:
    """Latin without diacritics, as some sites still write: Đorđe → Djordje."""
    return text.translate(_BARE)
