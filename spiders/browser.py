"""Pages that hold no text before their scripts run: fetched with a browser, for outlets whose file says so.

`fetcher = "browser"` of an outlet's file; needs the extra `browser` (scrapy-playwright) and a Chromium. Only articles
and listings of that outlet are opened in it. Pictures, films and fonts are not loaded, private machines not asked, and
nothing is done to look like a person: a site that asks for a proof of one is counted as `bot_check`.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Protocol, Self, cast
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from spiders.address import host_of
from spiders.failure import RefusedError
from spiders.guard import private_address
from spiders.network import is_private
from spiders.registry import Outlet

EXTRA = "scrapy_playwright"
KINDS = ("article", "listing")
UNLOADED = frozenset({"image", "media", "font"})
QUIET_SECONDS = 5.0
"""How long a page may go on loading after it is there: the text of most is there at once."""
PRIVATE = ("localhost", "*.localhost", "*.local", "*.internal", "127.*", "0.*", "10.*", "192.168.*", "169.254.*")


class Crawling(Protocol):
    """What the middleware asks of a spider."""

    outlets: Mapping[str, Outlet]
    loopback_hosts: frozenset[str]

    def is_own(self, url: str, outlet: Outlet) -> bool:
        """Whether the address is on a host of the outlet."""


def needs_browser(outlets: Iterable[Outlet]) -> list[str]:
    """The outlets that are fetched with a browser."""
    return [outlet.outlet for outlet in outlets if outlet.fetcher == "browser"]


def is_installed() -> bool:
    """Whether the extra is there."""
    return importlib.util.find_spec(EXTRA) is not None


def use_browser(settings: BaseSettings, loopback_hosts: frozenset[str], proxied: Iterable[Outlet] = ()) -> None:
    """Let Scrapy fetch with a browser what asks for it; everything else goes as before."""
    trusted = loopback_hosts | {host for outlet in proxied for host in outlet.hosts}  # what they lead to, a proxy knows
    handler = f"{EXTRA}.handler.ScrapyPlaywrightDownloadHandler"
    path = settings.get("ODJEK_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    rules = [f"MAP {host} ~NOTFOUND" for host in PRIVATE]
    # A page may lead its own requests anywhere: those that Playwright does not see, redirects, end at these names.
    arguments = [] if loopback_hosts else [f"--host-resolver-rules={', '.join(rules)}"]
    launch = {"chromium_sandbox": os.geteuid() != 0, "args": arguments, **({"executable_path": path} if path else {})}
    given = {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 1000 * settings.getint("DOWNLOAD_TIMEOUT"),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_ABORT_REQUEST": partial(_is_not_loaded, trusted),
    }
    for name, value in given.items():
        settings.set(name, value, priority="spider")


async def _is_not_loaded(trusted: frozenset[str], request: Any) -> bool:
    """Whether the browser leaves a request of a page out: pictures, and machines that a crawl may not ask."""
    host = host_of(request.url)
    if request.resource_type in UNLOADED:
        return True
    if not host or host in trusted:
        return False  # data: and blob:
    return is_private(host) or bool(await private_address(host))


async def _settle(page: Any) -> None:
    """Wait until the page has loaded what it loads, but not for ever."""
    from playwright.async_api import TimeoutError as PlaywrightTimeoutError

    try:
        await page.wait_for_load_state("networkidle", timeout=1000 * QUIET_SECONDS)
    except PlaywrightTimeoutError:
        return  # it never stops: what is there is taken


class BrowserGate:
    """Downloader middleware: which requests a browser makes, and what of its answers is let in."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_ready = is_installed()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Mark a request of an outlet that needs a browser."""
        outlet = self._outlet(request)
        if not self._is_ready or outlet is None or outlet.fetcher != "browser" or request.meta["kind"] not in KINDS:
            return
        from scrapy_playwright.page import PageMethod

        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)  # a browser shows nothing for "not modified"
        meta = request.meta
        meta["playwright"] = True
        meta["playwright_context"] = outlet.outlet
        meta["playwright_page_methods"] = [PageMethod(_settle)]
        if proxy := meta.get("proxy"):
            meta["playwright_context_kwargs"] = {"proxy": _proxy(proxy)}
            meta["proxy"] = None  # else Scrapy would add the login to the headers, which the browser sends to the site

    async def process_response(self, request: Request, response: Response) -> Response:
        """Let an answer in where the browser ended on a page of the outlet: it follows redirects by itself."""
        outlet = self._outlet(request)
        if "playwright" in response.flags and outlet is not None:
            spider = cast("Crawling", self._crawler.spider)
            if not spider.is_own(response.url, outlet):
                reason = "private_address" if is_private(host_of(response.url)) else "off_site"
                raise RefusedError(reason, f"leads to {response.url}")
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Turn what a browser complains of into a counted refusal."""
        if request.meta.get("playwright") and type(exception).__module__.startswith("playwright."):
            raise RefusedError("fetch_failed", f"the browser: {str(exception).splitlines()[0][:160]}") from exception

    def _outlet(self, request: Request) -> Outlet | None:
        spider = cast("Crawling", self._crawler.spider)
        return spider.outlets.get(request.meta.get("outlet", ""))


def _proxy(address: str) -> dict[str, str]:
    """A proxy as Playwright takes it."""
    parts = urlsplit(address)
    login = {"username": unquote(parts.username), "password": unquote(parts.password or "")} if parts.username else {}
    return {"server": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", **login}
