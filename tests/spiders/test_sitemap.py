"""Sitemaps as sites write them: indexes of days, news, packed, huge, hostile."""

import gzip
from datetime import date

import pytest

from spiders.page import Hint, Window
from spiders.sitemap import MAX_UNDATED, MAX_UNPACKED, read_sitemap, sitemaps_of_robots

URL = "https://skela.example/sitemap.xml"
WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(*parts: tuple[str, str | None]) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>"
        for loc, changed in parts
    )
    return f"<?xml version='1.0'?><sitemapindex {SCHEMA}>{rows}</sitemapindex>".encode()


def urlset(*rows: tuple[str, str | None]) -> bytes:
    inside = "".join(
        f"<url><loc>{loc}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>" for loc, changed in rows
    )
    return f"<urlset {SCHEMA}>{inside}</urlset>".encode()


@pytest.mark.parametrize(
    ("loc", "lastmod", "is_opened"),
    [
        ("/mapa/2026-03-04.xml", None, True),
        ("/mapa/2026-03-07.xml", None, True),  # a day of slack
        ("/mapa/2026-03-08.xml", None, False),
        ("/mapa/2026-02-28.xml", None, False),
        ("/mapa/20260304.xml.gz", None, True),
        ("/mapa/20260204.xml.gz", None, False),
        ("/mapa/2026/03/04", None, True),
        ("/mapa/2026/02/04", None, False),
        ("/mapa/04-03-2026.xml", None, True),
        ("/sitemap-2026-03.xml", None, True),
        ("/sitemap-2026-02.xml", None, False),
        ("/sitemap-pt-post-p1-2026-03.xml", "2026-02-01", True),  # the name is surer than the date of change
        ("/sitemap-2026.xml", None, True),
        ("/sitemap-2025.xml", None, False),
        ("/sitemap.xml?yyyy=2026&amp;mm=03&amp;dd=04", None, True),
        ("/sitemap.xml?yyyy=2026&amp;mm=02&amp;dd=04", None, False),
        ("/sitemap.xml?year=2026&amp;month=3", None, True),
        ("/sitemap.xml?year=2024", None, False),
        ("/post-sitemap37.xml", "2026-03-09T10:00:00+01:00", True),
        ("/post-sitemap36.xml", "2026-03-01T10:00:00+01:00", True),  # a day of slack
        ("/post-sitemap35.xml", "2026-02-20T10:00:00+01:00", False),
        ("/post-sitemap34.xml", None, True),
        ("/post-sitemap33.xml", "juče", True),
        ("/category-sitemap.xml", "2026-03-09", False),
        ("/post_tag-sitemap2.xml", "2026-03-09", False),
        ("/author-sitemap.xml", "2026-03-09", False),
        ("/page-sitemap.xml", "2026-03-09", False),
        ("/news-sitemap.xml", None, True),
    ],
)
def test_an_index_is_opened_where_it_can_hold_the_window(loc: str, lastmod: str | None, is_opened: bool) -> None:
    found = read_sitemap(index((loc, lastmod)), URL, WINDOW)
    assert found.sitemaps == ((f"https://skela.example{loc.replace('&amp;', '&')}",) if is_opened else ())


def test_the_newest_parts_come_first() -> None:
    dated = index(("/1.xml", "2026-03-03"), ("/2.xml", "2026-03-05"), ("/2.xml", "2026-03-05"))
    assert read_sitemap(dated, URL, WINDOW).sitemaps == ("https://skela.example/2.xml", "https://skela.example/1.xml")
    numbered = index(("/1.xml", None), ("/2.xml", None))
    assert read_sitemap(numbered, URL, WINDOW).sitemaps == (
        "https://skela.example/2.xml",
        "https://skela.example/1.xml",
    )


NEWS = (
    f'<urlset {SCHEMA} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>\n https://skela.example/a </loc>'
    "<image:image><image:loc>https://skela.example/slika.jpg</image:loc><image:title>Slika</image:title></image:image>"
    "<news:news><news:publication><news:name>Skela</news:name><news:language>sr</news:language></news:publication>"
    "<news:publication_date>2026-03-04T10:00:00+01:00</news:publication_date><news:title>Žito &amp; so</news:title>"
    "</news:news></url></urlset>"
)


