"""Long lists become pages."""

import pytest

from reports.paging import sheets


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (0, [("stories.html", 0)]),
        (3, [("stories.html", 3)]),
        (4, [("stories.html", 3), ("stories~2.html", 1)]),
        (7, [("stories.html", 3), ("stories~2.html", 3), ("stories~3.html", 1)]),
    ],
)
def test_each_row_stands_on_one_page(count: int, pages: list[tuple[str, int]]) -> None:
    made = list(sheets("stories.html", range(count), 3))
    assert [(sheet.path, len(sheet.rows)) for sheet in made] == pages
    assert [row for sheet in made for row in sheet.rows] == list(range(count))
    assert all(sheet.paths == tuple(path for path, _ in pages) and sheet.total == count for sheet in made)
