"""Each outage is told on the night it happens, and the days it leaves open are known until they are closed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.database import SCHEMA
from pipelines.monitor import watch
from tests.pipelines.nights import Nights, when

LAST = 15
"""The night of the trouble: two weeks of history."""


@pytest.fixture
def nights() -> Iterator[Nights]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        yield Nights(connection)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Nights]:
    """A store of four outlets after two weeks in which nothing happened."""
    path = tmp_path_factory.mktemp("history") / "odjek.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        nights = Nights(connection)
        nights.outlet("reka", 40)
        nights.outlet("breg", 2)
        nights.outlet("agencija", 60, "agency")
        nights.outlet("ustanova", 25)
        for night in range(LAST):
            found = nights.crawl(night)
        assert levels(found) == {}
    return path, nights


@pytest.fixture
def lived(history: tuple[Path, Nights], tmp_path: Path) -> Iterator[Nights]:
    """The history, with a store of its own for each test."""
    with duckdb.connect(shutil.copy(history[0], tmp_path)) as connection:
        yield history[1].copy(connection)


def levels(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    wrong = {
        outlet: {check: finding.level for check, finding in checks.items() if finding.level in ("warning", "alarm")}
        for outlet, checks in found.items()
    }
    return {outlet: checks for outlet, checks in wrong.items() if checks}


def days(nights: Nights, outlet: str, first: int, last: int) -> list[tuple[Any, ...]]:
    """State and lateness of an outlet's days before the given nights."""
    query = "SELECT state, is_late FROM outlet_day WHERE outlet = $outlet AND day_on BETWEEN $first AND $last ORDER BY day_on"
    span = {"first": when(first - 1).date(), "last": when(last - 1).date()}
    return nights.connection.execute(query, {"outlet": outlet, **span}).fetchall()


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ({"reka": {"status": "failed", "detail": "timed out"}}, {"reka": {"answer": "alarm"}}),
        ({"reka": {"silent": True}}, {"reka": {"silent": "alarm"}}),
        ({"breg": {"silent": True}}, {}),  # two articles a day: one such day is no news
        ({"agencija": {"silent": True}}, {"agencija": {"silent": "alarm", "agency": "alarm"}}),
        (
            {"agencija": {"source": "feed"}},
            {"agencija": {"source": "warning", "agency": "alarm"}},
        ),
        ({"reka": {"refused": "bot_check"}}, {"reka": {"blocked": "alarm", "refused": "alarm", "silent": "alarm"}}),
        ({"reka": {"refused": "no_text"}}, {"reka": {"refused": "alarm", "silent": "alarm"}}),
        ({"reka": {"source": "feed"}}, {"reka": {"source": "warning"}}),
        ({"ustanova": {"fields": {"byline": None}}}, {"ustanova": {"byline": "warning"}}),
        ({"ustanova": {"fields": {"word_count": 40}}}, {"ustanova": {"length": "alarm"}}),
        ({"ustanova": {"fields": {"script": "cyrl", "language": "ru"}}}, {"ustanova": {"script": "warning", "language": "warning"}}),
    ],
)  # fmt: skip
def test_a_trouble_is_told_on_its_night(
    lived: Nights, trouble: dict[str, dict[str, Any]], expected: dict[str, dict[str, str]]
) -> None:
    assert levels(lived.crawl(LAST, **trouble)) == expected
    kept = "SELECT outlet, check_name, level FROM health WHERE run_id LIKE ? AND level IN ('warning', 'alarm')"
    rows = lived.connection.execute(kept, [f"{when(LAST):%Y%m%d}%"]).fetchall()
    assert sorted(rows) == sorted((outlet, *of) for outlet, checks in expected.items() for of in checks.items())


def test_three_nights_down_are_counted_closed_and_over(lived: Nights) -> None:
    for number in range(3):
        found = lived.crawl(LAST + number, reka={"status": "failed", "detail": "timed out"})
        assert found["reka"]["answer"].night_count == number + 1
    assert days(lived, "reka", LAST, LAST + 2) == [("partial", False), ("none", False), ("none", False)]
    assert days(lived, "breg", LAST, LAST + 2) == [("whole", False)] * 3
    found = lived.crawl(LAST + 3)
    assert levels(found) == {}
    assert found["reka"]["recovered"].detail == "after 3 crawls: no usable answer: timed out"
    assert days(lived, "reka", LAST, LAST + 3) == [("whole", True)] * 2 + [("whole", False)] * 2


def test_articles_behind_walls_leave_their_day_open_until_they_are_had(lived: Nights) -> None:
    lived.crawl(LAST, reka={"refused": "bot_check"})
    assert days(lived, "reka", LAST, LAST) == [("partial", False)]
    lived.crawl(LAST + 1, reka={"refused": "bot_check"})
    lived.crawl(LAST + 2, reka={"refused": "bot_check"})
    assert days(lived, "reka", LAST, LAST + 2) == [("partial", False)] * 3
    found = lived.crawl(LAST + 3)
    assert levels(found) == {}
    assert days(lived, "reka", LAST, LAST + 3) == [("whole", True), ("whole", True), ("whole", False), ("whole", False)]


def test_a_silence_that_was_covered_is_a_thin_day(lived: Nights) -> None:
    lived.crawl(LAST, reka={"silent": True})
    [(state, expected, count)] = lived.connection.execute(
        "SELECT state, round(expected_count), article_count FROM outlet_day WHERE outlet = 'reka' AND day_on = ?",
        [when(LAST - 1).date()],
    ).fetchall()
    assert (state, expected, count) == ("thin", 40, 0)


def test_nights_on_which_odjek_did_not_run_are_holes_of_all(lived: Nights) -> None:
    found = lived.crawl(LAST + 2)
    assert levels(found) == {}
    assert days(lived, "breg", LAST, LAST + 2) == [("whole", True), ("whole", False), ("whole", False)]


def test_first_nights_are_too_young_to_judge(nights: Nights) -> None:
    nights.outlet("reka", 40)
    nights.outlet("nova", 0)
    nights.outlet("ocekivana", 0, expected_per_day=80.0)
    found = nights.crawl(0)
    assert found["reka"]["dropped"].level == "unknown"
    assert found["nova"]["silent"].level == "unknown"
    assert found["ocekivana"]["silent"].level == "warning"  # its file says enough
    for night in (1, 2, 3):
        found = nights.crawl(night)
    assert found["reka"]["dropped"].level == "ok"
    assert found["nova"]["silent"].detail == "nothing was ever stored, since 2026-02-02"


def test_judging_again_changes_nothing(lived: Nights) -> None:
    lived.crawl(LAST, reka={"status": "failed", "detail": "timed out"})
    tables = ("health", "outlet_day")
    before = [lived.connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in tables]
    watch(lived.connection, f"{when(LAST):%Y%m%dT%H%M%SZ}-crawl")
    assert [lived.connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in tables] == before
