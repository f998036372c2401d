"""What is left of a sentence when letters, endings and function words are taken away."""

import pickle

import pytest

from analysis.content import Content, content
from analysis.stopwords import reporting_verbs, stopwords


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Vlada je usvojila budžet.", "sr", "vlad usvoji budzet"),
        ("Владу је усвојила, буџету!", "sr", "vlad usvoji budzet"),
        ("Rast je 3,5 % ili 3,5 odsto.", "sr", "rast 3.5 odst 3.5 odst"),
        ("Košta 20 €, a ne $5.", "sr", "kost 20 evr dolr 5"),
        ("The government adopted the budget.", "en", "vlad usvoji budzet"),
        ("Правительство приняло бюджет.", "ru", "vlad primi budzet"),
        ("Montenegro votes", "en", "crn gor glasa"),
        ("i, da je: ona se!", "sr", ""),
        ("", "sr", ""),
        ("Qeveria", "sq", "keveri"),
    ],
)
def test_terms(text: str, language: str, expected: str) -> None:
    assert " ".join(content(text, language)) == expected


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("Ministar Ivan Perić izjavio je u Užicu da će most biti otvoren.", "ivan ministr peric uzic"),
        ("Most će biti otvoren u maju, rekao je ministar Perić.", "ministr peric"),
        ("„Most će biti otvoren“, kaže direktor Perić za Vestal.", "direktor peric vesta"),
        ("Direktor Perić je rekao: „Most će biti otvoren.“", "direktor peric"),
        ("Kako navodi Perić, most će biti otvoren.", "peric"),
        ("Prema rečima Perića, most će biti otvoren.", "peric"),
        ("Министар Перић каже да ће мост бити отворен.", "ministr peric"),
        ("Perić je otvorio most.", ""),
    ],
)
def test_what_only_names_the_speaker_is_weak(text: str, weak: str) -> None:
    assert " ".join(sorted(content(text).weak)) == weak


def test_a_term_that_also_tells_something_is_not_weak() -> None:
    assert content("Perić je rekao da Perić odlazi.").weak == frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Juče je Ana Ilić stigla u Prag.", "an ilic prag"),
        ("JUČE JE ANA ILIĆ STIGLA", ""),
        ("stigla je juče", ""),
    ],
)
def test_names_are_known_by_their_capital(text: str, names: str) -> None:
    assert " ".join(sorted(content(text).names)) == names


def test_a_content_is_a_tuple_that_travels() -> None:
    sentence = content("Ana Ilić kaže da most stoji.")
    copy = pickle.loads(pickle.dumps(sentence))
    assert (copy, copy.weak, copy.names) == (sentence, sentence.weak, sentence.names)
    assert Content() == ()


@pytest.mark.parametrize("language", ["sr", "en", "ru"])
def test_no_verb_of_speech_is_also_a_stop_word(language: str) -> None:
    assert reporting_verbs(language) & stopwords(language) == frozenset()
