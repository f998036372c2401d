from collections.abc import Iterable

import pytest

from reports.cascade import Branch, tree


def drawn(branches: Iterable[Branch]) -> str:
    return " ".join(
        branch.row["article_id"] + (f"({drawn(branch.children)})" if branch.children else "") for branch in branches
    )


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({}, ""),
        ({"a": "s", "b": "s"}, "a b"),
        ({"a": "s", "b": "a", "c": "b", "d": "a"}, "a(b(c) d)"),
        ({"a": None, "b": "elsewhere"}, "a b"),
        ({"b": "a", "a": "s"}, "a(b)"),
        ({"a": "b", "b": "a"}, "a(b)"),
        ({"a": "a"}, "a"),
    ],
)
def test_who_took_it_from_whom(parents: dict[str, str | None], expected: str) -> None:
    rows = [{"article_id": article, "parent_article_id": parent} for article, parent in parents.items()]
    assert drawn(tree(rows)) == expected
