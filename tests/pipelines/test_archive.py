"""The archive: what was fetched comes back byte for byte, and any reader of WARC reads it the same."""

import argparse
import base64
import errno
import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pipelines.archive import Original, WarcArchive, read_record
from spiders.asked import Asked, from_json
from spiders.errors import StoreError
from spiders.page import Hint, WarcRecord
from spiders.revisit import Due
from spiders.warc_file import read_records

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


def records(folder: Path) -> list[Any]:
    """Type and fields of every record of an archive, in order."""
    found = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                content = record.content_stream().read()
                found.append((record.rec_type, record.rec_headers, record.http_headers, content))
    return found


SENT = [("User-Agent", "odjek/0 (news research; a@b.example)"), ("Accept", "text/html"), ("Cookie", "sid=tajna")]
SENT += [("Authorization", "Basic tajna"), ("Proxy-Authorization", "Basic tajna"), ("If-None-Match", '"1"')]


def test_the_request_stands_beside_the_response_without_what_is_secret(tmp_path: Path) -> None:
    asked = Asked("reka", "article", "feed", hint=Hint("Наслов", "4. mart"))
    with WarcArchive(tmp_path, about={"robots": "obey"}) as archive:
        url = "https://citac:tajna@reka.example/vesti/1?a=%C5%A1"
        archive.write(url, 200, [], HTML, AT, "192.0.2.7", sent=SENT, asked_for=asked)
    (kind, _, _, about), (_, response, _, _), (_, request, sent, _) = records(tmp_path)
    assert kind == "warcinfo"
    assert b"robots: obey" in about
    assert b"format: WARC File Format 1.1" in about
    assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
    for field in ("WARC-Target-URI", "WARC-Date", "WARC-IP-Address"):
        assert request.get_header(field) == response.get_header(field)
    assert (sent.protocol, sent.statusline) == ("GET", "/vesti/1?a=%C5%A1 HTTP/1.1")
    assert [name for name, _ in sent.headers] == ["Host", "User-Agent", "Accept", "If-None-Match"]
    assert sent.get_header("Host") == "reka.example"
    assert from_json(response.get_header("WARC-JSON-Metadata")) == asked
    [path] = tmp_path.iterdir()
    assert b"tajna" not in gzip.decompress(path.read_bytes())


def test_bytes_that_the_archive_holds_are_named_and_not_written_again(tmp_path: Path) -> None:
    with WarcArchive(tmp_path, "jedan") as archive:
        first = archive.write(URL, 200, [("ETag", '"1"')], HTML, AT)
        twin = archive.write("https://lat.reka.example/a", 200, [], HTML, AT + timedelta(minutes=1))
    known = Original(URL, AT, first)
    with WarcArchive(tmp_path, "kasnije") as archive:
        archive.remember([known])
        again = archive.write(URL, 200, [], HTML, AT + timedelta(days=1))
        due = Due(URL, URL, "v", AT, sha256=first.sha256)
        asked = Asked("reka", "article", "revisit", due=due)
        same = archive.write(URL, 304, [("ETag", '"1"')], b"", AT + timedelta(days=1, minutes=1), asked_for=asked)
    assert [kind for kind, *_ in records(tmp_path)] == [
        "warcinfo",
        "response",
        "revisit",
        "warcinfo",
        "revisit",
        "revisit",
    ]
    assert [read_record(tmp_path, record) for record in (first, twin, again, same)] == [HTML, HTML, HTML, b""]
    _, payload, http, _ = records(tmp_path)[2]
    original = records(tmp_path)[1][1]
    assert payload.get_header("WARC-Profile").endswith("/identical-payload-digest")
    assert payload.get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")
    assert payload.get_header("WARC-Refers-To-Target-URI") == URL
    assert payload.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
    assert http.get_statuscode() == "200"
    _, unmodified, http, _ = records(tmp_path)[5]
    assert unmodified.get_header("WARC-Profile").endswith("/server-not-modified")
    assert unmodified.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
    assert http.get_statuscode() == "304"
    (tmp_path / first.file).unlink()
    with pytest.raises(StoreError, match="moved or damaged"):
        read_record(tmp_path, again)


def test_each_day_begins_a_file(tmp_path: Path) -> None:
    with WarcArchive(tmp_path, "run") as archive:
        written = [archive.write(URL, 200, [], b"%d" % n, AT + timedelta(hours=8 * n)) for n in range(4)]
    assert [record.file[-13:-8] for record in written] == ["00001", "00001", "00002", "00002"]


def test_other_readers_find_no_fault(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        for n in range(3):
            archive.write(URL, 200, [("Content-Type", "text/html")], HTML + b"%d" % (n % 2), AT, sent=SENT)
        archive.write(URL, 304, [], b"", AT)
        archive.write_rendered(URL, HTML, "utf-8", AT, Asked("reka", "article", status=200))
    [path] = tmp_path.iterdir()
    warcio_check = Checker(argparse.Namespace(inputs=[str(path)], verbose=False))
    assert not warcio_check.process_all()
    kinds = [kind for kind, *_ in records(tmp_path)]
    assert kinds == ["warcinfo", *["response", "request"] * 2, "revisit", "request", "revisit", "resource"]
    assert [record.fault for record in read_records(path, lambda _: True)] == [""] * len(kinds)


def test_behind_half_a_record_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = WarcArchive(tmp_path, "run")
    whole = archive.write(URL, 200, [], HTML, AT)

    class Full:
        """A file on a disk that is full."""

        def __init__(self, file: Any) -> None:
            self._file = file

        def write(self, data: bytes) -> int:
            self._file.write(data[:40])
            raise OSError(errno.ENOSPC, "No space left on device")

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    monkeypatch.setattr(archive, "_file", Full(archive._file))
    with pytest.raises(OSError, match="No space left"):
        archive.write(URL, 200, [], b"druga", AT)
    later = archive.write(URL, 200, [], b"treca", AT)
    archive.close()
    assert later.file != whole.file
    assert [read_record(tmp_path, record) for record in (whole, later)] == [HTML, b"treca"]
