"""Sentences that look like Serbian news and say nothing: real skeletons, other words. Pure; the generator is given.

A sentence is a skeleton read from given texts (its function words, endings, capitals and punctuation stay) in which
names, numbers and content words are drawn anew. A word is a stem and the ending of the word it replaces; stems are
those of the given texts and, far more of them, invented ones, drawn by Zipf's law. An article keeps to a few subjects
and names; stock phrases are printed as they are. benchmarks/scale/shape.py measures how alike the outcome is to news.
"""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from analysis.fold import fold_word
from analysis.sentences import sentences
from analysis.stopwords import stopwords

ENDING = 2
GROUPS = 12
"""Stems fall into groups like declensions: an ending goes with a third of them."""
_WORD = re.compile(r"([^\W\d_]+)")
_DIGITS = re.compile(r"\d+")
_ONSETS = [*"bvgdzklmnprstcčšžh", "br", "gr", "dr", "kr", "tr", "pr", "vr", "st", "sk", "sp", "pl", "kl", "sl", "sm"]
_CORES = [*"aeiouaeioa"]
_CODAS = ("", "", "", "", "n", "r", "l", "s", "t", "v", "k", "m", "d", "j", "št", "st", "nt", "rd")


@dataclass(frozen=True, slots=True)
class Shape:
    """How words are chosen; the values were fitted to a real tabloid with shape.py."""

    stems: int = 60_000
    names: int = 12_000
    exponent: float = 2.2
    shift: float = 300.0
    common_share: float = 0.4
    common_words: int = 2_000
    subject_share: float = 0.3
    subject_rarity: float = 12.0
    subject_words: int = 10
    subject_names: int = 8
    phrase_share: float = 0.02
    phrases: int = 20_000
    phrase_shift: float = 100.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of a skeleton that is drawn anew: the group of endings it takes, and how it is written."""

    ending: str
    is_name: bool
    is_capital: bool


Skeleton = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about: stems and names that it returns to."""

    stems: tuple[str, ...]
    names: tuple[str, ...]


class Speaker(Protocol):
    """What sentences come from."""

    def subject(self, draw: random.Random) -> Subject:
        """What an article can be about."""

    def sentence(self, draw: random.Random, subject: Subject) -> str:
        """A sentence on a subject."""


class Language:
    """Skeletons and words; `subject` and `sentence` draw from them."""

    def __init__(self, texts: Sequence[str], seed: int, shape: Shape | None = None) -> None:
        self.shape = shape or Shape()
        draw = random.Random(f"language {seed}")
        spoken = [text[start:end] for text in texts for start, end in sentences(text)]
        counts = Counter(word for sentence in spoken for word in _WORD.findall(sentence))
        self.skeletons = [skeleton for sentence in spoken if (skeleton := _skeleton(sentence))]
        content = [word for word in counts if is_content(word)]
        self._words = _Stems(_ranked(draw, [w for w in content if w.islower()], counts, self.shape.stems), self.shape)
        self._names = _Stems(
            _ranked(draw, [w for w in content if not w.islower()], counts, self.shape.names), self.shape
        )
        common = [(word, count) for word, count in counts.most_common() if word.islower() and is_content(word)]
        common = common[: self.shape.common_words]
        self._common = [word for word, _ in common], list(accumulate(count for _, count in common))
        self._phrases: list[str] = []
        empty = Subject((), ())
        self._phrases = [self._phrase(draw, empty) for _ in range(self.shape.phrases)]
        self._phrase_weights = list(
            accumulate(1 / (rank + self.shape.phrase_shift) for rank in range(self.shape.phrases))
        )

    def subject(self, draw: random.Random) -> Subject:
        """What an article can be about."""
        return Subject(
            tuple(self._words.any(draw) for _ in range(self.shape.subject_words)),
            tuple(self._names.any(draw) for _ in range(self.shape.subject_names)),
        )

    def sentence(self, draw: random.Random, subject: Subject) -> str:
        """A sentence on a subject."""
        sentence = self._filled(draw, draw.choice(self.skeletons), subject)
        if draw.random() < self.shape.phrase_share and sentence[-1:] == ".":
            phrase = self._phrases[bisect(self._phrase_weights, draw.random() * self._phrase_weights[-1])]
            return f"{sentence[:-1]}, {phrase}."
        return sentence

    def _phrase(self, draw: random.Random, subject: Subject) -> str:
        """Four to nine words that are printed again and again as they are."""
        words = self._filled(draw, draw.choice(self.skeletons), subject).split()
        first = draw.randrange(max(1, len(words) - 4))
        return " ".join(words[first : first + draw.randint(4, 9)]).strip(' ,.;:!?„“”"«»()–-') or "kako se navodi"

    def _filled(self, draw: random.Random, skeleton: Skeleton, subject: Subject) -> str:
        return "".join(
            self._word(draw, part, subject)
            if isinstance(part, Slot)
            else _DIGITS.sub(lambda found: _number(draw, found.group()), part)
            for part in skeleton
        )

    def _word(self, draw: random.Random, slot: Slot, subject: Subject) -> str:
        own = subject.names if slot.is_name else subject.stems
        if not slot.is_name and draw.random() < self.shape.common_share:
            common, sums = self._common
            word: str = common[bisect(sums, draw.random() * sums[-1])]
            return word.capitalize() if slot.is_capital else word
        if own and draw.random() < self.shape.subject_share:
            stem = draw.choice(own)
        else:
            stem = (self._names if slot.is_name else self._words).fitting(draw, slot.ending)
        return (stem.capitalize() if slot.is_capital else stem) + slot.ending


