"""How much of what one sentence says another sentence says too: content words, weights, coverage, similarity.

A retold sentence keeps what is rare in it (names, numbers, the words of its subject) and changes the rest: order,
endings, verbs of speech, script. So a sentence is the set of its content terms (`content`), each term weighs what it
is rare (`Weights`), and a sentence is explained by another text as far as the weight of its terms is found in one
or two of that text's sentences (`coverage`). `features` calls this; cutting sentences is in `sentences`, folding in
`fold`. Nothing here knows articles or verdicts.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.fold import fold_word, stem_word
from analysis.stopwords import stopwords

Content = tuple[str, ...]
"""The comparable terms of one sentence, in its order."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")


class _Terms(dict[str, str]):
    """Word as written → its term, empty for a stop word: each spelling is folded and stemmed once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stopwords = stopwords(language)

    def __missing__(self, word: str) -> str:
        folded = fold_word(word)
        term = "" if folded in self._stopwords else stem_word(word)
        self[word] = term
        return term


_terms: dict[str, _Terms] = {}


def content(text: str, language: str = "sr") -> Content:
    """The content terms of a sentence."""
    terms = _terms.setdefault("sr", _Terms("sr"))
    return tuple([term for term in map(terms.__getitem__, _WORD.findall(text)) if term])


class Weights:
    """Inverse document frequency: what a term that `frequencies[term]` of `document_count` texts hold is worth."""

    def __init__(self, document_count: int, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        self._count = document_count
        self._weights: dict[str, float] = {}

    def of(self, term: str) -> float:
        """Weight of a term, above 0; the same for every term that no text holds."""
        weight = self._weights.get(term)
        if weight is None:
            weight = math.log((self._count + 1) / (self._frequencies.get(term, 0) + 0.5))
            weight = self._weights[term] = max(weight, 0.05)
        return weight


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far other sentences explain a sentence: 0 to 1, and the indices of the best one and its complement."""

    score: float
    best: int | None
    second: int | None


def coverage(sentence: Content, others: Sequence[Content], weights: Weights) -> Coverage:
    """Share of a sentence's weight that the best other sentence holds, or the best two together."""
    terms = set(sentence)
    total = sum(map(weights.of, terms))
    if not total or not others:
        return Coverage(0.0, None, None)
    shares = [sum(map(weights.of, terms.intersection(other))) for other in others]
    best = max(range(len(others)), key=shares.__getitem__)
    rest = terms.difference(others[best])
    more = [sum(map(weights.of, rest.intersection(other))) for other in others]
    second = max(range(len(others)), key=more.__getitem__)
    if more[second] < 0.15 * total:
        return Coverage(shares[best] / total, best if shares[best] else None, None)
    return Coverage((shares[best] + more[second]) / total, best, second)


def similarity(a: Content, b: Content, weights: Weights) -> float:
    """How near two sentences are, 0 to 1, the same both ways."""
    left, right = set(a), set(b)
    both = sum(map(weights.of, left)) + sum(map(weights.of, right))
    return 2 * sum(map(weights.of, left & right)) / both if both else 0.0
