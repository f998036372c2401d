"""A long list becomes pages of a size that a browser opens at once. The first keeps the name, `~2`, `~3` follow.

No registry name and no id holds a `~`, so these names collide with no other page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SHEET = 200
"""Rows of one page: about 250 kB of HTML."""

SHOWN = 60
"""Rows of a list on a page that shows other things too; where there are more, the list gets pages of its own."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a list. `paths` are those of all its pages, in order."""

    rows: Sequence[Item]
    number: int
    paths: tuple[str, ...]
    total: int

    @property
    def path(self) -> str:
        """Path of this page inside the report."""
        return self.paths[self.number - 1]


def sheets(path: str, rows: Sequence[Item], size: int = SHEET) -> Iterator[Sheet[Item]]:
    """Cut the rows into pages, the first at `path`; no row gives one empty page."""
    count = max(1, -(-len(rows) // size))
    paths = tuple(path if number == 1 else numbered(path, number) for number in range(1, count + 1))
    for number in range(1, count + 1):
        yield Sheet(rows[(number - 1) * size : number * size], number, paths, len(rows))


def numbered(path: str, suffix: int | str) -> str:
    """stories.html, 2 → stories~2.html."""
    return f"{path.removesuffix('.html')}~{suffix}.html"
