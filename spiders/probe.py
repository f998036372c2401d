"""Fetching for a probe: a few pages of many sites, with the crawl's settings, politeness, robots.txt and guard.

What is asked is written as plain coroutines (spiders/probe_outlet.py, spiders/probe_site.py) that `run_probe` runs
inside Scrapy. Nothing is archived or stored, and no address is asked twice.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from time import monotonic
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings, Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from spiders.address import host_of
from spiders.answer import Answer, Asker
from spiders.browser import is_installed, needs_browser, use_browser
from spiders.errors import StoppedError
from spiders.failure import RefusedError, refused
from spiders.outlet import LARGEST_PAGE
from spiders.reading import content_type_of
from spiders.registry import Outlet, host_index, outlet_of
from spiders.robots import RobotsGate
from spiders.stop import StopOnSignal
from spiders.telegram import is_preview

T = TypeVar("T")

SITE_SECONDS = 120.0
"""After so long a site is asked nothing more: one that crawls along must not hold up a table of two hundred."""

SETTINGS: Mapping[str, Any] = {
    "SPIDER_MIDDLEWARES": {},  # nothing is archived
    "ITEM_PIPELINES": {},  # and nothing stored
    "DOWNLOAD_TIMEOUT": 20,  # somebody waits for the answer
    "DNS_TIMEOUT": 10,
    "RETRY_TIMES": 1,
    "ODJEK_RETRY_WAIT": 3.0,
    "ODJEK_RETRY_WAIT_MAX": 10.0,
}
"""Where a probe differs from a crawl: it is impatient."""

Program = Callable[["ProbeSpider"], Awaitable[T]]


class ProbeSpider(Spider):
    """Runs one program of questions, and leaves in `outcome` what it comes to."""

    name = "probe"

    def __init__(
        self,
        outcome: "_Outcome[Any]",
        program: Program[Any],
        outlets: Iterable[Outlet],
        loopback: Iterable[str],
        on_ask: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.outlets = {outlet.outlet: outlet for outlet in outlets}
        self._outcome = outcome
        self._program = program
        self._on_ask = on_ask
        self._named_loopback = frozenset(loopback)
        self._asked: dict[str, asyncio.Task[Answer]] = {}
        self._until: dict[str, float] = {}
        self._slow_hosts: set[str] = set()
        self._know()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider as Scrapy does, with the browser where an outlet needs it and it is there."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if needs_browser(spider.outlets.values()) and is_installed():
            use_browser(crawler.settings, spider.loopback_hosts)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Name the contact address, as the crawl does."""
        super().update_settings(settings)
        if contact := settings.get("ODJEK_CONTACT"):
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (news research; {contact})", priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        """Run the program; it fetches for itself."""
        try:
            self._outcome.value = await self._program(self)
        except Exception as error:  # noqa: BLE001  Scrapy would only log it; run_probe raises it
            self._outcome.error = error
        no_requests: tuple[Request, ...] = ()
        for request in no_requests:
            yield request

    async def ask(self, url: str, kind: str, outlet: Outlet | None = None) -> Answer:
        """Fetch one address, or say why it cannot be fetched."""
        if url not in self._asked:
            self._asked[url] = asyncio.ensure_future(self._fetch(url, kind, outlet))
        return await self._asked[url]

    def is_own(self, url: str, outlet: Outlet) -> bool:
        """Whether an address belongs to the outlet."""
        is_rules = urlsplit(url).path == "/robots.txt" and urlsplit(url).netloc in outlet.hosts
        return outlet_of(url, self._hosts) == outlet.outlet or is_preview(url, outlet) or is_rules

    def admit(self, outlet: Outlet) -> None:
        """Know one more outlet from now on."""
        self.outlets[outlet.outlet] = outlet
        self._know()

    def claim(self, url: str, outlet: Outlet) -> bool:
        """No redirect is a page too many: so few are asked."""
        return True

    def _know(self) -> None:
        self._hosts = host_index(self.outlets)
        self.loopback_hosts = self._named_loopback | {
            host_of(f"http://{host}") for known in self.outlets.values() if known.allow_loopback for host in known.hosts
        }

    async def _fetch(self, url: str, kind: str, outlet: Outlet | None) -> Answer:
        name = outlet.outlet if outlet else host_of(url)
        if monotonic() > self._until.setdefault(name, monotonic() + SITE_SECONDS):
            return Answer(url, url, reason="fetch_failed", detail=f"not asked: no time left after {SITE_SECONDS:.0f} s")
        self._on_ask(url)
        request = self._request(url, kind, outlet)
        try:
            response = await self.crawler.engine.download_async(request)
            if not 200 <= response.status < 300:
                raise HttpError(response, f"status {response.status}")  # so that all refusals have one form
        except Exception as error:  # noqa: BLE001  what is no fault of the web is raised again by `refused`
            answer = _refused(error, request, name)
        else:
            answer = _answer(url, response)
        if kind == "robots":
            self._tell(answer, request)
        return answer

    def _request(self, url: str, kind: str, outlet: Outlet | None) -> Request:
        meta: dict[str, Any] = {"kind": kind, "discovered_by": ""}
        if outlet is not None:
            meta["outlet"] = outlet.outlet
        if kind in ("article", "listing"):
            meta["download_maxsize"] = min(LARGEST_PAGE, self.settings.getint("DOWNLOAD_MAXSIZE"))
        if kind == "robots":
            meta["dont_obey_robotstxt"] = True
        if urlsplit(url).netloc in self._slow_hosts:
            meta["autothrottle_dont_adjust_delay"] = True  # or it would shorten the pause again
        if host_of(url) in self.loopback_hosts:
            meta["download_slot"] = urlsplit(url).netloc  # several sites on one machine are parted by their ports
        return Request(url, meta=meta)

    def _tell(self, answer: Answer, request: Request) -> None:
        """Tell the robots gate what the host allows, and keep the pause that it asks for."""
        gate = self.crawler.get_downloader_middleware(RobotsGate)
        is_absent = answer.status is not None and 300 <= answer.status < 500 and answer.status != 429
        if gate is None or not (answer.is_good or is_absent):
            return
        for url in {answer.url, answer.final}:
            delay = gate.tell(urlsplit(url).netloc, answer.body)
            slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", host_of(url)))
            if slot is not None and delay > slot.delay:
                slot.delay = delay
                self._slow_hosts.add(urlsplit(url).netloc)


class _Outcome(Generic[T]):
    """What a program came to."""

    value: T
    error: Exception | None = None


def run_probe(
    program: Callable[[Asker], Awaitable[T]],
    settings_overrides: Mapping[str, Any],
    *,
    outlets: Iterable[Outlet] = (),
    loopback: Iterable[str] = (),
    on_ask: Callable[[str], None] = lambda _: None,
) -> T:
    """Run a program of questions and return what it comes to. Only once in a process: Twisted's limit.

    `outlets` are those whose addresses are known, `loopback` further hosts of this machine that may be asked;
    `on_ask` is told each address. Raises StoppedError where a signal came before the end.
    """
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict({**SETTINGS, **settings_overrides}, priority="cmdline")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(ProbeSpider)
    outcome: _Outcome[T] = _Outcome()
    failures: list[Failure] = []
    done = process.crawl(
        crawler,
        outcome=outcome,
        program=program,
        outlets=tuple(outlets),
        loopback=tuple(loopback),
        on_ask=on_ask,
    )
    done.addErrback(failures.append)
    with StopOnSignal(process, crawler) as stop:
        process.start(install_signal_handlers=False)
    if stop.signum is not None:
        raise StoppedError("stopped before every site had answered", stop.signum)
    if failures:
        failures[0].raiseException()
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def _answer(url: str, response: Response) -> Answer:
    text = response.text if isinstance(response, TextResponse) and len(response.body) <= LARGEST_PAGE else ""
    return Answer(url, response.url, response.status, content_type_of(response), response.body, text)


def _refused(error: Exception, request: Request, name: str) -> Answer:
    failure = Failure(error)  # type: ignore[no-untyped-call]  # Twisted's own
    vars(failure)["request"] = request
    refusal = refused(failure, name)
    response = error.response if isinstance(error, HttpError) else None
    final = response.url if response is not None else request.url
    if isinstance(error, RefusedError) and error.detail.startswith("redirects to "):
        final = error.detail.removeprefix("redirects to ").split(",")[0]
    body = response.body if response is not None else b""
    status = response.status if response is not None else None
    return Answer(request.url, final, status, "", body, reason=refusal.reason, detail=refusal.detail)
