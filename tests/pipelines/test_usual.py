"""How many articles are usual, and how improbable a count is: days given by hand, chances that can be reckoned."""

from datetime import date, timedelta
from math import exp

import numpy as np
import pytest

from pipelines.finding import ALARM, WARNING
from pipelines.usual import Day, at_most, usual

MONDAY = date(2026, 1, 5)


def days(*counts: int) -> list[Day]:
    return [Day(MONDAY + timedelta(days=number), count) for number, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("count", "mean", "variance", "chance"),
    [
        (0, 4.0, 4.0, exp(-4)),
        (1, 4.0, 4.0, 5 * exp(-4)),
        (0, 4.0, 12.0, 1 / 9),  # negative binomial of size 2: (1/3) squared
        (1, 4.0, 12.0, 1 / 9 + 2 * (1 / 9) * (2 / 3)),
        (400, 4.0, 12.0, 1.0),
        (0, 0.0, 0.0, 1.0),
    ],
)
def test_chances(count: int, mean: float, variance: float, chance: float) -> None:
    assert at_most(count, mean, variance) == pytest.approx(chance)


WEEK = [30, 34, 28, 31, 33, 14, 12]


@pytest.mark.parametrize(
    ("past", "per_day"),
    [
        (WEEK * 4, 26),
        ([*WEEK * 2, 0, 0, 0, *WEEK[3:], *WEEK], 26),  # dead days
        ([*WEEK * 2, 900, *WEEK[1:], *WEEK], 26),  # an archive listed anew
        ([0, 1, 0, 0, 1, 0, 1] * 4, 3 / 7),  # the median of its days would be nothing
        ([20, 22, 18], 20),
    ],
)
def test_the_level_is_that_of_ordinary_days(past: list[int], per_day: float) -> None:
    model = usual(days(*past))
    assert model is not None
    assert model.per_day == pytest.approx(per_day, abs=0.5)


def test_weekends_are_their_own() -> None:
    model = usual(days(*WEEK * 6))
    assert model is not None
    friday, sunday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=6)
    assert model.expected([(friday, 1.0)]) == pytest.approx(33, abs=3)
    assert model.expected([(sunday, 1.0)]) == pytest.approx(15, abs=3)
    assert model.expected([(friday, 0.5), (sunday, 0.5)]) == pytest.approx(24, abs=3)
    assert model.at_most(12, model.expected([(sunday, 1.0)])) > 0.1
    assert model.at_most(12, model.expected([(friday, 1.0)])) < 0.001


def test_an_outlet_that_swings_is_given_room() -> None:
    calm, wild = usual(days(*[20, 21, 19, 20] * 7)), usual(days(*[2, 38, 10, 30] * 7))
    assert calm is not None
    assert wild is not None
    assert calm.dispersion == 1.0
    assert wild.dispersion > 5
    assert calm.at_most(8, 20) < 0.005 < 0.05 < wild.at_most(8, 20)


@pytest.mark.parametrize(
    ("past", "expected", "nothing_tonight"),
    [
        ([], None, None),
        ([5, 7], None, None),
        ([], 40.0, "improbable"),  # by its file alone
        ([], 2.0, "possible"),
        ([3] * 40, None, "possible"),
        ([8] * 40, None, "improbable"),
        ([80, 75, 90], None, "improbable"),
        ([3, 2, 4], None, "possible"),
    ],
)
def test_small_and_young_outlets_do_not_cry_wolf(
    past: list[int], expected: float | None, nothing_tonight: str | None
) -> None:
    model = usual(days(*past), expected)
    if nothing_tonight is None:
        assert model is None
    else:
        assert model is not None
        assert (model.at_most(0, model.per_day) < 0.01) == (nothing_tonight == "improbable")


def test_what_the_file_expects_gives_way_to_what_is_seen() -> None:
    levels = [usual(days(*[10] * number), 100.0) for number in (0, 3, 10, 14)]
    per_day = [model.per_day for model in levels if model]
    assert per_day[0] == 100
    assert per_day == sorted(per_day, reverse=True)
    assert per_day[1] < 13
    assert per_day[3] == 10


def healthy(per_day: float, number: int, chance: np.random.Generator) -> list[Day]:
    """Days of an outlet that swings more than chance, some with quiet weekends."""
    weekend, swing = chance.choice([1.0, 0.7, 0.4]), chance.choice([8, 20])
    made = []
    for day in (MONDAY + timedelta(days=at) for at in range(number)):
        mean = per_day * (weekend if day.weekday() >= 5 else 1)
        made.append(Day(day, int(chance.poisson(chance.gamma(swing, mean / swing)))))
    return made


@pytest.mark.parametrize(
    ("per_day", "most_alarms", "most_warnings", "least_caught"),
    [(3, 5, 20, 0.0), (8, 10, 60, 0.7), (40, 30, 120, 0.97), (150, 40, 150, 0.99)],
)
def test_healthy_nights_are_left_alone_and_dead_ones_caught(
    per_day: float, most_alarms: int, most_warnings: int, least_caught: float
) -> None:
    """The floors of docs/health.md, each with a little room; of 10,000 nights, and of nights on which nothing came."""
    chance = np.random.default_rng(int(per_day))
    alarms = warnings = caught = nights = 0
    for past in (healthy(per_day, 90, chance) for _ in range(40)):
        for at in range(14, 90, 3):
            model, tonight = usual(past[:at]), past[at]
            assert model is not None
            mean = model.expected([(tonight.on, 1.0)])
            found = min(1.0, 2 * model.at_most(tonight.count, mean)) if tonight.count < mean / 2 else 1.0
            alarms, warnings = alarms + (found < ALARM), warnings + (ALARM <= found < WARNING)
            caught += model.at_most(0, mean) < WARNING
            nights += 1
    assert alarms / nights <= most_alarms / 10_000
    assert warnings / nights <= most_warnings / 10_000
    assert caught / nights >= least_caught
