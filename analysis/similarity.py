"""How much of what one sentence says another sentence says too: weights, coverage, similarity.

A retold sentence keeps what is rare in it (names, numbers, the words of its subject) and changes the rest: order,
endings, verbs of speech, script. So each term of a sentence (`content`) weighs what it is rare (`Weights`), what only
says who speaks weighs a third, and a sentence is explained by another text as far as the weight of its terms is found
in one or two of that text's sentences (`coverage`). A term is found whole where the other sentence has it, in part
where that has a word of the same root, a synonym, or a name that sounds the same. Nothing here knows articles or
verdicts; `comparison` calls this.

The numbers below were chosen by hand, as round values on a plateau; benchmarks/similarity.py shows what each brings.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.content import Content, content
from analysis.names import sound
from analysis.roots import concept, root

__all__ = ["Content", "Coverage", "Explainer", "Weights", "content", "coverage", "similarity"]

WEAK = 1 / 3
"""What a term counts that only says who speaks."""
SAME_ROOT = 0.8
SAME_SOUND = 0.8
SYNONYM = 0.6
"""What a term counts for that is found only in another form, another spelling, another word."""
SECOND_FROM = 0.15
"""Share of a sentence that a second sentence must add before it counts as the other half of it."""
LEAST_WEIGHT = 0.05


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
            weight = self._weights[term] = self._rarity(self._frequencies.get(term, 0))
        return weight

    def near(self, term: str) -> float:
        """Weight of a term that is found only by its root: never more than its own, less where the root is common."""
        return min(self.of(term), self._rarity(min(self._count, self._roots.get(root(term), 0))))

    def total(self, sentence: Content) -> float:
        """Weight of a whole sentence."""
        return math.fsum(self.of(term) * (WEAK if term in sentence.weak else 1.0) for term in dict.fromkeys(sentence))

    @cached_property
    def _roots(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for term, count in self._frequencies.items():
            key = root(term)
            counts[key] = counts.get(key, 0) + count
        return counts

    def _rarity(self, frequency: int) -> float:
        return max(math.log((self._count + 1) / (frequency + 0.5)), LEAST_WEIGHT)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far other sentences explain a sentence: 0 to 1, and the indices of the best one and its complement."""

    score: float
    best: int | None
    second: int | None


class Explainer:
    """The sentences of one text, ready to explain those of others: build it once, call `explain` often."""

    def __init__(self, sentences: Sequence[Content], weights: Weights) -> None:
        self._weights = weights
        self._terms: dict[str, list[int]] = {}
        self._roots: dict[str, list[int]] = {}
        self._concepts: dict[int, list[int]] = {}
        self._sounds: dict[str, list[int]] = {}
        for at, sentence in enumerate(sentences):
            for term in dict.fromkeys(sentence):
                self._terms.setdefault(term, []).append(at)
                self._roots.setdefault(root(term), []).append(at)
                group = concept(term)
                if group is not None:
                    self._concepts.setdefault(group, []).append(at)
                if term in sentence.names:
                    self._sounds.setdefault(sound(term), []).append(at)
        self._sounds.pop("", None)

    def explain(self, sentence: Content) -> Coverage:
        """Share of a sentence's weight that the best of the sentences holds, or the best two together."""
        found: list[dict[int, float]] = []
        total = 0.0
        shares: dict[int, float] = {}
        for term in dict.fromkeys(sentence):
            weak = WEAK if term in sentence.weak else 1.0
            total += self._weights.of(term) * weak
            places = self._places(term, term in sentence.names)
            if places:
                places = {at: weight * weak for at, weight in places.items()}
                found.append(places)
                for at, weight in places.items():
                    shares[at] = shares.get(at, 0.0) + weight
        if not shares:
            return Coverage(0.0, None, None)
        best = _largest(shares)
        more: dict[int, float] = {}
        for places in found:
            have = places.get(best, 0.0)
            for at, weight in places.items():
                if weight > have:
                    more[at] = more.get(at, 0.0) + weight - have
        second = _largest(more) if more else None
        if second is None or more[second] < SECOND_FROM * total:
            return Coverage(min(1.0, shares[best] / total), best, None)
        return Coverage(min(1.0, (shares[best] + more[second]) / total), best, second)

    def _places(self, term: str, is_name: bool) -> dict[int, float]:
        """Sentences in which a term is found → the weight it has there."""
        places: dict[int, float] = {}
        group = concept(term)
        if group is not None:
            places = dict.fromkeys(self._concepts.get(group, ()), SYNONYM * self._weights.of(term))
        if is_name:
            places |= dict.fromkeys(self._sounds.get(sound(term), ()), SAME_SOUND * self._weights.of(term))
        near = self._roots.get(root(term))
        if near:
            weight = SAME_ROOT * self._weights.near(term)
            for at in near:
                places[at] = max(places.get(at, 0.0), weight)
            exact = self._terms.get(term)
            if exact:
                places |= dict.fromkeys(exact, self._weights.of(term))
        return places


def coverage(sentence: Content, others: Sequence[Content], weights: Weights) -> Coverage:
    """Share of a sentence's weight that the best other sentence holds, or the best two together."""
    return Explainer(others, weights).explain(sentence)


def similarity(a: Content, b: Content, weights: Weights) -> float:
    """How near two sentences are, 0 to 1, the same both ways.

    The geometric mean of what each explains of the other, as in a cosine, so that a short sentence inside a long one
    stands between the two; and its root, because people call sentences similar long before half of them is the same.
    """
    left, right = (Explainer([sentence], weights) for sentence in (a, b))
    return math.sqrt(math.sqrt(right.explain(a).score * left.explain(b).score))


def _largest(shares: Mapping[int, float]) -> int:
    """The key of the largest value, the first of equal ones."""
    return min(shares, key=lambda at: (-shares[at], at))
