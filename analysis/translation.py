"""Words of English and Russian news as terms of Serbian ones, so that a translation meets its original.

`lexicon/english.tsv` and `lexicon/russian.tsv` hold the commonest words of news. Of the rest Russian words are spelled
as their Serbian cognates would be (*город → grad*), English ones as Serbian spells Latin and Greek (*tradition →
tradicija*), unless they are names. One word becomes one
term, or several where Serbian needs them (*Montenegro → Crna Gora*).
"""

import re
from functools import cache

import Stemmer

from analysis.fold import foreign_names, stem, stem_word
from analysis.wordlists import rows
from pipelines.normalise import fold

LANGUAGES = {"en": "english", "ru": "russian"}
"""Languages that are translated; any other is read as Serbian."""

_stemmers = {language: Stemmer.Stemmer(name, 0) for language, name in LANGUAGES.items()}

# From Russian to what the South Slavs made of the same word; of folded Latin letters.
_COGNATES = (
    (re.compile(r"y"), "i"),
    (re.compile(r"(?<=[bcdfghklmnprstvz])oro(?=[bcdfghklmnprstvz])"), "ra"),
    (re.compile(r"(?<=[bcdfghklmnprstvz])olo(?=[bcdfghklmnprstvz])"), "la"),
    (re.compile(r"(?<=[bcdfghklmnprstvz])ere(?=[bcdfghklmnprstvz])"), "re"),
    (re.compile(r"^voz|^vos(?=[kptcs])"), "uz"),
    (re.compile(r"^vi(?=[bcdfghklmnprstvz])"), "iz"),
    (re.compile(r"sja$"), ""),
    (re.compile(r"(?:skij|skaja|skoe|skogo|skoj|skih|skim|skomu|skom|skuju)$"), "ski"),
    (re.compile(r"(?:ij|aja|oe|ogo|omu|ih|im|uju)$"), "i"),
    (re.compile(r"(?<=[bcdfghklmnprstvz])j(?=[aueo])"), ""),
)

# From English to the Serbian form of the same Latin or Greek word; of folded letters, not for names.
_LATINISMS = (
    (re.compile(r"tions?$"), "cija"),
    (re.compile(r"sions?$"), "zija"),
    (re.compile(r"ogists?$"), "og"),
    (re.compile(r"it(?:y|ies)$"), "itet"),
    (re.compile(r"ics?$|icals?$"), "ik"),
    (re.compile(r"isms?$"), "izam"),
    (re.compile(r"[ae]nc(?:e|es|y|ies)$"), "encija"),
    (re.compile(r"ch|kh"), "h"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[aoukltr]|$)"), "k"),
)


@cache
def serbian_terms(word: str, language: str) -> tuple[str, ...]:
    """Terms for a word of English or Russian as it is written."""
    found = _lexicon(language).get(_foreign_stem(word, language))
    if found is not None:
        return found
    is_name = word[0].isupper()
    folded = fold(word)
    for foreign, serbian in _COGNATES if language == "ru" else () if is_name else _LATINISMS:
        folded = foreign.sub(serbian, folded)
    stemmed = stem(folded)
    return (foreign_names().get(stemmed, stemmed) if is_name else stemmed,)


@cache
def _lexicon(language: str) -> dict[str, tuple[str, ...]]:
    """Foreign stem → Serbian terms; the first row of a stem counts."""
    entries: dict[str, tuple[str, ...]] = {}
    for foreign, serbian in rows(f"{LANGUAGES[language]}.tsv"):
        terms = tuple(stem_word(word) for word in serbian.split())
        for form in foreign.split():
            entries.setdefault(_foreign_stem(form, language), terms)
    return entries


def _foreign_stem(word: str, language: str) -> str:
    return str(_stemmers[language].stemWord(word.casefold().replace("ё", "е")))
