"""How far back a crawl looks, and when it has missed nothing: days by hand."""

from datetime import UTC, date, datetime

import pytest

from spiders.memory import Past
from spiders.page import Window
from spiders.reach import is_covered, reach_of

NOW = datetime(2026, 3, 20, 2, 15, tzinfo=UTC)
OPEN, ASKED = Window(), Window(date(2026, 3, 18), None)
BACKFILL = Window(date(2024, 3, 1), date(2024, 3, 31))


def night(day: int) -> datetime:
    return datetime(2026, 3, day, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "covered_at", "since"),
    [
        (OPEN, night(19), date(2026, 3, 19)),
        (OPEN, night(16), date(2026, 3, 16)),  # three nights were missed
        (OPEN, night(1), date(2026, 3, 6)),  # a machine that was off for long
        (OPEN, None, date(2026, 3, 6)),  # the first crawl
        (ASKED, night(16), date(2026, 3, 18)),
        (BACKFILL, night(19), date(2024, 3, 1)),
        (Window(None, date(2024, 3, 31)), night(19), None),
    ],
)
def test_how_far_back(asked: Window, covered_at: datetime | None, since: date | None) -> None:
    reach = reach_of(asked, Past(covered_at=covered_at, looked_back_at=night(18)), NOW, 14)
    assert (reach.since, reach.today, reach.is_asked) == (since, date(2026, 3, 20), asked != OPEN)
    assert reach.wanted == (Window(date(2026, 3, 6), None) if asked == OPEN else asked)


@pytest.mark.parametrize(
    ("asked", "covered_at", "is_whole", "expected"),
    [
        (OPEN, night(16), True, True),
        (OPEN, None, True, True),
        (OPEN, night(16), False, False),
        (ASKED, night(19), True, True),
        (ASKED, night(18), True, True),
        (ASKED, night(16), True, False),  # what lies between was not asked for
        (ASKED, None, True, True),
        (BACKFILL, night(19), True, False),
    ],
)
def test_what_was_missed(asked: Window, covered_at: datetime | None, is_whole: bool, expected: bool) -> None:
    assert is_covered(asked, covered_at, is_whole=is_whole) == expected
