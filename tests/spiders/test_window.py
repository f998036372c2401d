"""What feeds, sitemaps and addresses tell of a day, and whether that day can be of the window."""

from datetime import date

import pytest

from spiders.page import Hint, Window
from spiders.window import Days, day_of, days_of_name, is_wanted, may_hold

MARCH_4 = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04", MARCH_4),
        ("2026-03-04T10:00:00+01:00", MARCH_4),
        ("2026-03-04T10:00:00Z", MARCH_4),
        ("2026-03-04T00:30:00+01:00", date(2026, 3, 3)),
        ("2026-03-04 10:00:00 CET", MARCH_4),
        ("2026-03-04T10:00:00.123+0100", MARCH_4),
        ("Wed, 04 Mar 2026 10:00:00 +0100", MARCH_4),
        ("Wed, 04 Mar 2026 10:00:00 GMT", MARCH_4),
        ("sre, 04 Mar 2026 10:00:00 GMT", MARCH_4),
        ("  2026-03-04 ", MARCH_4),
        ("4. mart 2026.", None),
        ("0000-00-00 00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("", None),
        (None, None),
    ],
)
def test_day_of(text: str | None, expected: date | None) -> None:
    assert day_of(text) == expected


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://a.example/2026/03/04/most", Days(MARCH_4, MARCH_4)),
        ("https://a.example/20260304/most-1.html", Days(MARCH_4, MARCH_4)),
        ("https://a.example//regioni/202603041112464533-most/", Days(MARCH_4, MARCH_4)),
        ("https://a.example/vest/most-04-03-2026", Days(MARCH_4, MARCH_4)),
        ("https://a.example/2026/03/most", Days(date(2026, 3, 1), date(2026, 3, 31))),
        ("https://a.example/sitemap-2026.xml", Days(date(2026, 1, 1), date(2026, 12, 31))),
        ("https://a.example/s.xml?yyyy=2024&mm=2", Days(date(2024, 2, 1), date(2024, 2, 29))),
        ("https://a.example/vest-1195641800.html", None),
        ("https://a.example/vesti/1234567/most", None),
        ("https://a.example/2026-13-45/most", Days(date(2026, 1, 1), date(2026, 12, 31))),
        ("https://a.example/vest/2026-02-30", None),
    ],
)
def test_days_of_name(url: str, days: Days | None) -> None:
    assert days_of_name(url) == days


WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("path", "published", "modified", "window", "expected"),
    [
        ("most-1", None, None, WINDOW, True),  # nothing known: the page will tell
        ("most-1", "2026-03-04", None, WINDOW, True),
        ("most-1", "2026-03-01", None, WINDOW, True),  # a day of slack
        ("most-1", "2026-02-28", None, WINDOW, False),
        ("most-1", "2026-03-08", None, WINDOW, False),
        ("most-1", None, "2026-02-20", WINDOW, False),  # not changed since: not published since
        ("most-1", None, "2026-03-20", WINDOW, True),  # changed later: published whenever
        ("2026/03/04/most", None, "2026-03-20", WINDOW, True),
        ("2026/02/04/most", None, None, WINDOW, False),
        ("2026/03/04/most", "2019-01-01", None, WINDOW, True),  # they disagree: the page decides
        ("2026/02/04/most", "2026-02-04", "2026-03-04", WINDOW, False),
        ("izbori-2024-u-brojkama", None, None, WINDOW, True),  # a year in a headline
        ("most-1", "1970-01-01", None, WINDOW, True),  # a date that means nothing
        ("most-1", "2020-01-01", None, Window(), True),
        ("most-1", "2020-01-01", None, Window(until=date(2026, 3, 6)), True),
        ("most-1", "2030-01-01", None, Window(since=date(2026, 3, 6)), True),
    ],
)
def test_is_wanted(path: str, published: str | None, modified: str | None, window: Window, expected: bool) -> None:
    assert is_wanted(f"https://a.example/{path}", Hint(None, published, modified), window) is expected


@pytest.mark.parametrize(
    ("lastmod", "name", "expected"),
    [
        ("2026-03-09T10:00:00Z", "2026-03-02", True),  # something was added to an older day
        ("2026-03-08T23:00:00Z", "2026-03-02", False),
        ("2026-03-09T10:00:00Z", "2026-02-20", False),  # older than a crawl ever looks
        (None, "2026-03-02", False),
        (None, "2026-03-08", True),
    ],
)
def test_parts_of_a_sitemap_that_changed_late(lastmod: str | None, name: str, expected: bool) -> None:
    window = Window(date(2026, 3, 9), None)
    assert may_hold(lastmod, f"https://skela.example/{name}.xml", window, date(2026, 2, 24)) == expected
