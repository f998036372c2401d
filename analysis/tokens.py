"""A text becomes numbers that can be compared: words, their offsets, and the rolling hashes of word n-grams.

A word's number is a digest of its folded form: the same in every text, process and run. `Vocabulary` remembers it for
every spelling, so that folding is paid once per distinct spelling and not once per word: 100,000 articles have forty
million words but less than a million spellings.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from analysis.fold import fold_word

Ids = npt.NDArray[np.uint64]
Hashes = npt.NDArray[np.uint64]

WORD = re.compile(r"[^\W_]+")
HASH_BITS = 40
"""So many, that a hash and the number of a text fit into one number of 64 bits."""
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 / golden ratio, odd: Knuth's multiplicative hashing


def number_of(term: str) -> int:
    """A term as 64 bits: the same in every process and run."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


def hash_of(term: str) -> int:
    """A term as HASH_BITS bits."""
    return number_of(term) >> (64 - HASH_BITS)


class Vocabulary(dict[str, int]):
    """Word as written → 64-bit number of its folded form. Looking a word up adds it."""

    def __missing__(self, word: str) -> int:
        number = self[word] = number_of(fold_word(word))
        return number

    def ids(self, text: str) -> Ids:
        """Numbers of a text's words, in order; shape (words,)."""
        return np.fromiter(map(self.__getitem__, WORD.findall(text)), np.uint64)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: numbers and offsets, both of shape (words,)."""

    ids: Ids
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Words":
        """Cut a text into words."""
        found = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
        words = [word for word, _, _ in found]
        return cls(
            np.fromiter(map(vocabulary.__getitem__, words), np.uint64, len(words)),
            np.fromiter((start for _, start, _ in found), np.int64, len(words)),
            np.fromiter((end for _, _, end in found), np.int64, len(words)),
        )


def grams(ids: Ids, size: int) -> Hashes:
    """Hashes of all runs of `size` words, one for each position, of HASH_BITS bits; shape (words - size + 1,).

    A polynomial over word numbers: two different runs share a hash with probability 2**-40, a hundred pairs among those
    of a hundred thousand texts; a candidate needs several.
    """
    count = len(ids) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    for position in range(size):
        hashes *= np.uint64(_MULTIPLIER)
        hashes ^= hashes >> np.uint64(32)
        hashes += ids[position : position + count]
    return hashes >> np.uint64(64 - HASH_BITS)
