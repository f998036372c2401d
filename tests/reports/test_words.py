from datetime import datetime

import pytest

from reports import words


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001 - the store keeps UTC without a zone


@pytest.mark.parametrize(
    ("when", "precision", "expected"),
    [
        (at(4, 9, 15), "minute", ("4 March 2026, 10:15", "to the minute", "2026-03-04T09:15Z")),
        (at(4, 9, 15, month=7), "minute", ("4 July 2026, 11:15", "to the minute", "2026-07-04T09:15Z")),
        (at(4, 23, 30), "minute", ("5 March 2026, 00:30", "to the minute", "2026-03-04T23:30Z")),
        (at(4), "day", ("4 March 2026", "day only", "2026-03-04")),
        (at(4), "none", ("time unknown", "unknown", "")),
        (None, "none", ("time unknown", "unknown", "")),
    ],
)
def test_a_time_says_how_certain_it_is(when: datetime | None, precision: str, expected: tuple[str, str, str]) -> None:
    time = words.time(when, precision)
    assert (time.words, time.certainty, time.iso) == expected


@pytest.mark.parametrize(
    ("minutes", "days", "expected"),
    [
        (42, 0, "42 min later"),
        (130, 0, "2 h 10 min later"),
        (120, 0, "2 h later"),
        (1500, 1, "1 day 1 h later"),
        (2880, 2, "2 days later"),
        (0, 0, "the same minute"),
        (-240, 0, "4 h earlier"),
        (None, 0, "the same day"),
        (None, 1, "1 day later"),
        (None, -2, "2 days earlier"),
        (None, None, "unknown"),
    ],
)
def test_a_lag_is_in_minutes_only_where_both_times_allow_it(
    minutes: int | None, days: int | None, expected: str
) -> None:
    assert words.lag(minutes, days) == expected


@pytest.mark.parametrize(
    ("probability", "word", "decimal"),
    [
        (1.0, "almost certain", "over 0.99"),
        (0.98, "almost certain", "0.98"),
        (0.979, "very likely", "0.98"),
        (0.975, "very likely", "0.97"),
        (0.81, "likely", "0.81"),
        (0.6, "more likely than not", "0.60"),
        (0.59, "cannot tell", "0.59"),
        (0.27, "rather unlikely", "0.27"),
        (0.0, "almost certainly not", "under 0.01"),
    ],
)
def test_a_probability_is_a_word_and_a_number_and_never_one(probability: float, word: str, decimal: str) -> None:
    assert (words.likelihood(probability), words.decimal(probability)) == (word, decimal)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "–"), (0.0, "0%"), (0.004, "under 1%"), (0.874, "87%"), (0.996, "over 99%"), (1.0, "100%")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float | None, expected: str) -> None:
    assert words.share(value) == expected


@pytest.mark.parametrize(
    ("rate", "low", "high", "expected"),
    [
        (None, 0.0, 1.0, "not known"),
        (0.0, 0.0, 0.05, "none seen, at most 5%"),
        (0.0, 0.0, 0.0001, "none seen, under 1%"),
        (0.03, 0.012, 0.07, "about 3%, between 1% and 7%"),
        (0.004, 0.0, 0.03, "under 1%, between 0% and 3%"),
        (0.004, 0.001, 0.03, "under 1%, at most 3%"),
        (0.004, 0.001, 0.007, "under 1%"),
        (0.02, 0.005, 0.06, "about 2%, at most 6%"),
    ],
)
def test_a_false_share_is_said_with_its_doubt(rate: float | None, low: float, high: float, expected: str) -> None:
    assert words.false_share(rate, low, high) == expected


@pytest.mark.parametrize(
    ("language", "script", "expected"),
    [
        ("sr", "cyrl", "sr-Cyrl"),
        ("sr", "latn", "sr-Latn"),
        ("sr", "mixed", "sr"),
        ("en", "latn", "en"),
        ("und", "latn", ""),
        (None, None, ""),
    ],
)
def test_language_tags(language: str | None, script: str | None, expected: str) -> None:
    assert words.language_tag(language, script) == expected


def test_every_value_of_the_contract_has_words() -> None:
    assert set(words.VERDICTS) == {
        "amplification", "shared_origin", "local_first", "quote", "independent", "critical", "unrelated"
    }  # fmt: skip
    assert set(words.FORMS) == {"verbatim", "partial", "paraphrase", "translation"}
    assert set(words.DIRECTIONS) == {"state_first", "local_first", "unknown"}
    assert set(words.ORIGINS) == {"state_media", "agency", "local", "unknown"}
    assert set(words.ROLES) == {"state_media", "mirror", "agency", "local", "factchecker", "aggregator", "unknown"}
