"""Which reader reads a source: one place that knows feeds, sitemaps and listings apart. Pure but for the response."""

from collections.abc import Callable

from scrapy.http import Response, TextResponse

from spiders.feed import read_feed
from spiders.found import Found, Source
from spiders.listing import read_listing
from spiders.page import Window
from spiders.registry import Outlet
from spiders.sitemap import read_sitemap


def content_type_of(response: Response) -> str:
    """The Content-Type header; empty where there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def read_source(
    response: Response, outlet: Outlet, source: Source, window: Window, is_own: Callable[[str], bool]
) -> Found:
    """What a feed, a sitemap or a listing of the outlet says."""
    content_type = content_type_of(response)
    if source.kind == "feed":
        return read_feed(response.body, response.url, content_type)
    if source.kind == "sitemap":
        return read_sitemap(response.body, response.url, window, content_type)
    if not isinstance(response, TextResponse):
        return Found(problem=f"not an HTML page but {content_type or 'without Content-Type'}")
    return read_listing(response.text, response.url, outlet, is_own)
