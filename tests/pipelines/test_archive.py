"""The archive: what was fetched comes back byte for byte, and any reader of WARC reads it the same."""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive import WarcArchive, read_record
from spiders.errors import StoreError
from spiders.page import WarcRecord

AT = datetime(2026, 3, 4, 10, 15, 30, tzinfo=timezone(timedelta(hours=1)))
URL = "https://reka.example/vesti/мост?a=1&b=2"
HTML = "<html><p>Мост се затвара</p></html>".encode()


def responses(path: Path) -> list[Any]:
    """Status, headers and bodies of a file, as warcio reads them; its digests are checked."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type == "response":
                found.append((record.http_headers.get_statuscode(), record.rec_headers, record.http_headers, body))
    return found


BODIES = [
    ("a page", [("Content-Type", "text/html; charset=utf-8")], HTML),
    ("an empty answer", [], b""),
    ("bytes of every value", [("Content-Type", "image/png")], bytes(range(256)) * 4096),
    (
        "what the server packed",
        [("Content-Encoding", "gzip"), ("Content-Length", "9"), ("Transfer-Encoding", "chunked")],
        HTML,
    ),
    ("a header of two lines", [("X-Note", "one\r\n two: 3\r\n\r\nfour")], HTML),
    ("a header beyond ASCII", [("X-Naslov", "ÄÖ ÐÑ")], HTML),
    ("line ends", [], b"\r\n\r\nWARC/1.0\r\n\r\n"),
]


@pytest.mark.parametrize(("headers", "body"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_bodies_come_back_exactly(tmp_path: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    with WarcArchive(tmp_path) as archive:
        first = archive.write(URL, 200, headers, body, AT, "127.0.0.1")
        # flushed: a reader has it while the archive is open
        assert read_record(tmp_path, first) == body
        second = archive.write(URL, 404, headers, b"nema", AT)
    assert read_record(tmp_path, first) == body
    assert read_record(tmp_path, second) == b"nema"
    assert [(status, read) for status, _, _, read in responses(tmp_path / first.file)] == [
        ("200", body),
        ("404", b"nema"),
    ]


def test_a_record_says_when_whence_and_how_it_was_sent(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        record = archive.write(URL, 200, [("Content-Encoding", "br"), ("ETag", '"1"')], HTML, AT, "192.0.2.7")
    [(_, about, http, _)] = responses(tmp_path / record.file)
    assert about.get_header("WARC-Date") == "2026-03-04T09:15:30.000000Z"
    assert about.get_header("WARC-IP-Address") == "192.0.2.7"
    assert about.get_header("WARC-Payload-Digest") == f"sha1:{base64.b32encode(hashlib.sha1(HTML).digest()).decode()}"
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "br"
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("Content-Length") == str(len(HTML))
    assert http.get_header("ETag") == '"1"'


def test_a_file_begins_with_what_made_it_and_is_named_after_its_run(tmp_path: Path) -> None:
    with WarcArchive(tmp_path / "warc", "20260304T091500Z-crawl") as archive:
        record = archive.write(URL, 200, [], HTML, AT)
    assert record.file == "odjek-20260304T091500Z-crawl-00001.warc.gz"
    with (tmp_path / "warc" / record.file).open("rb") as file:
        first = next(iter(ArchiveIterator(file)))
        assert first.rec_type == "warcinfo"
        assert b"isPartOf: 20260304T091500Z-crawl" in first.content_stream().read()


def test_no_response_makes_no_file(tmp_path: Path) -> None:
    WarcArchive(tmp_path / "warc").close()
    assert not (tmp_path / "warc").exists()


def test_files_are_rotated_and_never_overwritten(tmp_path: Path) -> None:
    records = []
    for _ in range(2):  # two archives of one run: a second import in the same second
        with WarcArchive(tmp_path, "run", rotate_bytes=1500) as archive:
            records += [archive.write(URL, 200, [], HTML + b"%d" % n, AT) for n in range(6)]
    assert len({record.file for record in records}) == len(list(tmp_path.iterdir())) > 2
    assert [read_record(tmp_path, record)[len(HTML) :] for record in records] == [b"%d" % n for n in range(6)] * 2


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def overwrite(path: Path) -> None:
    with WarcArchive(path.parent, "other") as archive:
        record = archive.write(URL, 200, [], HTML.swapcase(), AT)
    (path.parent / record.file).replace(path)


@pytest.mark.parametrize("damage", [Path.unlink, cut, overwrite])
def test_a_damaged_archive_is_said_to_be_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with WarcArchive(tmp_path, "fixed") as archive:
        record = archive.write(URL, 200, [], HTML, AT)
    damage(tmp_path / record.file)
    with pytest.raises(StoreError, match="damaged"):
        read_record(tmp_path, record)
    with pytest.raises(StoreError, match="damaged"):
        read_record(tmp_path, WarcRecord(record.file, 7, record.sha256))


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        record = archive.write(URL, 200, [], HTML, datetime(2026, 3, 4, 23, 59, 59, tzinfo=UTC))
    assert responses(tmp_path / record.file)[0][1].get_header("WARC-Date") == "2026-03-04T23:59:59.000000Z"
