"""What a copy of a copy carries: the changes that the first copy made in the story's text.

Where an article and another local one both hold the story word for word, neither explains the article better than the
other. But whoever copied the copy has its edits too: a sentence left out, a word changed. Such an edit is a trace; the
story's own words where the other one changed them are a trace undone, and speak against. `lineage` decides what comes
of it.
"""

from collections.abc import Sequence
from math import log

import numpy as np
import numpy.typing as npt

from analysis.passages import Mask
from analysis.reading import Reading
from analysis.tokens import Hashes, grams

LEAST_COPIED = 0.6
"""Share of the article that story and other article must both have word for word for edits to be seen."""
LEAST_TRANSLATED = 0.3
"""Share of a translated article that another translation must have word for word to be what it was copied from: two
translations of one text share up to a fifth."""
HEADLINE = 3.0
"""Edits that a headline is worth which the other one gave the story and the article has too."""
_RUN = 3
"""Words in a row by which edits are seen: a changed word changes three runs, a joint two."""
_SAME = 0.5
"""Share of a sentence's runs that a text must have to have the sentence."""
_DOUBT = 0.1
"""How often a copy of a copy seems to have a sentence that the first copy lacks."""
_SAME_HEADLINE = 0.75
"""Share of two headlines' words that both have from which they are one headline."""
_HEADLINE_WORDS = 3
"""Words of a headline below which two outlets may have found it by themselves."""
_PER_EDIT = 0.75
"""Log likelihood ratio of left-out sentences that is worth one edit."""


def traces(article: Reading, story: Reading, other: Reading, *, apart: Sequence[int] = ()) -> float:
    """How many edits of the other article, made in the story's text, the article carries; less twice those it does not.

    `apart` are sentences of the story that everybody changes, because they name its outlet.
    """
    mine, theirs, whole = (_Runs(reading) for reading in (article, other, story))
    is_apart = np.isin(np.arange(len(story.spans)), apart)
    changed_by_all = mine.share_in(np.unique(whole.hashes[is_apart[whole.sentence]])) >= _SAME
    new = np.isin(mine.hashes, theirs.hashes) & ~np.isin(mine.hashes, whole.hashes)
    old = np.isin(mine.hashes, whole.hashes) & ~np.isin(mine.hashes, theirs.hashes) & mine.is_inside
    carried = _stretches(new & ~changed_by_all[mine.sentence])
    has, had = (whole.share_in(np.unique(text.hashes))[~is_apart] >= _SAME for text in (mine, theirs))
    return carried + max(0.0, left_out(has, had)) / _PER_EDIT - 2 * _stretches(old)


def same_headline(article: Reading, story: Reading, other: Reading) -> bool:
    """Whether the article has the other one's headline, word for word or nearly, and the story has another."""
    mine, theirs, first = (frozenset(reading.title_content) for reading in (article, other, story))
    if len(mine & theirs) < _HEADLINE_WORDS or len(mine & theirs) < _SAME_HEADLINE * len(mine | theirs):
        return False
    return len(theirs & first) <= len(theirs) / 2


def left_out(has: Mask, had: Mask) -> float:
    """Log of how much likelier an article's choice of a story's sentences is as a choice from another article's.

    `has` and `had` say for each sentence whether the article, and the other one, has it.
    """
    from_other = (
        _log_likelihood(has[had]) + int((has & ~had).sum()) * log(_DOUBT) + int((~has & ~had).sum()) * log(1 - _DOUBT)
    )
    return from_other - _log_likelihood(has)


def _log_likelihood(chosen: Mask) -> float:
    """Log probability of a choice of sentences, each taken as often as all of them are."""
    share = (chosen.sum() + 0.5) / (len(chosen) + 1)
    return float(chosen.sum() * np.log(share) + (~chosen).sum() * np.log1p(-share))


def _stretches(marked: Mask) -> int:
    """Number of stretches of consecutive marks."""
    return int((marked & ~np.concatenate(([False], marked[:-1]))).sum())


class _Runs:
    """The runs of words of a text, each with the sentence it begins in."""

    def __init__(self, reading: Reading) -> None:
        self.hashes: Hashes = grams(reading.words.ids, _RUN)
        self.sentence = reading.sentence_of[: len(self.hashes)]
        self.is_inside: Mask = self.sentence == reading.sentence_of[_RUN - 1 :][: len(self.hashes)]
        self._sentences = len(reading.spans)

    def share_in(self, others: Hashes) -> npt.NDArray[np.float64]:
        """For each sentence the share of its runs that is among others; shape (sentences,)."""
        runs = np.bincount(self.sentence, minlength=self._sentences)
        found = np.bincount(self.sentence, weights=np.isin(self.hashes, others), minlength=self._sentences)
        return np.asarray(found / np.maximum(runs, 1))
