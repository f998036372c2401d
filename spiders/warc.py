"""WARC files → pages, as a crawl would have fetched them: the responses of status 200 that hold HTML.

`odjek import` archives and extracts them (pipelines.warc_import); nothing is written here. `spiders.warc_file` finds
the records, `spiders.http_message` reads them, `spiders.wayback` tells what a capture of the Wayback Machine is of.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from spiders import asked
from spiders.address import host_of, is_web
from spiders.asked import Asked
from spiders.errors import InputError
from spiders.feed import is_html
from spiders.http_message import Message, MessageError, read_message
from spiders.page import Hint, Page, WarcRecord
from spiders.refusal import Refusal
from spiders.registry import outlet_of
from spiders.warc_file import Fields, Record, read_record, read_records
from spiders.wayback import capture_of, without_wayback

SAME_PAYLOAD = "identical-payload-digest"

Payloads = dict[str, tuple[Path, int, str]]
"""Where payloads lie whose digest was read: file, byte, address. Later records may refer to them."""
_Fault = tuple[str, str]


def read_pages(
    path: Path, index: Mapping[str, str], known_hosts: bool = False, payloads: Payloads | None = None
) -> Iterator[Page | Refusal]:
    """The pages of a WARC file, in its order; `index` is `registry.host_index`.

    A page of an unknown host has the host as its outlet; `known_hosts` passes over it instead, almost unread. Files of
    one import share `payloads`. A page's `warc` is where it stands in this file. At the end InputError where the file
    breaks off or is no WARC file.
    """
    payloads = {} if payloads is None else payloads
    is_known = _known(index) if known_hosts else is_web
    for record in read_records(path, partial(_is_wanted, is_known)):
        reader = _Reader(path, record, index, payloads)
        if (found := reader.read()) is not None:
            yield found


def _is_wanted(is_known: Callable[[str], bool], fields: Fields) -> bool:
    if fields.get("warc-type") not in ("response", "resource", "revisit"):
        return False
    url = _target(fields)
    capture = capture_of(url) if "archive.org/web/" in url else None
    return is_known(capture.url if capture else url)


def _known(index: Mapping[str, str]) -> Callable[[str], bool]:
    """Whether an address is of a registered outlet; hosts that are of none are not looked up twice."""
    hosts = {key.partition("/")[0] for key in index}

    @lru_cache(maxsize=65536)
    def may_be(netloc: str) -> bool:
        host = netloc.rpartition("@")[2].lower()
        bare = host.partition(":")[0]
        names = (bare.split(".", cut)[-1] for cut in range(bare.count(".") + 1))
        return host in hosts or any(name in hosts for name in names) or not host.isascii()

    def is_known(url: str) -> bool:
        netloc = url.partition("://")[2].partition("/")[0].partition("?")[0]
        return may_be(netloc) and is_web(url) and _outlet_of(url, index) is not None

    return is_known


def _outlet_of(url: str, index: Mapping[str, str]) -> str | None:
    """The outlet of an address; the preview of a channel (t.me/s/NAME) is the channel's."""
    found = outlet_of(url, index)
    return outlet_of(url.replace("/s/", "/", 1), index) if found is None and "/s/" in url else found


def _target(fields: Fields) -> str:
    return fields.get("warc-target-uri", "").strip("<> ")


class _Reader:
    """One record on its way to a page."""

    def __init__(self, path: Path, record: Record, index: Mapping[str, str], payloads: Payloads) -> None:
        self._path, self._record, self._payloads = path, record, payloads
        self._fields = record.fields
        self._kind = self._fields.get("warc-type", "")
        self._url = _target(self._fields)
        self._capture = capture_of(self._url)
        if self._capture:
            self._url = self._capture.url
        self._asked = asked.from_json(self._fields.get(asked.FIELD.lower(), ""))
        self._outlet = (_outlet_of(self._url, index) or host_of(self._url).removeprefix("www.")) if self._url else ""

    def read(self) -> Page | Refusal | None:
        """The page, or why there is none; None for what holds no page and is none that is lost."""
        if self._record.fault:
            return self._refusal("bad_field", f"byte {self._record.offset}: {self._record.fault}")
        if self._asked and not _is_page(self._asked):
            return None
        message = read_message(self._record.block)
        if self._kind == "revisit":
            return self._revisit(message)
        if fault := self._fault(message):
            return self._refusal(*fault)
        return self._page(message)

    def _fault(self, message: Message | None) -> _Fault | None:
        """Reason and detail of what is wrong before the body is read."""
        if message is None and self._kind != "resource":
            return "bad_field", "a response without HTTP headers"
        status = message.status if message else (self._asked and self._asked.status) or 200
        if status != 200:
            return "http_error", f"status {status}"
        if cut := self._fields.get("warc-truncated"):
            return "fetch_failed", f"cut off when it was archived ({cut[:40]})"
        return None

    def _page(self, message: Message | None) -> Page | Refusal:
        self._keep()
        content_type = (message.headers if message else self._fields).get("content-type", "")
        fetched_at = self._capture.captured_at if self._capture else _instant(self._fields.get("warc-date"))
        try:
            body = message.body() if message else self._record.block
        except MessageError as error:
            return self._refusal("fetch_failed" if "cut off" in str(error) else "not_html", str(error))
        if fetched_at is None:
            return self._refusal("bad_field", "WARC-Date is no time")
        if "html" not in content_type.lower() and not is_html(body):
            return self._refusal("not_html", content_type or "no Content-Type")
        if self._capture:
            body = without_wayback(body)
        way, hint = (self._asked.discovered_by, self._asked.hint) if self._asked else ("", Hint())
        where = WarcRecord(self._path.name, self._record.offset, hashlib.sha256(body).hexdigest())
        asked_url = self._asked.requested_url if self._asked else None
        if self._capture:
            asked_url = _target(self._fields)
        return Page(
            self._url,
            self._outlet,
            body,
            content_type,
            fetched_at,
            way or "import",
            hint,
            where,
            requested_url=asked_url,
        )

    def _keep(self) -> None:
        """Remember where the payload lies, for records that refer to it."""
        if digest := self._fields.get("warc-payload-digest"):
            self._payloads.setdefault(digest, (self._path, self._record.offset, self._url))

    def _revisit(self, message: Message | None) -> Page | Refusal | None:
        """The page whose bytes were archived before, under another address; of the same address nothing is new."""
        if SAME_PAYLOAD not in self._fields.get("warc-profile", ""):
            return None  # the site said that nothing had changed
        if message and message.status != 200:
            return self._refusal("http_error", f"status {message.status}")
        known = self._payloads.get(self._fields.get("warc-payload-digest", ""))
        if known is None:
            original = self._fields.get("warc-refers-to-target-uri", "an earlier page")
            return self._refusal("not_archived", f"its bytes are those of {original[:200]}, in another file")
        path, offset, url = known
        if url == self._url:
            return None
        try:
            original_message = read_message(read_record(path, offset).block)
        except InputError as error:
            return self._refusal("not_archived", str(error))
        return self._page(original_message)

    def _refusal(self, reason: str, detail: str) -> Refusal:
        url = self._url or f"{self._path.name}:{self._record.offset}"
        return Refusal(self._outlet, url, reason, f"{self._path.name}: {detail}")


def _is_page(known: Asked) -> bool:
    """Whether what a crawl asked for can hold articles: a page of one, or the preview of a channel."""
    return known.kind == "article" or known.discovered_by == "telegram"


def _instant(text: str | None) -> datetime | None:
    try:
        stated = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return stated.astimezone(UTC) if stated.tzinfo else stated.replace(tzinfo=UTC)
