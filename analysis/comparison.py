"""Compares one article with one possible source: what is copied, what is retold, and where.

The result is evidence, not judgement: `Comparison` says for every word and sentence of the article how well the source
accounts for it. Which of several possible sources accounts for it best is decided in `explanation`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.numbers import value_of
from analysis.passages import Mask, Passage, align, covered
from analysis.reading import Reading
from analysis.rounding import near
from analysis.sentence_model import SentenceModel
from analysis.similarity import ROUNDED, Coverage
from analysis.tokens import Hashes, grams

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of thresholds.toml that decide what counts as a passage."""

    gram_words: int
    gap_words: int
    passage_words: int
    retold_score: float
    stale_words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one source accounts for one article; arrays are over the article's words or sentences."""

    passages: tuple[Passage, ...]
    copied: Mask  # (words,): inside a passage and not stale
    stale: Mask  # (words,): proves nothing: boilerplate, recycled background, a template
    retold: Scores  # (sentences,): share of the sentence's terms that the source explains, 0 to 1
    retold_in: tuple[tuple[int, ...], ...]  # (sentences,): the source's sentences that explain it
    weights: Scores  # (sentences,): how much each sentence says
    back: Scores  # (source sentences,): how much of each the article explains; empty for a rival
    reverse: float  # share of what the source says outside quotation marks that the article explains
    source_copied: Mask  # (source words,): inside a passage
    number_share: float  # share of the article's numbers that the source has too, shrunk when there are few
    own_quotes: int  # quoted words that the source does not have
    is_template: bool  # what they share is a form filled in with other numbers


def compare(
    article: Reading,
    source: Reading,
    limits: Limits,
    *,
    ignored: Hashes | None,
    template: Mask | None = None,
    is_rival: bool = False,
    sentences: SentenceModel | None = None,
) -> Comparison:
    """Compare an article with a source; of a rival it is not asked how much of it the article tells (`reverse`).

    What proves nothing is given in two ways: `ignored` are sorted n-gram hashes (boilerplate of either outlet; only
    where `stale_words` words in a row are such: the larger a store, the more phrases has each outlet printed before),
    `template` are words of the article that it was found to share, numbers apart, with a text of another day.
    `sentences` is asked, too, what each sentence retells; whether it should be is decided by the caller.
    """
    stale, ignored = _stale(article, ignored, limits)
    passages = align(
        article.words.ids,
        source.words.ids,
        gram_words=limits.gram_words,
        gap_words=limits.gap_words,
        passage_words=limits.passage_words,
        ignored=ignored,
    )
    found = source.explainer.explain_all(article.explainable)
    is_template = _is_template(article, source, found) or _is_table(article, passages)
    if sentences is not None:
        found = sentences.joined(article, source, found)
    if template is not None:
        stale |= template
    if is_template:
        stale |= covered(passages, len(article.words.ids))
    passages = [passage for passage in passages if stale[passage.start : passage.end].mean() < 0.5]
    own = article.sentence_weights * _fresh_share(article, stale)
    source_copied = np.zeros(len(source.words.ids), np.bool_)
    for passage in passages:
        source_copied[passage.other_start : passage.other_end] = True
    return Comparison(
        passages=tuple(passages),
        copied=covered(passages, len(article.words.ids)) & ~stale,
        stale=stale,
        retold=np.fromiter((item.score for item in found), np.float64, len(found)),
        retold_in=tuple(tuple(at for at in (item.best, item.second) if at is not None) for item in found),
        weights=own,
        back=(back := _back(article, source, sentences, is_rival=is_rival)),
        reverse=_told_back(source, back),
        source_copied=source_copied,
        number_share=_number_share(article, source, (own > 0) & (article.quoted_share < 0.5)),
        own_quotes=_own_quotes(article, passages, found),
        is_template=is_template,
    )


def _back(article: Reading, source: Reading, sentences: SentenceModel | None, *, is_rival: bool) -> Scores:
    if is_rival:
        return np.zeros(0)
    found = article.explainer.explain_all(source.explainable)
    found = sentences.joined(source, article, found) if sentences else found
    return np.fromiter((item.score for item in found), np.float64, len(found))


