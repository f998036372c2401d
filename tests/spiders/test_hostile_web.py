"""Hosts that are busy, slow, rotten or not what they seem: each alone in a crawl of its own."""

import gzip
from pathlib import Path

from tests.spiders.conftest import Crawl, write_outlet
from tests.spiders.web import Answer, Site, article, listing, moved, rss

IN = "Wed, 04 Mar 2026 10:00:00 +0100"
OLD = "Tue, 10 Feb 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")


def test_a_host_that_is_private_unannounced_is_not_asked(crawl: Crawl, tmp_path: Path) -> None:
    with Site().serving() as site:
        site.pages |= {"/robots.txt": ALLOW, "/": listing("/vesti/otvoren-novi-most-1001")}
        # The registry lets no loopback host in by its spelling; this name resolves to one.
        host = f"prikrivena.example:{site.host.partition(':')[2]}"
        front = f"http://{host}/"
        write_outlet(tmp_path, "prikrivena", [host], allow_loopback=False, listings=[front])
        crawled = crawl(tmp_path, resolve={"prikrivena.example": "127.0.0.1"})
        assert not site.asked
    assert crawled.refusals("prikrivena") == {(f"{front}robots.txt", "private_address")}
    assert crawled.outlets["prikrivena"]["status"] == "failed"


def test_a_busy_host_is_left_alone_as_long_as_it_asks(crawl: Crawl, tmp_path: Path) -> None:
    with Site().serving() as site:
        pages = [f"/vesti/{number}" for number in range(6)]
        site.pages |= {
            "/robots.txt": ALLOW,
            "/rss": rss(*((page, IN) for page in pages), ("/vesti/0", OLD)),
            **{page: article() for page in pages},
            pages[5]: lambda times: (
                Answer(status=429, headers={"Retry-After": "1"}) if times < 3 else Answer(b"<html>")
            ),
            "/": article(),
            "/dugo": Answer(status=503, headers={"Retry-After": "3600"}),
        }
        write_outlet(tmp_path, "zauzeta", [site.host], feeds=[f"{site.url}/rss", f"{site.url}/dugo"])
        crawled = crawl(tmp_path, since="2026-03-01", until="2026-03-07")
    assert set(crawled.pages("zauzeta")) == set(pages)
    assert crawled.stats["elapsed_time_seconds"] >= 2.0
    assert site.asked["/dugo"] == 1  # an hour is more than a crawl waits
    assert crawled.refusals("zauzeta") == {("/dugo", "http_error")}


def test_rotten_answers_are_counted_and_stop_nothing(crawl: Crawl, tmp_path: Path) -> None:
    bomb = Answer(gzip.compress(b"<html>" + b" " * 5_000_000), headers={"Content-Encoding": "gzip"})
    with Site().serving() as site:
        site.pages |= {
            "/robots.txt": "<!doctype html><html><body>User-agent: *<br>Disallow: /</body></html>",
            "/rss": rss(*((f"/vesti/{name}", IN) for name in ("bomba", "ogromna", "lazna", "duga-putanja", "dobra"))),
            "/vesti/bomba": bomb,
            "/vesti/ogromna": Answer(b"<html>" + b"a" * 2_000_000),
            "/vesti/lazna": Answer(b"<html>nije gzip", headers={"Content-Encoding": "gzip"}),
            "/vesti/duga-putanja": moved("/vesti/" + "a" * 3000),
            "/vesti/dobra": article(),
        }
        write_outlet(tmp_path, "trula", [site.host], feeds=[f"{site.url}/rss"])
        crawled = crawl(tmp_path, settings={"DOWNLOAD_MAXSIZE": 1_000_000, "RETRY_TIMES": 1})
    assert "/vesti/dobra" in crawled.pages("trula")
    reasons = {path.removeprefix("/vesti/")[:12]: reason for path, reason in crawled.refusals("trula")}
    assert {"bomba": "fetch_failed", "ogromna": "fetch_failed"}.items() <= reasons.items()
    assert crawled.outlets["trula"]["status"] == "ok"


def test_a_crawl_delay_is_kept(crawl: Crawl, tmp_path: Path) -> None:
    with Site().serving() as site:
        site.pages |= {
            "/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 0.5\n", "text/plain"),
            "/rss": rss(("/vesti/1", IN), ("/vesti/2", IN), ("/vesti/3", IN)),
            **{f"/vesti/{number}": article() for number in (1, 2, 3)},
        }
        write_outlet(tmp_path, "spora", [site.host], feeds=[f"{site.url}/rss"])
        crawled = crawl(tmp_path, settings={"DOWNLOAD_DELAY_JITTER": 0})
    assert len(crawled.pages("spora")) == 3
    assert crawled.stats["elapsed_time_seconds"] >= 1.5
