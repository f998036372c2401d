"""What on a page is a link to an article, by its address alone; paging; announced feeds."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from spiders.listing import looks_like_article, read_listing
from spiders.page import Hint
from spiders.registry import Outlet
from spiders.warc import read_pages

OUTLET = Outlet(outlet="skela", name="Skela", role="local", country="RS", hosts=("skela.example",))
PATTERNED = Outlet(
    outlet="kej",
    name="Kej",
    role="local",
    country="RS",
    hosts=("skela.example",),
    article_pattern=r"/vest/\d+$|[?]vest=",
)
URL = "https://skela.example/vesti/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Forms of real sites of the region, with invented headlines.
        ("/20260208/most-preko-lima-otvoren-1195641800.html", True),
        ("/20150809/3831361.html", True),
        ("//regioni/201708301112464533-most-preko-lima/", True),
        ("/srbija/politika/208881-novi-most-na-limu", True),
        ("/vesti/politika/novi-most-na-limu/187321/vest", True),
        ("/2026/03/04/most", True),
        ("/2026/03/04/d01-heavy2", True),
        ("/lat/novi-most-na-limu-otvoren-pre-roka", True),
        ("/c/vesti/drustvo/1234567/most-otvoren", True),
        ("/dunav/2026-03-04/izvor/most/55", True),
        ("/vest/otvoren-most-14-2-2024", True),
        ("/?p=48213", True),
        ("/vest/12", True),
        ("/clanak-7.html", True),
        ("/index.php?option=novosti&id=4821", True),
        ("/vijesti/otvoren-novi-most.html", True),
        (f"/{quote('вести/отворен-нови-мост-на-лиму')}", True),
        ("/page/stories/sr/story/125/drustvo/4821311/most-otvoren.html", True),
        # What surrounds them.
        ("/", False),
        ("/vesti/", False),
        ("/vesti/politika", False),
        ("/vesti/2", False),
        ("/sezona-2", False),
        ("/crna-hronika", False),
        ("/nauka-i-tehnologija/", False),
        ("/2026/", False),
        ("/2026/03/", False),
        ("/2026/03/04/", False),
        ("/tag/novi-most-na-limu-otvoren-pre-roka", False),
        ("/tagovi/48213/most", False),
        ("/autor/petar-petrovic-1234", False),
        ("/vesti/page/1234", False),
        ("/vesti/strana/12", False),
        ("/arhiva/2026-03-04", False),
        ("/slike/2026/03/04/most-preko-lima-otvoren-danas.jpg", False),
        ("/feed/", False),
        ("/uslovi-koriscenja-sadrzaja-portala-skela", False),
        ("/vesti/most-1234567/komentari", False),
        ("/wp-login.php?redirect=12345", False),
    ],
)  # fmt: skip
def test_an_article_by_its_address(path: str, expected: bool) -> None:
    assert looks_like_article(f"https://skela.example{path}", OUTLET) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/vest/12", True),
        ("/x?vest=7", True),
        ("/vest/12/komentari", False),
        ("/novi-most-na-limu-otvoren-pre-roka", False),
    ],
)
def test_the_pattern_of_the_outlets_file_decides_alone(path: str, expected: bool) -> None:
    assert looks_like_article(f"https://skela.example{path}", PATTERNED) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/sport/a1", True),
        ("/drustvo/3.html", True),
        ("/vesti/politika", False),
        ("/2026", False),
        ("/vesti/page/3", False),
    ],
)
def test_of_a_sitemap_any_number_tells_an_article(path: str, expected: bool) -> None:
    assert looks_like_article(f"https://skela.example{path}", OUTLET, is_listed=True) is expected


def read(body: str, url: str = URL, head: str = "") -> object:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_listing(page, url, OUTLET, lambda address: address.startswith("https://skela.example/"))


BLOCK = """
<article><a href="/vesti/most-1001"><img></a><h2><a href="/vesti/most-1001#vrh"> Otvoren
 most </a></h2><time datetime="2026-03-04T10:00">4. mart</time></article>
