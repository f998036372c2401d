"""How much of what one sentence says another sentence says too: weights, coverage, similarity.

A retold sentence keeps what is rare in it (names, numbers, the words of its subject) and changes the rest: order,
endings, verbs of speech, script. So each term of a sentence (`content`) weighs what it is rare (`Weights`), what only
says who speaks weighs a third, and a sentence is explained by another text as far as the weight of its terms is found
in one or two of that text's sentences (`coverage`). A term is found whole where the other sentence has it, in part
where that has a word of the same root, a synonym, or a name that sounds the same. Nothing here knows articles or
verdicts; `comparison` calls this.

The numbers below are round ones chosen by hand with an eye on benchmarks/similarity.py, which shows what each brings;
around each of them the agreement with people hardly moves.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.content import Content, Range, content
from analysis.names import sound
from analysis.numbers import value_of
from analysis.roots import concept, root

__all__ = ["Content", "Coverage", "Explainer", "Weights", "content", "coverage", "similarity"]

WEAK = 1 / 3
"""What a term counts that only says who speaks."""
SAME_ROOT = 0.8
SAME_SOUND = 0.8
SYNONYM = 0.6
ROUNDED = 0.7
"""What a term counts for that is found only in another form, another spelling, another word."""
SECOND_FROM = 0.15
"""Share of a sentence that a second sentence must add before it counts as the other half of it."""
SAME_LETTERS = 0.5
"""What a term counts for, at most, whose letter groups stand in the other sentence; only in `similarity`."""
CHANCE = 0.05
"""Share of a sentence that one about something else has too."""
EVIDENCE = 0.15
"""Part of the similarity that asks how much is shared, not which share."""
ENOUGH = 2.0
"""As many rare terms in common make the evidence good (tanh 1)."""
LEAST_WEIGHT = 0.05


Term = tuple[str, bool, Range | None]
"""A term, whether it is written as a name, and what it stands for where it is a rounded number."""


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

    def total(self, sentence: Content) -> float:
        """Weight of a whole sentence."""
        return math.fsum(self.of(term) * (WEAK if term in sentence.weak else 1.0) for term in dict.fromkeys(sentence))

    @property
    def rarest(self) -> float:
        """Weight of a term that no text holds."""
        return self._rarity(0)

    def _rarity(self, frequency: int) -> float:
        return max(math.log((self._count + 1) / (frequency + 0.5)), LEAST_WEIGHT)


def rarity(document_count: int, frequencies: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The weights of many terms at once, by their document frequencies; same shape."""
    return np.maximum(np.log((document_count + 1) / (frequencies + 0.5)), LEAST_WEIGHT)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far other sentences explain a sentence: 0 to 1, and the indices of the best one and its complement."""

    score: float
    best: int | None
    second: int | None


class Sentences:
    """Sentences made ready to be explained: their distinct terms one after the other, and what each is worth."""

    def __init__(self, sentences: Sequence[Content], weights: Weights) -> None:
        self.terms: list[Term] = []
        worth: list[float] = []
        counts: list[int] = []
        for sentence in sentences:
            distinct = dict.fromkeys(sentence)
            self.terms += [(term, term in sentence.names, sentence.rounded.get(term)) for term in distinct]
            worth += [weights.of(term) * (WEAK if term in sentence.weak else 1.0) for term in distinct]
            counts.append(len(distinct))
        self.worth = np.array(worth)
        self.counts = np.array(counts, np.int64)


class Explainer:
    """The sentences of one text, ready to explain those of others: build it once, call `explain` often."""

    def __init__(self, sentences: Sequence[Content], weights: Weights) -> None:
        self._weights = weights
        self._count = len(sentences)
        self._terms: dict[str, list[int]] = {}
        self._roots: dict[str, list[int]] = {}
        self._concepts: dict[int, list[int]] = {}
        self._sounds: dict[str, list[int]] = {}
        self._parts: dict[Term, list[float] | None] = {}
        self._ranges: list[tuple[Range, int]] = []
        for at, sentence in enumerate(sentences):
            for term in dict.fromkeys(sentence):
                self._terms.setdefault(term, []).append(at)
            self._ranges += [(span, at) for span in sentence.rounded.values()]
            for name in sentence.names:
                self._sounds.setdefault(sound(name), []).append(at)
        for term, places in self._terms.items():
            base, group = _kin(term)
            self._roots.setdefault(base, []).extend(places)
            if group is not None:
                self._concepts.setdefault(group, []).extend(places)
        self._sounds.pop("", None)

    def explain(self, sentence: Content) -> Coverage:
        """Share of a sentence's weight that the best of the sentences holds, or the best two together."""
        return self.explain_all(Sentences([sentence], self._weights))[0]

    def explain_all(self, sentences: Sentences) -> list[Coverage]:
        """The same for many sentences, in one product of arrays."""
        parts = list(map(self.parts, sentences.terms))
        found = [at for at, part in enumerate(parts) if part is not None]
        if not found:
            return [Coverage(0.0, None, None)] * len(sentences.counts)
        held = np.zeros((len(parts), self._count))  # (terms, sentences of this text): weight found there
        held[found] = np.array([parts[at] for at in found]) * sentences.worth[found, None]
        told = np.flatnonzero(sentences.counts)
        counts = sentences.counts[told]
        starts = np.cumsum(counts) - counts
        totals = np.add.reduceat(sentences.worth, starts)
        shares = np.add.reduceat(held, starts)
        best = shares.argmax(axis=1)
        beyond = held - held[np.arange(len(parts)), np.repeat(best, counts)][:, None]
        more = np.add.reduceat(np.maximum(beyond, 0.0), starts)
        second = more.argmax(axis=1)
        rows = np.arange(len(told))
        first_share, second_share = shares[rows, best], more[rows, second]
        is_second = (second_share > 0) & (second_share >= SECOND_FROM * totals)
        scores = np.minimum(1.0, (first_share + np.where(is_second, second_share, 0.0)) / totals)
        coverages = [Coverage(0.0, None, None)] * len(sentences.counts)
        columns = (told, scores, first_share > 0, best, is_second, second)
        for at, score, is_first, one, is_other, other in zip(*(array.tolist() for array in columns), strict=True):
            if is_first:
                coverages[at] = Coverage(score, one, other if is_other else None)
        return coverages

    def parts(self, term: Term) -> list[float] | None:
        """Which part of a term each sentence holds, 0 to 1; None when no one holds any."""
        if term not in self._parts:
            self._parts[term] = self._find(*term)
        return self._parts[term]

    def _find(self, term: str, is_name: bool, span: Range | None) -> list[float] | None:
        base, group = _kin(term)
        synonyms = self._concepts.get(group, ()) if group is not None else ()
        alike = self._sounds.get(sound(term), ()) if is_name else ()
        near = self._roots.get(base, ())
        rounds = self._rounds(term, span) if term[0].isdigit() and (span or self._ranges) else ()
        if not (synonyms or alike or near or rounds):
            return None
        parts = [0.0] * self._count
        for places, part in (
            (rounds, ROUNDED),
            (synonyms, SYNONYM),
            (alike, SAME_SOUND),
            (near, SAME_ROOT),
            (self._terms.get(term, ()), 1.0),
        ):
            for at in places:
                parts[at] = max(parts[at], part)
        return parts

    def _rounds(self, term: str, span: Range | None) -> list[int]:
        """The sentences that hold a number which this one rounds, or which rounds this one."""
        value = value_of(term)
        found = [at for (low, high), at in self._ranges if value is not None and low <= value <= high]
        if span is not None:
            for other, places in self._terms.items():
                exact = value_of(other) if other[0].isdigit() else None
                if exact is not None and span[0] <= exact <= span[1]:
                    found += places
        return found


