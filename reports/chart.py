"""Charts as geometry: counts and times become rectangles, dots and ticks in viewBox units.

The templates draw them as inline SVG; colours and fonts are the style sheet's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reports.snapshot import Row
from reports.words import MONTHS

WIDTH = 560
LEFT = 34
SERIES = ("credited", "uncredited", "unknown")


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle of a stacked bar."""

    x: float
    y: float
    width: float
    height: float
    series: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label; `label` is empty where the axis has no room for it."""

    name: str
    label: str
    middle: float
    counts: dict[str, int]
    boxes: tuple[Box, ...]

    @property
    def total(self) -> int:
        """Articles of the bar."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Stacked bars over a counting axis."""

    width: int
    height: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    unit: str


def bars(counts: Sequence[tuple[str, dict[str, int]]], unit: str, *, height: int = 220) -> BarChart:
    """A stacked bar for each (name, counts by series)."""
    top, base = 12, height - 28
    most = max((sum(stack.values()) for _, stack in counts), default=0)
    step = _round_step(most)
    full = max(step, -(-most // step) * step)
    slot = (WIDTH - LEFT - 16) / max(1, len(counts))
    every = max(1, -(-len(counts) * 62 // (WIDTH - LEFT)))
    scale = (base - top) / full
    result = []
    for position, (name, stack) in enumerate(counts):
        x = LEFT + position * slot
        width = min(46.0, slot * 0.72)
        boxes, y = [], float(base)
        for series in SERIES:
            if value := stack.get(series, 0):
                y -= value * scale
                boxes.append(
                    Box(_tenth(x + (slot - width) / 2), _tenth(y), _tenth(width), _tenth(value * scale), series)
                )
        label = name if position % every == 0 else ""
        result.append(Bar(name, label, _tenth(x + slot / 2), stack, tuple(boxes)))
    ticks = tuple(Tick(_tenth(base - value * scale), str(value)) for value in range(0, full + 1, step))
    return BarChart(WIDTH, height, base, tuple(result), ticks, unit)


def timeline(rows: Sequence[Row]) -> BarChart | None:
    """Articles by day, week, month or year, whichever keeps the bars readable; None without a day."""
    if not rows:
        return None
    first, last = rows[0]["day"], rows[-1]["day"]
    days = (last - first).days + 1
    unit = "day" if days <= 62 else "week" if days <= 420 else "month" if days <= 3000 else "year"
    stacks: dict[date, dict[str, int]] = {}
    at = _start(first, unit)
    while at <= last:
        stacks[at] = dict.fromkeys(SERIES, 0)
        at = _next(at, unit)
    for row in rows:
        stack = stacks[_start(row["day"], unit)]
        for series in SERIES:
            stack[series] += row[f"{series}_count"]
    return bars([(_name(start, unit), stack) for start, stack in stacks.items()], unit)


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _next(day: date, unit: str) -> date:
    return _start(day + timedelta(days={"day": 1, "week": 7, "month": 31, "year": 366}[unit]), unit)


def _name(day: date, unit: str) -> str:
    month = MONTHS[day.month - 1][:3]
    return {"month": f"{month} {day.year}", "year": f"{day.year}"}.get(unit, f"{day.day} {month}")


def _round_step(most: int) -> int:
    step = 1
    for candidate in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000):
        step = candidate
        if most <= candidate * 5:
            break
    return step


def _tenth(value: float) -> float:
    return round(value, 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """One article on the time axis: a dot for a minute, a bar of 24 hours for a day, and where it came from."""

    x: float
    y: float
    length: float
    parent_x: float
    parent_y: float
    row: Row


@dataclass(frozen=True, slots=True)
class SpreadChart:
    """The articles of a story along time since the state story."""

    width: int
    height: int
    origin_x: float
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]


SPREAD_WIDTH = 960
ROW = 26
NAMES = 210


def spread(first: datetime | None, rows: Sequence[Row], *, limit: int = 40) -> SpreadChart | None:
    """Where each article stands after `first`; None where the story has no time or nothing to show."""
    timed = [row for row in rows if row["published_at"] is not None and row["published_precision"] != "none"][:limit]
    if first is None or not timed:
        return None
    hours = [(row["published_at"] - first).total_seconds() / 3600 for row in timed]
    ends = [at + (24 if row["published_precision"] == "day" else 0) for at, row in zip(hours, timed, strict=True)]
    low, high = min(0.0, *hours), max(1.0, *ends)
    scale = (SPREAD_WIDTH - NAMES - 24) / (high - low)

    def x(at: float) -> float:
        return _tenth(NAMES + (at - low) * scale)

    places: dict[str, tuple[float, float]] = {}
    dots = []
    for position, (row, at, end) in enumerate(zip(timed, hours, ends, strict=True)):
        y = 34.0 + position * ROW
        parent_x, parent_y = places.get(row["parent_article_id"], (x(0), 12.0))
        dots.append(Dot(x(at), y, _tenth(x(end) - x(at)), parent_x, parent_y, row))
        places[row["article_id"]] = (x(at), y)
    height = 34 + len(timed) * ROW + 22
    return SpreadChart(SPREAD_WIDTH, height, x(0), tuple(dots), _hour_ticks(low, high, x))


def _hour_ticks(low: float, high: float, x: Callable[[float], float]) -> tuple[Tick, ...]:
    step = next((step for step in (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720) if (high - low) / step <= 8), 2160)
    first = -int(-low // step) * step
    ticks = []
    at = first
    while at <= high:
        label = "0" if at == 0 else f"{at} h" if step < 24 else f"{at // 24} d"
        ticks.append(Tick(x(at), label if at <= 0 else f"+{label}"))
        at += step
    return tuple(ticks)
