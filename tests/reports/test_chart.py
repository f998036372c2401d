from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from reports import chart


def row(day: date, credited: int = 0, uncredited: int = 0, unknown: int = 0) -> dict[str, Any]:
    return {"day": day, "credited_count": credited, "uncredited_count": uncredited, "unknown_count": unknown}


@pytest.mark.parametrize(
    ("days", "unit", "bars"),
    [(0, "day", 1), (13, "day", 14), (100, "week", 15), (800, "month", 27), (4000, "year", 12)],
)
def test_the_timeline_chooses_a_unit_that_stays_readable(days: int, unit: str, bars: int) -> None:
    first = date(2015, 3, 2)
    drawn = chart.timeline([row(first, 1), row(first + timedelta(days=days), 0, 2)])
    assert drawn is not None
    assert (drawn.unit, len(drawn.bars)) == (unit, bars)
    assert sum(bar.total for bar in drawn.bars) == 3


def test_no_article_no_timeline() -> None:
    assert chart.timeline([]) is None


def test_bars_stack_from_the_base_and_stay_inside() -> None:
    drawn = chart.bars([("a", {"credited": 3, "uncredited": 2}), ("b", {"credited": 0})], "day")
    boxes = drawn.bars[0].boxes
    assert boxes[0].y + boxes[0].height == pytest.approx(drawn.base)
    assert boxes[1].y + boxes[1].height == pytest.approx(boxes[0].y)
    assert boxes[1].y >= 0
    assert drawn.bars[1].boxes == ()
    assert drawn.ticks[0].label == "0"


def test_labels_leave_room_for_each_other() -> None:
    drawn = chart.bars([(f"{number} Mar", {"credited": 1}) for number in range(60)], "day")
    labelled = [bar.middle for bar in drawn.bars if bar.label]
    assert min(after - before for before, after in pairwise(labelled)) > 45


def published(
    article_id: str, hours: float | None, parent: str | None = None, precision: str = "minute"
) -> dict[str, Any]:
    start = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - the store keeps UTC without a zone
    return {
        "article_id": article_id,
        "parent_article_id": parent,
        "published_at": None if hours is None else start + timedelta(hours=hours),
        "published_precision": precision,
    }


def test_a_spread_shows_a_day_as_a_day_and_leaves_out_what_has_no_time() -> None:
    first = datetime(2026, 3, 2, 12)  # noqa: DTZ001
    rows = [published("a", 1), published("b", 12, "a", "day"), published("c", None, precision="none")]
    drawn = chart.spread(first, rows)
    assert drawn is not None
    assert [dot.row["article_id"] for dot in drawn.dots] == ["a", "b"]
    assert drawn.dots[0].length == 0
    assert drawn.dots[1].length > 100
    assert (drawn.dots[1].parent_x, drawn.dots[1].parent_y) == (drawn.dots[0].x, drawn.dots[0].y)
    assert chart.spread(None, rows) is None
    assert chart.spread(first, []) is None
