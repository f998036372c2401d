"""RSS, Atom, RDF and JSON feeds → the articles they name: bytes in, values out, nothing fetched.

Broken XML is read as far as it goes. Which feeds are asked, and whether an address is wanted, is discovery's business.
"""

import io
import json
import re
from typing import Any
from xml.sax import SAXException  # nothing is parsed with it

import feedparser

from spiders.address import joined
from spiders.found import Entry, Found
from spiders.page import Hint
from spiders.wordpress import read_posts

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]+)", re.IGNORECASE)
_HTML = re.compile(rb"^(?:\s|<!--.*?-->)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE | re.DOTALL)


def read_feed(body: bytes, url: str, content_type: str = "") -> Found:
    """The entries of one feed, in its order; `url` is the feed's own address, for links that are relative."""
    if not body.strip():
        return Found(problem="the feed is empty")
    if is_html(body):
        return Found(problem="an HTML page was served instead of a feed")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json(body, url)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
        return read_posts(body, url)
    parsed = feedparser.parse(
        io.BytesIO(decoded(body, content_type).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        reason = " ".join(str(parsed.get("bozo_exception", "no element of a feed in it")).split())
        return Found(problem=f"not a feed: {reason}")
    entries = tuple(entry for item in parsed.entries if (entry := _entry(item, url, parsed.version)))
    if not entries and isinstance(parsed.get("bozo_exception"), SAXException):
        return Found(problem=f"broken before its first entry: {' '.join(str(parsed.bozo_exception).split())}")
    return Found(entries=entries)


def is_html(body: bytes) -> bool:
    """Whether the bytes are an HTML page, whatever the server calls them."""
    return bool(_HTML.match(body[:4096].removeprefix(b"\xef\xbb\xbf")))


def decoded(body: bytes, content_type: str) -> str:
    """The text of an XML document: UTF-8 where it is valid, else as declared, else as Windows wrote Latin Serbian."""
    declared = [found[1].decode("ascii", "replace") for found in [_DECLARED.match(body)] if found]
    declared += [found[1] for found in [_CHARSET.search(content_type)] if found]
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = ["utf-16"]
    for encoding in ("utf-8-sig", *declared):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("windows-1250", "replace")


def _entry(item: Any, base: str, version: str) -> Entry | None:
    link = item.get("feedburner_origlink") or item.get("link")
    if not link:
        return None
    published = item.get("published")
    updated = item["updated"] if "updated" in item else None  # noqa: SIM401  .get() answers with `published`, and warns
    if not published and not version.startswith("atom"):
        published = updated  # dc:date of RSS and RDF
    return Entry(joined(base, link), Hint(_clean(item.get("title")), published or None, updated or None))


def _read_json(body: bytes, url: str) -> Found:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Found(problem=f"not a feed: JSON that cannot be read ({error})")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Found(problem="not a feed: JSON without the items of a JSON feed")
    entries = []
    for item in items:
        link = isinstance(item, dict) and (item.get("url") or item.get("external_url"))
        if not isinstance(link, str):
            continue
        published, modified = (
            str(item[name]) if item.get(name) else None for name in ("date_published", "date_modified")
        )
        entries.append(Entry(joined(url, link), Hint(_clean(item.get("title")), published, modified)))
    return Found(entries=tuple(entries))


def _clean(title: object) -> str | None:
    return " ".join(str(title).split()) or None if title else None
