"""The values that travel through the pipelines: a moment with its certainty, an article."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from spiders.link import Link
from spiders.page import WarcRecord

Precision = Literal["minute", "day"]


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
    links: tuple[Link, ...] = ()  # where the text leads

    @property
    def content_sha256(self) -> str:
        """Digest of what a reader sees: title, byline, text."""
        return hashlib.sha256("\0".join((self.title, self.byline or "", self.text)).encode()).hexdigest()

    @property
    def version_id(self) -> str:
        """16 hex digits from outlet, address and content: the same wherever and whenever it is computed."""
        key = "\0".join((self.outlet, self.url, self.content_sha256))
        return hashlib.sha256(key.encode()).hexdigest()[:16]
