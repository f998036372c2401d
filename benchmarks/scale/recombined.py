"""News put together at random from other texts: from their sentences, with words exchanged, or from pieces of them.

The same interface as `language`. Each sentence, or piece, comes back in many articles of any day; that is harder than
news, in which what stands in many articles of many days is a phrase.
"""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from analysis.sentences import sentences
from benchmarks.scale.language import ENDING, Subject, is_content

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 4
_MOST_WORDS = 30


class Recombined:
    """Sentences of given texts, of which a share of the content words is exchanged."""

    def __init__(self, texts: Sequence[str], exchanged: float) -> None:
        found = (" ".join(text[start:end].split()) for text in texts for start, end in sentences(text))
        self._sentences = [sentence for sentence in found if len(sentence.split()) >= _LEAST_WORDS]
        self._exchanged = exchanged
        counts = Counter(word for sentence in self._sentences for word in _WORD.findall(sentence) if is_content(word))
        by_ending: dict[tuple[str, bool], list[str]] = {}
        for word in sorted(counts):
            by_ending.setdefault(_kind(word), []).append(word)
        self._words = {
            kind: (words, list(accumulate(counts[word] for word in words))) for kind, words in by_ending.items()
        }

    def subject(self, _draw: random.Random) -> Subject:
        """Nothing: what the sentences are about is left to chance."""
        return Subject((), ())

    def sentence(self, draw: random.Random, _subject: Subject) -> str:
        """One of the sentences."""
        sentence = draw.choice(self._sentences)
        return _WORD.sub(lambda found: self._other(draw, found.group()), sentence) if self._exchanged else sentence

    def _other(self, draw: random.Random, word: str) -> str:
        if draw.random() >= self._exchanged or not is_content(word):
            return word
        words, sums = self._words[_kind(word)]
        return words[bisect(sums, draw.random() * sums[-1])]


class Pieces:
    """Runs of three to eight words of given texts, strung together: their words and phrases, not their sentences."""

    def __init__(self, texts: Sequence[str]) -> None:
        found = (text[start:end].split() for text in texts for start, end in sentences(text))
        self._sentences = [words for words in found if len(words) >= _LEAST_WORDS]

    def subject(self, _draw: random.Random) -> Subject:
        """Nothing: what the sentences are about is left to chance."""
        return Subject((), ())

    def sentence(self, draw: random.Random, _subject: Subject) -> str:
        """Pieces, until one is the end of a sentence."""
        words: list[str] = []
        while not words or words[-1][-1] not in ".!?":
            given = draw.choice(self._sentences)
            first = draw.randrange(len(given) - 2) if words else 0
            words += given[first : first + draw.randint(3, 8)]
            if len(words) > _MOST_WORDS:
                words[-1] += "."
        return " ".join(words)


def _kind(word: str) -> tuple[str, bool]:
    return word[-ENDING:].lower(), word[0].isupper()
