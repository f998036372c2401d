"""Nights that were missed, sources and pages that were down, old months: what a later crawl makes up for by itself."""

from collections.abc import Iterator

import pytest

from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, rss, urlset

ROBOTS = Answer(b"User-agent: *\nAllow: /\nSitemap: /mapa.xml\n", "text/plain")
DOWN = Answer(b"", status=503)


class Press:
    """A site that shows the two newest articles in its feed, and all in its sitemap."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.days: dict[str, str] = {}
        site.pages["/robots.txt"] = ROBOTS

    def publish(self, name: str, day: str) -> None:
        path = f"/vesti/{name}-otvoren-most-100{len(self.days)}"
        self.days[path] = day
        self.site.pages[path] = news(len(self.days), day)
        self.lists()

    def lists(self) -> None:
        newest = list(self.days.items())[-2:]
        months = ("Jan", "Feb", "Mar")
        dated = [(path, f"{day[8:]} {months[int(day[5:7]) - 1]} 2026 10:00:00 +0100") for path, day in newest]
        self.site.pages |= {"/rss": rss(*dated), "/mapa.xml": urlset(*self.days.items())}


@pytest.fixture
def press(house: House) -> Iterator[Press]:
    with Site().serving() as site:
        write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])
        yield Press(site)


def names(house: House) -> set[str]:
    return {url.split("/vesti/")[1].split("-")[0] for (url,) in house.rows("SELECT url FROM article")}


def night(house: House, now: str, since: str | None = None, **asked: str) -> tuple[object, ...]:
    """Crawl: the first day that was looked for, what was stored, whether nothing was missed."""
    house.crawl(since, now=now, ODJEK_REVISIT_HOURS="", RETRY_TIMES=0, **asked)
    query = "SELECT since_on::TEXT, stored_count, is_covered FROM crawl ORDER BY run_id DESC LIMIT 1"
    return house.rows(query)[0]


def test_nights_that_were_missed_and_sources_that_were_down_are_made_up_for(house: House, press: Press) -> None:
    for name, day in (("davna", "2026-01-15"), ("ranija", "2026-02-25"), ("a", "2026-03-03"), ("b", "2026-03-03")):
        press.publish(name, day)
    # The first crawl looks back a fortnight.
    assert night(house, "2026-03-04T02:15") == ("2026-02-18", 3, True)
    assert names(house) == {"ranija", "a", "b"}

    # Three nights are missed; the feed has forgotten what was published in them.
    for name, day in (("c", "2026-03-04"), ("d", "2026-03-05"), ("e", "2026-03-06"), ("f", "2026-03-07")):
        press.publish(name, day)
    assert night(house, "2026-03-08T02:15") == ("2026-03-04", 4, True)

    # A night without sitemap, of which the next one looks back further; an article that does not answer.
    press.publish("g", "2026-03-08")
    for name in ("h", "i"):
        press.publish(name, "2026-03-08")
    press.site.pages["/mapa.xml"] = DOWN
    assert night(house, "2026-03-09T02:15") == ("2026-03-08", 2, False)
    late = next(path for path in press.days if "/g-" in path)
    page, press.site.pages[late] = press.site.pages[late], DOWN
    press.lists()
    assert night(house, "2026-03-10T02:15") == ("2026-03-08", 0, True)

    # No source lists it any more, and it is asked for all the same. A week is over: the whole fortnight is looked at.
    press.site.pages[late] = page
    del press.days[late]
    press.lists()
    assert night(house, "2026-03-11T02:15") == ("2026-02-25", 1, True)
    assert names(house) == {"ranija", *"abcdefghi"}
    assert house.rows(f"SELECT discovered_by FROM article_version WHERE url LIKE '%{late}'") == [("retry",)]

    # An old month says nothing of the nights since.
    assert night(house, "2026-03-12T02:15", "2026-01-01", until="2026-01-31") == ("2026-01-01", 1, False)
    assert "davna" in names(house)
    assert night(house, "2026-03-12T03:15") == ("2026-03-11", 0, True)
    articles = {path: times for path, times in press.site.asked.items() if path.startswith("/vesti/")}
    assert {path for path, times in articles.items() if times > 1} == {late}
