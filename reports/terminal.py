"""What the command line shows on a terminal, as rich tables written to the stream that is given.

Everything that comes from the web goes in as `Text`: a headline in [brackets] is a headline, not markup.
"""

from collections.abc import Iterable, Sequence
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.rows import ROWS_SHOWN, Head

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

    What is not a terminal has no width: a file or another program gets every value whole, on one line.
    """
    console = Console(file=stream, highlight=False)
    natural = _natural(head)
    if not console.is_terminal:
        console = Console(file=stream, width=natural, highlight=False)
    crowded = natural > console.width and len(head.columns) * LEAST_WIDTH > console.width and len(head.columns) > 1
    console.print(records(head.columns, head.rows) if crowded else table(head.columns, head.rows))
    if console.is_terminal:
        ending = f"the first {ROWS_SHOWN} rows; --format csv or json gives all"
        console.print(Text(ending if head.has_more else _count(len(head.rows), "row"), style="dim"))


def _natural(head: Head) -> int:
    """Return the width of the whole table, in columns of a terminal."""
    lines = [head.columns, *head.rows]
    return 2 + sum(3 + max(cell_len(line[index]) for line in lines) for index in range(len(head.columns)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
