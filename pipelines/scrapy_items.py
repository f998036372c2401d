"""Where Scrapy meets the store: items into articles, articles into rows, stored addresses out of the queue.

    ArchiveMiddleware (pipelines.archive) → spider → ExtractPipeline → StorePipeline
    SkipStored drops requests for articles that are stored already

The reactor waits for none of it: extraction runs in the processes of `pipelines.pool`, the store in one thread of its
own. Nothing is decided here about texts (`pipelines.extract`) or articles (`pipelines.store`).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, ParamSpec, Protocol, Self, TypeVar, cast

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.archive import FOLDER, Original, WarcArchive
from pipelines.article import Article
from pipelines.crawl_row import crawl_row
from pipelines.leftover import take_up
from pipelines.lock import alone
from pipelines.monitor import watch
from pipelines.pool import ExtractionPool
from pipelines.post import article_of
from pipelines.recall import originals, recall
from pipelines.revisited import Edit, judged
from pipelines.store import Status, Store
from spiders.address import canonical
from spiders.crawl_stats import by_outlet, name
from spiders.memory import Memory, Past
from spiders.page import Page, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet
from spiders.revisit import Visit
from spiders.telegram import Post

log = logging.getLogger(__name__)

FLUSH_ITEMS = 100
FLUSH_SECONDS = 2.0
"""What a kill leaves unwritten: so many articles, or so many seconds. The next run takes them from the archive."""

Stored = Article | Refusal | Visit | Edit

P = ParamSpec("P")
T = TypeVar("T")


class Crawling(Protocol):
    """What the pipelines ask of the spider."""

    outlets: Mapping[str, Outlet]
    asked: Sequence[Outlet]
    window: Window
    memory: Memory | None


def spider_of(crawler: Crawler) -> Crawling:
    """The spider that runs, which knows its outlets and the window that was asked for."""
    return cast("Crawling", crawler.spider)


class ExtractPipeline:
    """Makes an article or a refusal of each page, in the processes of an ExtractionPool."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pool = ExtractionPool(crawler.settings.getint("ODJEK_WORKERS") or None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Start the pool."""
        self.pool.__enter__()

    async def close_spider(self) -> None:
        """Stop the pool; every page has been through it by now."""
        await asyncio.to_thread(self.pool.__exit__, None, None, None)

    async def process_item(self, item: Page | Post | Refusal | Visit) -> Stored:
        """Wait for a worker to extract the page; other pages go on meanwhile."""
        if isinstance(item, Refusal | Visit):
            return item
        spider = spider_of(self.crawler)
        zone = spider.outlets[item.outlet].timezone
        if isinstance(item, Post):
            return article_of(item, zone, spider.window)
        window = spider.window if item.due is None else Window()  # an article that is stored was let in once
        return judged(item, await asyncio.wrap_future(self.pool.submit(item, zone, window)))


