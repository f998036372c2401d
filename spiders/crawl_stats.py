"""What a crawl counts for each outlet, under the names that the store and the progress display read.

odjek/<outlet>/discovered       article addresses of the window, those stored before left out
odjek/<outlet>/by_<way>         of these, how many were found each way
odjek/<outlet>/listed           article addresses of the window, those stored before included
odjek/<outlet>/fetched          articles fetched with status 200
odjek/<outlet>/refused          refusals, of pages and of sources
odjek/<outlet>/walled           of these, pages that show a wall to machines in place of the article
odjek/<outlet>/failed           requests that got no usable answer
odjek/<outlet>/stored           written by the store
odjek/<outlet>/revisited        stored addresses visited again; of these /changed and /gone
odjek/<outlet>/outside_window   addresses not fetched, as their dates lie outside the window
odjek/<outlet>/status, /detail  ok, empty or failed, and why in one line
"""

from collections.abc import Mapping
from typing import Any

COUNTS = (
    "listed",
    "discovered",
    "fetched",
    "refused",
    "walled",
    "failed",
    "stored",
    "outside_window",
    "revisited",
    "changed",
    "gone",
)


def name(outlet: str, field: str) -> str:
    """The name of one count in Scrapy's stats."""
    return f"odjek/{outlet}/{field}"


def by_outlet(stats: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Scrapy's stats → outlet → field → value; counts that never rose are 0."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in stats.items():
        prefix, _, rest = key.partition("/")
        outlet, _, field = rest.rpartition("/")
        if prefix == "odjek" and outlet:
            found.setdefault(outlet, dict.fromkeys(COUNTS, 0))[field] = value
    return found


def status_of(counts: Mapping[str, Any], *, found: int, answered: int) -> str:
    """How a crawl of one outlet ended: `found` addresses of the window, `answered` sources that could be read."""
    is_closed = counts["discovered"] and counts["failed"] and not counts["fetched"]  # robots.txt is no failure
    is_walled = counts["fetched"] and counts["walled"] >= counts["fetched"]
    if not answered or is_closed or is_walled:
        return "failed"
    return "ok" if found else "empty"