@cache
def _kin(term: str) -> tuple[str, int | None]:
    """Root and group of synonyms of a term."""
    return root(term), concept(term)


def coverage(sentence: Content, others: Sequence[Content], weights: Weights) -> Coverage:
    """Share of a sentence's weight that the best other sentence holds, or the best two together."""
    return Explainer(others, weights).explain(sentence)


def similarity(a: Content, b: Content, weights: Weights) -> float:
    """How near two sentences are, 0 to 1, the same both ways.

    The geometric mean of what each explains of the other, as in a cosine, less what the shorter shares with any
    sentence by chance; and its root, because people call sentences similar long before half of them is the same. A
    small part is how much they share in all: two words out of two are less sure than twelve out of fourteen.
    """
    short, long = sorted((_share(a, b, weights), _share(b, a, weights)))
    shared = max(0.0, short[1] - CHANCE) / (1 - CHANCE)
    evidence = math.tanh(shared * short[0] / (ENOUGH * weights.rarest))
    return (1 - EVIDENCE) * math.sqrt(math.sqrt(shared * long[1])) + EVIDENCE * evidence


def _share(sentence: Content, other: Content, weights: Weights) -> tuple[float, float]:
    """Weight of a sentence, and the share of it that another explains, letters in common included."""
    explainer = Explainer([other], weights)
    letters = frozenset().union(*map(_letter_groups, other))
    total = explained = 0.0
    for term in dict.fromkeys(sentence):
        weak = WEAK if term in sentence.weak else 1.0
        weight = weights.of(term)
        groups = _letter_groups(term)
        alike = SAME_LETTERS * (len(groups & letters) / len(groups)) ** 2 if groups else 0.0
        total += weak * weight
        part = (explainer.parts((term, term in sentence.names, sentence.rounded.get(term))) or [0.0])[0]
        explained += weak * weight * max(alike, part)
    return total, explained / total if total else 0.0


@cache
def _letter_groups(term: str) -> frozenset[str]:
    """All runs of four letters of a term and its beginning; none of a number."""
    marked = f"^{term}"
    return frozenset(marked[at : at + 4] for at in range(max(1, len(marked) - 3))) if term.isalpha() else frozenset()
