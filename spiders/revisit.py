"""Visiting a stored article again: what is asked, and what the answer says of it. Values and decisions, no network.

Which addresses are due is computed from the store (pipelines/due.sql) and told to the spider through spiders/memory.py.
Whether a text has changed is seen only after extraction (`pipelines.revisited`); all else is seen from the answer.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["unchanged", "changed", "moved", "gone", "failed"]
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Due:
    """One stored address that is to be visited again, with what its last answer said of itself."""

    address: str  # as stored, canonical
    url: str  # as it was fetched
    version_id: str  # the text it carried when last seen
    due_at: datetime  # aware, UTC
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a stored address answered when it was visited again."""

    outlet: str
    url: str
    version_id: str | None  # the text it carries now; None where it carries none that could be read
    due_at: datetime
    visited_at: datetime
    http_status: int | None
    outcome: Outcome
    detail: str = ""
    warc_file: str | None = None  # where the archive holds the answer
    warc_offset: int | None = None


def conditions(due: Due) -> dict[str, str]:
    """The headers that let a site answer "not modified" instead of sending the page again."""
    headers = {"If-None-Match": due.etag, "If-Modified-Since": due.last_modified}
    return {name: value for name, value in headers.items() if value}


def is_same(due: Due, body: bytes) -> bool:
    """Whether the page is byte for byte the one that was seen before, so that its text need not be read."""
    return due.sha256 is not None and hashlib.sha256(body).hexdigest() == due.sha256


def outcome_of_refusal(reason: str, status: int | None) -> Outcome:
    """What it means that the address gave no page: it is gone, leads elsewhere, or this visit failed."""
    if status in GONE or reason == "front_page":
        return "gone"
    return "moved" if reason in ("off_site", "duplicate") else "failed"
