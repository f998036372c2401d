"""Captures of the Wayback Machine: whose page it is, when it was so, and what the archive added to it."""

from datetime import UTC, datetime

import pytest

from spiders.wayback import Capture, capture_of, without_wayback

AT = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
SITE = "https://skela.example/vest/1?a=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://web.archive.org/web/20240102030405/{SITE}", Capture(SITE, AT)),
        (f"http://web.archive.org/web/20240102030405id_/{SITE}", Capture(SITE, AT)),
        (f"https://web.archive.org/web/20240102030405if_/{SITE}", Capture(SITE, AT)),
        ("https://web.archive.org/web/20240102030405/skela.example/a", Capture("http://skela.example/a", AT)),
        (f"https://web.archive.org/web/2024/{SITE}", Capture(SITE, datetime(2024, 1, 1, tzinfo=UTC))),
        (f"https://web.archive.org/web/20249902030405/{SITE}", None),
        (f"https://web.archive.org/web/2024*/{SITE}", None),
        (f"https://web.archive.org/save/{SITE}", None),
        (SITE, None),
    ],
)
def test_what_a_capture_is_of(url: str, expected: Capture | None) -> None:
    assert capture_of(url) == expected


SAVED = b"""<html><head><script type="text/javascript" src="https://web-static.archive.org/_static/js/bundle.js"></script>
<link rel="stylesheet" href="https://web-static.archive.org/_static/css/banner.css"/>
<!-- End Wayback Rewrite JS Include --><title>Most</title></head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp">12 captures</div><!-- END WAYBACK TOOLBAR INSERT -->
<a href="https://web.archive.org/web/20240102030405/https://skela.example/vest/2">a</a>
<a href="/web/20240102030405mp_/https://drugi.example/b">b</a><img src="//web.archive.org/web/20240102030405im_/https://skela.example/c.png">
<p>Most.</p></body></html>
<!--
     FILE ARCHIVED ON 03:04:05 Jan 02, 2024 AND RETRIEVED FROM THE INTERNET ARCHIVE
-->"""


def test_what_the_archive_added_is_taken_away() -> None:
    page = without_wayback(SAVED)
    assert b"archive.org" not in page
    assert b"captures" not in page
    assert b"ARCHIVED" not in page
    links = (
        b'href="https://skela.example/vest/2"',
        b'href="https://drugi.example/b"',
        b'src="https://skela.example/c.png"',
    )
    assert all(link in page for link in links)
    assert b"<p>Most.</p>" in page
