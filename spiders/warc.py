"""WARC files → pages, as a crawl would have fetched them: the responses of status 200 that hold HTML.

`odjek import` archives and extracts them (pipelines.warc_import); nothing is written here. A file that breaks off gives
what stands before the break. Transfer and content encodings are undone, so that the body is what a browser would see.
"""

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

import brotli  # type: ignore[import-untyped]  # comes with Scrapy, without types
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed

from spiders.address import host_of, is_web
from spiders.errors import InputError
from spiders.feed import is_html
from spiders.page import Page
from spiders.refusal import Refusal
from spiders.registry import outlet_of

MAX_BODY = 64 * 1024 * 1024  # a page that unpacks to more is none
_READABLE = ("", "identity", "gzip", "deflate", "br")


class _Packed(gzip.GzipFile):
    """A gzip file whose missing end is an error for warcio too, which takes EOFError for the end of the records."""

    def read(self, size: int | None = -1) -> bytes:
        try:
            return super().read1(-1 if size is None else size)  # what stands before the cut comes out first
        except EOFError as error:
            raise gzip.BadGzipFile("cut off") from error


def read_pages(path: Path, index: Mapping[str, str], known_hosts: bool = False) -> Iterator[Page | Refusal]:
    """The pages of a WARC file, in its order; `index` is `registry.host_index`.

    A page of an unknown host has the host as its outlet; `known_hosts` passes over it instead. At the end InputError
    where the file breaks off or is no WARC file.
    """
    count = 0
    try:
        with _open(path) as file, contextlib.closing(ArchiveIterator(file)) as records:
            while (record := _next(path, records, count)) is not None:
                yield from _read(record, path, index, known_hosts)
                _skip(path, records, record, count)
                count += 1
    except (OSError, zlib.error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _broken(path, reason, count) from error
    if not count:
        raise InputError(f"{path}: holds no record; name a WARC file")


def _open(path: Path) -> IO[bytes]:
    """The file unpacked: also where one gzip stream holds all records, which warcio alone would refuse."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", _Packed(path)) if is_packed else path.open("rb")


def _next(path: Path, records: Any, count: int) -> Any:
    """The next record; None at the end."""
    try:
        with _silence():
            return next(records)
    except StopIteration:
        return None
    except (ArchiveLoadFailed, ValueError, AttributeError) as error:  # AttributeError: a response without an address
        raise _broken(path, str(error), count) from error


def _skip(path: Path, records: Any, record: Any, count: int) -> None:
    """Read the rest of a record, so that a cut is noticed before the next is asked for."""
    with _silence():
        records.read_to_end()
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise _broken(path, "cut off in the middle of a record", count)


def _broken(path: Path, reason: str, count: int) -> InputError:
    if not count:
        return InputError(f"{path}: cannot be read as a WARC file: {' '.join(reason.split())[:160]}")
    return InputError(f"{path}: broken after {count} records, which were read: {' '.join(reason.split())[:160]}")


def _silence() -> contextlib.AbstractContextManager[object]:
    """Keep warcio from talking about what it finds: the error says it in one line."""
    return contextlib.redirect_stderr(io.StringIO())


def _read(record: Any, path: Path, index: Mapping[str, str], known_hosts: bool) -> Iterator[Page | Refusal]:
    if record.rec_type not in ("response", "resource"):
        return
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if not is_web(url):
        return  # dns: and metadata: records
    registered = outlet_of(url, index)
    if registered is None and known_hosts:
        return
    outlet = registered or host_of(url).removeprefix("www.")
    reason, detail = _fault(record)
    if not reason:
        body, content_type = _body(record), _header(record, "Content-Type")
        fetched_at = _instant(record.rec_headers.get_header("WARC-Date"))
        if body is None:
            reason, detail = "bad_field", f"{path.name}: the body cannot be unpacked"
        elif fetched_at is None:
            reason, detail = "bad_field", f"{path.name}: WARC-Date is no time"
        elif "html" not in content_type.lower() and not is_html(body):
            reason, detail = "not_html", content_type or "no Content-Type"
        else:
            yield Page(url, outlet, body, content_type, fetched_at, "import")
            return
    yield Refusal(outlet, url, reason, detail)


def _fault(record: Any) -> tuple[str, str]:
    """Reason and detail of what is wrong before the body is read; empty where nothing is."""
    if record.http_headers is None:
        return ("", "") if record.rec_type == "resource" else ("bad_field", "a response without HTTP headers")
    status = record.http_headers.get_statuscode()
    if status != "200":
        return "http_error", f"status {status}"
    encoding = _header(record, "Content-Encoding").lower()
    return ("", "") if encoding in _READABLE else ("not_html", f"packed as {encoding}")


def _body(record: Any) -> bytes | None:
    is_brotli = record.http_headers is not None and _header(record, "Content-Encoding").lower() == "br"
    if is_brotli:  # warcio 1.8 fails on brotli 1.2, whose decompressor takes no new attributes
        record.http_headers.remove_header("Content-Encoding")
    with _silence():
        try:
            body: bytes = record.content_stream().read(MAX_BODY + 1)
            body = brotli.Decompressor().process(body, output_buffer_limit=MAX_BODY + 1) if is_brotli else body
        except (ValueError, EOFError, OSError, zlib.error, ChunkedDataException, brotli.error):
            return None
    return body if len(body) <= MAX_BODY else None


def _header(record: Any, name: str) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header(name) or "").strip()


def _instant(text: str | None) -> datetime | None:
    try:
        stated = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return stated.astimezone(UTC) if stated.tzinfo else stated.replace(tzinfo=UTC)
