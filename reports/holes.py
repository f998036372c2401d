"""How much of the time that the figures cover could be searched, for the words that stand beside them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.snapshot import Row

SIDES = {"local": ("local", "aggregator"), "state": ("state_media", "mirror")}
"""A hole of either hides findings. What a hole of an agency does stands on the page about health."""


@dataclass(frozen=True, slots=True)
class Side:
    """The days of all outlets of one side: watched, with a hole; and the names of outlets with one."""

    day_count: int
    hole_count: int
    holed: tuple[str, ...]


def holes(days: Sequence[Row]) -> dict[str, Side]:
    """Each side of the comparison, from the rows of holes.sql."""
    result = {}
    for side, roles in SIDES.items():
        rows = [row for row in days if row["role"] in roles]
        holed = [row for row in rows if row["hole_count"]]
        days_of, holes_of = (sum(row[count] for row in rows) for count in ("day_count", "hole_count"))
        result[side] = Side(days_of, holes_of, tuple(row["outlet_name"] for row in holed))
    return result
