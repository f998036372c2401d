"""One crawl of the whole hostile web: what each behaviour leaves in the store, and that none stops another outlet."""

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest

from spiders.refusal import REFUSALS
from tests.hostile.behaviours import SITES
from tests.hostile.crawling import Crawled, Row, crawl
from tests.hostile.server import HostileWeb
from tests.hostile.site import ORDINARY, SINCE, UNTIL, Site

MOST_MEMORY = 600_000_000  # bytes; 450 MB measured, with answers of up to 64 MB at once


@pytest.fixture(scope="module")
def web_and_crawl(tmp_path_factory: pytest.TempPathFactory) -> tuple[HostileWeb, Crawled]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "outlets").mkdir()
    for site in SITES.values():
        site.write_file(folder / "outlets")
    with HostileWeb({site.host: site.answer for site in SITES.values()}) as web:
        return web, crawl(web, folder, SINCE, UNTIL)


@pytest.fixture(scope="module")
def web(web_and_crawl: tuple[HostileWeb, Crawled]) -> HostileWeb:
    return web_and_crawl[0]


@pytest.fixture(scope="module")
def crawled(web_and_crawl: tuple[HostileWeb, Crawled]) -> Crawled:
    return web_and_crawl[1]


def local(url: str, site: Site) -> str:
    """The path and query of an address of the site; what is elsewhere stays whole."""
    parts = urlsplit(url)
    if parts.netloc != site.host:
        return url
    return parts.path + (f"?{parts.query}" if parts.query else "")


def of(site: Site, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["outlet"] == site.slug]


@pytest.mark.parametrize("slug", SITES)
def test_what_comes_of_a_behaviour(crawled: Crawled, slug: str) -> None:
    site = SITES[slug]
    refused = sorted((local(row["url"], site), row["reason"]) for row in of(site, crawled.refusals))
    assert refused == sorted(site.refused.items()), [row["detail"] for row in of(site, crawled.refusals)]
    stored = {local(row["url"], site): row for row in of(site, crawled.versions)}
    assert set(stored) == set(site.stored)
    for path, columns in site.stored.items():
        assert {name: stored[path][name] for name in columns} == columns, path
    row = crawled.outlets[slug]
    assert (row["status"], site.detail in row["detail"]) == (site.status, True), row
    assert len(of(site, crawled.articles)) == (len(site.stored) if site.articles is None else site.articles)
    assert (row["stored_count"], row["refused_count"]) == (len(stored), len(refused))


@pytest.mark.parametrize("slug", SITES)
def test_a_site_is_not_asked_too_much(crawled: Crawled, web: HostileWeb, slug: str) -> None:
    site = SITES[slug]
    asked = Counter({local(url, site): times for url, times in web.asked.items() if site.host in urlsplit(url).netloc})
    assert asked.total() <= site.at_most, asked.most_common(5)
    assert not [path for path in site.never if asked[path]]


def test_every_other_outlet_finished(crawled: Crawled) -> None:
    failed = {slug for slug, site in SITES.items() if site.status == "failed"}
    assert set(crawled.outlets) == set(SITES)
    assert crawled.run["status"] == "partial"
    assert set(json.loads(crawled.run["detail"])["failed_outlets"]) == failed
    ordinary = {row["outlet"] for row in crawled.versions if urlsplit(row["url"]).path == ORDINARY}
    assert set(SITES) - ordinary == {slug for slug, site in SITES.items() if site.status != "ok"}


def test_no_other_machine_is_asked(crawled: Crawled, web: HostileWeb) -> None:
    assert crawled.versions
    assert not web.unknown


def test_memory_and_time_stay_bounded(crawled: Crawled) -> None:
    assert crawled.peak_bytes < MOST_MEMORY
    assert crawled.seconds < 90


def test_nothing_crashed(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.log, crawled.log[-3000:]


def test_the_behaviours_are_many_and_told_apart() -> None:
    assert len(SITES) >= 40
    assert all(site.what for site in SITES.values())
    assert len({site.name for site in SITES.values()}) == len(SITES)
    assert {reason for site in SITES.values() for reason in site.refused.values()} <= set(REFUSALS)
