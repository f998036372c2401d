"""Where a request may lead: to the outlet's own hosts, to public machines, and to no page twice.

A downloader middleware, because it must see redirects before they are followed. A request that may not go on ends as a
`RefusedError`, which the spider turns into a refusal. What robots.txt says is asked in spiders/robots.py.
"""

import asyncio
import re
import socket
from collections.abc import Mapping
from typing import Protocol, Self, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.address import canonical, host_of
from spiders.failure import RefusedError
from spiders.network import is_private
from spiders.registry import Outlet

_FRONT_PAGE = re.compile(r"/*(?:(?:index|default|home|naslovna)(?:\.\w{3,5})?/?)?", re.IGNORECASE)


class Crawling(Protocol):
    """What the guard asks of a spider."""

    outlets: Mapping[str, Outlet]
    loopback_hosts: frozenset[str]

    def is_own(self, url: str, outlet: Outlet) -> bool:
        """Whether the address is on a host of the outlet."""

    def claim(self, url: str, outlet: Outlet) -> bool:
        """Take an address for fetching; False when it was taken before."""


class Guard:
    """Stops requests that lead off the outlet, to its front page, to a private machine, or to a page twice."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._proxies = getproxies()
        self._private: dict[str, asyncio.Task[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RefusedError."""
        spider = cast("Crawling", self._crawler.spider)
        outlet = spider.outlets.get(request.meta.get("outlet", ""))
        host = host_of(request.url)
        if outlet is None:  # robots.txt of a host that the spider did not ask first: a feed service, a twin
            is_loopback = host in spider.loopback_hosts
        else:
            is_loopback = outlet.allow_loopback and spider.is_own(request.url, outlet)
        if is_private(host) and not is_loopback:
            raise RefusedError("private_address", f"{host} is this machine or a private network")
        if outlet is not None and "redirect_urls" in request.meta:
            self._refuse_detour(request, outlet, spider)
        if not is_loopback and not self._is_proxied(request, host):
            await self._refuse_resolved(host)

    def _refuse_detour(self, request: Request, outlet: Outlet, spider: Crawling) -> None:
        first, url, kind = request.meta["redirect_urls"][0], request.url, request.meta["kind"]
        is_feed_service = kind == "feed" and host_of(url) in outlet.foreign_feed_hosts
        if not spider.is_own(url, outlet) and not is_feed_service:
            raise RefusedError("off_site", f"redirects to {url}")
        if kind != "article":
            return
        parts = urlsplit(canonical(url, outlet))
        if _FRONT_PAGE.fullmatch(parts.path) and not parts.query:
            raise RefusedError("front_page", f"redirects to {url}")
        is_same = canonical(url, outlet) in {canonical(past, outlet) for past in request.meta["redirect_urls"]}
        if not is_same and not spider.claim(url, outlet):
            raise RefusedError("duplicate", f"{first} redirects to {url}, which this crawl fetches too")

    def _is_proxied(self, request: Request, host: str) -> bool:
        """Whether a proxy fetches it, and so resolves the name: Scrapy's proxy middleware asks the same."""
        if "proxy" in request.meta:
            return request.meta["proxy"] is not None
        return urlsplit(request.url).scheme in self._proxies and not proxy_bypass(host)

    async def _refuse_resolved(self, host: str) -> None:
        if host not in self._private:
            self._private[host] = asyncio.ensure_future(private_address(host))
        if address := await self._private[host]:
            raise RefusedError("private_address", f"{host} resolves to {address}")


async def private_address(host: str) -> str:
    """The first private address that a name resolves to; empty where there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ""  # the download fails on its own, and says why
    return next((str(info[4][0]) for info in found if is_private(str(info[4][0]))), "")
