"""Imports of WARC files as others make them: whose pages go in, what is counted, and what a kill costs."""

import gzip
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from backports import zstd

from pipelines.archive import WarcArchive
from pipelines.importer import import_files
from spiders.asked import Asked
from spiders.errors import InputError
from spiders.registry import Outlet, channel_of
from tests.conftest import REPOSITORY
from tests.pipelines.house import House, news
from tests.spiders import telegram_page

OUTLETS = {
    "reka": Outlet("reka", "Reka", "local", "RS", ("reka.example", "lat.reka.example")),
    "obala": Outlet("obala", "Obala", "local", "RS", ("portal.example",), path_prefix="/obala/"),
}
AT = datetime(2026, 3, 4, 10, tzinfo=UTC)
OWN = "https://reka.example/vesti"


def record(
    url: str, body: bytes, kind: str = "response", http: str = "200 OK", header: str = "", **fields: str
) -> bytes:
    """One record, packed; `fields` are those of WARC, with `_` for `-`."""
    head = f"HTTP/1.1 {http}\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n".encode()
    block = body if kind in ("resource", "warcinfo") else head + body
    about = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2026-03-04T10:00:00Z"}
    about |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in about.items())
    return gzip.compress(f"WARC/1.0\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n", 1)


def page(number: int) -> bytes:
    return news(number).encode()


def imported(folder: Path, *files: bytes, known_hosts: bool = False) -> Counter[str]:
    paths = []
    for number, content in enumerate(files):
        paths.append(folder / f"{number}.warc.gz")
        paths[-1].write_bytes(content)
    return import_files(folder / "data", paths, OUTLETS, known_hosts=known_hosts, workers=1)


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    return House(folder, folder / "data").rows(query)


def test_only_the_outlets_of_the_registry_are_read(tmp_path: Path) -> None:
    addresses = [
        f"{OWN}/1", "https://www.reka.example/vesti/2", "https://sport.lat.reka.example/vesti/3",
        "https://portal.example/obala/4", "https://portal.example/drugi/5", "https://tudja.example/reka.example/6",
        "https://nereka.example/7", "dns:reka.example", "https://reka.example.tudja.example/8", "metadata://reka.example/9",
    ]  # fmt: skip
    content = b"".join(record(url, page(number)) for number, url in enumerate(addresses))
    assert imported(tmp_path, content, known_hosts=True) == Counter(stored=4)
    assert [url for (url,) in rows(tmp_path, "SELECT url FROM article ORDER BY url")] == [
        "https://portal.example/obala/4",
        f"{OWN}/1",
        "https://reka.example/vesti/2",  # canonical, as a crawl stores it
        "https://sport.lat.reka.example/vesti/3",
    ]
    assert rows(tmp_path, "SELECT DISTINCT first_seen_at::VARCHAR, discovered_by FROM article_version") == [
        ("2026-03-04 10:00:00", "import")
    ]


ELSEWHERE = {"WARC_Profile": "…/identical-payload-digest", "WARC_Payload_Digest": "sha1:X"}
REASONS = {
    "preusmerena": (record(f"{OWN}/preusmerena", b"", http="302 Found"), "http_error"),
    "nema": (record(f"{OWN}/nema", page(9), http="404 Not Found"), "http_error"),
    "odsecena": (record(f"{OWN}/odsecena", page(9), WARC_Truncated="length"), "fetch_failed"),
    "pola": (record(f"{OWN}/pola", b"ff\r\n<html>", header="Transfer-Encoding: chunked\r\n"), "fetch_failed"),
    "spakovana": (record(f"{OWN}/spakovana", b"\x00\x01", header="Content-Encoding: lzma\r\n"), "not_html"),
    "tekst": (record(f"{OWN}/tekst", b"Tekst", kind="resource", Content_Type="text/plain"), "not_html"),
    "bez-vremena": (record(f"{OWN}/bez-vremena", page(9), WARC_Date="yesterday"), "bad_field"),
    "drugde": (record(f"{OWN}/drugde", b"", kind="revisit", **ELSEWHERE), "not_archived"),
    "pokvarena": (record(f"{OWN}/pokvarena", page(9) * 9)[:-9] + b"\0" * 9, "bad_field"),
}


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    content = b"".join(content for content, _ in REASONS.values())
    counts = imported(tmp_path, record(f"{OWN}/1", page(1)) + content + record(f"{OWN}/2", page(2)), known_hosts=True)
    assert counts["stored"] == 2
    found = rows(tmp_path, "SELECT outlet, split_part(url, '/vesti/', 2), reason FROM refusal")
    assert set(found) == {("reka", name, reason) for name, (_, reason) in REASONS.items()}
    assert len(found) == len(REASONS)


