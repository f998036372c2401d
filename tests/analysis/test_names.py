"""Foreign names meet in whatever spelling."""

import pytest

from analysis.content import content
from analysis.names import sound


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelenski Zelenskij Zelensky Zelenskyy Zelenskyj Зеленски Зеленскиј Zelenskog Zelenskom",
        "Vašington Washington Вашингтон Washingtona",
        "Tramp Trump Трамп Trumpa Trampom",
        "Makron Macron Макрон Macrona",
        "Šolc Scholz Шолц",
        "Džonson Johnson Џонсон",
        "Gutereš Guterres Гутереш",
        "Hezbolah Hezbollah Хезболах",
        "Netanjahu Netanyahu",
        "Njujork York",
        "Fejsbuk Facebook Фејсбук",
        "Hamnei Khamenei",
    ],
)
def test_spellings_of_one_name_are_one_term(spellings: str) -> None:
    assert len({content(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("text", "language", "serbian"),
    [
        ("Zelensky", "en", "Zelenski"),
        ("Зеленский", "ru", "Зеленски"),
        ("Лавров", "ru", "Lavrov"),
        ("Zakharova", "en", "Zaharova"),
        ("Варшава", "ru", "Varšava"),
        ("Belgrade", "en", "Beograd"),
    ],
)
def test_names_of_other_languages_meet_the_serbian_ones(text: str, language: str, serbian: str) -> None:
    assert content(text, language) == content(serbian)


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        ("lukasenko lukashenka", True),
        ("stoltenberg stoltemberg", False),
        ("markovic mirkovic", False),
        ("markovic marinkovic", False),
        ("petrovic pavlovic", False),
        ("kolarov kalarov", False),
        ("vagner wagner", True),
        ("smit schmidt", True),
    ],
)
def test_sound(names: str, is_one: bool) -> None:
    first, second = names.split()
    assert (sound(first) == sound(second)) is is_one


def test_short_names_have_no_sound() -> None:
    assert sound("bajden") != ""
    assert sound("si") == sound("rute") == ""
