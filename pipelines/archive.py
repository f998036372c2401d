"""Raw first: every response goes into a WARC file, written and flushed, before anything parses it.

`WarcArchive` writes the files of one run in DATA/warc, `read_record` gives a payload back, byte for byte; a crawl
reaches them through `ArchiveMiddleware`, an import through `pipelines.warc_import`. How one record looks is in
`pipelines.warc_record`; what a killed run left in its files is taken up by `pipelines.leftover`.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipelines import warc_record
from pipelines.warc_record import NOT_MODIFIED, REQUEST, RESPONSE, SAME_PAYLOAD, Headers
from spiders import asked, clock
from spiders.asked import Asked
from spiders.errors import StoreError
from spiders.http_message import Message, MessageError
from spiders.page import WarcRecord

if TYPE_CHECKING:  # importing this module must not import Scrapy
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

    from pipelines.scrapy_items import StorePipeline

FOLDER = "warc"
ROTATE_BYTES = 500_000_000
MOST_PAYLOADS = 100_000
"""Payloads that are remembered, 50 MB of them: a backfill of years fetches millions."""
REDIRECTS = (301, 302, 303, 307, 308)
FILE, OFFSET = "WARC-Refers-To-Filename", "WARC-Refers-To-File-Offset"
"""Where the record lies whose payload a `revisit` record stands for."""


@dataclass(frozen=True, slots=True)
class Original:
    """A payload that the archive holds: whose, since when, and where."""

    url: str
    fetched_at: datetime
    record: WarcRecord


class WarcArchive:
    """The WARC files of one run, one record after the other, each compressed for itself; the only writer of its files.

    A file is made with the first record, each day another, and after ROTATE_BYTES. Its name holds the run, which begins
    with its UTC start time. No file is ever opened again: behind a record that a kill cut off nothing is written.
    """

    def __init__(
        self,
        folder: Path,
        run_id: str | None = None,
        rotate_bytes: int = ROTATE_BYTES,
        about: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.run_id = run_id or f"{clock.now():%Y%m%dT%H%M%SZ}"
        self._rotate_bytes = rotate_bytes
        self._about = about or {}
        self._serial = 0
        self._file: IO[bytes] | None = None
        self._name = ""
        self._day: date | None = None
        self._payloads: dict[str, Original] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file that is open; the next record would begin another."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def remember(self, originals: Iterable[Original]) -> None:
        """Learn of payloads that earlier runs archived: the same bytes are not written again."""
        for original in originals:
            self._keep(original)

    def _keep(self, original: Original) -> None:
        """Remember a payload; the one that came longest ago is forgotten for it."""
        self._payloads.pop(original.record.sha256, None)
        self._payloads[original.record.sha256] = original
        if len(self._payloads) > MOST_PAYLOADS:
            del self._payloads[next(iter(self._payloads))]

    def sync(self) -> None:
        """Wait until what was written would survive a loss of power."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def write(
        self,
        url: str,
        status: int,
        http_headers: Headers,
        body: bytes,
        fetched_at: datetime,
        ip: str | None = None,
        *,
        sent: Headers | None = None,
        asked_for: Asked | None = None,
    ) -> WarcRecord:
        """Write one response, and the headers that were sent for it, and flush; where it lies.

        An answer of 304, and bytes that the archive holds already, become a `revisit` record that names the original.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        due = asked_for.due if asked_for else None
        is_unmodified = status == 304 and not body
        original = self._payloads.get((due and due.sha256) or "" if is_unmodified else sha256 if body else "")
        fields = _fields(url, fetched_at, ip, asked_for)
        head = warc_record.response_head(status, http_headers, len(body))
        if is_unmodified or original:
            fields |= _reference(original, NOT_MODIFIED if is_unmodified else SAME_PAYLOAD)
            fields |= {} if is_unmodified else {"WARC-Payload-Digest": warc_record.digest(body)}
            data = warc_record.packed("revisit", fields | {"Content-Type": RESPONSE}, (head,))
        else:
            fields |= {"WARC-Payload-Digest": warc_record.digest(body), "Content-Type": RESPONSE}
            data = warc_record.packed("response", fields, (head, body))
        if sent is not None:
            data += _request(fields, url, sent)
        record = WarcRecord(self._append(data, fetched_at), self._offset, sha256)
        if body:
            self._keep(original or Original(url, fetched_at, record))
        return record

    def write_rendered(
        self, url: str, body: bytes, encoding: str, fetched_at: datetime, asked_for: Asked
    ) -> WarcRecord:
        """Write a page as a browser built it: a `resource`, which no server sent in this form."""
        fields = _fields(url, fetched_at, None, asked_for)
        fields |= {"WARC-Payload-Digest": warc_record.digest(body), "Content-Type": f"text/html; charset={encoding}"}
        data = warc_record.packed("resource", fields, (body,))
        return WarcRecord(self._append(data, fetched_at), self._offset, hashlib.sha256(body).hexdigest())

    def _append(self, data: bytes, at: datetime) -> str:
        """Write one record, in one write; the file's name. Its offset is `_offset`."""
        file = self._open(at.astimezone(UTC).date())
        self._offset = file.tell()
        try:
            file.write(data)
            file.flush()
        except OSError:
            self.close()  # the disk is full: what comes next must not stand behind half a record
            raise
        return self._name

    def _open(self, day: date) -> IO[bytes]:
        if self._file is not None and (self._file.tell() >= self._rotate_bytes or day != self._day):
            self.close()
        while self._file is None:
            self._serial += 1
            self._name = f"odjek-{self.run_id}-{self._serial:05}.warc.gz"
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                self._file = (self.folder / self._name).open("xb")
            except FileExistsError:
                continue
            self._day = day
            self._file.write(self._first_record())
        return self._file

    def _first_record(self) -> bytes:
        fields = {"WARC-Record-ID": warc_record.new_id(), "WARC-Date": warc_record.stamp(clock.now())}
        fields |= {"WARC-Filename": self._name, "Content-Type": warc_record.FIELDS}
        about = {
            "software": f"odjek/{version('odjek')}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.run_id,
            **self._about,
        }
        return warc_record.packed("warcinfo", fields, (warc_record.warc_fields(about),))


