"""How much of the time that the figures cover could be searched."""

from typing import Any

from reports.holes import holes


def day(outlet: str, role: str, hole_count: int, thin_count: int = 0) -> dict[str, Any]:
    counts = {"day_count": 14, "hole_count": hole_count, "thin_count": thin_count}
    return {"outlet": outlet, "outlet_name": outlet.title(), "role": role, **counts}


def test_holes_are_counted_on_each_side_of_the_comparison() -> None:
    days = [
        day("kej", "local", 2, 1),
        day("list", "aggregator", 0),
        day("stepa", "mirror", 1),
        day("vesti", "agency", 9),
    ]
    found = holes(days)
    assert (found["local"].day_count, found["local"].hole_count) == (28, 2)
    assert found["local"].holed == ("Kej",)
    assert (found["state"].day_count, found["state"].hole_count) == (14, 1)
    assert set(found) == {"local", "state"}


def test_without_watched_days_nothing_is_said() -> None:
    assert holes([])["local"].hole_count == 0
