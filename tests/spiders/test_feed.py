"""Feeds as sites write them, and what they serve in place of one."""

import json

import pytest

from spiders.feed import read_feed
from spiders.found import Entry
from spiders.page import Hint

URL = "https://skela.example/rss/vesti.xml"
DAY = "Wed, 04 Mar 2026 10:00:00 +0100"


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Skela</title>{items}</channel></rss>'


def item(link: str = "https://skela.example/a", title: str = "Naslov", more: str = f"<pubDate>{DAY}</pubDate>") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        (rss(item()), Entry("https://skela.example/a", Hint("Naslov", DAY))),
        (rss(item(link="/a?id=2&amp;b=1")), Entry("https://skela.example/a?id=2&b=1", Hint("Naslov", DAY))),
        (rss(item(link="\n  https://skela.example/a\n")), Entry("https://skela.example/a", Hint("Naslov", DAY))),
        (
            rss(item(title="<![CDATA[ Most \n „Gazela” ]]>")),
            Entry("https://skela.example/a", Hint("Most „Gazela”", DAY)),
        ),
        (rss(item(title="Чамац је стигао")), Entry("https://skela.example/a", Hint("Чамац је стигао", DAY))),
        (rss(item(more="")), Entry("https://skela.example/a", Hint("Naslov"))),
        (
            rss("<item><title>T</title><guid isPermaLink='true'>https://skela.example/g</guid></item>"),
            Entry("https://skela.example/g", Hint("T")),
        ),
        (
            rss(
                "<item><title>T</title><link>https://usluga.example/~r/1</link><feedburner:origLink "
                "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>https://skela.example/o"
                "</feedburner:origLink></item>"
            ),
            Entry("https://skela.example/o", Hint("T")),
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>S</title></channel>'
            "<item><title>T</title><link>/r</link><dc:date>2026-03-04T10:00:00+01:00</dc:date></item></rdf:RDF>",
            Entry("https://skela.example/r", Hint("T", "2026-03-04T10:00:00+01:00", "2026-03-04T10:00:00+01:00")),
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link rel="alternate" href="/t"/>'
            "<published>2026-03-04T09:00:00Z</published><updated>2026-03-05T09:00:00Z</updated></entry></feed>",
            Entry("https://skela.example/t", Hint("T", "2026-03-04T09:00:00Z", "2026-03-05T09:00:00Z")),
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="/t"/>'
            "<updated>2026-03-05T09:00:00Z</updated></entry></feed>",
            Entry("https://skela.example/t", Hint("T", None, "2026-03-05T09:00:00Z")),
        ),
        (
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "items": [
                        {"id": 1, "url": "/j", "title": "Đak", "date_published": "2026-03-04T09:00:00Z"},
                        {"id": 2},
                        "x",
                    ],
                }
            ),
            Entry("https://skela.example/j", Hint("Đak", "2026-03-04T09:00:00Z")),
        ),
    ],
)
def test_the_entry_of_a_feed(body: str, entry: Entry) -> None:
    found = read_feed(body.encode(), URL)
    assert found.entries == (entry,)
    assert not found.problem


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8-sig", "utf-8", ""),
        ("utf-8", "windows-1250", "text/xml; charset=iso-8859-1"),  # wrong twice, and still valid UTF-8
        ("windows-1250", "windows-1250", ""),
        ("windows-1250", "utf-8", "application/rss+xml; charset=utf-8"),  # wrong twice
        ("windows-1250", "", "text/xml; charset=windows-1250"),
        ("iso-8859-2", "iso-8859-2", ""),
        ("utf-16", "utf-16", ""),
    ],
)
def test_the_letters_survive_a_wrong_charset(encoding: str, declared: str, header: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = rss(item(title="Žđrebe Šaćira Čolića"), head).encode(encoding)
    (entry,) = read_feed(body, URL, header).entries
    assert entry.hint.title == "Žđrebe Šaćira Čolića"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (rss(item() + item("https://skela.example/b"))[:-30], 2),  # cut off
        (rss(item(title="Braća & sestre")), 1),  # bare ampersand
        (rss(item(title="a &nbsp; b")), 1),  # an entity that XML does not know
        (rss(item(title="a \x0b b")), 1),  # a letter that XML forbids
        ("\n\n" + rss(item()), 1),  # blank lines before the declaration
        (rss("<item><title>without a link</title></item>"), 0),
        (rss(""), 0),
    ],
)
def test_broken_feeds_are_read_as_far_as_they_go(body: str, count: int) -> None:
    found = read_feed(body.encode(), URL)
    assert (len(found.entries), found.problem) == (count, "")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the feed is empty"),
        (b" \n", "the feed is empty"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><body>Prijava</body></html>", "an HTML page was served instead of a feed"),
        (b"<!-- kes --> <HTML></HTML>", "an HTML page was served instead of a feed"),
        (b"Service unavailable", "not a feed: "),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>Pre", "broken before its first entry: "),
        (b'{"error": "nema"}', "not a feed: JSON without"),
        (b'{"items": ', "not a feed: JSON that cannot be read"),
        (b"<urlset><url><loc>https://skela.example/a</loc></url></urlset>", "not a feed: "),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, problem: str) -> None:
    found = read_feed(body, URL)
    assert found.problem.startswith(problem)
    assert "\n" not in found.problem
    assert not found.entries


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    secret = '<!ENTITY datoteka SYSTEM "file:///etc/hostname">]>'
    found = read_feed((bomb + secret + rss(item(title="x &i; &datoteka;"), head="")).encode(), URL)
    assert all(len(entry.hint.title or "") < 100 for entry in found.entries)


def test_a_feed_of_ten_thousand_entries() -> None:
    body = rss("".join(item(f"https://skela.example/{number}") for number in range(10_000)))
    assert len(read_feed(body.encode(), URL).entries) == 10_000
