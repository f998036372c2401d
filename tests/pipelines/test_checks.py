"""The numbers of one night beside what is usual: nights given by hand → findings."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pipelines.checks import Night, agency, beside_before, holes, judge
from pipelines.finding import CHECKS, Finding
from pipelines.usual import Day, Usual, usual
from tests.conftest import REPOSITORY

START = datetime(2026, 3, 11, 2, 15)  # noqa: DTZ001  # local, as DuckDB gives it
NIGHT = Night(
    outlet="reka",
    role="local",
    expected_per_day=None,
    local_at=START,
    started_at=START,
    is_backfill=False,
    is_stopped=False,
    first_on=date(2026, 1, 1),
    status="ok",
    detail="",
    day_count=30,
    week_count=210,
    new_count=30,
    newest_at=START - timedelta(hours=1),
    asked_count=30,
    wall_count=0,
    wall=None,
    is_walled_off=False,
)
QUIET = {"new_count": 0, "day_count": 0, "newest_at": START - timedelta(hours=25), "asked_count": 0}


def past(per_day: int, number: int = 40) -> Usual | None:
    return usual([Day(START.date() - timedelta(days=number - at), per_day) for at in range(number)])


def wrong(found: list[Finding]) -> dict[str, str]:
    return {finding.check_name: finding.level for finding in found if finding.level != "ok"}


@pytest.mark.parametrize(
    ("given", "per_day", "expected"),
    [
        ({}, 30, {}),
        ({"status": "failed", "detail": "timed out"}, 30, {"answer": "alarm"}),
        (
            {"status": "failed", "detail": "bot_check", "is_walled_off": True},
            30,
            {"answer": "alarm", "blocked": "alarm"},
        ),
        ({"status": "failed", "is_stopped": True}, 30, {"answer": "unknown"}),
        ({"is_walled_off": True}, 30, {}),  # one source of several
        ({**QUIET, "asked_count": 12, "wall_count": 12, "wall": "bot_check"}, 2, {"blocked": "alarm"}),
        ({"asked_count": 12, "wall_count": 8, "wall": "consent_page"}, 30, {"blocked": "warning"}),
        ({"asked_count": 2, "wall_count": 2, "wall": "paywall"}, 30, {"blocked": "warning"}),
        ({"asked_count": 30, "wall_count": 5, "wall": "paywall"}, 30, {}),
        (QUIET, 30, {"silent": "alarm"}),
        (QUIET, 5, {"silent": "warning"}),
        (QUIET, 2, {}),
        ({**QUIET, "newest_at": START - timedelta(days=4), "week_count": 5}, 2, {"silent": "alarm"}),
        ({**QUIET, "newest_at": START - timedelta(days=40), "week_count": 0}, 0, {"silent": "warning"}),
        ({**QUIET, "newest_at": None, "week_count": 0}, 0, {"silent": "warning"}),
        ({"new_count": 8, "day_count": 8}, 30, {"dropped": "alarm"}),
        ({"new_count": 14, "day_count": 14}, 30, {"dropped": "warning"}),
        ({"new_count": 18, "day_count": 18}, 30, {}),
        ({"new_count": 1, "day_count": 1, "week_count": 14}, 2, {}),
        ({"new_count": 1, "day_count": 1, "week_count": 4}, 2, {"dropped": "warning"}),  # the week shows it
        ({"new_count": 900, "day_count": 900}, 30, {"flood": "warning"}),
        ({"new_count": 9, "day_count": 9}, 1, {}),
        ({"expected_per_day": 90.0}, 30, {"expected": "warning"}),
        ({"expected_per_day": 40.0}, 30, {}),
        ({**QUIET, "is_backfill": True}, 30, {}),
        ({**QUIET, "is_stopped": True}, 30, {}),
    ],
)
def test_a_night(given: dict[str, Any], per_day: int, expected: dict[str, str]) -> None:
    found = list(judge(replace(NIGHT, **given), past(per_day)))
    assert wrong(found) == expected
    assert all(finding.detail for finding in found if finding.level != "ok")


def test_a_young_outlet_is_not_judged_by_its_numbers() -> None:
    found = list(judge(replace(NIGHT, **QUIET, first_on=START.date()), None))
    assert wrong(found) == {"silent": "unknown", "dropped": "unknown", "flood": "unknown"}


def test_a_line_says_what_is_wrong() -> None:
    found = list(judge(replace(NIGHT, **QUIET), past(30)))
    assert next(finding.detail for finding in found if finding.is_wrong) == (
        "nothing new for 25 hours, 31 articles are usual in that time"
    )


@pytest.mark.parametrize(
    ("of", "level"),
    [
        ([], "ok"),
        ([Finding("tanja", "silent", "warning", "nothing new for 20 hours")], "alarm"),
        ([Finding("tanja", "source", "warning", "feed broken")], "alarm"),
        ([Finding("tanja", "byline", "warning", "no bylines")], "ok"),
        ([Finding("tanja", "silent", "unknown", "too young")], "unknown"),
    ],
)
def test_an_agency_is_an_alarm_sooner(of: list[Finding], level: str) -> None:
    found = agency(replace(NIGHT, outlet="tanja", role="agency"), of)
    assert (found.check_name, found.level) == ("agency", level)
    assert ("cannot be told apart" in found.detail) == (level == "alarm")


def test_holes_of_the_last_week() -> None:
    assert holes(NIGHT, []).level == "ok"
    found = holes(NIGHT, [date(2026, 3, 8), date(2026, 3, 9)])
    assert (found.level, found.measured) == ("warning", 2)
    assert found.detail == "not fully covered: 2026-03-08, 2026-03-09"


@pytest.mark.parametrize(
    ("before", "now", "counts", "recovered"),
    [
        ([], [("answer", "alarm")], [1], None),
        ([("answer", "alarm", 2)], [("answer", "alarm")], [3], None),
        ([("answer", "alarm", 2)], [("answer", "ok")], [1, 2], "after 2 crawls: timed out"),
        ([("answer", "ok", 9)], [("answer", "ok")], [10], None),
        ([("silent", "warning", 2)], [("silent", "ok")], [1], None),
        ([("answer", "alarm", 1)], [("answer", "ok"), ("silent", "alarm")], [1, 1], None),
        ([("agency", "alarm", 1)], [("agency", "ok")], [1], None),
    ],
)
def test_beside_the_crawl_before(
    before: list[tuple[str, Any, int]], now: list[tuple[str, Any]], counts: list[int], recovered: str | None
) -> None:
    last = [Finding("reka", check, level, "timed out", night_count=number) for check, level, number in before]
    found = list(beside_before([Finding("reka", check, level) for check, level in now], last))
    assert [finding.night_count for finding in found[: len(now)]] == counts[: len(now)]
    over = [finding.detail for finding in found if finding.check_name == "recovered"]
    assert over == ([recovered] if recovered else [])


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_is_documented(check: str) -> None:
    text = (REPOSITORY / "docs" / "health.md").read_text(encoding="utf-8")
    table = text.split("## The checks")[1].split("\n## ")[0]
    assert f"`{check}`" in table
