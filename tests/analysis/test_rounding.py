"""Rounded numbers meet the exact ones they stand for, only behind a word that says so."""

import pytest

from analysis.comparison import Limits, compare
from analysis.reading import Reading
from analysis.rounding import rounded
from analysis.similarity import Weights
from analysis.tokens import Vocabulary

LIMITS = Limits(gram_words=4, gap_words=6, passage_words=6, retold_score=0.45, stale_words=10)


@pytest.mark.parametrize(
    ("text", "number", "low", "high"),
    [
        ("Otišlo je skoro pedeset hiljada ljudi.", "50000", 42_500, 50_000),
        ("Отишло је скоро педесет хиљада људи.", "50000", 42_500, 50_000),
        ("Otislo je skoro 50.000 ljudi.", "50000", 42_500, 50_000),
        ("Plaćeno je oko 2 miliona evra.", "2000000", 1_800_000, 2_200_000),
        ("Rođeno je nešto više od šest stotina dece.", "600", 600, 720),
        ("Ostalo je preko tri stotine hiljada dinara.", "300000", 300_000, 360_000),
        ("Nedostaje malo manje od 90 mesta.", "90", 76.5, 90),
        ("Zimi se puši desetak dimnjaka.", "10", 8.5, 12),
    ],
)
def test_rounded_numbers(text: str, number: str, low: float, high: float) -> None:
    assert rounded(text, "sr") == {number: pytest.approx((low, high))}


@pytest.mark.parametrize(
    "text",
    [
        "Otišlo je 50.000 ljudi.",  # nothing says that it is rounded
        "Otišlo je oko 48.370 ljudi.",  # not round
        "Preko mosta je prešlo 50 ljudi.",
        "Skoro tri godine traje spor.",  # too small to be rounded
        "Sneg je iznad 1.200 metara.",  # a height, not more than so many
    ],
)
def test_what_is_not_rounded(text: str) -> None:
    assert rounded(text, "sr") == {}


@pytest.mark.parametrize(
    ("article", "story", "is_near"),
    [
        ("Kraj je ostao bez skoro pedeset hiljada ljudi.", "Kraj je izgubio 48.370 stanovnika.", True),
        ("Kraj je izgubio 48.370 stanovnika.", "Kraj je ostao bez skoro pedeset hiljada ljudi.", True),
        ("Kraj je ostao bez pedeset hiljada ljudi.", "Kraj je izgubio 48.370 stanovnika.", False),
        ("Kraj je ostao bez skoro pedeset hiljada ljudi.", "Kraj je izgubio 51.200 stanovnika.", False),
    ],
)
def test_a_rounded_number_meets_an_exact_one(article: str, story: str, is_near: bool) -> None:
    vocabulary, weights = Vocabulary(), Weights(1, {})
    mine, theirs = (Reading.of(text, "", "sr", vocabulary, weights) for text in (article, story))
    assert (compare(mine, theirs, LIMITS, ignored=None).number_share > 0) is is_near
