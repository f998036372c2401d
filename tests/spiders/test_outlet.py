"""The spider on a small web of invented outlets: every way of discovery, the window, robots.txt, faults, detours."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.spiders.conftest import Crawl, Crawled, write_outlet
from tests.spiders.web import XML, Answer, Site, article, listing, moved, rss, urlset

IN = "Wed, 04 Mar 2026 10:00:00 +0100"
LAST = "Fri, 06 Mar 2026 10:00:00 +0100"
OLD = "Tue, 10 Feb 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")


def by_feed(site: Site) -> dict[str, object]:
    """A feed that reaches back: nothing else is asked."""
    site.pages |= {
        "/robots.txt": Answer(b"User-agent: *\nAllow: /\nSitemap: /sitemap.xml\n", "text/plain"),
        "/rss": rss(("/vesti/1", IN), ("/vesti/2?utm_source=rss", LAST), ("/vesti/stara", OLD)),
        "/vesti/1": article(),
        "/vesti/2?utm_source=rss": article(),
        "/vesti/stara": article(),
        "/sitemap.xml": urlset(("/vesti/iz-mape-sajta-1234", "2026-03-04")),
    }
    return {"feeds": [f"{site.url}/rss"]}


def by_short_feed(site: Site) -> dict[str, object]:
    """A feed of the last day only: the sitemap of robots.txt gives the rest, and nothing twice."""
    site.pages |= {
        "/robots.txt": Answer(f"Sitemap: {site.url}/mapa.xml".encode(), "text/plain"),
        "/atom": Answer(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Š</title><link href="/vesti/nova-vest-1001"/>'
            "<published>2026-03-06T08:00:00Z</published></entry></feed>".encode(),
            "application/atom+xml",
        ),
        "/mapa.xml": urlset(
            ("/vesti/nova-vest-1001", "2026-03-06"),
            ("/vesti/ranija-vest-1000", "2026-03-03"),
            ("/vesti/davna-vest-900", "2026-01-03"),
        ),
        "/vesti/nova-vest-1001": article(),
        "/vesti/ranija-vest-1000": article(),
    }
    return {"feeds": [f"{site.url}/atom"]}


def by_news_sitemap(site: Site) -> dict[str, object]:
    """A packed news sitemap."""
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>/a/1</loc><news:news><news:publication><news:name>N</news:name></news:publication>"
        "<news:publication_date>2026-03-05T10:00:00+01:00</news:publication_date><news:title>Reka raste</news:title>"
        "</news:news></url></urlset>"
    )
    site.pages |= {
        "/robots.txt": Answer(b"Sitemap: /news.xml.gz", "text/plain"),
        "/news.xml.gz": Answer(gzip.compress(news.encode()), "application/gzip"),
        "/a/1": article(),
    }
    return {}


def by_dated_index(site: Site) -> dict[str, object]:
    """An index of days without lastmod: only the days of the window are opened."""
    days = [f"2026-0{month}-{day:02}" for month in (2, 3) for day in (4, 5)]
    index = "".join(f"<sitemap><loc>/mapa/{day}.xml</loc></sitemap>" for day in days)
    site.pages |= {
        "/robots.txt": ALLOW,
        "/sitemap.xml": Answer(f"<sitemapindex>{index}</sitemapindex>".encode(), XML),
        **{f"/mapa/{day}.xml": urlset((f"/vest/{day}-poplava-1{day[-2:]}5", day)) for day in days},
        **{f"/vest/{day}-poplava-1{day[-2:]}5": article() for day in days},
    }
    return {"sitemaps": [f"{site.url}/sitemap.xml"]}


def by_announced_feed(site: Site) -> dict[str, object]:
    """No robots.txt, no sitemap: the front page announces a feed, and one of comments."""
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
    )
    site.pages |= {
        "/": listing("/vesti/samo-na-naslovnoj-strani-1", extra=head),
        "/feed/": rss(("/vesti/1", IN), ("/vesti/0", OLD)),
        "/vesti/1": article(),
    }
    return {}


def by_listing(site: Site) -> dict[str, object]:
    """Listing pages alone, with paging that ends where the window ends, and a menu."""
    pages = {1: ("05", "04"), 2: ("03", "02"), 3: ("01", "01"), 4: ("01", "01")}
    site.pages |= {"/robots.txt": ALLOW, "/": listing("/o-nama", "/vesti/", "/kontakt")}
    for number, days in pages.items():
        month = "03" if number < 3 else "01"
        links = [f"/2026/{month}/{day}/vest-{number}-{place}" for place, day in enumerate(days)]
        following = f'<a href="/vesti/?page={number + 1}">Sledeća »</a>'
        site.pages["/vesti/" if number == 1 else f"/vesti/?page={number}"] = listing(
            *links, "/vesti/", "/tag/most", extra=following
        )
        site.pages |= {link: article() for link in links}
    return {"listings": [f"{site.url}/vesti/"]}


def by_broken_feed(site: Site) -> dict[str, object]:
    """The configured feed is an HTML page now: said so, and the front page is read."""
    site.pages |= {
        "/rss": "<!doctype html><html><body>Nema</body></html>",
        "/": listing("/vesti/poplava-na-reci-lim-odnela-most-123", "/vesti"),
        "/vesti/poplava-na-reci-lim-odnela-most-123": article(),
    }
    return {"feeds": [f"{site.url}/rss"]}


def with_robots(site: Site) -> dict[str, object]:
    """robots.txt disallows a folder."""
    site.pages |= {
        "/robots.txt": Answer(b"User-agent: odjek\nDisallow: /zatvoreno/\n", "text/plain"),
        "/rss": rss(("/vesti/1", IN), ("/zatvoreno/2", IN), ("/vesti/0", OLD)),
        "/vesti/1": article(),
        "/zatvoreno/2": article(),
    }
    return {"feeds": [f"{site.url}/rss"]}


def busy(site: Site) -> dict[str, object]:
    """Says 429 to the first question for each page, 503 without end to one."""
    site.pages |= {
        "/robots.txt": ALLOW,
        "/rss": rss(("/vesti/1", IN), ("/vesti/uvek", IN), ("/vesti/0", OLD)),
        "/vesti/1": lambda times: (
            Answer(status=429, headers={"Retry-After": "0"}) if times == 1 else Answer(article().encode())
        ),
        "/vesti/uvek": Answer(status=503),
    }
    return {"feeds": [f"{site.url}/rss"]}


def with_detours(site: Site) -> dict[str, object]:
    """Redirects, links to other machines, twins, faults."""
    site.pages |= {
        "/robots.txt": ALLOW,
        "/": listing(),
        "/rss": rss(
            ("/vesti/1", IN),
            (f"{site.url}/vesti/1/?fbclid=abc#vrh", IN),
            ("/vesti/1/amp/", IN),
            ("/vesti/seli", IN),
            ("/vesti/stari-naslov", IN),
            ("/vesti/napolje", IN),
            ("/vesti/unutra", IN),
            ("/vesti/na-naslovnu", IN),
            ("/vesti/krug", IN),
            ("/vesti/nema", IN),
            ("/slike/pregled", IN),
            ("http://10.0.0.7/admin", IN),
            ("http://127.0.0.1:9/tajna", IN),
            ("https://tudji-portal.example/vest", IN),
            ("javascript:void(0)", IN),
            ("/vesti/0", OLD),
        ),
        "/vesti/1": article(),
        "/vesti/seli": moved("/vesti/preseljena"),
        "/vesti/preseljena": article(),
        "/vesti/stari-naslov": moved("/vesti/1"),
        "/vesti/napolje": moved("https://tudji-portal.example/vest"),
        "/vesti/unutra": moved("http://169.254.169.254/latest"),
        "/vesti/na-naslovnu": moved("/", 302),
        "/vesti/krug": moved("/vesti/krug?k=1"),
        "/vesti/krug?k=1": moved("/vesti/krug"),
        "/slike/pregled": Answer(b"%PDF-1.4", "application/pdf"),
    }
    return {"feeds": [f"{site.url}/rss"]}


def without_news(site: Site) -> dict[str, object]:
    """Answers everywhere, but has nothing in the window."""
    site.pages |= {"/robots.txt": ALLOW, "/": listing("/o-nama"), "/rss": rss(("/vesti/0", OLD))}
    return {"feeds": [f"{site.url}/rss"]}


def closed_robots(site: Site) -> dict[str, object]:
    """robots.txt answers 500: RFC 9309 takes that as a no."""
    site.pages |= {"/robots.txt": Answer(status=500), "/rss": rss(("/vesti/1", IN)), "/vesti/1": article()}
    return {"feeds": [f"{site.url}/rss"]}


SITES = [
    by_feed, by_short_feed, by_news_sitemap, by_dated_index, by_announced_feed, by_listing, by_broken_feed,
    with_robots, busy, with_detours, without_news, closed_robots,
]  # fmt: skip


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Site]]]:
    outlets = tmp_path_factory.mktemp("outlets")
    with ExitStack() as stack, socket.socket() as unused:
        sites = {}
        for build in SITES:
            name = build.__name__.replace("_", "-")
            site = sites[name] = stack.enter_context(Site().serving())
            write_outlet(outlets, name, [site.host], **build(site))
        unused.bind(("127.0.0.1", 0))  # bound and never listening: connections are refused
        write_outlet(outlets, "down", [f"127.0.0.1:{unused.getsockname()[1]}"])
        yield outlets, sites


@pytest.fixture(scope="module")
def crawled(web: tuple[Path, dict[str, Site]], crawl: Crawl) -> Crawled:
    return crawl(web[0], since="2026-03-01", until="2026-03-07")


@pytest.mark.parametrize(
    ("outlet", "ways"),
    [
        ("by-feed", {"/vesti/1": "feed", "/vesti/2": "feed"}),
        ("by-short-feed", {"/vesti/nova-vest-1001": "feed", "/vesti/ranija-vest-1000": "sitemap"}),
        ("by-news-sitemap", {"/a/1": "sitemap"}),
        ("by-dated-index", {f"/vest/2026-03-0{day}-poplava-10{day}5": "sitemap" for day in (4, 5)}),
        ("by-announced-feed", {"/vesti/1": "alternate"}),
        ("by-listing", {f"/2026/03/0{day}/vest-{number}-{place}": "listing" for day, number, place in
                        [(5, 1, 0), (4, 1, 1), (3, 2, 0), (2, 2, 1)]}),
        ("by-broken-feed", {"/vesti/poplava-na-reci-lim-odnela-most-123": "listing"}),
        ("with-robots", {"/vesti/1": "feed"}),
        ("busy", {"/vesti/1": "feed"}),
        ("with-detours", {"/vesti/1": "feed", "/vesti/preseljena": "feed"}),
        ("without-news", {}),
        ("closed-robots", {}),
        ("down", {}),
    ],
)  # fmt: skip
def test_pages_found_and_how(crawled: Crawled, outlet: str, ways: dict[str, str]) -> None:
    assert {path: page["discovered_by"] for path, page in crawled.pages(outlet).items()} == ways


@pytest.mark.parametrize(
    ("outlet", "refusals"),
    [
        ("by-feed", set()),
        ("by-listing", set()),
        ("by-broken-feed", {("/rss", "bad_source")}),
        ("with-robots", {("/zatvoreno/2", "robots")}),
        ("busy", {("/vesti/uvek", "http_error")}),
        ("with-detours", {
            ("/vesti/stari-naslov", "duplicate"),
            ("/vesti/napolje", "off_site"),
            ("/vesti/unutra", "private_address"),
            ("/vesti/na-naslovnu", "front_page"),
            ("/vesti/krug", "fetch_failed"),
            ("/vesti/nema", "http_error"),
            ("/slike/pregled", "not_html"),
            ("http://10.0.0.7/admin", "private_address"),
            ("/tajna", "private_address"),
            ("https://tudji-portal.example/vest", "off_site"),
        }),
        ("closed-robots", {("/robots.txt", "http_error")}),
        ("down", {("/robots.txt", "fetch_failed")}),
    ],
)  # fmt: skip
def test_refusals_and_why(crawled: Crawled, outlet: str, refusals: set[tuple[str, str]]) -> None:
    assert crawled.refusals(outlet) == refusals
    assert crawled.outlets[outlet]["refused"] == len(refusals)


@pytest.mark.parametrize(
    ("outlet", "counts"),
    [
        ("by-feed", {"discovered": 2, "fetched": 2, "outside_window": 1, "failed": 0, "status": "ok"}),
        ("by-short-feed", {"discovered": 2, "fetched": 2, "outside_window": 1}),
        ("busy", {"discovered": 2, "fetched": 1, "failed": 1, "status": "ok"}),
        ("with-detours", {"discovered": 9, "fetched": 3, "failed": 2, "status": "ok"}),
        ("without-news", {"discovered": 0, "status": "empty"}),
        ("closed-robots", {"discovered": 0, "failed": 1, "status": "failed"}),
        ("down", {"discovered": 0, "failed": 1, "status": "failed"}),
    ],
)
def test_counts(crawled: Crawled, outlet: str, counts: dict[str, object]) -> None:
    assert {field: crawled.outlets[outlet].get(field) for field in counts} == counts


def test_an_outlet_that_failed_says_why(crawled: Crawled) -> None:
    assert "connection refused" in crawled.outlets["down"]["detail"]
    assert "status 500" in crawled.outlets["closed-robots"]["detail"]


def test_nothing_is_fetched_twice(crawled: Crawled, web: tuple[Path, dict[str, Site]]) -> None:
    excused = {"/vesti/uvek", "/robots.txt", "/vesti/krug", "/vesti/krug?k=1"}  # asked again on purpose, or in a circle
    for name, site in web[1].items():
        twice = {path for path, times in site.asked.items() if times > 1} - excused
        assert twice == ({"/vesti/1"} if name == "busy" else set()), name
        assert site.asked["/robots.txt"] == (3 if name == "closed-robots" else 1), name


@pytest.mark.parametrize(
    ("outlet", "path"),
    [
        ("by-feed", "/sitemap.xml"),
        ("by-feed", "/vesti/stara"),
        ("by-dated-index", "/mapa/2026-02-04.xml"),
        ("by-announced-feed", "/comments/feed/"),
        ("by-announced-feed", "/vesti/samo-na-naslovnoj-strani-1"),
        ("by-listing", "/vesti/?page=4"),
        ("by-listing", "/tag/most"),
        ("with-robots", "/zatvoreno/2"),
        ("closed-robots", "/rss"),
    ],
)
def test_never_asked(crawled: Crawled, web: tuple[Path, dict[str, Site]], outlet: str, path: str) -> None:
    assert crawled.items
    assert web[1][outlet].asked[path] == 0


def test_says_who_asks(crawled: Crawled, web: tuple[Path, dict[str, Site]]) -> None:
    agents = set().union(*(site.agents for site in web[1].values()))
    assert len(agents) == 1
    assert agents.pop().endswith("(news research; redakcija@merenje.example)")
    assert crawled.stats["finish_reason"] == "finished"


def test_a_page_brings_what_was_known_of_it(crawled: Crawled) -> None:
    page = crawled.pages("by-news-sitemap")["/a/1"]
    assert page["hint"] == {"title": "Reka raste", "published": "2026-03-05T10:00:00+01:00", "modified": None}
    assert page["content_type"].startswith("text/html")
    assert "Most u luci" in page["body"]


def test_progress_is_told(crawled: Crawled) -> None:
    assert crawled.progress[-1]["by-feed"]["fetched"] == 2
