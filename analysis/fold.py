"""Folding: what makes two spellings of one Serbian word the same word.

Script (Cyrillic → Latin), diacritics and case are folded by `pipelines.normalise.fold`; here the two
pronunciations are folded too: ijekavian (*lijep*, *mjesto*) becomes ekavian (*lep*, *mesto*), in every word
alike, so that a word folds to the same form whatever it was written in. Words that only Croatian or Bosnian usage
has are in `lexicon/croatian.tsv`. What lives elsewhere: cutting a text into words (`tokens`).
"""

import re
from functools import cache
from importlib import resources

import Stemmer

from pipelines.normalise import fold

# After a consonant `ije` and `je` are what ekavian writes as `e`: rijeka → reka, mjesto → mesto, and with
# the soft consonants ljeto → leto. The rule also hits words that are the same in both (istorije → istore);
# that does no harm, because it hits them in every text.
_YAT = re.compile(r"(?<=[bcdfghklmnprstvz])i?je")


@cache
def lexicon() -> dict[str, str]:
    """Folded stem of a Croatian or Bosnian word → folded stem of the Serbian one."""
    lines = resources.files("analysis").joinpath("lexicon", "croatian.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {stem(fold_word(theirs)): stem(fold_word(ours)) for theirs, ours in rows}


def fold_word(word: str) -> str:
    """Fold script, case, diacritics and pronunciation of one word: Ђевојка, đevojka, devojka → devojka."""
    return _YAT.sub("e", fold(word)).replace("dj", "d")


def fold_characters(text: str) -> tuple[str, list[int]]:
    """Fold character by character, keeping line ends: the folded text, and the offset each of its letters came from."""
    folded = [_fold_character(character) for character in text]
    return "".join(folded), [at for at, letters in enumerate(folded) for _ in letters]


@cache
def _fold_character(character: str) -> str:
    return character if character == "\n" else fold(character) or (" " if character.isspace() else "")


_snowball = Stemmer.Stemmer("serbian")


def stem(folded: str) -> str:
    """Stem of a folded word (Snowball's Serbian rules); numbers stay as they are."""
    return folded if folded.isdigit() else str(_snowball.stemWord(folded))


def stem_word(word: str) -> str:
    """Stem of a word as written, with Croatian and Bosnian vocabulary turned into Serbian."""
    stemmed = stem(fold_word(word))
    return lexicon().get(stemmed, stemmed)
