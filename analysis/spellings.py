"""Many texts cut into words at once, and a digest of how each word is written.

Texts are read as one array of characters, so that a word costs no Python object: 26 million words take two seconds of
one core, a tenth of what cutting and looking them up one by one takes. What a spelling means is looked up by whoever
asks (`index`), once for each distinct one. What lives elsewhere: the words of one text with their offsets (`tokens`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tokens import WORD, Ids, number_of
from pipelines.normalise import CYRILLIC_ALPHABET, LATIN_ALPHABET, fold

Places = npt.NDArray[np.int64]

_CHARACTERS = 0x110000
_BASE = 0xD6E8FEB86659FD93  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_CAPITAL = np.uint64(0xA24BAED4963EE407)
_END = "\n"
_PIECE = 1 << 18  # characters looked at at a time: their numbers stay in the processor's cache
_SAME, _CYRILLIC, _LATIN, _OTHER = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words of several texts, in order; the arrays are of shape (words,), `distinct` and `first` (spellings,).

    `distinct` are digests; words of one digest fold to the same and begin alike with a capital or without.
    """

    joined: str
    starts: Places  # in `joined`
    ends: Places
    texts: Places  # which of the texts, from 0
    ends_of_texts: Places  # in `joined`, shape (texts,)
    codes: Places  # which of `distinct`
    distinct: Ids
    first: Places  # a word that is spelled so

    def texts_at(self, offsets: Sequence[int]) -> Places:
        """Which texts these characters of `joined` are of."""
        return np.searchsorted(self.ends_of_texts, np.array(offsets, np.int64), "right")

    def written(self, spellings: Places) -> list[str]:
        """Words that are spelled so, by place in `distinct`."""
        words = self.first[spellings]
        return [
            self.joined[start:end]
            for start, end in zip(self.starts[words].tolist(), self.ends[words].tolist(), strict=True)
        ]


def cut(texts: Sequence[str], *, is_folded: bool) -> Spellings:
    """Cut texts into words, as `tokens.WORD` does.

    Where `is_folded`, spellings that differ only in script, diacritics or the case of later letters count as one.

    The digest of a word is the polynomial of Karp and Rabin (*Efficient randomized pattern-matching algorithms*, 1987)
    over random numbers of its letters: the same in every process, different for two words but for a chance of 2**-64.
    It is the difference of two running sums, divided by the power of the base that the word begins at.
    """
    joined = _END.join(texts)
    ends_of_texts = np.cumsum([len(text) + 1 for text in texts])
    edges = ends_of_texts[np.searchsorted(ends_of_texts, np.arange(_PIECE, len(joined), _PIECE))].tolist()
    pieces = [_cut(joined, start, end, _letters(is_folded)) for start, end in pairwise([0, *edges, len(joined)])]
    starts, ends, digests = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    codes, distinct = pd.factorize(digests)
    first = np.empty(len(distinct), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    of_text = np.searchsorted(ends_of_texts, starts, "right")
    return Spellings(joined, starts, ends, of_text, ends_of_texts, codes, distinct, first)


def _cut(joined: str, start: int, end: int, letters: "_Letters") -> tuple[Places, Places, Ids]:
    """The words between two offsets: starts, ends, digests."""
    piece = joined[start:end]
    characters = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.intp)
    kinds = letters.kinds[characters]
    is_word = np.zeros(len(piece) + 2, np.bool_)
    np.not_equal(kinds, 0, out=is_word[1:-1])
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, ends = edges[::2], edges[1::2]
    places = np.zeros(len(piece) + 1, np.int64)
    np.cumsum(letters.widths[characters], out=places[1:])
    powers, inverses = _powers(1 << int(places[-1]).bit_length())
    sums = np.zeros(len(piece) + 1, np.uint64)
    np.cumsum(letters.numbers[characters] * powers[places[:-1]], out=sums[1:])
    digests = (sums[ends] - sums[starts]) * inverses[places[starts]]
    digests[letters.is_capital[characters[starts]]] ^= _CAPITAL
    for word in _mixed(kinds, starts):
        digests[word] = number_of(piece[starts[word] : ends[word]])
    return starts + start, ends + start, digests


def _mixed(kinds: npt.NDArray[np.uint8], starts: Places) -> list[int]:
    """The words with letters of both alphabets or of another; `fold` looks at such a word as a whole."""
    is_mixed = kinds == _OTHER
    is_mixed[1:] |= kinds[1:] ^ kinds[:-1] == _CYRILLIC | _LATIN
    return sorted(set((np.searchsorted(starts, np.flatnonzero(is_mixed), "right") - 1).tolist()))


@dataclass(frozen=True, slots=True)
class _Letters:
    """What a character counts for, by its code; each array is of shape (characters of Unicode,)."""

    kinds: npt.NDArray[np.uint8]  # 0: of no word
    numbers: Ids
    widths: npt.NDArray[np.uint8]  # in Latin letters: љ counts for two
    is_capital: npt.NDArray[np.bool_]


@cache
def _letters(is_folded: bool) -> _Letters:
    everything = "".join(map(chr, range(_CHARACTERS)))
    kinds = np.zeros(_CHARACTERS, np.uint8)
    for run in WORD.finditer(everything):
        kinds[run.start() : run.end()] = _OTHER if is_folded else _SAME
    chance = _random()
    numbers, widths, is_capital = chance.copy(), np.ones(_CHARACTERS, np.uint8), np.zeros(_CHARACTERS, np.bool_)
    if is_folded:
        kinds[ord("0") : ord("9") + 1] = _SAME
        for kind, alphabet in ((_CYRILLIC, CYRILLIC_ALPHABET), (_LATIN, LATIN_ALPHABET)):
            for letter in alphabet + alphabet.upper():
                latin = fold(letter)
                kinds[ord(letter)], widths[ord(letter)] = kind, len(latin)
                numbers[ord(letter)] = sum(
                    int(chance[ord(each)]) * pow(_BASE, at, 1 << 64) for at, each in enumerate(latin)
                ) % (1 << 64)
                is_capital[ord(letter)] = letter.isupper()
    return _Letters(kinds, numbers, widths, is_capital)


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
