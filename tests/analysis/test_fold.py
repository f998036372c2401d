"""Spellings of one word fold to one form, in either script, pronunciation and with or without diacritics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fold import fold_characters, fold_word, stem, stem_word
from pipelines.normalise import to_latin
from tests.analysis.spelling import CYRILLIC, DIALECTS, without_diacritics


@pytest.mark.parametrize(("ijekavian", "ekavian"), DIALECTS)
def test_both_pronunciations_fold_alike(ijekavian: str, ekavian: str) -> None:
    assert fold_word(ijekavian) == fold_word(ekavian)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Ђевојка", "devojka"),
        ("đevojka", "devojka"),
        ("djevojka", "devojka"),
        ("Љубичица", "ljubicica"),
        ("RUSIJE", "rusije"),
        ("odjek", "odek"),
        ("video", "vidio"),
        ("radio", "radio"),
        ("7.", "7."),
    ],
)
def test_fold_word(word: str, expected: str) -> None:
    assert fold_word(word) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "istorija istorije istoriju istoriji",
        "kompanija kompanije kompaniju",
        "zemlja zemlje zemlju",
        "oktobar oktobra oktobru",
        "litar litra litara",
        "udarac udarca udarcu",
        "zadatak zadatka",
        "ministar ministra ministri",
        "Srbija Srbije Srbiji Srbiju",
    ],
)
def test_cases_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem_word(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["istorija istina", "vlada vladika", "Beograd grad", "vozovi vode", "mera more"])
def test_different_words_keep_different_stems(pair: str) -> None:
    first, second = pair.split()
    assert stem_word(first) != stem_word(second)


def test_numbers_have_no_endings() -> None:
    assert stem("2026") == "2026"


@given(st.text(CYRILLIC, max_size=12))
def test_script_does_not_matter(word: str) -> None:
    assert fold_word(word) == fold_word(to_latin(word))


@given(st.text(CYRILLIC, max_size=12))
def test_missing_diacritics_do_not_matter(word: str) -> None:
    latin = to_latin(word)
    assert fold_word(latin) == fold_word(without_diacritics(latin, "dj")) == fold_word(without_diacritics(latin, "d"))


@given(st.text(CYRILLIC + " \n.,", max_size=40))
def test_characters_keep_their_places(text: str) -> None:
    folded, places = fold_characters(text)
    assert len(folded) == len(places)
    assert list(places) == sorted(places)
    assert all(text[at] == "\n" for letter, at in zip(folded, places, strict=True) if letter == "\n")