class StorePipeline:
    """Holds the store open during a crawl: one run, its pages, articles and refusals in batches, a row per outlet."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.data = Path(crawler.settings["ODJEK_DATA"])
        self._thread = ThreadPoolExecutor(1, "store")
        self._folder = ExitStack()
        self._items: list[Article | Refusal] = []
        self._pages: list[dict[str, Any]] = []
        self._visits: list[Visit] = []
        self._flushed_at = monotonic()
        self._flushing = asyncio.Lock()
        self._stopping: asyncio.Future[None] | None = None
        self.store: Store | None = None
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Take the folder, open the store and begin the run; BusyError when another process works there."""
        self.data.mkdir(parents=True, exist_ok=True)
        self._folder.enter_context(alone(self.data, "crawl"))  # under `odjek crawl` it is taken already
        store = self.store = await self.call(Store, self.data)
        spider = spider_of(self.crawler)
        await self.call(store.sync_outlets, spider.outlets)
        spider.memory = self
        workers = self.crawler.settings.getint("ODJEK_WORKERS") or None
        if taken_up := await self.call(take_up, store, spider.outlets, workers):
            log.info("%d pages that a killed run had archived were stored", taken_up)
        run_id = await self.call(store.begin_run, "crawl", _arguments(spider))
        about = {"robots": "obey", "http-header-user-agent": str(self.crawler.settings["USER_AGENT"])}
        self.archive = WarcArchive(self.data / FOLDER, run_id, about=about)

    async def recall(self, outlets: Iterable[str], now: datetime) -> Mapping[str, Past]:
        """What earlier crawls know of each outlet; the spider asks before its first request."""
        if self.store is None:
            raise RuntimeError("the store is not open")
        hours = [int(hour) for hour in self.crawler.settings.getlist("ODJEK_REVISIT_HOURS")]
        days = self.crawler.settings.getint("ODJEK_CATCHUP_DAYS")
        past = await self.call(recall, self.store.connection, outlets, now, hours=hours, days=days)
        self.archive.remember(await self.call(_originals, self.store, past, now))
        return past

    async def known_urls(self, outlet: str) -> set[str]:
        """Every address of an outlet that needed no fetching when this crawl first asked."""
        if self.store is None:
            return set()
        return await self.call(self.store.known_urls, outlet, spider_of(self.crawler).window, **self._schedule())

    def _schedule(self) -> dict[str, Any]:
        settings = self.crawler.settings
        hours = [int(hour) for hour in settings.getlist("ODJEK_REVISIT_HOURS")]
        return {"hours": hours, "days": settings.getint("ODJEK_CATCHUP_DAYS")}

    async def call(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Run a function of the store in its own thread, after those that wait there already."""
        bound = partial(function, *arguments, **options)
        return await asyncio.get_running_loop().run_in_executor(self._thread, bound)

    async def process_item(self, item: Stored) -> Stored:
        """Keep the item for the next batch."""
        if isinstance(item, Article | Refusal):
            self._items.append(item)
        else:
            self._keep_visit(item)
        if len(self._items) >= FLUSH_ITEMS or monotonic() - self._flushed_at >= FLUSH_SECONDS:
            await self.flush()
        return item

    def _keep_visit(self, item: Visit | Edit) -> None:
        visit = item if isinstance(item, Visit) else item.visit
        self._visits.append(visit)
        if isinstance(item, Edit):
            self._items.append(item.article)
        self.crawler.stats.inc_value(name(visit.outlet, "revisited"))
        if visit.outcome in ("changed", "gone"):
            self.crawler.stats.inc_value(name(visit.outlet, visit.outcome))

    def add_page(self, row: dict[str, Any]) -> None:
        """Keep a row of `page` for the next batch."""
        self._pages.append(row)

    async def flush(self) -> None:
        """Write what was kept; on an error it is kept on, and the crawl ends."""
        async with self._flushing:
            if self.store is None:
                raise RuntimeError("the store is not open")
            items, self._items = self._items, []
            pages, self._pages = self._pages, []
            visits, self._visits = self._visits, []
            self._flushed_at = monotonic()
            try:
                await self.call(self._write, self.store, pages, items, visits)
            except Exception:
                self._items = items + self._items
                self._pages = pages + self._pages
                self._visits = visits + self._visits
                self._stop()
                raise

    def _stop(self) -> None:
        """End the crawl: fetching what cannot be kept would only burden the sites."""
        if self.crawler.engine and self._stopping is None:
            self._stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="store_failed"))

    async def spider_closed(self, reason: str) -> None:
        """Write the rest and a row per outlet, settle the articles, end the run; another process may write then."""
        try:
            if self.store is not None:
                await self.flush()
                await self.call(self._end, self.store, reason)
        finally:
            if self.store is not None:
                self.archive.close()
                await self.call(self.store.close)
            self._thread.shutdown()
            self._folder.close()

    def _write(
        self, store: Store, pages: list[dict[str, Any]], items: list[Article | Refusal], visits: list[Visit]
    ) -> None:
        self.archive.sync()  # raw first, also where the power fails
        store.add_pages(pages)
        store.add(items)
        store.add_visits(visits)
        for outlet, counts in store.tally.items():
            self.crawler.stats.set_value(name(outlet, "stored"), counts["stored"])

    def _end(self, store: Store, reason: str) -> None:
        stats = by_outlet(self.crawler.stats.get_stats())
        rows = [
            crawl_row(outlet, fields, store.tally.get(outlet, Counter()), reason) for outlet, fields in stats.items()
        ]
        store.add_crawl(rows)
        store.settle()
        failed = [row["outlet"] for row in rows if row["status"] == "failed"]
        is_whole = reason == "finished" and not failed
        status: Status = "ok" if is_whole else "failed" if len(failed) == len(rows) else "partial"
        store.end_run(status, {**store.totals(), "reason": reason, "failed_outlets": failed})
        watch(store.connection, store.run_id)


class SkipStored:
    """Spider middleware: an article whose address is stored already is not fetched again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._stored: dict[str, set[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what the spider starts with, stored articles left out."""
        async for item in start:
            if not await self._is_stored(item):
                yield item

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what a callback yields, stored articles left out."""
        async for item in result:
            if not await self._is_stored(item):
                yield item

    async def _is_stored(self, item: Any) -> bool:
        if not isinstance(item, Request) or item.meta.get("kind") != "article" or "due" in item.meta:
            return False
        outlet = item.meta["outlet"]
        if outlet not in self._stored:
            pipeline = self.crawler.get_item_pipeline(StorePipeline)
            self._stored[outlet] = await pipeline.known_urls(outlet) if pipeline else set()
        return canonical(item.url, spider_of(self.crawler).outlets.get(outlet)) in self._stored[outlet]


def _originals(store: Store, past: Mapping[str, Past], now: datetime) -> list[Original]:
    return list(originals(store.connection, past, now))


def _arguments(spider: Crawling) -> dict[str, Any]:
    window = spider.window
    return {"outlets": [outlet.outlet for outlet in spider.asked], "since": window.since, "until": window.until}
