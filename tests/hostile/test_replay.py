"""Real pages behind the real spiders: each host of a WARC file is an outlet on loopback, and no page is lost."""

import json
from collections import defaultdict
from html import escape
from pathlib import Path

import pytest
from w3lib.url import safe_url_string

from spiders.address import canonical, host_of
from spiders.page import Page
from spiders.warc import read_pages
from tests.hostile.crawling import Crawled, crawl
from tests.hostile.server import Answer, HostileWeb, Reply

FEED = "/odjek-replay.xml"


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[Page]:
    path = shared / "real" / "pages.warc.gz"
    if not path.is_file():
        pytest.skip(f"no real pages in {path}")
    return [page for page in read_pages(path, {}) if isinstance(page, Page)]


@pytest.fixture(scope="module")
def crawled(pages: list[Page], tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("replay")
    (folder / "outlets").mkdir()
    by_host: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_host[host_of(page.url)].append(page)
    for host in {host.removeprefix("www.") for host in by_host}:
        hosts = [name for name in (host, f"www.{host}") if name in by_host]
        values = {
            "name": host, "role": "local", "country": "RS", "hosts": hosts[:1],
            "feeds": [f"http://{name}{FEED}" for name in hosts],
        }  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
        (folder / "outlets" / f"{host.replace('.', '-')}.toml").write_text("\n".join(lines), encoding="utf-8")
    with HostileWeb({host: replay(host, held) for host, held in by_host.items()}) as web:
        return crawl(web, folder)


def replay(host: str, pages: list[Page]) -> Answer:
    """Answers as the host did when its pages were archived, with a feed that lists them."""
    addresses = [page.url.replace("https://", "http://", 1) for page in pages]
    held = {
        safe_url_string(url).partition("#")[0].removeprefix(f"http://{host}"): Reply(page.body, page.content_type)
        for url, page in zip(addresses, pages, strict=True)
    }
    items = "".join(f"<item><link>{escape(url)}</link></item>" for url in addresses)
    held[FEED] = Reply(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml")
    held.setdefault("/", Reply(b"<!doctype html><html><body><p>Front page</p></body></html>"))
    return held.get


def test_no_page_is_lost(pages: list[Page], crawled: Crawled) -> None:
    asked = {canonical(page.url, None) for page in pages}
    stored = {canonical(row["url"], None) for row in crawled.versions}
    refused = {canonical(row["url"], None) for row in crawled.refusals}
    assert stored | refused == asked
    assert not stored & refused
    assert {row["status"] for row in crawled.outlets.values()} == {"ok"}
    counts = [sum(row[f"{name}_count"] for row in crawled.outlets.values()) for name in ("discovered", "fetched")]
    assert counts == [len(asked), len(asked)]


def test_nearly_all_are_articles(crawled: Crawled) -> None:
    assert {row["reason"] for row in crawled.refusals} <= {"paywall", "no_text", "too_short"}
    assert len(crawled.refusals) <= 5  # three stubs before a paywall, a page whose text its scripts fetch


def test_nothing_crashed(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.log, crawled.log[-3000:]
