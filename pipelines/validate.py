"""Is this an article, long enough and of the asked dates? One function per question, each answer a refusal's reason.

Works on plain values; `pipelines.extract` asks. What the reasons mean to a reader is in `spiders.refusal`.
"""

import re
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipelines.article import Moment
from spiders.page import Window

LEAST_WORDS = 25
"""Fewer words cannot be told from a caption or a teaser, and hold no phrase that only copying explains."""

_WORD = re.compile(r"\w+")
_LIST_ADDRESS = re.compile(
    r"/(?:tags?|tagovi|category|categories|kategorij[ae]|rubrik[ae]|autori?|authors?|archive|arhiva|search|pretraga|page|strana)/[^/]*/?$"
    r"|[?&](?:s|q|search|page|paged|strana)=",
)


def word_count(text: str) -> int:
    """Words of a text: runs of letters and figures."""
    return len(_WORD.findall(text))


def is_list_address(url: str) -> bool:
    """Front pages, tags, categories, authors, archives and searches, by the address alone."""
    parts = urlsplit(url)
    return parts.path in ("", "/") or bool(_LIST_ADDRESS.search(f"{parts.path}?{parts.query}"))


def is_outside(published: Moment | None, window: Window, timezone_name: str) -> bool:
    """Published on a day before or after the window, as days are counted where the outlet is; unknown is inside."""
    if published is None:
        return False
    day = local_day(published, timezone_name)
    return (window.since is not None and day < window.since) or (window.until is not None and day > window.until)


def local_day(published: Moment, timezone_name: str) -> date:
    """Calendar day of publication where the outlet is."""
    at = published.at
    return at.date() if published.precision == "day" else at.astimezone(ZoneInfo(timezone_name)).date()
