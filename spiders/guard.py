"""Where a request may lead: to the outlet's own hosts, to public machines, and to no page twice.

A downloader middleware, because it must see redirects before they are followed. A request that may not go on ends as an
`IgnoreRequest` that carries the reason; the spider turns it into a refusal. What robots.txt says is asked in
spiders/robots.py.
"""

import asyncio
import socket
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from spiders.address import canonical, host_of
from spiders.network import is_private
from spiders.registry import Outlet


class RefusedError(IgnoreRequest):  # type: ignore[misc]  # scrapy is untyped for mypy here
    """A request that was not sent, with the reason of its refusal."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Guard:
    """Stops requests that lead off the outlet, to the front page, to a private machine, or to a page fetched already."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._private: dict[str, asyncio.Task[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RefusedError."""
        outlet = self.crawler.spider.outlets.get(request.meta.get("outlet"))
        if outlet is None:
            # The robots middleware asks on its own for hosts that no outlet names first: a service of feeds, a twin.
            await self._refuse_private(request, is_allowed=host_of(request.url) in self.crawler.spider.loopback_hosts)
            return
        await self._refuse_private(request, is_allowed=outlet.allow_loopback and self._is_own(request.url, outlet))
        if "redirect_urls" in request.meta:
            self._refuse_detour(request, outlet)

    def _is_own(self, url: str, outlet: Outlet) -> bool:
        return bool(self.crawler.spider.is_own(url, outlet))

    def _refuse_detour(self, request: Request, outlet: Outlet) -> None:
        first, url, kind = request.meta["redirect_urls"][0], request.url, request.meta["kind"]
        is_feed_service = kind == "feed" and host_of(url) in outlet.foreign_feed_hosts
        if not self._is_own(url, outlet) and not is_feed_service:
            raise RefusedError("off_site", f"redirects to {url}")
        if kind != "article":
            return
        if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
            raise RefusedError("front_page", f"redirects to {url}")
        is_same = canonical(url, outlet) in {canonical(past, outlet) for past in request.meta["redirect_urls"]}
        if not is_same and not self.crawler.spider.claim(url, outlet):
            raise RefusedError("duplicate", f"{first} redirects to {url}, which this crawl fetches too")

    async def _refuse_private(self, request: Request, *, is_allowed: bool) -> None:
        if is_allowed:
            return
        host = host_of(request.url)
        if is_private(host):
            raise RefusedError("private_address", f"{host} is this machine or a private network")
        if request.meta.get("proxy"):
            return  # the proxy resolves the name
        if host not in self._private:
            self._private[host] = asyncio.ensure_future(_private_address(host))
        if address := await self._private[host]:
            raise RefusedError("private_address", f"{host} resolves to {address}")


async def _private_address(host: str) -> str:
    """The first private address that a name resolves to; empty where there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ""  # the download fails on its own, and says why
    return next((str(info[4][0]) for info in found if is_private(str(info[4][0]))), "")
