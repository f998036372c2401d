"""What a crawl need not fetch, by what became of it before: cases by hand, times counted back from now."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.store import Store
from pipelines.version_row import naive
from spiders import clock
from spiders.page import Window

URL = "https://reka.example/vesti/most-1001"
DOWN = ("http_error", "status 503", "article")
SHORT = ("too_short", "9 words", None)


@pytest.mark.parametrize(
    ("refused", "hours_ago", "is_known"),
    [
        (SHORT, [1], True),
        (SHORT, [7], False),  # six hours have passed
        (SHORT, [7, 1], True),
        (SHORT, [30, 20], False),  # and a day
        (SHORT, [30, 20, 2], True),
        (SHORT, [900], False),
        (SHORT, [900, 100], True),  # the schedule has ended
        (("http_error", "status 404", "article"), [1], True),
        (("front_page", "redirects to /", "article"), [1], True),
        (("robots", "disallowed by robots.txt", "article"), [1], False),  # costs no request
        (DOWN, [1], False),  # by each crawl of a fortnight
        (DOWN, [200, 100, 1], False),
        (DOWN, [400, 200], True),
        (("bad_source", "no feed", "feed"), [1], False),
        (("not_html", "image/png", None), [900], True),
    ],
)
def test_what_was_refused_is_asked_for_again_when_it_is_due(
    tmp_path: Path, refused: tuple[str, str, str | None], hours_ago: list[int], is_known: bool
) -> None:
    with Store(tmp_path) as store:
        now = naive(clock.now())
        assert now
        for hours in hours_ago:
            row = ["run", "reka", URL, *refused, now - timedelta(hours=hours)]
            store.connection.execute("INSERT INTO refusal VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        assert store.known_urls("reka", Window(), hours=[6, 24, 720], days=14) == ({URL} if is_known else set())
