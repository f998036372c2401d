"""A text becomes numbers that can be compared: words, their offsets, and the rolling hashes of word n-grams.

`Vocabulary` gives every distinct folded word a number, so that folding is paid once per distinct spelling and not
once per word: 100,000 articles have forty million words but less than a million spellings.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.fold import fold_word

Ids = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 / golden ratio, odd: Knuth's multiplicative hashing


class Vocabulary(dict[str, int]):
    """Word as written → number of its folded form. Looking a word up adds it."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self.folded.setdefault(fold_word(word), len(self.folded))
        self[word] = number
        return number

    def ids(self, text: str) -> Ids:
        """Numbers of a text's words, in order; shape (words,)."""
        return np.fromiter(map(self.__getitem__, _WORD.findall(text)), np.uint32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: numbers and offsets, both of shape (words,)."""

    ids: Ids
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Words":
        """Cut a text into words."""
        found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        words = [word for word, _, _ in found]
        return cls(
            np.fromiter(map(vocabulary.__getitem__, words), np.uint32, len(words)),
            np.fromiter((start for _, start, _ in found), np.int64, len(words)),
            np.fromiter((end for _, _, end in found), np.int64, len(words)),
        )


def grams(ids: Ids, size: int) -> Hashes:
    """64-bit hashes of all runs of `size` words, one for each position; shape (words - size + 1,).

    A polynomial over mixed word numbers: two different runs share a hash with probability 2**-64.
    """
    count = len(ids) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = (ids.astype(np.uint64) + np.uint64(1)) * np.uint64(_MULTIPLIER)
    mixed ^= mixed >> np.uint64(29)
    hashes = np.zeros(count, np.uint64)
    for position in range(size):
        hashes *= np.uint64(_MULTIPLIER)
        hashes ^= hashes >> np.uint64(32)
        hashes += mixed[position : position + count]
    return hashes
