"""OutletSpider: one spider for every web outlet. It asks, in the order that discovery decides, and hands on pages.

    scrapy crawl outlet -a outlet=NAME[,NAME…] -a since=2026-11-01 -a until=2026-11-07 -a outlets_dir=DIR

It yields `Page`, `Post`, `Refusal` and `Visit`. Responses are archived before its callbacks run, and requests of known
articles dropped after they return, by middlewares of `pipelines`; where a request may lead is spiders/guard.py's say.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from spiders import clock, crawl_stats
from spiders.address import canonical, host_of
from spiders.barrier import is_bot_check
from spiders.browser import is_installed, needs_browser, use_browser
from spiders.discovery import Discovery, Step
from spiders.errors import InputError, OdjekError
from spiders.failure import refused, request_of, status_of
from spiders.found import Entry, Found, Source, Way
from spiders.memory import NOTHING, Memory, Past
from spiders.page import Hint, Page, Window
from spiders.proxy import proxies_of
from spiders.reach import is_covered, reach_of
from spiders.reading import gone_of, page_of, posts_of, read_source, visit_of
from spiders.refusal import Refusal
from spiders.registry import Outlet, host_index, load_outlets, outlet_of
from spiders.revisit import Due, Visit, conditions, is_same, outcome_of_refusal
from spiders.robots import RobotsGate
from spiders.telegram import Post, deleted, is_preview

log = logging.getLogger(__name__)

Item = Page | Post | Refusal | Visit
Output = Iterator[Request | Item]
LARGEST_PAGE = 16 * 1024 * 1024  # bytes; the largest of 429 real pages has 2 MB
LARGE = 500_000  # bytes; a sitemap of 50,000 addresses takes a second to read, in which others would wait
WALLS = ("bot_check", "consent_page", "script_shell")  # what a whole site may show in place of its articles
_PRIORITY = {"robots": 30, "feed": 20, "sitemap": 20, "listing": 20, "article": 0, "revisit": -10}


class OutletSpider(Spider):
    """Crawls the outlets that are asked for, or all that the registry lets be crawled, in one engine."""

    name = "outlet"

    def __init__(
        self,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlets_dir: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.window = Window(_day("since", since), _day("until", until))
        if self.window.since and self.window.until and self.window.since > self.window.until:
            raise InputError(f"since={since} is after until={until}; swap them")
        self.outlets = load_outlets(Path(outlets_dir) if outlets_dir else None)
        self.asked = _chosen(self.outlets, outlet)
        self.proxied = [self.outlets[name] for name in proxies_of(self.outlets)]
        self.loopback_hosts = frozenset(
            host_of(f"http://{host}") for known in self.outlets.values() if known.allow_loopback for host in known.hosts
        )
        self.memory: Memory | None = None
        self._past: Mapping[str, Past] = {}
        self._hosts = host_index(self.outlets)
        self._slow_hosts: set[str] = set()
        self._searches: dict[str, Discovery] = {}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put the contact address into the user agent, unless the user gave a whole one."""
        super().update_settings(settings)
        if contact := settings.get("ODJEK_CONTACT"):
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (news research; {contact})", priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider as Scrapy does; the registry is that of ODJEK_OUTLETS unless outlets_dir names another."""
        kwargs.setdefault("outlets_dir", crawler.settings.get("ODJEK_OUTLETS") or None)
        try:
            spider = super().from_crawler(crawler, *args, **kwargs)
        except OdjekError as error:
            # `scrapy crawl` shows the traceback of anything else; run_crawl raises the cause.
            raise SystemExit(f"odjek: {error}") from error
        if browsed := needs_browser(spider.asked):
            if is_installed():
                use_browser(crawler.settings, spider.loopback_hosts, spider.proxied)
            else:
                log.warning("%s: fetched without a browser; pip install '.[browser]'", ", ".join(browsed))
        crawler.signals.connect(spider.count_discovered, signal=signals.request_scheduled)
        crawler.signals.connect(spider.count_item, signal=signals.item_scraped)
        crawler.signals.connect(spider.judge_outlets, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask each outlet for its robots.txt; everything else follows from there."""
        if not self.settings.get("ODJEK_CONTACT"):
            log.warning("set ODJEK_CONTACT to an address that a site can write to; this crawl names none")
        await self._recall()
        for outlet in self.asked:
            self._set(outlet.outlet, "status", "failed")
            self._set(outlet.outlet, "detail", "the crawl ended before the outlet was asked")
            url = f"{urlsplit(self._searches[outlet.outlet].front_page)._replace(path='/robots.txt').geturl()}"
            meta = {"dont_obey_robotstxt": True}
            yield self._request(
                outlet, url, "robots", callback=self.parse_robots, errback=self.robots_failed, meta=meta
            )

    def parse_robots(self, response: Response) -> Output:
        """Tell the robots gate what the host allows, and ask the first sources."""
        outlet = self._outlet(response)
        self._set(outlet.outlet, "detail", "the crawl ended before the outlet was done")
        gate = self.crawler.get_downloader_middleware(RobotsGate)
        if gate is not None:
            for url in (response.url, *response.meta.get("redirect_urls", ())):
                self._keep_delay(url, response, gate.tell(urlsplit(url).netloc, response.body))
        yield from self._begin(outlet, response.body)

    def robots_failed(self, failure: Failure) -> Output:
        """A robots.txt that is absent allows all; a host that does not answer is not crawled (RFC 9309)."""
        outlet = self.outlets[request_of(failure).meta["outlet"]]
        refusal = refused(failure, outlet.outlet)
        status = status_of(failure)
        if status is not None and 300 <= status < 500 and status != 429:
            gate = self.crawler.get_downloader_middleware(RobotsGate)
            if gate is not None:
                gate.tell(urlsplit(request_of(failure).url).netloc, b"")
            yield from self._begin(outlet, b"")
            return
        self._set(outlet.outlet, "detail", f"{refusal.reason}: {refusal.detail} ({refusal.url})")
        self._count(outlet.outlet, "failed")
        yield replace(refusal, asked_as="robots")

    def parse_channel(self, response: Response) -> Output:
        """Hand on the posts of a channel's preview, and ask for the page before it while it is of the window."""
        outlet, source = self._outlet(response), response.meta["source"]
        preview = posts_of(response, outlet)
        if preview.problem:
            self._set(outlet.outlet, "detail", f"{preview.problem} ({response.url})")
            yield Refusal(outlet.outlet, response.url, "bad_source", preview.problem, source.kind)
        if self.window.until is None:
            for url in deleted(preview, response.url, self._past.get(outlet.outlet, NOTHING).posts):
                yield gone_of(response, outlet, url)
        posts = {post.url: post for post in preview.posts}
        entries = tuple(Entry(url, Hint(None, post.published)) for url, post in posts.items())
        found = Found(entries, pages=(preview.older,) if preview.older else (), problem=preview.problem)
        step = self._searches[outlet.outlet].settle(source, found)
        for entry, way in step.entries:
            self._count_way(outlet.outlet, way)
            self._count(outlet.outlet, "fetched")
            yield posts[entry.url]
        step.entries = []
        yield from self._follow(outlet, step)

    async def parse_source(self, response: Response) -> AsyncIterator[Request | Item]:
        """Read a feed, a sitemap or a listing, and go where it leads."""
        outlet, source = self._outlet(response), response.meta["source"]
        is_own, reach = partial(self.is_own, outlet=outlet), self._searches[outlet.outlet].reach
        if len(response.body) > LARGE:
            found = await asyncio.to_thread(read_source, response, outlet, source, reach, is_own)
        else:
            found = read_source(response, outlet, source, reach, is_own)
        if found.problem and not source.is_guess:
            self._set(outlet.outlet, "detail", f"{found.problem} ({response.url})")
            reason = "bot_check" if is_bot_check(response.body) else "bad_source"
            yield Refusal(outlet.outlet, response.url, reason, found.problem, source.kind)
        for output in self._follow(outlet, self._searches[outlet.outlet].settle(source, found)):
            yield output

    def source_failed(self, failure: Failure) -> Output:
        """Count a source that gave no answer, and go on without it."""
        source: Source = request_of(failure).meta["source"]
        outlet = self.outlets[request_of(failure).meta["outlet"]]
        refusal = refused(failure, outlet.outlet)
        if not source.is_guess:
            self._set(outlet.outlet, "detail", f"{refusal.reason}: {refusal.detail} ({refusal.url})")
            self._count(outlet.outlet, "failed")
            yield replace(refusal, asked_as=source.kind)
        found = Found(problem=refusal.detail)
        yield from self._follow(outlet, self._searches[outlet.outlet].settle(source, found))

    def parse_article(self, response: Response) -> Output:
        """Hand on a page, whatever is on it; the extraction judges that."""
        outlet = self._outlet(response)
        self._count(outlet.outlet, "fetched")
        yield page_of(response, outlet)

    def article_failed(self, failure: Failure) -> Output:
        """Count an article that could not be fetched, under its reason."""
        outlet: str = request_of(failure).meta["outlet"]
        refusal = refused(failure, outlet)
        if refusal.reason in ("http_error", "fetch_failed", "blocked", "bot_check"):
            self._count(outlet, "failed")
        yield replace(refusal, asked_as="article")

    def parse_revisit(self, response: Response) -> Output:
        """Hand on the page of a stored article, unless the answer says that nothing has changed."""
        due: Due = response.meta["due"]
        outlet = self._outlet(response)
        is_moved = canonical(response.url, outlet) != due.address
        page = page_of(response, outlet)
        if response.status == 304 or (not is_moved and is_same(due, response.body)):
            yield visit_of(response.meta, due.version_id, response.status, "unchanged")
        elif isinstance(page, Refusal):
            yield visit_of(response.meta, None, response.status, "failed", f"{page.reason}: {page.detail}")
        else:
            yield replace(page, due=due)

    def revisit_failed(self, failure: Failure) -> Output:
        """Record that a stored article is gone, has moved away or could not be asked for."""
        request, status = request_of(failure), status_of(failure)
        refusal = refused(failure, request.meta["outlet"])
        outcome = outcome_of_refusal(refusal.reason, status)
        yield visit_of(request.meta, None, status, outcome, f"{refusal.reason}: {refusal.detail}")

    def is_own(self, url: str, outlet: Outlet) -> bool:
        """Whether an address belongs to the outlet: its hosts, their sub-domains that no other outlet has."""
        is_rules = urlsplit(url).path == "/robots.txt" and urlsplit(url).netloc in outlet.hosts  # of a shared host
        return outlet_of(url, self._hosts) == outlet.outlet or is_preview(url, outlet) or is_rules

    def claim(self, url: str, outlet: Outlet) -> bool:
        """Take an address for fetching; False when this crawl took it before."""
        return self._searches[outlet.outlet].claim(url)

    def count_discovered(self, request: Request) -> None:
        """Count an article when it is scheduled: after SkipStored, and not again for a retry or a redirect."""
        meta = request.meta
        is_first = not meta.get("retry_times") and not meta.get("redirect_times")
        if meta.get("kind") == "article" and is_first and "due" not in meta:
            self._count_way(meta["outlet"], meta["discovered_by"])

    def count_item(self, item: object) -> None:
        """Count a refusal, whichever stage refused."""
        if isinstance(item, Refusal):
            self._count(item.outlet, "refused")
            if item.asked_as is None and item.reason in WALLS:
                self._count(item.outlet, "walled")

    def judge_outlets(self) -> None:
        """Say for each outlet how its crawl ended."""
        counts = crawl_stats.by_outlet(self.crawler.stats.get_stats())
        for name, search in self._searches.items():
            status = crawl_stats.status_of(counts[name], found=search.found_count, answered=search.answered_count)
            self._set(name, "listed", search.found_count)
            covered_at = self._past.get(name, NOTHING).covered_at
            self._set(name, "is_covered", is_covered(self.window, covered_at, is_whole=search.is_whole))
            self._set(name, "status", status)
            if status == "ok":
                self._set(name, "detail", "")
            elif status == "empty":
                self._set(name, "detail", "no article address of the window was found")
            elif counts[name]["walled"]:
                self._set(name, "detail", f"each of {counts[name]['fetched']} pages was a wall to machines")
            elif counts[name]["discovered"]:
                self._set(name, "detail", f"none of {counts[name]['discovered']} articles could be fetched")

    async def _recall(self) -> None:
        """Learn what earlier crawls know, and so how far back to look; without a memory, only as far as was asked."""
        now, days = clock.now(), self.settings.getint("ODJEK_CATCHUP_DAYS")
        if self.memory is not None:
            self._past = await self.memory.recall([outlet.outlet for outlet in self.asked], now)
        for outlet in self.asked:
            name, reach = outlet.outlet, None
            if self.memory is not None:
                reach = reach_of(self.window, self._past.get(name, NOTHING), now, days)
                self._set(name, "since_on", reach.since)
            self._searches[name] = Discovery(outlet, self.window, partial(self.is_own, outlet=outlet), reach)

    def _begin(self, outlet: Outlet, robots: bytes) -> Output:
        """Ask the first sources, and, in a crawl up to now, what is due of the stored articles."""
        past = self._past.get(outlet.outlet, NOTHING)
        yield from self._follow(outlet, self._searches[outlet.outlet].begin(robots))
        if self.window.until is None:
            for url in past.missed:
                if self.claim(url, outlet):
                    yield self._article(outlet, Entry(url), "retry")
            for due in past.due:
                self.claim(due.address, outlet)  # what redirects there need not be followed
            for due in past.due:
                meta = {"due": due, "handle_httpstatus_list": [304]}
                request = self._request(
                    outlet, due.url, "article", self.parse_revisit, self.revisit_failed, meta=meta, way="revisit"
                )
                yield request.replace(headers=conditions(due), priority=_PRIORITY["revisit"])

    def _follow(self, outlet: Outlet, step: Step) -> Output:
        if step.outside_window:
            self._count(outlet.outlet, "outside_window", step.outside_window)
        if not self._searches[outlet.outlet].answered_count and step.is_over:
            log.warning("%s: no source of addresses could be read", outlet.outlet)
        elif self._searches[outlet.outlet].answered_count:
            self._set(outlet.outlet, "status", "ok" if self._searches[outlet.outlet].found_count else "empty")
        yield from step.refusals
        for source in step.sources:
            yield self._request(
                outlet,
                source.url,
                source.kind,
                self.parse_channel if source.way == "telegram" else self.parse_source,
                self.source_failed,
                meta={"source": source},
                way=source.way,
            )
        for entry, way in step.entries:
            yield self._article(outlet, entry, way)

    def _article(self, outlet: Outlet, entry: Entry, way: Way) -> Request:
        meta = {"hint": entry.hint}
        return self._request(outlet, entry.url, "article", self.parse_article, self.article_failed, meta=meta, way=way)

    def _request(
        self, outlet: Outlet, url: str, kind: str, callback: Any, errback: Any, *, meta: dict[str, Any], way: str = ""
    ) -> Request:
        about = {"outlet": outlet.outlet, "kind": kind, "discovered_by": way, **meta}
        if kind in ("article", "listing"):
            about["download_maxsize"] = min(LARGEST_PAGE, self.settings.getint("DOWNLOAD_MAXSIZE"))
        if outlet.allow_loopback:
            about["download_slot"] = urlsplit(url).netloc  # several outlets on one machine are parted by their ports
        if urlsplit(url).netloc in self._slow_hosts:
            about["autothrottle_dont_adjust_delay"] = True
        return Request(url, callback, errback=errback, meta=about, priority=_PRIORITY[kind])

    def _keep_delay(self, url: str, response: Response, delay: float) -> None:
        """Keep the Crawl-delay of robots.txt, where it is longer than ours, as the pause of the host."""
        slot = self.crawler.engine.downloader.slots.get(response.meta.get("download_slot", ""))
        if slot is not None and delay > slot.delay:
            slot.delay = delay
            self._slow_hosts.add(urlsplit(url).netloc)

    def _outlet(self, response: Response) -> Outlet:
        return self.outlets[response.meta["outlet"]]

    def _count(self, outlet: str, field: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(crawl_stats.name(outlet, field), by)

    def _count_way(self, outlet: str, way: str) -> None:
        self._count(outlet, "discovered")
        self._count(outlet, f"by_{way}")

    def _set(self, outlet: str, field: str, value: object) -> None:
        self.crawler.stats.set_value(crawl_stats.name(outlet, field), value)


def _day(field: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f'{field}="{text}" is not a date; write it as 2026-11-01') from error


def _chosen(outlets: dict[str, Outlet], asked: str | None) -> list[Outlet]:
    """The outlets named, in that order; without names all that may be crawled."""
    names = [name.strip() for name in (asked or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in outlets]
    if unknown:
        raise InputError(
            f'no outlet "{unknown[0]}" in the registry; `odjek outlets list` shows the {len(outlets)} names'
        )
    if names:
        return [outlets[name] for name in dict.fromkeys(names)]
    return [outlet for outlet in outlets.values() if outlet.is_crawled]
