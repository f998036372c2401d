"""Words that say nothing about what a sentence tells: function words, and the verbs that only report speech.

One list of each for each language, in `lexicon/`. Verbs of speech are kept apart because they also show who is
speaking, see `attribution`; as terms they count no more than function words do, for every retelling changes them
("kaže" → "istakao je").
"""

from functools import cache

from analysis.fold import fold_word
from analysis.wordlists import rows


@cache
def stopwords(language: str) -> frozenset[str]:
    """Folded function words of `sr`, `en` or `ru`."""
    return _words(f"stopwords_{language}.txt")


@cache
def reporting_verbs(language: str) -> frozenset[str]:
    """Folded forms of verbs of speech of `sr`, `en` or `ru`."""
    return _words(f"reporting_{language}.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for (line,) in rows(name) for word in line.split())
