"""Captures of the Wayback Machine → the page as its site sent it: address, time, links without the archive's own.

A capture saved from the browser carries a toolbar and rewritten links; one saved under `id_` carries neither. Pure;
`spiders.warc` asks. How to get captures is in docs/crawling.md.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_CAPTURE = re.compile(
    r"https?://(?:web\.archive\.org|web-beta\.archive\.org|wayback\.archive\.org)/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    rb"(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/((?:https?:|mailto:)[^\s\"'<>]*)", re.IGNORECASE
)
_INSERTS = re.compile(
    rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->"
    rb"|<script[^>]*(?:archive\.org|/_static/)[^>]*>.*?</script>"
    rb"|<link[^>]*(?:archive\.org/_static|[\"']/_static)[^>]*>"
    rb"|<!-- End Wayback Rewrite JS Include -->"
    rb"|<!--\s*(?:FILE ARCHIVED ON|playback timings).*?-->",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Capture:
    """The page that a capture is of."""

    url: str
    captured_at: datetime  # aware, UTC


def capture_of(url: str) -> Capture | None:
    """The page that an address of the Wayback Machine shows; None where it shows none."""
    found = _CAPTURE.fullmatch(url)
    if not found:
        return None
    digits, target = found.groups()
    if not re.match(r"https?://", target, re.IGNORECASE):
        target = f"http://{target}"
    padded = digits + "00000101000000"[len(digits) :]
    try:
        return Capture(target, datetime.strptime(padded, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


def without_wayback(body: bytes) -> bytes:
    """The page without the archive's toolbar and scripts, its links leading to the site again."""
    return _LINK.sub(rb"\1", _INSERTS.sub(b"", body))