class _Stems:
    """Stems by rank, in groups; drawn by Zipf's law."""

    def __init__(self, ranked: Sequence[str], shape: Shape) -> None:
        weights = [1 / (rank + shape.shift) ** shape.exponent for rank in range(len(ranked))]
        self._ranked, self._flatness = ranked, shape.subject_rarity
        self._groups = [ranked[number::GROUPS] for number in range(GROUPS)]
        self._group_sums = [list(accumulate(weights[number::GROUPS])) for number in range(GROUPS)]

    def any(self, draw: random.Random) -> str:
        # Flatter than in running text: subjects are what is rare.
        return self._ranked[int(len(self._ranked) * draw.random() ** self._flatness)]

    def fitting(self, draw: random.Random, ending: str) -> str:
        number = (sum(map(ord, ending)) * 7 + 4 * draw.randrange(2)) % GROUPS
        sums = self._group_sums[number]
        return self._groups[number][bisect(sums, draw.random() * sums[-1])]


def _skeleton(sentence: str) -> Skeleton:
    parts: list[str | Slot] = []
    plain = ""
    for at, part in enumerate(_WORD.split(" ".join(sentence.split()))):
        if at % 2 and is_content(part):
            if plain:
                parts.append(plain)
            plain = ""
            is_first = at == 1
            parts.append(Slot(part[-ENDING:].lower(), part[0].isupper() and not is_first, part[0].isupper()))
        else:
            plain += part
    return (*parts, plain) if plain else tuple(parts)


def is_content(word: str) -> bool:
    """Whether a word is worth exchanging: no function word."""
    return len(word) > 3 and fold_word(word) not in stopwords("sr")


def _ranked(draw: random.Random, words: Iterable[str], counts: Counter[str], size: int) -> list[str]:
    """Stems of the words, the commonest first, then invented ones; some of these in between."""
    stems = list(dict.fromkeys(word[:-ENDING].lower() for word in sorted(words, key=lambda w: (-counts[w], w))))
    known = set(stems)
    while len(stems) < size:
        stem = _invented(draw)
        if stem not in known:
            known.add(stem)
            stems.append(stem)
    return stems


def _invented(draw: random.Random) -> str:
    syllables = draw.choices((1, 2, 3), (1, 5, 3))[0]
    return "".join(draw.choice(_ONSETS) + draw.choice(_CORES) for _ in range(syllables)) + draw.choice(_CODAS)


def _number(draw: random.Random, digits: str) -> str:
    """Another number of as many digits; years stay."""
    if len(digits) == 4 and digits[:2] in {"19", "20"}:
        return digits
    return str(draw.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))
