"""Folding: what makes two spellings of one Serbian word the same word.

Script (Cyrillic → Latin), diacritics and case are folded by `pipelines.normalise.fold`; here the two
pronunciations are folded too: ijekavian (*lijep*, *mjesto*) becomes ekavian (*lep*, *mesto*), in every word
alike, so that a word folds to the same form whatever it was written in. Words that only Croatian or Bosnian usage
has are in `lexicon/croatian.tsv`. What lives elsewhere: cutting a text into words (`tokens`).
"""

import re
from functools import cache, lru_cache

import Stemmer

from analysis.names import respell
from analysis.wordlists import rows
from pipelines.normalise import fold

_DJ = re.compile("dj+")

# What ekavian writes as `e` is `ije` or `je` between consonants: rijeka → reka, mjesto → mesto, ljeto → leto. The rule
# also hits words that are the same in both (zemljopis), which does no harm as long as it hits them in every text and in
# every case. So it leaves the ends of words alone (istorija, istorije), and the endings of soft nouns and adjectives
# (zemljom, starijeg, srednjem), and the few words with a yat at the end are listed.
_CONSONANT = "[bcdfghklmnprstvz]"
_YAT = re.compile(rf"(?<={_CONSONANT})i?je(?={_CONSONANT})")
_SOFT_ENDING = re.compile(rf"(?<=[aeiou]{_CONSONANT})ije(?:g|ga|m|mu)$|(?<=[ln])je(?:g|ga|m|mu)$")
_YAT_AT_END = {
    "prije": "pre",
    "najprije": "najpre",
    "poslije": "posle",
    "dvije": "dve",
    "obje": "obe",
    "smije": "sme",
    "umije": "ume",
    "umijem": "umem",
    "razumije": "razume",
    "razumijem": "razumem",
    "uspije": "uspe",
    "uspijem": "uspem",
}
_YAT_AS_I = re.compile(r"(?<=gr)i(?=j[ae])|(?<=sm)i(?=ja)|(?<=b)i(?=lje[zs])")  # grijati, smijati se, bilježiti


@cache
def lexicon() -> dict[str, str]:
    """Folded stem of a Croatian or Bosnian word → folded stem of the Serbian one."""
    return {stem(fold_word(theirs)): stem(fold_word(ours)) for theirs, ours in rows("croatian.tsv")}


@cache
def foreign_names() -> dict[str, str]:
    """Folded stem of a foreign name as it is written abroad → folded stem of its Serbian spelling."""
    return {
        stem(fold_word(form)): stem(fold_word(serbian))
        for foreign, serbian in rows("names.tsv")
        for form in foreign.split()
    }


@lru_cache(maxsize=1024)
def fold_word(word: str) -> str:
    """Fold script, case, diacritics and pronunciation of one word: Ђевојка, đevojka, devojka → devojka.

    Yat before o (*dio, htio*) folds the other way, to the ijekavian letter: that leaves *bio, radio* as they are.
    """
    return fold_pronunciation(fold(word))


def fold_pronunciation(folded: str) -> str:
    """The same of a word whose script, case and diacritics are folded already."""
    if "dj" in folded:
        folded = _DJ.sub("d", folded)
    if "je" in folded or "ij" in folded:
        folded = _ekavian(folded)
    return folded[:-2] + "io" if folded.endswith("eo") else folded


def _ekavian(folded: str) -> str:
    known = _YAT_AT_END.get(folded)
    if known is not None:
        return known
    ending = _SOFT_ENDING.search(folded)
    at = ending.start() if ending else len(folded)
    return _YAT.sub("e", _YAT_AS_I.sub("e", folded[:at])) + folded[at:]


@lru_cache(maxsize=1024)
def fold_characters(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold character by character, keeping line ends: the folded text, and the offset each of its letters came from."""
    folded = [_fold_character(character) for character in text]
    return "".join(folded), tuple(at for at, letters in enumerate(folded) for _ in letters)


@cache
def _fold_character(character: str) -> str:
    return character if character == "\n" else fold(character) or (" " if character.isspace() else "")


# Without its cache of 10,000 words, which takes six times as long as the stemming once there are more words than that.
_snowball = Stemmer.Stemmer("serbian", 0)


# The a that comes and goes: oktobar, oktobra; udarac, udarca; zadatak, zadatka. Dropped wherever it could be one.
_FLEETING = ("ar", "ac", "ak")
_FLEETING_A = re.compile(r"(?<=[a-z]{2}[bcdfghjklmnprstvz])a(?=[rck]$)")


# Snowball takes the j of *izveštaj, Rusija* away in some cases and leaves it in others.
_FINAL_J = re.compile(r"(?<=[a-z][aeiou])j$")


def stem(folded: str) -> str:
    """Stem of a folded word (Snowball's Serbian rules), foreign letters respelled; numbers stay as they are."""
    if folded.isdigit():
        return folded
    stemmed: str = _snowball.stemWord(respell(folded))
    if stemmed.endswith("j"):
        return _FINAL_J.sub("", stemmed)
    return _FLEETING_A.sub("", stemmed) if stemmed.endswith(_FLEETING) else stemmed


@lru_cache(maxsize=1 << 16)
def stem_word(word: str) -> str:
    """Stem of a word as written, with Croatian and Bosnian vocabulary and foreign names turned into Serbian."""
    return stem_folded(fold_word(word), is_capital=word[0].isupper())


def stem_folded(folded: str, *, is_capital: bool) -> str:
    """The same of a word that is folded already; a name is written with a capital."""
    stemmed = stem(folded)
    if is_capital and stemmed in foreign_names():
        return foreign_names()[stemmed]
    return lexicon().get(stemmed, stemmed)
