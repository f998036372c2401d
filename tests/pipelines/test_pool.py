import os
import threading
from datetime import UTC, datetime

import pytest

from pipelines.article import Article
from pipelines.pool import ExtractionPool
from spiders.page import Page, Window
from spiders.refusal import Refusal


def page(name: str, body: bytes = b"") -> Page:
    return Page(f"https://a.example/{name}", "a", body, "text/html", datetime(2026, 3, 4, tzinfo=UTC), "import")


def obey(given: Page, timezone: str, window: Window) -> Article | Refusal:
    """Stands in for `extract`: does what the address says."""
    word = given.url.rsplit("/", 1)[1]
    if word == "die":
        os._exit(3)
    if word == "hang":
        threading.Event().wait()
    if word == "raise":
        raise ValueError("a broken page")
    return Refusal(given.outlet, given.url, "no_text", timezone + given.body.decode())


def test_results_come_in_order_and_bad_pages_cost_only_themselves():
    names = ["1", "die", "2", "3", "raise", "hang", "4", "die", "5", "6"]
    with ExtractionPool(2, page_seconds=1, function=obey) as pool:
        results = list(pool.map((page(name), "UTC", Window()) for name in names))
    assert [result.url.rsplit("/", 1)[1] for result in results] == names
    broken = {result.url.rsplit("/", 1)[1]: result.detail for result in results if result.reason == "extraction_failed"}
    assert broken == {
        "die": "its worker died (exit code 3)",
        "raise": "ValueError: a broken page",
        "hang": "took longer than 1 s",
    }


def test_long_pages_and_long_results_do_not_wait_for_each_other():
    body = b"x" * 1_000_000
    with ExtractionPool(1, function=obey) as pool:
        results = list(pool.map((page(str(number), body), "UTC", Window()) for number in range(8)))
    assert [len(result.detail) for result in results] == [1_000_003] * 8


def test_map_reads_only_a_few_pages_ahead():
    read = []

    def jobs():
        for number in range(100):
            read.append(number)
            yield page(str(number)), "UTC", Window()

    with ExtractionPool(1, function=obey) as pool:
        results = pool.map(jobs())
        next(results)
        assert len(read) < 10
        assert len(list(results)) == 99


def test_an_error_in_the_block_does_not_wait_for_what_is_left():
    futures = []
    with pytest.raises(KeyError), ExtractionPool(1, function=obey) as pool:  # noqa: PT012 - the block is what is tested
        futures = [pool.submit(page(str(number)), "UTC", Window()) for number in range(1000)]
        raise KeyError
    assert futures[-1].cancelled()


def test_it_extracts_articles():
    paragraphs = "".join(
        f"<p>Ovo je {number}. pasus o novom mostu preko reke, koji je dugačak.</p>" for number in range(9)
    )
    body = f"<html><body><article><h1>Novi most</h1>{paragraphs}</article></body></html>".encode()
    with ExtractionPool(1) as pool:
        result = pool.submit(page("most", body), "Europe/Belgrade", Window()).result()
    assert isinstance(result, Article)
    assert result.title == "Novi most"