def _told_back(source: Reading, back: Scores) -> float:
    theirs = source.sentence_weights * (1.0 - source.quoted_share)
    return float(np.average(back, weights=theirs)) if len(back) and theirs.sum() else 0.0


def _number_share(article: Reading, source: Reading, fresh: npt.NDArray[np.bool_], prior: float = 1.0) -> float:
    """Weighted share over the narration, as if one more number of typical weight had been looked for and not found."""
    mine = {
        term
        for terms, is_fresh in zip(article.contents, fresh, strict=True)
        if is_fresh
        for term in terms
        if term[0].isdigit()
    }
    if not mine:
        return 0.0
    weight = {term: article.weights.of(term) for term in sorted(mine)}
    typical = sum(weight.values()) / len(weight)
    shared = sum(weight[term] * _held(term, article, source) for term in sorted(mine))
    return shared / (sum(weight.values()) + prior * typical)


def _held(term: str, article: Reading, source: Reading) -> float:
    """Whether a source has a number of the article, in part where one of the two rounds the other."""
    if term in source.numbers:
        return 1.0
    value, span = value_of(term), article.rounded.get(term)
    is_near = value is not None and near(value, source.rounded.values())
    return ROUNDED if is_near or (span and any(near(exact, [span]) for exact in source.values)) else 0.0


def _own_quotes(article: Reading, passages: list[Passage], found: list[Coverage]) -> int:
    """Quoted words of the article outside passages, in sentences that the source does not tell."""
    own = np.fromiter((item.score < 0.5 for item in found), np.bool_, len(found))
    words = article.quoted & ~covered(passages, len(article.words.ids))
    return int((words & own[article.sentence_of]).sum()) if len(own) else 0


def _is_table(article: Reading, passages: list[Passage]) -> bool:
    """Whether what is copied is mostly figures: results, rates, a programme. Whoever prints them prints the same."""
    copied = covered(passages, len(article.words.ids))
    return bool(copied.any()) and float(article.is_number[copied].mean()) >= 0.2


def _is_template(article: Reading, source: Reading, found: list[Coverage]) -> bool:
    """Whether sentences agree in their words and differ in their numbers: weather, exchange rates, draws of a lottery.

    At least four numbers, and fewer than six in ten the same, in sentences that make up a third of the article: a form
    is filled in as a whole. Where a copy changes a number it changes one.
    """
    agreed = total = 0
    size = 0.0
    for terms, coverage_, weight in zip(article.contents, found, article.sentence_weights.tolist(), strict=True):
        numbers = {term for term in terms if term[0].isdigit()}
        if coverage_.score < 0.5 or not numbers:
            continue
        places = [at for at in (coverage_.best, coverage_.second) if at is not None]
        agreed += len(numbers & {term for at in places for term in source.contents[at]})
        total += len(numbers)
        size += weight
    return total >= 4 and agreed < 0.6 * total and size >= article.sentence_weights.sum() / 3


def _stale(article: Reading, ignored: Hashes | None, limits: Limits) -> tuple[Mask, Hashes | None]:
    """Which of the article's words lie in a long run of n-grams that prove nothing, and these n-grams, sorted."""
    mask = np.zeros(len(article.words.ids), np.bool_)
    found = grams(article.words.ids, limits.gram_words)
    if ignored is None or not len(ignored) or not len(found):
        return mask, None
    place = np.minimum(np.searchsorted(ignored, found), len(ignored) - 1)
    is_stale = (ignored[place] == found).astype(np.int8)
    edges = np.flatnonzero(np.diff(is_stale, prepend=0, append=0))
    hits: list[Hashes] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        last = end + limits.gram_words - 1
        if last - start >= limits.stale_words:
            mask[start:last] = True
            hits.append(found[start:end])
    return mask, np.unique(np.concatenate(hits)) if hits else None


def _fresh_share(article: Reading, stale: Mask) -> Scores:
    """For each sentence the share of its words that may prove something; below a half it counts as none."""
    count = len(article.spans)
    words = np.bincount(article.sentence_of, minlength=count)[:count]
    fresh = np.bincount(article.sentence_of, weights=~stale, minlength=count)[:count] / np.maximum(words, 1)
    return np.where(fresh < 0.5, 0.0, fresh)
