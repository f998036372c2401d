"""What was said before everybody, and what witnesses tell, need not be from the story."""

import pytest

from analysis.comparison import Comparison, Limits, compare
from analysis.public import known, names_occasion, public_speech, witness
from analysis.reading import Reading
from analysis.similarity import Weights
from analysis.tokens import Vocabulary

LIMITS = Limits(gram_words=4, gap_words=6, passage_words=6, retold_score=0.45, stale_words=10)
VOCABULARY, WEIGHTS = Vocabulary(), Weights(1, {})
STORY = """Ministar Vasilije Gromov rekao je na konferenciji za novinare da radovi na mostu Lužnica koštaju 41 milion evra.
Kompanija Severni čelik isporučila je nosače na odloženo plaćanje kada je banka obustavila kredit."""
SPEECH = "Gromov je novinarima kazao da će radovi na mostu Lužnica koštati 41 milion evra."
FRAME = "Kad je banka obustavila kredit, nosače je na odloženo plaćanje dao Severni čelik."
OWN = "Meštani su nam ispričali da put kroz Topolje mesecima niko ne održava."


def _read(text: str) -> Reading:
    return Reading.of(text, "", "sr", VOCABULARY, WEIGHTS)


def _compared(text: str) -> Comparison:
    return compare(_read(text), _read(STORY), LIMITS, ignored=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministar je na konferenciji za novinare najavio radove.", True),
        ("Министар је новинарима рекао да радови почињу.", True),
        ("Na sjednici je govorila predsjednica opštine.", True),
        ("Oglasila se na društvenim mrežama.", True),
        ("Radovi počinju u ponedeljak, rekao je ministar.", False),
        ("Novinari su čekali pred zgradom.", False),
    ],
)
def test_occasions(text: str, expected: bool) -> None:
    assert names_occasion(text) is expected


@pytest.mark.parametrize(
    ("article", "exclusive", "expected"),
    [
        (SPEECH, (), 1.0),
        (FRAME, (), 0.0),
        (SPEECH, (0,), 0.0),  # the story's outlet was told that alone
        (STORY, (), 0.0),  # copied narration is never public
        (OWN, (), 0.0),
    ],
)
def test_public_speech(article: str, exclusive: tuple[int, ...], expected: float) -> None:
    assert public_speech(_read(STORY), _compared(article), exclusive) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("name", "text", "voice", "expected"),
    [
        ("who was there", f"{SPEECH}\n{OWN}", (1,), True),
        ("no reporting of its own", f"{SPEECH}\n{OWN}", (), False),
        ("own reporting in what the story tells too", f"{SPEECH}\n{OWN}", (0,), False),
        ("a copy with reporting of its own", f"{STORY}\n{OWN}", (2,), False),
    ],
)
def test_who_is_a_witness(name: str, text: str, voice: tuple[int, ...], expected: bool) -> None:
    assert (witness(_read(text), _read(STORY), _compared(text), voice) is not None) is expected, name


def test_only_what_a_witness_tells_is_known() -> None:
    text = f"{SPEECH}\n{OWN}"
    seen = witness(_read(text), _read(STORY), _compared(text), (1,))
    assert seen is not None
    story = _read(STORY)
    assert known(story, _compared(SPEECH), [seen]) == pytest.approx(1.0, abs=0.05)
    assert known(story, _compared(FRAME), [seen]) < 0.1
    assert known(story, _compared(STORY), [seen]) < 0.1
    assert known(story, _compared(SPEECH), []) == 0.0