def _fields(url: str, at: datetime, ip: str | None, asked_for: Asked | None) -> dict[str, str | None]:
    return {
        "WARC-Record-ID": warc_record.new_id(),
        "WARC-Target-URI": warc_record.without_login(url),
        "WARC-Date": warc_record.stamp(at),
        "WARC-IP-Address": ip,
        asked.FIELD: asked.to_json(asked_for) if asked_for else None,
    }


def _reference(original: Original | None, profile: str) -> dict[str, str | None]:
    if original is None:
        return {"WARC-Profile": profile}
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To-Target-URI": warc_record.without_login(original.url),
        "WARC-Refers-To-Date": warc_record.stamp(original.fetched_at),
        FILE: original.record.file,
        OFFSET: str(original.record.offset),
    }


def _request(response: Mapping[str, str | None], url: str, sent: Headers) -> bytes:
    """The record of the request that the response's fields belong to."""
    fields = {name: response[name] for name in ("WARC-Target-URI", "WARC-Date", "WARC-IP-Address")}
    named = {"WARC-Record-ID": warc_record.new_id(), "WARC-Concurrent-To": response["WARC-Record-ID"]}
    head = warc_record.request_head(url, "GET", sent)
    digest = warc_record.digest()
    return warc_record.packed(
        "request", {**named, **fields, "WARC-Payload-Digest": digest, "Content-Type": REQUEST}, (head,)
    )


def read_record(folder: Path, record: WarcRecord) -> bytes:
    """The payload of a record, as it was fetched; StoreError where the archive no longer holds it."""
    path = folder / record.file
    try:
        body = payload_at(folder, record.file, record.offset)
    except (OSError, EOFError, StopIteration, ValueError, ArchiveLoadFailed) as error:
        raise StoreError(f"{path}: no record at byte {record.offset}; the archive was moved or damaged") from error
    if hashlib.sha256(body).hexdigest() != record.sha256:
        raise StoreError(
            f"{path}: the record at byte {record.offset} is not the page that was archived; it was damaged"
        )
    return body


