"""Words that say nothing about what a sentence tells: function words, and the verbs that only report speech.

One list for each language, in `lexicon/stopwords_<language>.txt`, one spelling a line (Serbian Latin, either
pronunciation: folding makes them one). Reporting verbs are in the lists because every retelling changes them
("kaže" → "istakao je"): a sentence is neither nearer nor farther for it.
"""

from functools import cache
from importlib import resources

from analysis.fold import fold_word


@cache
def stopwords(language: str) -> frozenset[str]:
    """Folded stop words of `sr`, `en` or `ru`."""
    text = resources.files("analysis").joinpath("lexicon", f"stopwords_{language}.txt").read_text(encoding="utf-8")
    words = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return frozenset(fold_word(word) for word in words)
