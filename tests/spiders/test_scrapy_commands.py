"""What a user of Scrapy expects to work from the repository's root, on a small web, with the real pipelines behind."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from spiders.settings import SPIDER_MODULES
from tests.spiders.conftest import REPOSITORY, write_outlet
from tests.spiders.web import Answer, Site, rss

PARAGRAPH = "Na desnoj obali otvoren je novi most, kojim će od ponedeljka saobraćati i autobusi i vozila do tri tone. "


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)


def test_scrapy_list() -> None:
    done = scrapy("list")
    assert (done.returncode, done.stdout.split()) == (0, ["outlet"])
    assert SPIDER_MODULES


def test_scrapy_crawl_stores_once_and_again_nothing(tmp_path: Path) -> None:
    body = f"<html><head><title>Novi most</title></head><body><h1>Novi most</h1><p>{PARAGRAPH * 4}</p></body></html>"
    with Site().serving() as site:
        site.pages |= {
            "/robots.txt": Answer(b"", "text/plain"),
            "/rss": rss(
                ("/vesti/novi-most-1001", "Wed, 04 Mar 2026 10:00:00 +0100"),
                ("/vesti/stari-most-900", "Wed, 04 Feb 2026 10:00:00 +0100"),
            ),
            "/vesti/novi-most-1001": body,
        }
        write_outlet(tmp_path, "skela", [site.host], feeds=[f"{site.url}/rss"])
        write_outlet(tmp_path, "zatvorena", ["zatvorena.example"], is_crawled=False, allow_loopback=False)
        call = ["crawl", "outlet", "-a", "outlet=skela", "-a", "since=2026-03-01", "-a", f"outlets_dir={tmp_path}"]
        call += ["-s", f"ODJEK_DATA={tmp_path / 'data'}", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
        first, second = scrapy(*call), scrapy(*call)
        asked = site.asked["/vesti/novi-most-1001"]
    assert (first.returncode, second.returncode) == (0, 0), first.stderr[-2000:]
    assert "'odjek/skela/stored': 1" in first.stderr
    assert "'odjek/skela/status': 'ok'" in second.stderr
    assert asked == 1
    with duckdb.connect(str(tmp_path / "data" / "odjek.duckdb"), read_only=True) as store:
        assert store.sql("SELECT title, published_on::TEXT FROM article").fetchall() == [("Novi most", "2026-03-04")]
        crawls = store.sql("SELECT discovered_count, fetched_count, stored_count, status FROM crawl ORDER BY run_id")
        assert sorted(crawls.fetchall()) == [(0, 0, 0, "ok"), (1, 1, 1, "ok")]
        kinds = store.sql("SELECT DISTINCT kind FROM page ORDER BY kind").fetchall()
        assert kinds == [("article",), ("feed",), ("robots",)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["outlet=nema"], 'odjek: no outlet "nema" in the registry'),
        (["since=juče"], 'odjek: since="juče" is not a date; write it as 2026-11-01'),
        (["since=2026-03-04", "until=2026-03-01"], "odjek: since=2026-03-04 is after until=2026-03-01"),
        (["outlets_dir=nema"], "odjek: nema: is not a folder"),
    ],
)
def test_what_cannot_start_ends_with_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    given = [part for argument in arguments for part in ("-a", argument)]
    done = scrapy("crawl", "outlet", *given, "-s", f"ODJEK_DATA={tmp_path}", "-L", "ERROR")
    assert done.returncode == 1
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
