"""Answers as crawlers keep them: packed and not, with headers that are true and headers that no longer are."""

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # comes with Scrapy, without types
import pytest
from backports import zstd

from spiders.http_message import MessageError, read_message

HTML = "<html><body><p>Čamac je stigao.</p></body></html>".encode()
RAW = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)


def chunked(body: bytes, size: int = 10) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


CASES = [
    ("plain", "", HTML, HTML),
    ("gzip", "Content-Encoding: gzip", gzip.compress(HTML), HTML),
    ("x-gzip", "content-encoding: x-gzip", gzip.compress(HTML), HTML),
    ("deflate", "Content-Encoding: deflate", zlib.compress(HTML), HTML),
    ("deflate without its frame", "Content-Encoding: deflate", RAW.compress(HTML) + RAW.flush(), HTML),
    ("brotli", "Content-Encoding: br", brotli.compress(HTML), HTML),
    ("zstd", "Content-Encoding: zstd", zstd.compress(HTML), HTML),
    ("packed twice", "Content-Encoding: gzip, br", brotli.compress(gzip.compress(HTML)), HTML),
    ("chunks", "Transfer-Encoding: chunked", chunked(HTML), HTML),
    (
        "chunks of what is packed",
        "Transfer-Encoding: chunked\r\nContent-Encoding: br",
        chunked(brotli.compress(HTML)),
        HTML,
    ),
    ("unpacked by the crawler", "Content-Encoding: br", HTML, HTML),
    ("joined by the crawler", "Transfer-Encoding: chunked", HTML, HTML),
    ("of no packing", "Content-Encoding: identity", HTML, HTML),
    ("cut chunks", "Transfer-Encoding: chunked", chunked(HTML)[:-20], "cut off"),
    ("cut", "Content-Encoding: gzip", gzip.compress(HTML)[:-12], "cut off"),
    ("cut brotli", "Content-Encoding: br", brotli.compress(HTML)[:-3], "cut off"),
    ("another packing", "Content-Encoding: lzma", b"\x00\x01", "packed as lzma"),
    ("nonsense", "Content-Encoding: zstd", b"\x89PNG", "cannot be unpacked"),
    ("a bomb", "Content-Encoding: gzip", gzip.compress(bytes(65 * 1024 * 1024), 1), "more than a page has"),
]


@pytest.mark.parametrize(("header", "sent", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bodies(header: str, sent: bytes, expected: bytes | str) -> None:
    block = b"HTTP/1.1 200 OK\r\nServer: a\r\n" + f"{header}\r\n".encode() * bool(header) + b"\r\n" + sent
    message = read_message(block)
    assert message is not None
    assert (message.status, message.headers["server"]) == (200, "a")
    if isinstance(expected, bytes):
        assert message.body() == expected
        return
    with pytest.raises(MessageError, match=expected):
        message.body()


@pytest.mark.parametrize("block", [b"", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_answer(block: bytes) -> None:
    assert read_message(block) is None
