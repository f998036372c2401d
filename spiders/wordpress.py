"""The list of posts that WordPress gives as JSON: its address for a span of days, and what it says. Nothing fetched.

The front page of a WordPress site announces its interface (`<link rel="https://api.w.org/">`). It lists every post with
its time, 100 to a page, and so reaches back further than any feed. https://developer.wordpress.org/rest-api/
"""

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from spiders.found import Entry, Found
from spiders.page import Hint, Window

RELATION = "https://api.w.org/"
PAGE_SIZE = 100  # the most that WordPress gives
FIELDS = "link,date_gmt,modified_gmt,title"
_MARKUP = re.compile(r"<[^>]+>")


def posts_address(interface: str, window: Window) -> str:
    """Where the posts of a window are listed, the newest first, with a day on both sides for the zones of the earth."""
    base = interface if "?" in interface else interface.rstrip("/") + "/"  # ?rest_route=/ where addresses are plain
    asked: dict[str, str] = {"per_page": str(PAGE_SIZE), "_fields": FIELDS}
    if window.since:
        asked["after"] = f"{window.since - timedelta(days=1)}T00:00:00"
    if window.until:
        asked["before"] = f"{window.until + timedelta(days=2)}T00:00:00"
    sign = "&" if "?" in base else "?"
    return f"{base}wp/v2/posts{sign}{urlencode(asked, safe=',:')}"


def read_posts(body: bytes, url: str) -> Found:
    """The posts that one page lists, and the next page where this one is full."""
    try:
        posts = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Found(problem=f"not a list of posts: JSON that cannot be read ({error})")
    if not isinstance(posts, list):
        return Found(problem="not a list of posts")
    entries = tuple(entry for post in posts if isinstance(post, dict) and (entry := _entry(post, url)))
    if posts and not entries:
        return Found(problem="not a list of posts: JSON without their links")
    pages = (_next(url),) if len(posts) >= PAGE_SIZE else ()
    return Found(entries=entries, pages=pages, is_complete=True)


def _entry(post: dict[str, object], url: str) -> Entry | None:
    link, title = post.get("link"), post.get("title")
    if not isinstance(link, str):
        return None
    rendered = title.get("rendered") if isinstance(title, dict) else title
    words = " ".join(_MARKUP.sub("", unescape(str(rendered or ""))).split())
    return Entry(urljoin(url, link.strip()), Hint(words or None, _utc(post, "date_gmt"), _utc(post, "modified_gmt")))


def _utc(post: dict[str, object], field: str) -> str | None:
    """WordPress writes these times in UTC, without saying so."""
    stated = post.get(field)
    return f"{stated}Z" if isinstance(stated, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}", stated) else None


def _next(url: str) -> str:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    asked["page"] = str(int(asked["page"]) + 1 if asked.get("page", "").isdigit() else 2)
    return urlunsplit(parts._replace(query=urlencode(asked, safe=",:/")))
