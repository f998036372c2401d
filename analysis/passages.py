"""Finds the passages that two texts share word for word, small edits allowed, with their places in both.

Seed and extend, as in text-reuse tools such as passim (Smith, Cordell, Mullen: *Computational methods for uncovering
reprinted texts in antebellum newspapers*, 2015): shared word n-grams are joined to maximal runs along diagonals, the
longest runs win, and runs that follow each other in both texts with a small gap become one passage. A changed word
("sutra" → "danas"), a dropped "kako se navodi" or an inserted credit line therefore does not break a passage.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.tokens import Hashes, Ids, grams

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared passage in word positions, ends exclusive; `words` of them are the same in both texts."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int

    @property
    def score(self) -> float:
        """Share of the longer side that is the same in both, 0 to 1."""
        return self.words / max(self.end - self.start, self.other_end - self.other_start)


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    other: int
    length: int


def align(
    ids: Ids, others: Ids, *, gram_words: int, gap_words: int, passage_words: int, ignored: Hashes | None = None
) -> list[Passage]:
    """Passages that the text `ids` shares with the text `others`, in the order of the first.

    `ignored` holds sorted n-gram hashes that prove nothing (boilerplate). A passage has at least `passage_words`
    words in common; no word of either text is in two passages.
    """
    runs = _select(_runs(ids, others, gram_words, ignored), gram_words)
    passages: list[Passage] = []
    for run in runs:
        last = passages[-1] if passages else None
        if last is not None and run.start - last.end <= gap_words and 0 <= run.other - last.other_end <= gap_words:
            passages[-1] = Passage(
                last.start, run.start + run.length, last.other_start, run.other + run.length, last.words + run.length
            )
        else:
            passages.append(Passage(run.start, run.start + run.length, run.other, run.other + run.length, run.length))
    return [passage for passage in passages if passage.words >= passage_words]


def covered(passages: list[Passage], words: int) -> Mask:
    """Which of the first text's words lie inside a passage; shape (words,)."""
    mask = np.zeros(words, np.bool_)
    for passage in passages:
        mask[passage.start : passage.end] = True
    return mask


def _runs(ids: Ids, others: Ids, size: int, ignored: Hashes | None) -> list[_Run]:
    """Maximal stretches of equal words, from the pairs of positions whose n-grams are equal."""
    left, right = grams(ids, size), grams(others, size)
    if not len(left) or not len(right):
        return []
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    first, last = np.searchsorted(ranked, left, "left"), np.searchsorted(ranked, left, "right")
    counts = last - first
    counts[counts > 8] = 0  # a phrase repeated this often inside one text marks no place in it
    if ignored is not None and len(ignored):
        place = np.minimum(np.searchsorted(ignored, left), len(ignored) - 1)
        counts[ignored[place] == left] = 0
    total = int(counts.sum())
    if not total:
        return []
    positions = np.repeat(np.arange(len(left)), counts)
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    other_positions = order[np.repeat(first, counts) + within]
    diagonals = other_positions - positions
    ranking = np.lexsort((positions, diagonals))
    positions, other_positions, diagonals = positions[ranking], other_positions[ranking], diagonals[ranking]
    breaks = np.flatnonzero((np.diff(positions) != 1) | (np.diff(diagonals) != 0)) + 1
    starts = np.concatenate(([0], breaks))
    lengths = np.diff(np.concatenate((starts, [total]))) + size - 1
    return [
        _Run(int(positions[at]), int(other_positions[at]), int(length))
        for at, length in zip(starts, lengths, strict=True)
    ]


def _select(runs: list[_Run], least: int) -> list[_Run]:
    """The longest runs first; what is left of a run after a longer one took its words must still have `least`."""
    taken: list[_Run] = []
    for run in sorted(runs, key=lambda run: (-run.length, run.start, run.other)):
        trimmed = _trim(run, taken)
        if trimmed.length >= least:
            taken.append(trimmed)
    return sorted(taken, key=lambda run: (run.start, run.other))


def _trim(run: _Run, taken: list[_Run]) -> _Run:
    """Cut from both ends of a run what longer runs hold already, in either text."""
    low, high = 0, run.length
    for other in taken:
        for mine, theirs in ((run.start, other.start), (run.other, other.other)):
            start, end = theirs - mine, theirs - mine + other.length
            if end <= low or start >= high:
                continue
            if start <= low:
                low = max(low, end)
            elif end >= high or high - end <= start - low:
                high = min(high, start)
            else:
                low = end
    return _Run(run.start + low, run.other + low, max(0, high - low))
