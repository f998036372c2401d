"""The proxy of each outlet that has one: of its file, or of the environment, where a password may stand.

Some outlets cannot be reached from everywhere: the EU has RT and Sputnik blocked. `ODJEK_PROXY_RT_BALKAN` is the proxy
of `rt-balkan`, and goes before its file. Every request of the outlet takes it, robots.txt too; nothing else changes:
pauses and refusals are the same. The proxy resolves the names, so the guard can judge a host only by its spelling.
"""

import os
from collections.abc import Mapping
from typing import Protocol, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.errors import InputError
from spiders.outlet_fields import FieldError, proxy_address
from spiders.registry import Outlet, host_index, outlet_of


class Crawling(Protocol):
    """What the middleware asks of a spider."""

    outlets: Mapping[str, Outlet]


def proxies_of(outlets: Mapping[str, Outlet], environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Outlet → address of its proxy, with its login if it has one; InputError where a variable holds none."""
    found: dict[str, str] = {}
    for name, outlet in outlets.items():
        variable = f"ODJEK_PROXY_{name.upper().replace('-', '_')}"
        stated = environment.get(variable)
        try:
            proxy = proxy_address(stated) if stated else outlet.proxy
        except FieldError as error:
            raise InputError(f"{variable}: {error}") from error
        if proxy:
            found[name] = proxy
    return found


class OutletProxy:
    """Downloader middleware: gives each request of an outlet its proxy. Scrapy's own sends it there."""

    def __init__(self, crawler: Crawler) -> None:
        spider = cast("Crawling", crawler.spider)
        self._proxies = proxies_of(spider.outlets)
        self._hosts = host_index([outlet for name, outlet in spider.outlets.items() if name in self._proxies])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Name the proxy, where the request's outlet has one; robots.txt of a twin host names no outlet."""
        if not self._proxies:
            return
        outlet = request.meta.get("outlet") or outlet_of(request.url, self._hosts)
        if proxy := self._proxies.get(outlet or ""):
            request.meta["proxy"] = proxy
