"""The values that travel through the pipelines: a moment with its certainty, an article, a refusal."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from spiders.page import WarcRecord

Precision = Literal["minute", "day"]

REFUSALS = {
    "http_error": "the server answered with an error status",
    "fetch_failed": "no answer: connection refused, timed out or cut off",
    "robots": "robots.txt disallows the address",
    "not_html": "the response is not an HTML page",
    "list_page": "a front page, section, tag or search page: many links, no article",
    "no_text": "no article text was found on the page",
    "too_short": "the text has too few words to compare",
    "no_title": "the page has no headline",
    "outside_window": "published before or after the window that was asked for",
    "unknown_host": "the address belongs to no outlet of the registry",
    "missing_field": "an imported record lacks a field that is needed",
    "bad_field": "an imported record has a field that cannot be read",
    "duplicate": "the same address with the same text is stored already",
    "extraction_failed": "the page broke the extraction; its bytes are in the archive",
}
"""Every reason a page or a record can be refused for, with its plain meaning. No other reason is stored."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with its certainty: aware UTC; for precision "day" it is 00:00 UTC of that local calendar day."""

    at: datetime
    precision: Precision
    source: str  # json-ld, meta, time, url, feed, sitemap, import


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one address, as it will be stored as an `article_version`."""

    outlet: str
    url: str
    title: str
    text: str  # NFC, paragraphs parted by a blank line
    byline: str | None
    section: str | None
    language: str  # "sr" stands for all of Serbian, Bosnian, Croatian, Montenegrin; else ISO 639-1; "und"
    script: str  # cyrl, latn, mixed
    published: Moment | None
    modified: Moment | None
    first_seen_at: datetime  # aware, UTC
    discovered_by: str
    warc: WarcRecord | None = None

    @property
    def content_sha256(self) -> str:
        """Digest of what a reader sees: title, byline, text."""
        return hashlib.sha256("\0".join((self.title, self.byline or "", self.text)).encode()).hexdigest()

    @property
    def version_id(self) -> str:
        """16 hex digits from outlet, address and content: the same wherever and whenever it is computed."""
        key = "\0".join((self.outlet, self.url, self.content_sha256))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page or record that was not stored, and why: `reason` is a key of REFUSALS."""

    outlet: str
    url: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The publication dates that are asked for, both ends included; None is open."""

    since: date | None = None
    until: date | None = None
