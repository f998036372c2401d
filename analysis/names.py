"""Names: the many spellings of one foreign name in Serbian, English and Russian texts.

Serbian writes foreign names as they sound (*Vašington, Zelenski*), Croatian and Bosnian as they are written
(*Washington, Zelensky*), a hurried desk as it finds them. `respell` removes what only a foreign spelling has, in every
word alike; the best-known names are listed in `lexicon/names.tsv`, which `fold` reads; `sound` is a rougher key for
names that neither brings together (*Schmidt, Šmit*), used only between words that are written as names.
"""

import re
from functools import cache

_LETTERS = (
    (re.compile(r"sch|sh"), "s"),
    (re.compile(r"tch|ch|cz"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"(?<=[gztd])h"), ""),
    (re.compile(r"qu"), "kv"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"q"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])|y(?=[aou])"), "j"),
    (re.compile(r"y"), "i"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"(?<=[a-z]{3})ij$"), "i"),
)
_ANY = re.compile(r"[qwxy]|(?:s|c|p|k|g|z|t|d)h|cz|([a-z])\1|ij$")
_NO_CONSONANT = re.compile(r"[aeiouyjh]")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = str.maketrans("zgdb", "sktp")


def respell(folded: str) -> str:
    """A folded word as Serbian would spell it: zelensky, zelenskij → zelenski; washington → vasington."""
    if _ANY.search(folded):  # nearly no word has any of them
        for letters, serbian in _LETTERS:
            folded = letters.sub(serbian, folded)
    return folded


@cache
def sound(term: str) -> str:
    """Key of a name: its first vowel and its consonants without their voice; empty where that says too little.

    The first vowel keeps *Marković* and *Mirković* apart.
    """
    letters = respell(term).replace("dz", "s").replace("ts", "s").replace("c", "s").translate(_SOUNDS)
    consonants = _DOUBLED.sub(r"\1", _NO_CONSONANT.sub("", letters))
    vowel = next((letter for letter in letters if letter in "aeiou"), "")
    return vowel + consonants if len(consonants) >= 3 else ""
