"""What spiders hand to the pipelines: one fetched page with what was known of it before it was opened."""

from dataclasses import dataclass
from datetime import date, datetime

from spiders.revisit import Due


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """Where the bytes of a response lie: file name inside the archive folder, byte offset, payload SHA-256."""

    file: str
    offset: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What a feed, sitemap or listing said of an article. Trusted less than the page itself."""

    title: str | None = None
    published: str | None = None  # as written there; parsed by pipelines.dates
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One response that should hold one article. `url` is the final address, `body` the bytes as decoded by HTTP."""

    url: str
    outlet: str
    body: bytes
    content_type: str
    fetched_at: datetime  # aware, UTC
    discovered_by: str  # feed, sitemap, alternate, listing, revisit, import
    hint: Hint = Hint()
    warc: WarcRecord | None = None
    due: Due | None = None  # set where a stored article is visited again
    requested_url: str | None = None  # of an imported page: what was asked for, where that led here


@dataclass(frozen=True, slots=True)
class Window:
    """The publication dates that are asked for, both ends included; None is open."""

    since: date | None = None
    until: date | None = None
