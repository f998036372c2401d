"""What the command line shows on a terminal, as rich tables written to the stream that is given.

Everything that comes from the web goes in as `Text`: a headline in [brackets] is a headline, not markup.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import IO, Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports import words
from reports.health import Health, in_a_row
from reports.rows import ROWS_SHOWN, Head, cell, plain
from reports.snapshot import Row

LEAST_WIDTH = 12
"""Columns narrower than this cannot be read; a table that would need them is shown record by record."""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> Table:
    """Return a table of short texts."""
    result = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for column in columns:
        result.add_column(Text(column), overflow="fold")
    for row in rows:
        result.add_row(*map(Text, row))
    return result


def records(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return one line per value: for rows with more columns than the terminal has room for."""
    result = Table(box=None, show_header=False, pad_edge=False)
    result.add_column(style="bold", no_wrap=True)
    result.add_column(overflow="fold")
    for number, row in enumerate(rows, start=1):
        result.add_row(Text(f"─ {number}"), Text(""))
        for column, value in zip(columns, row, strict=True):
            result.add_row(Text(column), Text(value))
    return result


def show(head: Head, stream: IO[str]) -> None:
    """Write the first rows of a query: as a table, or record by record where a table would not be readable.

    What is not a terminal has no width: there each row is one line, however long.
    """
    screen = Console(file=stream, highlight=False)
    natural = _natural(head)
    if not screen.is_terminal:
        screen = Console(file=stream, width=natural, highlight=False)
    crowded = natural > screen.width and len(head.columns) * LEAST_WIDTH > screen.width and len(head.columns) > 1
    screen.print(records(head.columns, head.rows) if crowded else table(head.columns, head.rows))
    if screen.is_terminal:
        ending = f"the first {ROWS_SHOWN} rows; --format csv or json gives all"
        screen.print(Text(ending if head.has_more else _count(len(head.rows), "row"), style="dim"))


def _natural(head: Head) -> int:
    """Return the width of the whole table, in columns of a terminal."""
    lines = [head.columns, *head.rows]
    return 2 + sum(3 + max(cell_len(line[index]) for line in lines) for index in range(len(head.columns)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def show_health(health: Health, form: Literal["table", "json"], stream: IO[str]) -> None:
    """Write what the store holds, the latest runs, the outlets that need attention with a line each, the refusals."""
    if form == "json":
        stream.write(json.dumps(plain(asdict(health)), ensure_ascii=False, indent=1, default=str) + "\n")
        return
    screen = console(stream)
    total = health.total
    note = " (a job is writing the store: this is the published snapshot)" if health.is_busy else ""
    screen.print(Text(f"{health.source}{note}"))
    held = f"{_count(total['article_count'], 'article')} of {_count(total['outlet_count'], 'outlet')}"
    if total["last_published_on"]:
        held += f", published {total['first_published_on']} to {total['last_published_on']}"
    screen.print(Text(held))
    screen.print(table(RUN_COLUMNS, map(_run, health.runs), "Latest runs (UTC)"))
    if health.outlets:
        screen.print(Text(_standing(health)))
    attention = [*map(_attention, (row for row in health.attention if row["position"] == 1)), *_unjudged(health)]
    if attention:
        screen.print(table(("outlet", "level", "what is wrong"), attention, "Need attention"))
    if health.holes:
        screen.print(table(HOLE_COLUMNS, map(_hole, health.holes), "Days not fully covered"))
    if health.refusals:
        columns = ("reason", "refusal_count", "example", "detail")
        screen.print(_table("Refused in the latest run", health.refusals, columns))


RUN_COLUMNS = ("run", "started", "took", "status", "stored", "refused", "failed", "alarms", "found", "of these false")
HOLE_COLUMNS = ("outlet", "days", "state", "articles missing")


def _run(row: Row) -> tuple[str, ...]:
    """One run at a glance; what its command does not have stays empty."""
    numbers = [row[name] for name in ("stored_count", "refused_count", "failed_count", "alarm_count", "finding_count")]
    shown = ["" if number is None else f"{number:,}" for number in numbers]
    false = ""
    if row["finding_count"]:
        false = words.false_share(row["false_share"], row["false_share_low"] or 0.0, row["false_share_high"] or 1.0)
    took = "" if row["seconds"] is None else _took(row["seconds"])
    return (row["command"], f"{row['started_at']:%Y-%m-%d %H:%M}", took, row["status"], *shown, false)


def _took(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else words.duration(seconds / 60)


def _standing(health: Health) -> str:
    """How many outlets are well, in one line."""
    alarms = {row["outlet"] for row in health.attention if row["level"] == "alarm"}
    warnings = {row["outlet"] for row in health.attention} - alarms
    well = len(health.outlets) - len(alarms) - len(warnings)
    noted = f"{_count(len(alarms), 'outlet')} with an alarm, {len(warnings)} with a warning"
    return f"{well} of {len(health.outlets)} crawled outlets are well" + (f"; {noted}" if alarms or warnings else "")


def _attention(row: Row) -> tuple[str, ...]:
    return (row["outlet"], row["level"], in_a_row(row))


def _unjudged(health: Health) -> list[tuple[str, ...]]:
    """Outlets that failed or were empty in a crawl that was not judged: one of an earlier version, or killed."""
    judged = {row["outlet"] for row in health.attention}
    weak = [row for row in health.outlets if row["status"] != "ok" and row["outlet"] not in judged]
    return [(row["outlet"], row["status"], row["detail"]) for row in weak]


def _hole(row: Row) -> tuple[str, ...]:
    days = f"{row['first_on']}" + (f" to {row['last_on']}" if row["day_count"] > 1 else "")
    missing = "not known" if row["missing_count"] is None else f"about {row['missing_count']:,}"
    return (row["outlet"], days, row["state"], missing)


def console(stream: IO[str]) -> Console:
    """Return a console of the terminal's width, or a wide one for what is not a terminal."""
    screen = Console(file=stream, highlight=False)
    return screen if screen.is_terminal else Console(file=stream, width=200, highlight=False)


def _table(title: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Table:
    return table(columns, [[cell(row[column]) for column in columns] for row in rows], title)
