"""Who took a story from whom: the rows of one cascade become a tree, in order of time."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts import grouped
from reports.snapshot import Row


@dataclass(frozen=True, slots=True)
class Branch:
    """An article and those that took the story from it."""

    row: Row
    children: tuple["Branch", ...]


def tree(rows: Sequence[Row]) -> tuple[Branch, ...]:
    """The articles that took it from the state story itself, each with those that took it from them.

    A parent that is not among the rows is a state article, or one that took no story itself. No article is lost where
    parents form a ring.
    """
    known = {row["article_id"] for row in rows}
    by_parent = grouped([row for row in rows if row["parent_article_id"] in known], "parent_article_id")
    seen: set[str] = set()

    def branch(row: Row) -> Branch:
        seen.add(row["article_id"])
        children = [child for child in by_parent.get(row["article_id"], []) if child["article_id"] not in seen]
        return Branch(row, tuple(branch(child) for child in children if child["article_id"] not in seen))

    roots = [branch(row) for row in rows if row["parent_article_id"] not in known]
    ring = [branch(row) for row in rows if row["article_id"] not in seen]
    return tuple(roots + ring)
