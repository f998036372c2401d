"""The block of a WARC response → status, headers, body as a browser would see it. Pure; `spiders.warc` reads the files.

Crawlers keep what they were sent, or undo it and keep the headers that described it: both come out right here.
"""

import re
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # comes with Scrapy, without types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # comes with Scrapy

MAX_BODY = 64 * 1024 * 1024  # a page that unpacks to more is none
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


class MessageError(ValueError):
    """A body that cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """The status and the headers of an answer (names in small letters), and its body as it was sent."""

    status: int
    headers: Mapping[str, str]
    sent: bytes

    def body(self) -> bytes:
        """The body without its packing; MessageError where it cannot be undone."""
        body = self.sent
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            body = _joined(body)
        encodings = self.headers.get("content-encoding", "").lower().replace(",", " ").split()
        for encoding in reversed(encodings):
            body = _unpacked(body, encoding)
        return body


def read_message(block: bytes) -> Message | None:
    """The message of a block; None where it does not begin with a status line."""
    found = _STATUS.match(block)
    if not found:
        return None
    head, blank, body = block.partition(b"\r\n\r\n")
    if not blank:
        head, _, body = block.partition(b"\n\n")
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Message(int(found[1]), headers, body)


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one; the body itself where the crawler joined them already."""
    if not _SIZE.match(body):
        return body
    parts: list[bytes] = []
    position = 0
    while size := _SIZE.match(body, position):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        if size.end() + length > len(body):
            break
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length + 2
    raise MessageError("cut off: its last chunk is missing")


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    unpack = _UNPACK.get(encoding)
    if unpack is None:
        raise MessageError(f"packed as {encoding[:40]}")
    try:
        found = unpack(body)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        if _is_plain(body):
            return body  # the crawler unpacked it and kept the header
        raise MessageError(f"the body cannot be unpacked: {error}") from error
    if len(found) > MAX_BODY:
        raise MessageError("the body unpacks to more than a page has")
    return found


def _is_plain(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{"))


def _gzip(body: bytes) -> bytes:
    return _whole(zlib.decompressobj(zlib.MAX_WBITS | 32), body)


def _deflate(body: bytes) -> bytes:
    try:
        return _whole(zlib.decompressobj(), body)
    except zlib.error:
        return _whole(zlib.decompressobj(-zlib.MAX_WBITS), body)  # without its frame, as some servers send it


def _whole(inflater: "zlib._Decompress", body: bytes) -> bytes:
    found = inflater.decompress(body, MAX_BODY + 1)
    if not inflater.eof and len(found) <= MAX_BODY:
        raise EOFError("cut off")
    return found


def _brotli(body: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    found: bytes = unpacker.process(body, output_buffer_limit=MAX_BODY + 1)
    if not unpacker.is_finished() and len(found) <= MAX_BODY:
        raise EOFError("cut off")
    return found


def _zstd(body: bytes) -> bytes:
    unpacker = zstd.ZstdDecompressor()
    found = unpacker.decompress(body, MAX_BODY + 1)
    if not unpacker.eof and len(found) <= MAX_BODY:
        raise EOFError("cut off")
    return found


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