def test_what_was_packed_is_read_and_what_only_repeats_is_not(tmp_path: Path) -> None:
    digest = {"WARC_Payload_Digest": "sha1:AAAA"}
    same = {**digest, "WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}
    unmodified = {"WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified"}
    first = record(f"{OWN}/1", page(1), **digest)
    first += record(f"{OWN}/2", zstd.compress(page(2)), header="Content-Encoding: zstd\r\n")
    later = record(
        "https://lat.reka.example/vesti/1", b"", kind="revisit", **same
    )  # a twin: the bytes of the first file
    later += record(f"{OWN}/1", b"", kind="revisit", **same) + record(f"{OWN}/1", b"", kind="revisit", **unmodified)
    assert imported(tmp_path, first, later) == Counter(stored=3)
    assert rows(tmp_path, "SELECT count(*) FROM page") == [(3,)]
    assert rows(tmp_path, "SELECT url, count(*) FROM address GROUP BY ALL ORDER BY 1") == [
        ("https://lat.reka.example/vesti/1", 1), (f"{OWN}/1", 1), (f"{OWN}/2", 1),
    ]  # fmt: skip


def test_captures_of_an_article_are_its_earlier_versions(tmp_path: Path) -> None:
    now = record(f"{OWN}/1", page(1).replace(b"<p>", b"<p>Prenosi Meridijan. "))
    wayback = "https://web.archive.org/web"
    toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>12 captures</div><!-- END WAYBACK TOOLBAR INSERT -->"
    saved = page(1).replace(b"<article>", toolbar + b'<article><a href="/web/20260304093000/https://reka.example/">')
    captures = record(f"{wayback}/20260304093000/{OWN}/1?utm_source=rss", saved)
    captures += record(f"{wayback}/20260305000000id_/{OWN}/1", page(1))
    captures += record(f"{wayback}/20260304093000/https://tudja.example/1", page(3))
    assert imported(tmp_path, now, captures, known_hosts=True) == Counter(stored=2, duplicate=1)
    versions = "SELECT url, first_seen_at::VARCHAR, starts_with(text, 'Prenosi') FROM article_version ORDER BY 2"
    assert rows(tmp_path, versions) == [
        (f"{OWN}/1", "2026-03-04 09:30:00", False),
        (f"{OWN}/1", "2026-03-04 10:00:00", True),
    ]
    assert rows(tmp_path, "SELECT version_count, first_seen_at::VARCHAR FROM article") == [(2, "2026-03-04 09:30:00")]
    whence = "SELECT requested_url FROM page WHERE requested_url IS NOT NULL"
    assert rows(tmp_path, whence) == [
        (f"{wayback}/20260304093000/{OWN}/1?utm_source=rss",),
        (f"{wayback}/20260305000000id_/{OWN}/1",),
    ]
    assert rows(tmp_path, "SELECT target_url FROM link WHERE target_url LIKE '%archive.org%'") == []


def test_a_wacz_file_is_the_warc_files_inside_of_it(tmp_path: Path) -> None:
    path = tmp_path / "sesija.wacz"
    digest = {"WARC_Payload_Digest": "sha1:AAAA"}
    same = {**digest, "WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/data.warc.gz", record(f"{OWN}/1", page(1), **digest))
        packed.writestr(
            "archive/more.warc.gz", record("https://lat.reka.example/vesti/1", b"", kind="revisit", **same)[:-9]
        )
        packed.writestr("archive/last.warc.gz", record("https://lat.reka.example/vesti/1", b"", kind="revisit", **same))
    with pytest.raises(InputError, match=r"sesija\.wacz/more\.warc\.gz: cannot be read"):
        import_files(tmp_path / "data", [path], OUTLETS, workers=1)
    assert rows(tmp_path, "SELECT url FROM address ORDER BY url") == [
        ("https://lat.reka.example/vesti/1",),
        (f"{OWN}/1",),
    ]
    path.write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="cannot be read as a WACZ file"):
        import_files(tmp_path / "data", [path], OUTLETS, workers=1)


def test_the_posts_of_an_archived_channel_are_articles_again(tmp_path: Path) -> None:
    site = Outlet("reka", "Reka", "local", "RS", ("reka.example",), telegram="rekavesti")
    channel = channel_of(site)
    assert channel is not None
    shown = telegram_page.preview_page(
        "rekavesti", telegram_page.post("rekavesti", 7, "Most je zatvoren.<br>Radovi traju.")
    )
    archive = WarcArchive(tmp_path / "warc")
    known = Asked(channel.outlet, "listing", "telegram")
    archive.write("https://t.me/s/rekavesti", 200, [("Content-Type", "text/html")], shown.encode(), AT, asked_for=known)
    archive.write("https://reka.example/rss", 200, [], b"<rss/>", AT, asked_for=Asked("reka", "feed", "feed"))
    archive.close()
    outlets = {"reka": site, channel.outlet: channel}
    counts = import_files(tmp_path / "data", list((tmp_path / "warc").iterdir()), outlets, known_hosts=True, workers=1)
    assert counts == Counter(stored=1)  # the feed is no page, and no refusal
    query = "SELECT outlet, url, title, discovered_by, first_seen_at::VARCHAR FROM article_version"
    assert rows(tmp_path, query) == [
        ("reka-telegram", "https://t.me/rekavesti/7", "Most je zatvoren.", "telegram", "2026-03-04 10:00:00")
    ]


IMPORT = """
import sys
from pathlib import Path
from pipelines.importer import import_files
from tests.pipelines.test_warc_import import OUTLETS
paths = [Path(path) for path in sys.argv[2:]]
import_files(Path(sys.argv[1]), paths, OUTLETS, known_hosts=True, workers=1, progress=lambda _: print("x", flush=True))
"""


def test_an_import_that_is_killed_goes_on(tmp_path: Path) -> None:
    count = 240
    (tmp_path / "0.warc.gz").write_bytes(b"".join(record(f"{OWN}/{n}", page(n)) for n in range(count)))
    command = [sys.executable, "-c", IMPORT, str(tmp_path / "data"), str(tmp_path / "0.warc.gz")]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "x\n"  # the first 100 are stored, more are archived
        os.kill(process.pid, signal.SIGKILL)
    assert rows(tmp_path, "SELECT count(*) FROM article_version") in ([(100,)], [(200,)])
    counts = import_files(tmp_path / "data", [tmp_path / "0.warc.gz"], OUTLETS, known_hosts=True, workers=1)
    assert counts["stored"] + counts["duplicate"] == count
    assert counts["duplicate"] >= 100
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT url) FROM article_version") == [(count, count)]
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT url) FROM page") == [(count, count)]
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT warc_offset || warc_file) FROM page") == [(count, count)]
    assert rows(tmp_path, "SELECT count(*) FROM article") == [(count,)]