@pytest.mark.parametrize("body", [NEWS.encode(), gzip.compress(NEWS.encode()), b"\xef\xbb\xbf" + NEWS.encode()])
def test_a_news_sitemap_tells_time_and_headline(body: bytes) -> None:
    found = read_sitemap(body, URL, WINDOW)
    (entry,) = found.entries
    assert entry.url == "https://skela.example/a"
    assert entry.hint == Hint("Žito & so", "2026-03-04T10:00:00+01:00")
    assert (found.is_complete, found.is_trusted) == (False, True)


def test_a_sitemap_of_articles() -> None:
    found = read_sitemap(urlset(("/a", "2026-03-04"), ("/b", None)), URL, WINDOW)
    assert [(entry.url, entry.hint.modified) for entry in found.entries] == [
        ("https://skela.example/a", "2026-03-04"),
        ("https://skela.example/b", None),
    ]
    assert (found.is_complete, found.is_trusted) == (True, False)


@pytest.mark.parametrize(
    ("body", "urls"),
    [
        (b"https://skela.example/a\r\nhttps://skela.example/b\r\n", ["/a", "/b"]),
        (b"<rss version='2.0'><channel><item><link>https://skela.example/a</link></item></channel></rss>", ["/a"]),
        (urlset(("/a", None), ("/b", None))[:-20], ["/a"]),  # cut off
        (gzip.compress(urlset(*((f"/{number}", None) for number in range(400))))[:-400], None),  # cut off, packed
        (b"<urlset><url><loc>/a</loc></url><url></url><url><loc/></url></urlset>", ["/a"]),  # no namespace, empty rows
        (urlset(("/a?x=1&y=2", None)), ["/a"]),  # bare ampersand: read as far as it goes
    ],
)
def test_odd_sitemaps_are_read_as_far_as_they_go(body: bytes, urls: list[str] | None) -> None:
    found = read_sitemap(body, URL, WINDOW)
    assert not found.problem
    paths = [entry.url.removeprefix("https://skela.example").partition("?")[0] for entry in found.entries]
    assert paths == urls if urls is not None else 0 < len(paths) < 400


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the sitemap is empty"),
        (b"\x1f\x8b\x08broken", "the sitemap is empty or packed"),
        (b"<!doctype html><html></html>", "an HTML page was served instead of a sitemap"),
        (b"nema", "not a sitemap"),
    ],
)
def test_what_is_no_sitemap_says_so(body: bytes, problem: str) -> None:
    assert read_sitemap(body, URL, WINDOW).problem.startswith(problem)


def test_a_packed_bomb_is_unpacked_to_the_limit_only() -> None:
    row = "<url><loc>/a</loc><lastmod>2026-03-04</lastmod></url>"
    bomb = gzip.compress(f"<urlset>{' ' * (MAX_UNPACKED + 1000)}{row}</urlset>".encode(), compresslevel=1)
    assert read_sitemap(bomb, URL, WINDOW).entries == ()


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "/aaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    body = f"{bomb}<urlset><url><loc>/x&b;&c;</loc></url><url><loc>/y</loc></url></urlset>"
    urls = [entry.url for entry in read_sitemap(body.encode(), URL, WINDOW).entries]
    assert urls[-1] == "https://skela.example/y"
    assert all("aaa" not in url for url in urls)


def test_without_dates_only_the_highest_numbers_are_taken() -> None:
    rows = [(f"/vest-{number}", None) for number in range(1, 2001)]
    found = read_sitemap(urlset(*rows), URL, WINDOW)
    assert len(found.entries) == MAX_UNDATED
    assert found.entries[-1].url == "https://skela.example/vest-2000"
    assert not found.is_complete


def test_a_date_of_change_that_all_share_is_no_date() -> None:
    rows = [(f"/vest-{number}", "2026-03-05T04:00:00Z") for number in range(1, 2001)]
    found = read_sitemap(urlset(*rows), URL, WINDOW)
    assert len(found.entries) == MAX_UNDATED
    assert {entry.hint.modified for entry in found.entries} == {None}


def test_the_sitemap_lines_of_robots() -> None:
    body = (
        "\ufeffUser-agent: *\nDisallow: /x\nSITEMAP: https://skela.example/a.xml # prva\r\n"
        " Sitemap:/b.xml\nsitemap: https://skela.example/a.xml\nSitemap:\n# Sitemap: /c.xml\nSitemap https://x.example/d.xml\n"
    )
    assert sitemaps_of_robots(body.encode(), "https://skela.example/robots.txt") == (
        "https://skela.example/a.xml",
        "https://skela.example/b.xml",
    )
