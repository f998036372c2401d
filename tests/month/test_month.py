"""A month of forty invented outlets, crawled each night at a quarter past two by the real spiders and pipelines.

Everything is compared with truth.py, which knows the newsrooms and the documented rules but none of odjek's code.
"""

import os
from pathlib import Path

import pytest

from tests.month import truth
from tests.month.month import Month
from tests.month.outlets import ABSENT_NIGHTS, KILLED_NIGHT, OUTLETS, TROUBLES

NIGHTS = int(os.environ.get("ODJEK_MONTH_NIGHTS", "8"))
"""Eight nights in `make test`; `make month` lives the whole month."""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    lived = Month(OUTLETS, TROUBLES, ABSENT_NIGHTS, KILLED_NIGHT, NIGHTS, Path(tmp_path_factory.mktemp("month")))
    lived.live()
    return lived


def told(wrong: list[str]) -> str:
    return f"{len(wrong)}:\n" + "\n".join(wrong[:60])


def test_nothing_that_was_ever_available_is_missing(month: Month) -> None:
    wrong = list(truth.missing(month))
    assert not wrong, told(wrong)


def test_no_article_is_asked_for_out_of_turn(month: Month) -> None:
    wrong = list(truth.articles_out_of_turn(month))
    assert not wrong, told(wrong)


def test_no_source_is_asked_twice_in_a_night_and_few_on_a_quiet_one(month: Month) -> None:
    wrong = list(truth.sources_out_of_turn(month))
    assert not wrong, told(wrong)


def test_what_a_site_calls_its_state_is_told_to_it(month: Month) -> None:
    wrong = list(truth.unconditional(month))
    assert not wrong, told(wrong)
    assert sum(asked.status == 304 for asked in month.web.log) > 20 * len(month.ran)


def test_each_edit_and_deletion_is_recorded_by_the_visit_that_saw_it(month: Month) -> None:
    wrong = list(truth.unrecorded(month))
    assert not wrong, told(wrong)


def test_each_trouble_is_reported_on_its_night(month: Month) -> None:
    wrong = list(truth.unreported(month))
    assert not wrong, told(wrong)


def test_every_other_outlet_finished(month: Month) -> None:
    wrong = list(truth.unfinished(month))
    assert not wrong, told(wrong)


def test_the_times_are_those_that_the_pages_stated(month: Month) -> None:
    wrong = list(truth.misdated(month))
    assert not wrong, told(wrong)


def test_quiet_nights_are_quiet(month: Month) -> None:
    quiet = sum(truth.is_quiet(month, paper.slug, night) for paper in month.papers for night in month.ran)
    said: dict[str, list[str]] = {"alarm": [], "warning": []}
    for slug, night, check, level, detail in truth.health(month):
        if level in said and truth.is_quiet(month, slug, night):
            said[level].append(f"{slug} in night {night}: {check}: {detail}")
    assert not said["alarm"], told(said["alarm"])
    assert len(said["warning"]) <= max(1, quiet // 100), told(said["warning"])
