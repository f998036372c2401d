"""Whole crawls of a small web on loopback into a real store: nothing lost, nothing fetched twice, each ending kept."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic

import pytest

from pipelines.archive import read_record
from pipelines.database import connect
from spiders.page import WarcRecord
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, moved, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
OLD = "Tue, 10 Feb 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """One outlet, found by its feed, with an article of every fate."""
    site = Site()
    fates = {
        "/vesti/1": news(1),
        "/vesti/2": news(2),
        "/vesti/stara": news(3, "2026-02-10"),  # the feed gives a wrong date
        "/vesti/kratka": news(4, words=6),
        "/vesti/nema": Answer(b"nema", status=404),
        "/vesti/preselila": moved("/vesti/2?id=nova"),
        "/vesti/2?id=nova": news(5),
        "/tag/most": news(6),
        "/vesti/slika": Answer(b"\x89PNG", "image/png"),
    }
    feed = [(path, DAY) for path in fates if path != "/vesti/2?id=nova"]
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*feed, ("/vesti/0", OLD)), **fates}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])
    with site.serving():
        yield site


def test_a_crawl_becomes_rows_and_the_next_fetches_only_what_may_have_changed(house: House, site: Site) -> None:
    stats = house.crawl()
    reasons = house.rows("SELECT reason, count(*) FROM refusal GROUP BY ALL ORDER BY ALL")
    stored = [f"{site.url}/vesti/{path}" for path in ("1", "2", "2?id=nova")]
    assert [url for (url,) in house.rows("SELECT url FROM article ORDER BY url")] == stored
    assert dict(reasons) == {"http_error": 1, "list_page": 1, "not_html": 1, "outside_window": 1, "too_short": 1}
    assert house.rows("SELECT discovered_count, fetched_count, stored_count, refused_count, status FROM crawl") == [
        (8, 7, 3, 5, "ok")
    ]
    funnel = "SELECT listed_count, outside_count, discovered_by, parsed_count FROM crawl"
    assert house.rows(funnel) == [(8, 1, '{"feed": 8}', 3)]
    assert house.rows("SELECT command, status, finished_at > started_at FROM run") == [("crawl", "ok", True)]
    assert stats["odjek/reka/stored"] == 3
    assert stats["odjek/reka/refused"] == 5

    # Raw first: every response is in the archive, byte for byte, and an article knows its own.
    pages = house.rows("SELECT url, kind, http_status, warc_file, warc_offset, sha256 FROM page")
    assert {(kind, status) for _, kind, status, *_ in pages} >= {("feed", 200), ("article", 200), ("article", 404)}
    for url, _, _, *where in pages:
        body = read_record(house.data / "warc", WarcRecord(*where))
        assert body == site.answer(url.removeprefix(site.url)).body
    known = (
        "SELECT count(*) FROM article_version v JOIN page p USING (warc_file, warc_offset) WHERE page_sha256 = sha256"
    )
    assert house.rows(known) == [(3,)]

    before = dict(site.asked)
    stats = house.crawl()
    again = {path for path, times in site.asked.items() if times > before[path] and path.startswith(("/vesti", "/tag"))}
    assert again == set()  # what gave no article waits for its turn
    assert house.rows("SELECT count(*) FROM article") == [(3,)]
    assert house.rows(f"{funnel} ORDER BY run_id DESC LIMIT 1") == [(8, 1, "{}", 0)]
    assert house.rows("SELECT stored_count, status FROM crawl ORDER BY run_id") == [(3, "ok"), (0, "ok")]

    house.crawl(since="2026-02-01")  # a wider window: what lay outside is asked for now
    assert f"{site.url}/vesti/stara" in {url for (url,) in house.rows("SELECT url FROM article")}


def test_an_outlet_that_is_down_stops_no_other(house: House, site: Site) -> None:
    down = Site()
    with down.serving():
        host = down.host
    write_outlet(house.outlets, "obala", [host])
    house.crawl()
    crawls = house.rows("SELECT outlet, status, stored_count, detail LIKE 'fetch_failed%' FROM crawl ORDER BY outlet")
    assert crawls == [("obala", "failed", 0, True), ("reka", "ok", 3, False)]
    assert house.rows("SELECT status, detail->>'$.failed_outlets' FROM run") == [("partial", '["obala"]')]


def endless(site: Site, house: House, count: int = 60) -> None:
    """A feed of many articles, the last of which never comes."""
    paths = [f"/vesti/{number}" for number in range(count)]
    site.pages |= {path: news(number) for number, path in enumerate(paths)}
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in paths), ("/vesti/0a", OLD))}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_a_crawl_that_is_stopped_keeps_what_it_has_and_the_next_goes_on(house: House, ending: signal.Signals) -> None:
    site = Site()
    endless(site, house)
    with ExitStack() as stack:
        stack.enter_context(site.serving())
        process = stack.enter_context(house.start(DOWNLOAD_DELAY=0.1))
        until = monotonic() + 60
        while sum(times for path, times in site.asked.items() if path.startswith("/vesti")) < 40:
            assert process.poll() is None, process.communicate()
            assert monotonic() < until
            signal.sigtimedwait([], 0.05)
        process.send_signal(ending)
        process.communicate(timeout=60)
        first = house.rows("SELECT count(*) FROM article_version")[0][0]
        if ending == signal.SIGINT:
            fetched = house.rows("SELECT count(*) FROM page WHERE kind = 'article'")[0][0]
            assert first == fetched  # a crawl that may end loses nothing it fetched
            assert house.rows("SELECT status, detail->>'$.reason' FROM run") == [("partial", "shutdown")]
            assert house.rows("SELECT count(*) FROM article") == [(first,)]
            assert "stopped (shutdown)" in house.rows("SELECT detail FROM crawl")[0][0]
        else:
            assert first < 60  # the rest is in the archive, or was not asked for
            assert house.rows("SELECT status FROM run") == [("running",)]
        asked = dict(site.asked)
        kept = {url.removeprefix(site.url) for (url,) in house.rows("SELECT url FROM article_version")}
        house.crawl()
        assert house.rows("SELECT count(*) FROM article") == [(60,)]
        assert {path for path in kept if site.asked[path] > asked[path]} == set()
        # Nothing was asked for twice, but what the site was answering at the moment of the kill.
        assert sum(times - 1 for path, times in site.asked.items() if path.startswith("/vesti/")) <= 2
        assert house.rows("SELECT status FROM run ORDER BY started_at") == [
            ("partial" if ending == signal.SIGINT else "failed",),
            ("ok",),
        ]


def test_a_store_that_is_being_written_ends_the_crawl_before_any_site_is_asked(house: House, site: Site) -> None:
    with connect(house.data, create=True), house.start() as process:
        _, complaints = process.communicate(timeout=60)
    assert "another odjek process is writing" in complaints
    assert not site.asked