def payload_at(folder: Path, name: str, offset: int) -> bytes:
    """The body of a record, or of the one that a `revisit` record names."""
    with (folder / name).open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file)))
        about = record.rec_headers
        if record.rec_type == "revisit" and about.get_header("WARC-Profile") == SAME_PAYLOAD:
            return payload_at(folder, about.get_header(FILE), int(about.get_header(OFFSET)))
        body: bytes = record.content_stream().read()
        return body


class ArchiveMiddleware:
    """Spider middleware: archives each response before the spider's callback, and reports it as a row of `page`.

    Sets `warc` and `fetched_at` in the request's meta. A response that cannot be archived (disk full) is not parsed: it
    goes to the request's errback. The reactor does it itself: 3 ms for the median of 150 real pages, 20 ms for the
    largest.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it as Scrapy does."""
        from scrapy import signals

        archiver = cls(crawler)
        crawler.signals.connect(archiver.archive_redirect, signal=signals.response_downloaded)
        return archiver

    def archive_redirect(self, response: "Response", request: "Request") -> None:
        """Archive an answer that only leads elsewhere; no callback sees it, and it has no row of `page`."""
        if response.status in REDIRECTS and "Location" in response.headers and "outlet" in request.meta:
            headers = {name.lower(): value for name, value in _pairs(response.headers)}
            try:
                body = Message(response.status, headers, response.body).body()
            except MessageError:
                body = response.body
            _archived(self._store().archive, response.replace(body=body, request=request), clock.now())

    def process_spider_input(self, response: "Response") -> None:
        """Archive the response; called before its callback."""
        at, store = clock.now(), self._store()
        record = _archived(store.archive, response, at)
        response.meta["warc"] = record
        response.meta["fetched_at"] = at
        store.add_page(_page_row(response, record, at))

    def _store(self) -> "StorePipeline":
        from pipelines.scrapy_items import StorePipeline

        store: StorePipeline | None = self.crawler.get_item_pipeline(StorePipeline)
        if store is None:
            raise RuntimeError("ArchiveMiddleware needs pipelines.scrapy_items.StorePipeline among ITEM_PIPELINES")
        return store


def _archived(archive: WarcArchive, response: "Response", at: datetime) -> WarcRecord:
    meta = response.meta
    asked_for = Asked(
        meta["outlet"],
        meta["kind"],
        meta.get("discovered_by") or "",
        meta.get("redirect_urls", [None])[0],
        due=meta.get("due"),
    )
    if "hint" in meta:
        asked_for = replace(asked_for, hint=meta["hint"])
    if "playwright" in response.flags:
        asked_for = replace(asked_for, status=response.status)
        return archive.write_rendered(response.url, response.body, _encoding(response), at, asked_for)
    ip = str(response.ip_address) if response.ip_address and not meta.get("proxy") else None  # else the proxy's
    sent = _pairs(response.request.headers) if response.request else None
    headers = _pairs(response.headers)
    return archive.write(response.url, response.status, headers, response.body, at, ip, sent=sent, asked_for=asked_for)


def _encoding(response: "Response") -> str:
    return str(getattr(response, "encoding", "utf-8"))


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [(_text(name), _text(value)) for name, values in headers.items() for value in values]


def _text(header: bytes) -> str:
    return header.decode("latin-1")


def _page_row(response: "Response", record: WarcRecord, at: datetime) -> dict[str, Any]:
    content_type, etag, last_modified = (
        _text(value) if (value := response.headers.get(name)) else None
        for name in ("Content-Type", "ETag", "Last-Modified")
    )
    return {
        "outlet": response.meta["outlet"],
        "url": response.url,
        "requested_url": response.meta.get("redirect_urls", [None])[0],
        "kind": response.meta["kind"],
        "discovered_by": response.meta.get("discovered_by"),
        "http_status": response.status,
        "content_type": content_type,
        "etag": etag,
        "last_modified": last_modified,
        "byte_count": len(response.body),
        "sha256": record.sha256,
        "warc_file": record.file,
        "warc_offset": record.offset,
        "fetched_at": at.replace(tzinfo=None),
    }
