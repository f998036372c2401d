"""What is asked when an article is visited again, what the answer means, and the clock that says when."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from spiders.revisit import Due, conditions, is_same, outcome_of_refusal
from tests.spiders.conftest import REPOSITORY

AT = datetime(2026, 3, 4, 15, tzinfo=UTC)
HTTP_DATE = "Wed, 04 Mar 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("etag", "last_modified", "headers"),
    [
        (None, None, {}),
        ('W/"a1"', None, {"If-None-Match": 'W/"a1"'}),
        (None, HTTP_DATE, {"If-Modified-Since": HTTP_DATE}),
        ('"a1"', HTTP_DATE, {"If-None-Match": '"a1"', "If-Modified-Since": HTTP_DATE}),
    ],
)
def test_conditions(etag: str | None, last_modified: str | None, headers: dict[str, str]) -> None:
    assert conditions(Due("a", "a", "v", AT, etag, last_modified)) == headers


@pytest.mark.parametrize(
    ("sha256", "expected"), [(None, False), (hashlib.sha256(b"a").hexdigest(), True), ("b", False)]
)
def test_the_same_bytes_are_the_same_page(sha256: str | None, expected: bool) -> None:
    assert is_same(Due("a", "a", "v", AT, sha256=sha256), b"a") == expected


@pytest.mark.parametrize(
    ("reason", "status", "outcome"),
    [
        ("http_error", 404, "gone"),
        ("http_error", 410, "gone"),
        ("front_page", None, "gone"),
        ("off_site", None, "moved"),
        ("duplicate", None, "moved"),
        ("http_error", 500, "failed"),
        ("http_error", 403, "failed"),
        ("fetch_failed", None, "failed"),
        ("robots", None, "failed"),
    ],
)
def test_what_it_means_that_no_page_came(reason: str, status: int | None, outcome: str) -> None:
    assert outcome_of_refusal(reason, status) == outcome


@pytest.mark.parametrize("stated", ["2031-03-04T02:15", "2031-03-04T03:15+01:00", "2031-03-04T02:15:00Z"])
def test_a_process_can_be_given_another_time(stated: str) -> None:
    code = "from spiders import clock; print(clock.now().isoformat())"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "ODJEK_NOW": stated}
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
    ahead = datetime.fromisoformat(done.stdout.strip()) - datetime(2031, 3, 4, 2, 15, tzinfo=UTC)
    assert abs(ahead.total_seconds()) < 5
