"""Numbers in digits and in words, of three languages, come to the same value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.content import content
from analysis.numbers import combine, is_part, literal, number_words


@pytest.mark.parametrize(
    ("digits", "language", "expected"),
    [
        ("41,6", "sr", ("41.6",)),
        ("41.6", "sr", ("41.6",)),
        ("60.000", "sr", ("60000",)),
        ("60 000", "sr", ("60000",)),
        ("1.200,50", "sr", ("1200.5",)),
        ("1,250", "en", ("1250",)),
        ("2,900.5", "en", ("2900.5",)),
        ("1,250", "sr", ("1.25",)),
        ("007", "sr", ("7",)),
        ("0", "sr", ("0",)),
        ("2026", "sr", ("2026",)),
        ("12.7.2010", "sr", ("12", "jul", "2010")),
        ("12.07.2010", "sr", ("12", "jul", "2010")),
        ("14:30", "sr", ("14.3",)),
        ("14.30", "sr", ("14.3",)),
        ("6:3", "sr", ("6:3",)),
        ("1.2.3.4", "sr", ("1", "2", "3", "4")),
    ],
)
def test_literal(digits: str, language: str, expected: tuple[str, ...]) -> None:
    assert literal(digits, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("četrdeset jedan", ["41"]),
        ("dvadeset i pet", ["25"]),
        ("dvadesetak", ["20"]),
        ("stotinak", ["100"]),
        ("sto dvadeset", ["120"]),
        ("dve stotine trideset", ["230"]),
        ("dvjesta", ["200"]),
        ("hiljadu devetsto devedeset devete", ["1999"]),
        ("пет хиљада триста", ["5300"]),
        ("1,2 miliona", ["1200000"]),
        ("10 milijardi", ["10000000000"]),
        ("tri miliona dvesta hiljada", ["3200000"]),
        ("dve i po hiljade", ["2500"]),
        ("milion i po", ["1500000"]),
        ("500 tisuća", ["500000"]),
        ("treći", ["3"]),
        ("dvadeset prvi", ["21"]),
        ("petoro", ["5"]),
        ("pet, šest", ["5", "6"]),
        ("dvadeset pet 30", ["25", "30"]),
        ("3:1", ["3:1"]),
        ("jedan", []),
        ("prvi", []),
        ("milioni", []),
        ("što", []),
    ],
)
def test_numbers_of_a_serbian_text(text: str, expected: list[str]) -> None:
    assert list(content(text)) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("two hundred and five", "en", ["205"]),
        ("twenty-one", "en", ["21"]),
        ("19.3 million", "en", ["19300000"]),
        ("one", "en", []),
        ("двадцать пять", "ru", ["25"]),
        ("19,3 миллиона", "ru", ["19300000"]),
        ("полтора миллиона", "ru", ["1500000"]),
        ("60 тысяч", "ru", ["60000"]),
    ],
)
def test_numbers_of_other_languages(text: str, language: str, expected: list[str]) -> None:
    assert list(content(text, language)) == expected


@given(st.integers(0, 999_999_999))
def test_grouped_and_plain_digits_agree(number: int) -> None:
    assert literal(f"{number:,}".replace(",", "."), "sr") == literal(str(number), "sr") == literal(f"{number:,}", "en")


@given(
    st.lists(st.sampled_from(["+1?", "+2", "+20", "+100?", "*100", "*1000", "*1000000", "+half", "+and", "7", "2.5"]))
)
def test_any_run_of_parts_gives_numbers(run: list[str]) -> None:
    values = combine(run)
    assert all(value[0].isdigit() and not is_part(value) for value in values)


def test_a_word_that_is_no_number_has_no_mark() -> None:
    assert "petao" not in number_words("sr")
