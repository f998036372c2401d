"""The posts of WordPress: where they are listed, what a page says, what is none."""

import json
from datetime import date

import pytest

from spiders.feed import read_feed
from spiders.page import Hint, Window
from spiders.wordpress import PAGE_SIZE, posts_address

HOME = "https://skela.example"
WEEK = Window(date(2026, 3, 1), date(2026, 3, 7))
DAYS = "after=2026-02-28T00:00:00&before=2026-03-09T00:00:00"
REST = "per_page=100&_fields=link,date_gmt,modified_gmt,title"


@pytest.mark.parametrize(
    ("interface", "window", "address"),
    [
        (f"{HOME}/wp-json/", Window(), f"{HOME}/wp-json/wp/v2/posts?{REST}"),
        (f"{HOME}/wp-json", WEEK, f"{HOME}/wp-json/wp/v2/posts?{REST}&{DAYS}"),
        (f"{HOME}/index.php?rest_route=/", WEEK, f"{HOME}/index.php?rest_route=/wp/v2/posts&{REST}&{DAYS}"),
    ],
)
def test_where_posts_are_listed(interface: str, window: Window, address: str) -> None:
    assert posts_address(interface, window) == address


def post(number: int, **fields: object) -> dict[str, object]:
    title = {"rendered": f"Most &#8222;Luka&#8220; <em>otvoren</em> {number}"}
    return {"link": f"{HOME}/vest-{number}/", "date_gmt": "2026-03-04T09:00:00", "title": title, **fields}


def test_a_page_of_posts() -> None:
    found = read_feed(json.dumps([post(1, modified_gmt="2026-03-05T10:00:00"), post(2, date_gmt="?")]).encode(), HOME)
    assert [(entry.url, entry.hint) for entry in found.entries] == [
        (f"{HOME}/vest-1/", Hint("Most „Luka“ otvoren 1", "2026-03-04T09:00:00Z", "2026-03-05T10:00:00Z")),
        (f"{HOME}/vest-2/", Hint("Most „Luka“ otvoren 2")),
    ]
    assert (found.pages, found.is_complete, found.is_trusted) == ((), True, True)


@pytest.mark.parametrize(("url", "following"), [("?per_page=100", "?per_page=100&page=2"), ("?page=2", "?page=3")])
def test_a_full_page_is_followed_by_another(url: str, following: str) -> None:
    body = json.dumps([post(number) for number in range(PAGE_SIZE)]).encode()
    assert read_feed(body, HOME + url).pages == (HOME + following,)


@pytest.mark.parametrize("body", [b"[", b'[{"id": 7}]', b"[" * 10_000])
def test_what_is_no_list_of_posts(body: bytes) -> None:
    assert read_feed(body, HOME).problem.startswith("not a list of posts")


def test_no_posts_are_no_fault() -> None:
    assert read_feed(b"[]", HOME).problem == ""
