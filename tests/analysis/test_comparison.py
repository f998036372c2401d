"""What proves nothing is left out of a comparison where it comes in long runs, and only there."""

import numpy as np
import pytest

from analysis.comparison import Limits, compare
from analysis.reading import Reading
from analysis.similarity import Weights
from analysis.tokens import Hashes, Vocabulary, grams

LIMITS = Limits(gram_words=4, gap_words=6, passage_words=6, retold_score=0.45, stale_words=10)
WORDS = [f"reč{letter}{other}" for letter in "abcdef" for other in "abcdefghij"]
VOCABULARY = Vocabulary()
WEIGHTS = Weights(10, {})


def reading(words: list[str]) -> Reading:
    return Reading.of(" ".join(words), "Naslov", "sr", VOCABULARY, WEIGHTS)


def hashes(*runs: tuple[int, int]) -> Hashes:
    """The n-grams of runs of WORDS, given by their first and last word."""
    return np.unique(np.concatenate([grams(VOCABULARY.ids(" ".join(WORDS[a:b])), 4) for a, b in runs]))


@pytest.mark.parametrize(
    ("stale_runs", "stale_words"),
    [
        ([(0, 60)], 60),  # a footer, a paragraph printed before: all of it
        ([(0, 25)], 25),
        ([(0, 10)], 10),
        ([(0, 9)], 0),  # a phrase
        ([(0, 6), (10, 16), (20, 26), (30, 36), (40, 46)], 0),  # many phrases: half of the text
        ([(0, 6), (20, 40)], 20),
    ],
)
def test_stale_words(stale_runs: list[tuple[int, int]], stale_words: int) -> None:
    article = reading(WORDS)
    found = compare(article, reading(["Uvod", *WORDS]), LIMITS, ignored=hashes(*stale_runs))
    assert int(found.stale.sum()) == stale_words
    assert int(found.copied.sum()) == len(WORDS) - stale_words
