"""WARC files as crawlers write them, and as disks and networks leave them."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # comes with Scrapy, without types
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders.errors import InputError
from spiders.page import Page
from spiders.refusal import Refusal
from spiders.warc import read_pages

HTML = "<html><body><p>Čamac je stigao. Чамац је стигао.</p></body></html>".encode()
INDEX = {"skela.example": "skela", "www.skela.example": "skela"}
PAGE_HEADERS = [("Content-Type", "text/html; charset=utf-8")]


def warc(*records: tuple[str, str, list[tuple[str, str]], bytes], is_packed: bool = True) -> bytes:
    """A WARC file of (address, status, headers, payload as sent) responses."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=is_packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, headers, payload in records:
        head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        about = {"WARC-Date": "2026-03-04T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", io.BytesIO(payload), len(payload), warc_headers_dict=about, http_headers=head
            )
        )
    return file.getvalue()


def read(tmp_path: Path, content: bytes, *, known_hosts: bool = False) -> list[Page | Refusal]:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    return list(read_pages(path, INDEX, known_hosts))


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        (PAGE_HEADERS, HTML),
        ([], HTML),
        ([*PAGE_HEADERS, ("Content-Encoding", "gzip")], gzip.compress(HTML)),
        ([*PAGE_HEADERS, ("Content-Encoding", "deflate")], zlib.compress(HTML)),
        ([*PAGE_HEADERS, ("Content-Encoding", "br")], brotli.compress(HTML)),
        ([*PAGE_HEADERS, ("Transfer-Encoding", "chunked")], b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)),
        ([*PAGE_HEADERS, ("Content-Encoding", "gzip")], HTML),  # the crawler unpacked it and kept the header
    ],
    ids=["plain", "undeclared", "gzip", "deflate", "brotli", "chunked", "unpacked"],
)
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_page_is_what_a_browser_would_see(
    tmp_path: Path, headers: list[tuple[str, str]], payload: bytes, is_packed: bool
) -> None:
    content = warc(("https://www.skela.example/vest/1", "200 OK", headers, payload), is_packed=is_packed)
    (page,) = read(tmp_path, content)
    assert isinstance(page, Page)
    assert page.body == HTML
    assert (page.outlet, page.url, page.discovered_by) == ("skela", "https://www.skela.example/vest/1", "import")
    assert page.fetched_at.isoformat() == "2026-03-04T10:00:00+00:00"
    assert page.warc is not None
    assert (page.warc.file, page.warc.sha256) == ("a.warc.gz", hashlib.sha256(HTML).hexdigest())


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        ("404 Not Found", PAGE_HEADERS, "http_error"),
        ("301 Moved", PAGE_HEADERS, "http_error"),
        ("200 OK", [("Content-Type", "image/png")], "not_html"),
        ("200 OK", [*PAGE_HEADERS, ("Content-Encoding", "zstd")], "not_html"),
    ],
)
def test_what_is_no_page_is_refused(tmp_path: Path, status: str, headers: list[tuple[str, str]], reason: str) -> None:
    (refusal,) = read(tmp_path, warc(("https://skela.example/x", status, headers, b"\x89PNG")))
    assert isinstance(refusal, Refusal)
    assert (refusal.outlet, refusal.url, refusal.reason) == ("skela", "https://skela.example/x", reason)


@pytest.mark.parametrize(("known_hosts", "outlets"), [(False, ["tudji.example", "skela"]), (True, ["skela"])])
def test_unknown_hosts_are_their_own_outlets_or_passed_over(
    tmp_path: Path, known_hosts: bool, outlets: list[str]
) -> None:
    urls = ["https://www.tudji.example/a", "https://skela.example/b"]
    content = warc(*((url, "200 OK", PAGE_HEADERS, HTML) for url in urls))
    assert [page.outlet for page in read(tmp_path, content, known_hosts=known_hosts)] == outlets


def test_one_gzip_stream_around_all_records_is_read_too(tmp_path: Path) -> None:
    plain = warc(*((f"https://skela.example/{n}", "200 OK", PAGE_HEADERS, HTML) for n in range(3)), is_packed=False)
    assert len(read(tmp_path, gzip.compress(plain))) == 3


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_cut_file_gives_what_stands_before_the_cut(tmp_path: Path, is_packed: bool) -> None:
    records = [(f"https://skela.example/{n}", "200 OK", PAGE_HEADERS, HTML) for n in range(3)]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*records, is_packed=is_packed)[:-60])
    pages = read_pages(path, INDEX)
    read_so_far = [next(pages), next(pages)]
    with pytest.raises(InputError, match=r"a\.warc\.gz: broken after 3 records") as error:
        list(pages)
    assert [page.url[-1] for page in read_so_far] == ["0", "1"]
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no record"),
        (b"this is no archive\n", "cannot be read as a WARC"),
        (b"\x1f\x8b", "cannot be read as"),
    ],
)
def test_what_is_no_warc_is_said_so_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_a_missing_file_is_said_so_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nema\.warc: .*No such file"):
        list(read_pages(tmp_path / "nema.warc", INDEX))


def test_real_pages_are_all_read(shared: Path) -> None:
    pages = list(read_pages(shared / "real" / "pages.warc.gz", {}))
    assert len(pages) == 429
    assert all(isinstance(page, Page) for page in pages)
    assert len({page.outlet for page in pages}) == 291
