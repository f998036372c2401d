"""Which edits a copy of a copy carries, and which it does not."""

import numpy as np
import pytest

from analysis.reading import Reading
from analysis.similarity import Weights
from analysis.tokens import Vocabulary
from analysis.traces import left_out, same_headline, traces

STORY = """Most kod Brodina zatvara se u ponedeljak zbog zamene ograde, saopštio je vlasnik mosta.
Radovi će trajati četrnaest dana, a vozila se upućuju na stari put preko Lužnice.
Pešaci će moći da prelaze od šest do dvadeset časova.
O tome je za Svetionik govorio nadzornik Lazar Bogić.
Novu ogradu izradila je radionica iz Šapca za devet miliona dinara.
Prethodna je postavljena 1974. godine i nikada nije bojena."""
LINES = STORY.split("\n")


def _edited(*changes: tuple[str, str], without: tuple[int, ...] = ()) -> str:
    text = "\n".join(line for at, line in enumerate(LINES) if at not in without)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("name", "article", "other", "expected"),
    [
        ("three copies of one text", STORY, STORY, 0.0),
        ("a changed word in both", _edited(("stari put", "zaobilazni put")), _edited(("stari put", "zaobilazni put")), 1.0),
        ("the story's word, changed by the other", STORY, _edited(("stari put", "zaobilazni put")), -2.0),
        ("a change of its own", _edited(("stari put", "zaobilazni put")), STORY, 0.0),
        ("what everybody changes: the outlet is named", _edited(("za Svetionik ", "")), _edited(("za Svetionik ", "")), 0.0),
        ("another script", _edited(("Šapca", "Шапца")), STORY, 0.0),
    ],
)  # fmt: skip
def test_edits(name: str, article: str, other: str, expected: float) -> None:
    assert _traces(article, other) == pytest.approx(expected, abs=0.3), name


def test_a_sentence_left_out_by_both_is_worth_two_edits() -> None:
    cut = _edited(without=(2,))
    assert _traces(cut, cut) >= 2
    assert _traces(cut, STORY) < 2


def _traces(article: str, other: str) -> float:
    vocabulary, weights = Vocabulary(), Weights(1, {})
    texts = [Reading.of(text, "", "sr", vocabulary, weights) for text in (article, STORY, other)]
    return traces(*texts, apart=[3])


@pytest.mark.parametrize(
    ("has", "had", "is_likelier"),
    [
        ("111111", "111111", False),
        ("111101", "111101", True),
        ("111110", "111101", False),
        ("110000", "110000", True),
        ("101010", "111111", False),
    ],
)
def test_left_out(has: str, had: str, is_likelier: bool) -> None:
    found = left_out(*(np.array([sentence == "1" for sentence in text]) for text in (has, had)))
    assert (found > 1.0) is is_likelier


@pytest.mark.parametrize(
    ("article", "story", "other", "expected"),
    [
        ("Vozači ostaju bez mosta na dve sedmice", "Most kod Brodina se zatvara", "Vozači ostaju bez mosta dve sedmice", True),
        ("Возачи остају без моста две седмице", "Most kod Brodina se zatvara", "Vozači ostaju bez mosta dve sedmice", True),
        ("Most kod Brodina se zatvara", "Most kod Brodina se zatvara", "Most kod Brodina se zatvara", False),
        ("Zatvara se most", "Kraj bez mosta", "Zatvara se most", False),
        ("Stari put zamenjuje most", "Most kod Brodina se zatvara", "Vozači ostaju bez mosta dve sedmice", False),
    ],
)  # fmt: skip
def test_a_headline_of_the_other_one(article: str, story: str, other: str, expected: bool) -> None:
    vocabulary, weights = Vocabulary(), Weights(1, {})
    readings = [Reading.of(STORY, title, "sr", vocabulary, weights) for title in (article, story, other)]
    assert same_headline(*readings) is expected
