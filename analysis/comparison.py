"""Compares one article with one possible source: what is copied, what is retold, and where.

The result is evidence, not judgement: `Comparison` says for every word and sentence of the article how well the source
accounts for it. Which of several possible sources accounts for it best is decided in `explanation`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.passages import Mask, Passage, align, covered
from analysis.reading import Reading
from analysis.similarity import Weights, coverage
from analysis.tokens import Hashes

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of thresholds.toml that decide what counts as a passage."""

    gram_words: int
    gap_words: int
    passage_words: int
    retold_score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one source accounts for one article; arrays are over the article's words or sentences."""

    passages: tuple[Passage, ...]
    copied: Mask  # (words,): inside a passage
    retold: Scores  # (sentences,): share of the sentence's terms that the source explains, 0 to 1
    retold_in: tuple[tuple[int, ...], ...]  # (sentences,): the source's sentences that explain it
    weights: Scores  # (sentences,): how much each sentence says
    reverse: float  # share of the source's terms that the article explains
    source_copied: Mask  # (source words,): inside a passage
    number_share: float  # share of the article's numbers that the source has too, shrunk when there are few
    number_agreement: float | None  # share of the numbers inside passages that are the same; None without numbers


def compare(article: Reading, source: Reading, weights: Weights, limits: Limits, ignored: Hashes | None) -> Comparison:
    """Compare an article with a source; `ignored` are sorted n-gram hashes that prove nothing between the two."""
    passages = align(
        article.words.ids,
        source.words.ids,
        gram_words=limits.gram_words,
        gap_words=limits.gap_words,
        passage_words=limits.passage_words,
        ignored=ignored,
    )
    found = [coverage(sentence, source.contents, weights) for sentence in article.contents]
    back = [coverage(sentence, article.contents, weights).score for sentence in source.contents]
    own = _sentence_weights(article, weights)
    theirs = _sentence_weights(source, weights)
    source_copied = np.zeros(len(source.words.ids), np.bool_)
    for passage in passages:
        source_copied[passage.other_start : passage.other_end] = True
    return Comparison(
        passages=tuple(passages),
        copied=covered(passages, len(article.words.ids)),
        retold=np.fromiter((item.score for item in found), np.float64, len(found)),
        retold_in=tuple(tuple(at for at in (item.best, item.second) if at is not None) for item in found),
        weights=own,
        reverse=float(np.average(back, weights=theirs)) if theirs.sum() else 0.0,
        source_copied=source_copied,
        number_share=_number_share(article, source, weights),
        number_agreement=_number_agreement(article, source, passages),
    )


def _sentence_weights(reading: Reading, weights: Weights) -> Scores:
    return np.fromiter(
        (sum(weights.of(term) for term in set(terms)) for terms in reading.contents), np.float64, len(reading.contents)
    )


def _number_share(article: Reading, source: Reading, weights: Weights, prior: float = 1.0) -> float:
    """Weighted share, as if one more number of typical weight had been looked for and not found."""
    mine = {term for terms in article.contents for term in terms if term[0].isdigit()}
    theirs = {term for terms in (*source.contents, source.title_content) for term in terms if term[0].isdigit()}
    if not mine:
        return 0.0
    weight = {term: weights.of(term) for term in mine}
    typical = sum(weight.values()) / len(weight)
    return sum(weight[term] for term in mine & theirs) / (sum(weight.values()) + prior * typical)


def _number_agreement(article: Reading, source: Reading, passages: list[Passage]) -> float | None:
    """Texts of one template agree in every word and differ in the numbers (weather, exchange rates, draws)."""
    agreed = total = 0
    for passage in passages:
        mine = slice(passage.start, passage.end)
        theirs = slice(passage.other_start, passage.other_end)
        numbers = article.words.ids[mine][article.is_number[mine]]
        others = source.words.ids[theirs][source.is_number[theirs]]
        agreed += int(np.isin(numbers, others).sum())
        total += max(len(numbers), len(others))
    return agreed / total if total else None
