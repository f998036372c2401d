"""Words cut from many texts at once are those that are cut one by one, and words of one digest mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.spellings import Spellings, cut
from analysis.tokens import WORD
from pipelines.normalise import fold
from tests.analysis.spelling import CYRILLIC

LETTERS = CYRILLIC + "abcčćdđžšljnABČĆĐŽŠLJNéüßИ́ыёяıﬁǆ0123½²𝐁 .,-_\n\u0301\ud800"


def _words(spellings: Spellings) -> list[tuple[int, str]]:
    return [
        (int(text), spellings.joined[start:end])
        for text, start, end in zip(spellings.texts, spellings.starts, spellings.ends, strict=True)
    ]


@given(st.lists(st.text(LETTERS), min_size=1), st.booleans())
def test_the_words_are_those_of_each_text(texts: list[str], is_folded: bool) -> None:
    spellings = cut(texts, is_folded=is_folded)
    assert _words(spellings) == [(at, word) for at, text in enumerate(texts) for word in WORD.findall(text)]


@given(st.lists(st.text(LETTERS.replace(" ", ""), min_size=1), min_size=1))
def test_words_of_one_digest_fold_alike_and_begin_alike(texts: list[str]) -> None:
    spellings = cut(texts, is_folded=True)
    for (_, word), like in zip(_words(spellings), spellings.written(spellings.codes), strict=True):
        assert (fold(word), word[0].isupper()) == (fold(like), like[0].isupper())


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Љубав", "Ljubav", True),
        ("ЉУБАВ", "Ljubav", True),
        ("џеп", "džep", True),
        ("šećer", "secer", True),
        ("ђак", "đak", True),
        ("Милош", "милош", False),
        ("Вучиh", "Vučih", False),  # a Latin letter in a Cyrillic word
        ("dan", "dna", False),
        ("a", "aa", False),
        ("Orbán", "Orban", False),  # folded by `fold`, looked up on its own
    ],
)
def test_which_spellings_are_one(one: str, other: str, is_one: bool) -> None:
    assert (len(cut([f"reč {one}", other], is_folded=True).distinct) == 2) == is_one
    assert len(cut([f"reč {one}", other], is_folded=False).distinct) == 3


def test_long_texts_are_cut_in_pieces() -> None:
    texts = ["Реч и rec " * 40_000, "", "rec", "x" * 600_000, "Реч"]
    spellings = cut(texts, is_folded=True)
    assert len(spellings.codes) == 120_003
    assert spellings.written(spellings.codes[-3:]) == ["rec", "x" * 600_000, "Реч"]
    assert len(spellings.distinct) == 4
    assert spellings.texts_at([0, len(texts[0]), len(texts[0]) + 2]).tolist() == [0, 0, 2]