"""


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        (BLOCK, {"/vesti/most-1001": Hint("Otvoren most", "2026-03-04T10:00")}),
        (f"<div>{BLOCK}{BLOCK.replace('1001', '1002').replace('03-04', '03-05')}</div>",
         {"/vesti/most-1001": Hint("Otvoren most", "2026-03-04T10:00"),
          "/vesti/most-1002": Hint("Otvoren most", "2026-03-05T10:00")}),
        ('<ul><li><a href="/vesti/a-1001">A</a></li>'
         '<li><a href="/vesti/b-1002">B</a><time datetime="2026-03-04"></time>'
         '</li><li><time datetime="2026-03-05"></time></li></ul>',
         {"/vesti/a-1001": Hint("A"), "/vesti/b-1002": Hint("B", "2026-03-04")}),
        ('<a href="vest-1001">Чамац</a>', {"/vesti/vest-1001": Hint("Чамац")}),
        ('<a href="https://tudji.example/vest-1001">x</a><a href="mailto:a@b.c">x</a><a href="javascript:x()">x</a>'
         '<a href="http://[">x</a><a href="">x</a><a>x</a>', {}),
        ('<a href="/vesti/">Vesti</a><a href="/tag/most-1001">Most</a>', {}),
    ],
)  # fmt: skip
def test_the_articles_of_a_page(body: str, entries: dict[str, Hint]) -> None:
    found = read(body)
    assert {entry.url.removeprefix("https://skela.example"): entry.hint for entry in found.entries} == entries


def test_links_are_relative_to_the_base_of_the_page() -> None:
    found = read('<a href="vest-1001">x</a>', head='<base href="/drustvo/">')
    assert [entry.url for entry in found.entries] == ["https://skela.example/drustvo/vest-1001"]


@pytest.mark.parametrize(
    ("url", "body", "pages"),
    [
        (URL, '<a rel="next" href="?strana=2">x</a>', ["/vesti/?strana=2"]),
        (URL, '<a href="/vesti/?page=2">Sledeća</a>', ["/vesti/?page=2"]),
        (URL, '<a href="/vesti/page/2/">Следећа страна</a>', ["/vesti/page/2/"]),
        (URL, '<a href="/vesti/strana-2">2</a><a href="/vesti/strana-3">3</a>', ["/vesti/strana-2"]),
        (f"{URL}?page=2", '<a href="/vesti/?page=1">1</a><a href="/vesti/?page=3">3</a>', ["/vesti/?page=3"]),
        (
            f"{URL}?page=2",
            '<a href="/vesti/?page=1">« Prethodna</a><a href="/vesti/?page=3">Starije »</a>',
            ["/vesti/?page=3"],
        ),
        (URL, '<a class="next page-numbers" href="/vesti/page/2/">→</a>', ["/vesti/page/2/"]),
        (URL, '<a href="https://tudji.example/page/2">Sledeća</a>', []),
        (URL, '<a href="/sport/">Sledeća utakmica</a><a href="/prognoza/">»</a>', []),
        (URL, f'<a rel="next" href="{URL}">x</a>', []),
    ],
)
def test_the_next_page(url: str, body: str, pages: list[str]) -> None:
    assert [page.removeprefix("https://skela.example") for page in read(body, url).pages] == pages


@pytest.mark.parametrize(
    ("head", "feeds"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed/">', ["https://skela.example/feed/"]),
        (
            '<link rel="alternate" type="application/atom+xml" href="https://usluga.example/a">',
            ["https://usluga.example/a"],
        ),
        (
            '<link rel="ALTERNATE x alternate" type="application/feed+json" href="f.json">',
            ["https://skela.example/vesti/f.json"],
        ),
        ('<link rel="alternate" type="application/rss+xml" href="/comments/feed/">', []),
        ('<link rel="alternate" type="application/rss+xml" title="Skela » komentari" href="/x">', []),
        ('<link rel="alternate" hreflang="sr-Latn" href="/lat/">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/x">', []),
    ],
)
def test_announced_feeds(head: str, feeds: list[str]) -> None:
    assert list(read("", head=head).feeds) == feeds


@pytest.mark.parametrize("text", ["", "   ", "<!-- -->", "\x00"])
def test_an_empty_page_says_so(text: str) -> None:
    found = read_listing(text, URL, OUTLET, lambda _: True)
    assert not found.entries


def test_articles_of_real_sites_are_known_by_their_addresses(shared: Path) -> None:
    pages = list(read_pages(shared / "real" / "pages.warc.gz", {}))
    known = [page for page in pages if looks_like_article(page.url, replace(OUTLET, hosts=(page.outlet,)))]
    assert (len(known), len(pages)) >= (410, 429)
