"""Many texts cut into words at once, and a digest of how each word is written.

Texts are read as one array of characters, so that a word costs no Python object: 26 million words take two seconds of
one core, a tenth of what cutting and looking them up one by one takes. What a spelling means is looked up by whoever
asks (`index`), once for each distinct one. What lives elsewhere: the words of one text with their offsets (`tokens`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tokens import WORD, Ids

Places = npt.NDArray[np.int64]

_CHARACTERS = 0x110000
_BASE = 0xD6E8FEB86659FD93  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_END = "\n"


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words of several texts, in order; the arrays are of shape (words,), `distinct` and `first` (spellings,)."""

    joined: str
    starts: Places  # in `joined`
    ends: Places
    texts: Places  # which of the texts, from 0
    ends_of_texts: Places  # in `joined`, shape (texts,)
    codes: Places  # which of `distinct`
    distinct: Ids  # digest of each spelling
    first: Places  # a word that is spelled so

    def texts_at(self, offsets: Sequence[int]) -> Places:
        """Which texts these characters of `joined` are of."""
        return np.searchsorted(self.ends_of_texts, np.array(offsets, np.int64), "right")

    def written(self, spelling: int) -> str:
        """A spelling, by its place in `distinct`."""
        word = self.first[spelling]
        return self.joined[self.starts[word] : self.ends[word]]


def cut(texts: Sequence[str]) -> Spellings:
    """Cut texts into words, as `tokens.WORD` does.

    The digest of a spelling is the polynomial of Karp and Rabin (*Efficient randomized pattern-matching algorithms*,
    1987) over random numbers of its characters: the same in every process, different for two spellings but for a
    chance of 2**-64. A word's digest is the difference of two running sums, divided by the power it begins at.
    """
    joined = _END.join(texts)
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_word = np.zeros(len(characters) + 2, np.bool_)
    is_word[1:-1] = _is_word()[characters]
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(1 << max(len(characters), 1).bit_length())
    sums = np.zeros(len(characters) + 1, np.uint64)
    np.cumsum(_random()[characters] * powers[: len(characters)], out=sums[1:])
    codes, distinct = pd.factorize((sums[ends] - sums[starts]) * inverses[starts])
    first = np.empty(len(distinct), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    ends_of_texts = np.cumsum([len(text) + 1 for text in texts])
    of_text = np.searchsorted(ends_of_texts, starts, "right")
    return Spellings(joined, starts, ends, of_text, ends_of_texts, codes, distinct, first)


@cache
def _is_word() -> npt.NDArray[np.bool_]:
    """Which characters are of words, by their number."""
    is_word = np.zeros(_CHARACTERS, np.bool_)
    for run in WORD.finditer("".join(map(chr, range(_CHARACTERS)))):
        is_word[run.start() : run.end()] = True
    return is_word


@cache
def _random() -> Ids:
    """A number for each character that looks like chance (SplitMix64)."""
    numbers = np.arange(1, _CHARACTERS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ numbers >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ numbers >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return numbers ^ numbers >> np.uint64(31)


@cache
def _powers(count: int) -> tuple[Ids, Ids]:
    """The powers of the base and of its inverse, modulo 2**64."""
    powers, inverses = np.full(count, _BASE, np.uint64), np.full(count, _INVERSE, np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)
