"""One record of a WARC file (WARC 1.1) as bytes: a gzip member of its own. Pure; `pipelines.archive` writes the files.

Bodies are archived as decoded by HTTP: the headers that described the transfer are kept as `X-Archive-Orig-…`, so that
every reader of WARC agrees. Of a request only the headers of KEPT are written: no cookie, no login, no proxy password.
"""

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

LEVEL = 4
"""Level 9 saves 6 % of the bytes, takes 2.4 times as long, and Scrapy waits (150 real pages)."""
KEPT = ("user-agent", "accept", "accept-language", "accept-encoding", "if-none-match", "if-modified-since")
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
RESPONSE, REQUEST, FIELDS = (
    "application/http; msgtype=response",
    "application/http; msgtype=request",
    "application/warc-fields",
)

_OF_TRANSFER = ("content-encoding", "transfer-encoding", "content-length")

Headers = Iterable[tuple[str, str]]


def new_id() -> str:
    """A name for a record."""
    return f"<{uuid.uuid4().urn}>"


def stamp(at: datetime) -> str:
    """A time as WARC 1.1 writes it, to the microsecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def digest(*parts: bytes | memoryview) -> str:
    """SHA-1 in base32: what the tools of the field look pages up by."""
    found = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        found.update(part)
    return f"sha1:{base64.b32encode(found.digest()).decode()}"


def packed(kind: str, fields: Mapping[str, str | None], block: Iterable[bytes]) -> bytes:
    """A record: its kind, its named fields (those without a value are left out) and the parts of its block."""
    parts = tuple(block)
    stated = {"WARC-Type": kind, **fields, "WARC-Block-Digest": digest(*parts)}
    lines = [f"{name}: {one_line(value)}\r\n" for name, value in stated.items() if value]
    head = "".join(("WARC/1.1\r\n", *lines, f"Content-Length: {sum(map(len, parts))}\r\n\r\n"))
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    pieces = (head.encode(), *parts, b"\r\n\r\n")
    return b"".join((*map(packer.compress, pieces), packer.flush()))


def warc_fields(values: Mapping[str, str]) -> bytes:
    """The block of a warcinfo record."""
    return "".join(f"{name}: {one_line(value)}\r\n" for name, value in values.items()).encode()


def response_head(status: int, headers: Headers, length: int) -> bytes:
    """The status line and the headers of an answer whose body has `length` bytes."""
    kept = [(one_line(name), one_line(value)) for name, value in headers]
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in _OF_TRANSFER else name, value) for name, value in kept]
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*kept, ("Content-Length", str(length))))
    return f"HTTP/1.1 {status} {_phrase(status)}\r\n{lines}\r\n".encode("latin-1", "replace")


def request_head(url: str, method: str, headers: Headers) -> bytes:
    """The request line and the headers of a request that say what was asked, not who may ask."""
    parts = urlsplit(url)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    kept = [(one_line(name), one_line(value)) for name, value in headers if name.lower() in KEPT]
    lines = "".join(f"{name}: {value}\r\n" for name, value in (("Host", _host(url)), *kept))
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1", "replace")


def without_login(url: str) -> str:
    """The address without a name and a password before its host."""
    return urlsplit(url)._replace(netloc=_host(url)).geturl() if "@" in urlsplit(url).netloc else url


def one_line(text: str) -> str:
    """The text without line breaks, which would begin another header."""
    return " ".join(text.split())


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
