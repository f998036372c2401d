"""Writes generated text as other outlets would: in Cyrillic, or ijekavian. Nothing here reads text.

Rough on purpose: a handful of words take their ijekavian form, and every *lj, nj, dž* becomes one letter.
"""

import re

_DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ", "Lj": "Љ", "Nj": "Њ", "Dž": "Џ", "LJ": "Љ", "NJ": "Њ", "DŽ": "Џ"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_LETTERS = str.maketrans(
    "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
    "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
)
_IJEKAVIAN = {
    "mest": "mjest",
    "vreme": "vrijeme",
    "vrednost": "vrijednost",
    "cen": "cijen",
    "rek": "rijek",
    "reč": "riječ",
    "del": "dijel",
    "dete": "dijete",
    "svet": "svijet",
    "vek": "vijek",
    "bezbed": "bezbjed",
    "nedelj": "nedjelj",
    "ponedelj": "ponedjelj",
    "obavešt": "obavješt",
    "izvešt": "izvješt",
    "zahtev": "zahtjev",
    "primen": "primjen",
    "promen": "promjen",
    "posle": "poslije",
    "pre": "prije",
    "gde": "gdje",
    "uspeh": "uspjeh",
    "odel": "odjel",
    "potpred": "potpredsj",
    "predsed": "predsjed",
    "namešt": "namješt",
    "čovek": "čovjek",
    "dvesta": "dvjesta",
    "leto": "ljeto",
    "telo": "tijelo",
    "delo": "djelo",
    "letn": "ljetn",
}
_YAT = re.compile(r"\b(" + "|".join(sorted((w for w in _IJEKAVIAN if w != "pre"), key=len, reverse=True)) + r"|pre\b)")


def cyrillic(text: str) -> str:
    """A Latin text in Cyrillic."""
    return _DIGRAPH.sub(lambda found: _DIGRAPHS[found.group()], text).translate(_LETTERS)


def ijekavian(text: str) -> str:
    """A Latin ekavian text with its commonest yat words in ijekavian."""
    return _YAT.sub(lambda found: _IJEKAVIAN[found.group()], text)
