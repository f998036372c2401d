"""What a response holds: which reader reads a source, the page of an article, the posts of a channel, a visit.

Between Scrapy's responses and the plain values of the readers; which address is asked is not decided here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from scrapy.http import Response, TextResponse

from spiders import clock
from spiders.address import canonical
from spiders.feed import is_html, read_feed
from spiders.found import Found, Source
from spiders.listing import read_listing
from spiders.page import Hint, Page, WarcRecord
from spiders.reach import Reach
from spiders.refusal import Refusal
from spiders.registry import Outlet
from spiders.revisit import Due, Outcome, Visit
from spiders.sitemap import read_sitemap
from spiders.telegram import Preview, read_preview


def content_type_of(response: Response) -> str:
    """The Content-Type header; empty where there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def read_source(
    response: Response, outlet: Outlet, source: Source, reach: Reach, is_own: Callable[[str], bool]
) -> Found:
    """What a feed, a sitemap or a listing of the outlet says."""
    content_type = content_type_of(response)
    if source.kind == "feed":
        return read_feed(response.body, response.url, content_type)
    if source.kind == "sitemap":
        return read_sitemap(response.body, response.url, reach.searched, content_type, reach.wanted.since)
    if not isinstance(response, TextResponse):
        return Found(problem=f"not an HTML page but {content_type or 'without Content-Type'}")
    return read_listing(response.text, response.url, outlet, is_own)


def posts_of(response: Response, outlet: Outlet) -> Preview:
    """What the preview of a channel shows."""
    if not isinstance(response, TextResponse):
        return Preview(problem=f"not an HTML page but {content_type_of(response) or 'without Content-Type'}")
    return read_preview(response.text, response.url, outlet, _fetched_at(response), response.meta.get("warc"))


def page_of(response: Response, outlet: Outlet) -> Page | Refusal:
    """The page of an article, or a refusal where it is none."""
    content_type = content_type_of(response)
    if "html" not in content_type.lower() and not is_html(response.body):
        return Refusal(outlet.outlet, response.url, "not_html", content_type or "no Content-Type")
    return Page(
        url=canonical(response.url, outlet),
        outlet=outlet.outlet,
        body=response.body,
        content_type=content_type,
        fetched_at=_fetched_at(response),
        discovered_by=response.meta["discovered_by"],
        hint=response.meta.get("hint", Hint()),
        warc=response.meta.get("warc"),
    )


def visit_of(
    meta: dict[str, Any], version_id: str | None, status: int | None, outcome: Outcome, detail: str = ""
) -> Visit:
    """The row of a visit that needs no extraction; `meta` is that of its request."""
    due: Due = meta["due"]
    warc: WarcRecord | None = meta.get("warc") if status else None
    where = (warc.file, warc.offset) if warc else (None, None)
    return Visit(meta["outlet"], due.address, version_id, due.due_at, clock.now(), status, outcome, detail, *where)


def gone_of(response: Response, outlet: Outlet, url: str) -> Visit:
    """The row of a stored post that a channel's preview shows no longer."""
    at, warc = _fetched_at(response), response.meta.get("warc")
    where = (warc.file, warc.offset) if warc else (None, None)
    detail = "the channel no longer shows it among its posts"
    return Visit(outlet.outlet, url, None, at, at, response.status, "gone", detail, *where)


def _fetched_at(response: Response) -> datetime:
    """The time that the archive keeps for the response."""
    at: datetime = response.meta.get("fetched_at") or clock.now()
    return at
