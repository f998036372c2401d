"""Imports: what goes in, what is refused and why, and that nothing read before a break is lost."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.database import connect, store_path
from pipelines.importer import import_files
from spiders.errors import InputError
from spiders.registry import Outlet, load_outlets

OUTLETS = {"reka": Outlet("reka", "Reka", "local", "RS", ("reka.example", "lat.reka.example"))}
TEXT = "Most preko Drine biće zatvoren od ponedeljka, saopštila je Uprava za puteve.\nRadovi traju do kraja maja."
RECORD = {
    "url": "https://reka.example/vesti/most",
    "outlet": "reka",
    "title": "Most se zatvara",
    "text": TEXT,
    "published_at": "2026-03-04T10:15+01:00",
}


def given(**changed: Any) -> dict[str, Any]:
    """RECORD with other fields; None takes a field away."""
    return {name: value for name, value in {**RECORD, **changed}.items() if value is not None}


def jsonl(path: Path, *records: Any) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def imported(folder: Path, *paths: Path) -> Counter[str]:
    return import_files(folder / "data", paths, OUTLETS)


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with connect(folder / "data") as connection:
        return connection.execute(query).fetchall()


AT = datetime(2026, 3, 4, 9, 15)  # noqa: DTZ001 - as the database keeps it
MIDNIGHT = datetime(2026, 3, 4)  # noqa: DTZ001

TIMES = [
    ("2026-03-04T10:15+01:00", (AT, "minute", date(2026, 3, 4))),
    ("2026-03-04T10:15:30+0100", (AT, "minute", date(2026, 3, 4))),
    ("2026-03-04T09:15Z", (AT, "minute", date(2026, 3, 4))),
    ("2026-03-04T10:15", (AT, "minute", date(2026, 3, 4))),  # of the outlet's zone
    ("2026-03-04 10:15:00", (AT, "minute", date(2026, 3, 4))),
    ("2026-03-04", (MIDNIGHT, "day", date(2026, 3, 4))),
    ("2026-03-03T23:30Z", (datetime(2026, 3, 3, 23, 30), "minute", date(2026, 3, 4))),  # noqa: DTZ001
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_times(tmp_path: Path, text: str, expected: tuple[Any, ...]) -> None:
    imported(tmp_path, jsonl(tmp_path / "a.jsonl", given(published_at=text)))
    assert rows(tmp_path, "SELECT published_at, published_precision, published_on FROM article") == [expected]


ACCEPTED = [
    # what, the record, then what of it is stored
    ("as it is", {}, "title, outlet", ("Most se zatvara", "reka")),
    ("paragraphs", {}, "text", (TEXT.replace("\n", "\n\n"),)),
    ("unknown fields", {"id": 7, "tags": ["a"]}, "title", ("Most se zatvara",)),
    ("the outlet by its host", {"outlet": None}, "outlet", ("reka",)),
    ("the outlet by a twin host", {"outlet": None, "url": "http://lat.reka.example/a"}, "outlet", ("reka",)),
    (
        "an address as given",
        {"url": " https://Reka.example/a?utm_source=x#top "},
        "url",
        ("https://reka.example/a?utm_source=x",),
    ),
    ("a short text", {"text": "Potres u Užicu."}, "word_count", (3,)),
    ("Croatian is of one language", {"language": "hr-HR"}, "language", ("sr",)),
    ("language found", {}, "language, script", ("sr", "latn")),
    ("Cyrillic", {"text": "Мост је затворен."}, "language, script", ("sr", "cyrl")),
    ("a byline", {"byline": " Tanjug /  R. P."}, "byline", ("Tanjug / R. P.",)),
    ("modified", {"modified_at": "2026-03-04T11:15+01:00"}, "modified_at", (AT + timedelta(hours=1),)),
    ("an empty optional field", {"modified_at": "", "byline": ""}, "modified_at, byline", (None, None)),
]


@pytest.mark.parametrize(("changed", "columns", "expected"), [c[1:] for c in ACCEPTED], ids=[c[0] for c in ACCEPTED])
def test_records_that_go_in(tmp_path: Path, changed: dict[str, Any], columns: str, expected: tuple[Any, ...]) -> None:
    assert imported(tmp_path, jsonl(tmp_path / "a.jsonl", given(**changed))) == Counter(stored=1)
    assert rows(tmp_path, f"SELECT {columns} FROM article") == [expected]


REFUSED = [
    # what, the line, reason, words of the detail
    ("no title", given(title=None), "missing_field", "title"),
    ("an empty text", given(text="  "), "missing_field", "text"),
    ("two fields lacking", given(url=None, published_at=None), "missing_field", "url, published_at"),
    ("null", {**RECORD, "published_at": None}, "missing_field", "published_at"),
    ("no date", given(published_at="yesterday"), "bad_field", "published_at: 'yesterday' is no date"),
    ("a date that is none", given(published_at="2026-02-30"), "bad_field", "published_at"),
    ("a number for a date", given(published_at=1772615700), "bad_field", "published_at"),
    ("modified unreadable", given(modified_at="soon"), "bad_field", "modified_at"),
    ("no address", given(url="vesti/most"), "bad_field", "url: 'vesti/most' is no web address"),
    ("another kind of address", given(url="file:///etc/passwd"), "bad_field", "url"),
    ("an address as a list", given(url=["https://reka.example/a"]), "bad_field", "url"),
    ("a list for a text", given(text=["a", "b"]), "bad_field", "text: a text is needed, not list"),
    ("a role that is none", given(outlet="obala", role="king"), "bad_field", "role: 'king' is none of state_media"),
    ("an outlet that is a path", given(outlet="../reka"), "bad_field", "outlet"),
    ("an unknown host", given(outlet=None, url="https://obala.example/a"), "unknown_host", "https://obala.example/a"),
    ("a list", [1, 2], "bad_field", "a JSON list, not an object"),
    ("a cut line", '{"url": "https', "bad_field", "not JSON"),
    ("an endless nesting", "[" * 100_000, "bad_field", "not JSON"),
    ("nothing but invisible", given(title="\u200b"), "bad_field", "title or text"),
]


@pytest.mark.parametrize(
    ("line", "reason", "detail"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_records_that_are_refused(tmp_path: Path, line: Any, reason: str, detail: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", given(url="https://reka.example/fine"), "", line)
    assert imported(tmp_path, path) == Counter({"stored": 1, reason: 1})
    [(found, where, words)] = rows(tmp_path, "SELECT reason, url, detail FROM refusal")
    assert (found, where) == (reason, "a.jsonl:3")
    assert detail in words
    assert rows(tmp_path, "SELECT stored_count FROM crawl WHERE outlet = 'reka'") == [(1,)]


def as_jsonl_gz(path: Path, records: list[dict[str, Any]]) -> Path:
    path = path.with_name("a.jsonl.gz")
    path.write_bytes(gzip.compress(jsonl(path.with_name("raw.txt"), *records).read_bytes()))
    return path


def as_csv(path: Path, records: list[dict[str, Any]], separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    path = path.with_name("a.csv")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(RECORD), delimiter=separator)
        writer.writeheader()
        writer.writerows(records)
    return path


def as_csv_of_semicolons(path: Path, records: list[dict[str, Any]]) -> Path:
    return as_csv(path, records, ";", "utf-8")


def as_parquet(path: Path, records: list[dict[str, Any]]) -> Path:
    path = path.with_name("a.parquet")
    pq.write_table(pa.Table.from_pylist(records), path)
    return path


def as_parquet_of_times(path: Path, records: list[dict[str, Any]]) -> Path:
    for record in records:
        record["published_at"] = datetime.fromisoformat(record["published_at"])
    return as_parquet(path, records)


@pytest.mark.parametrize("write", [as_jsonl_gz, as_csv, as_csv_of_semicolons, as_parquet, as_parquet_of_times])
def test_every_kind_of_file_gives_the_same(tmp_path: Path, write: Callable[[Path, list[dict[str, Any]]], Path]) -> None:
    records = [given(url=f"https://reka.example/{n}", title=f'"Most; {n}", kažu') for n in range(3)]
    assert imported(tmp_path, write(tmp_path / "a", records)) == Counter(stored=3)
    assert rows(tmp_path, "SELECT url, title, text, published_at FROM article ORDER BY url") == [
        (f"https://reka.example/{n}", f'"Most; {n}", kažu', TEXT.replace("\n", "\n\n"), AT) for n in range(3)
    ]


def test_an_outlet_that_is_not_registered(tmp_path: Path) -> None:
    records = [
        given(url="https://obala.example/a", outlet="obala", outlet_name="Обала", role="state_media"),
        given(url="https://stena.example/a", outlet="stena"),
        given(role="agency", outlet_name="Another"),  # what the registry knows is not overwritten
    ]
    imported(tmp_path, jsonl(tmp_path / "a.jsonl", *records))
    assert rows(tmp_path, "SELECT outlet, name, role, is_registered FROM outlet ORDER BY outlet") == [
        ("obala", "Обала", "state_media", False),
        ("reka", "Reka", "local", True),
        ("stena", "stena", "unknown", False),
    ]


def test_importing_again_stores_nothing_and_says_so(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", RECORD, given(title="Most"))
    assert imported(tmp_path, path) == Counter(stored=2)
    assert imported(tmp_path, path) == Counter(duplicate=2)
    assert rows(tmp_path, "SELECT version_count, address_count FROM article") == [(1, 1)]
    assert rows(tmp_path, "SELECT status, count(*) FROM run GROUP BY status") == [("ok", 2)]


def test_progress_is_told(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", *[given(url=f"https://reka.example/{n}") for n in range(1200)])
    told: list[int] = []
    import_files(tmp_path / "data", [path], OUTLETS, progress=told.append)
    assert told == [500, 500, 200]


UNUSABLE = [
    ("absent.jsonl", None, "does not exist"),
    ("a.docx", b"x", r"unknown kind of file; odjek imports \.jsonl"),
    ("folder.jsonl", "folder", "is a folder"),
]


@pytest.mark.parametrize(("name", "content", "message"), UNUSABLE)
def test_paths_that_cannot_be_imported_change_nothing(tmp_path: Path, name: str, content: Any, message: str) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        imported(tmp_path, jsonl(tmp_path / "fine.jsonl", RECORD), path)
    assert str(path) in str(error.value)
    assert not store_path(tmp_path / "data").exists()


def packed(*records: Any, folder: Path) -> bytes:
    return gzip.compress(jsonl(folder / "raw.txt", *records).read_bytes())


BROKEN: list[tuple[str, Callable[[Path], bytes], int, str]] = [
    # name, content, records before the break, what is said
    ("a.jsonl", lambda _: b"\x00\x01 nothing\n<html>\n", 0, "not one of its 2 lines is a JSON object"),
    ("a.jsonl.gz", lambda _: b"no gzip", 0, "cannot be read further than"),
    ("a.jsonl.gz", lambda folder: packed(RECORD, folder=folder)[:-9], 1, "cannot be read further than a.jsonl.gz:1"),
    ("a.csv", lambda _: b"", 0, "its first line must name the fields"),
    ("a.csv", lambda _: b"a,b\n1,2\n", 0, "names no field url, but a, b"),
    ("a.csv", lambda _: "url,title\nhttps://reka.example/a,Žuto\n".encode("cp1250"), 0, "not UTF-8; save it in that"),
    ("a.parquet", lambda _: b"PAR1 nothing", 0, "cannot be read further"),
]


@pytest.mark.parametrize(("name", "content", "kept", "message"), BROKEN)
def test_broken_files(tmp_path: Path, name: str, content: Callable[[Path], bytes], kept: int, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content(tmp_path))
    after = jsonl(tmp_path / "after.jsonl", given(url="https://reka.example/after"))
    with pytest.raises(InputError, match=message) as error:
        imported(tmp_path, path, after)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)
    # What came before the break is stored, and so are the files after it.
    assert rows(tmp_path, "SELECT count(*) FROM article") == [(kept + 1,)]
    assert rows(tmp_path, "SELECT status, detail LIKE '%further%' OR detail LIKE '%line%' FROM run") == [
        ("partial", True)
    ]


def test_the_twins_editions_and_versions_of_the_hard_stories(tmp_path: Path, shared: Path) -> None:
    counts = import_files(tmp_path / "data", [shared / "gold/hard_dev/articles.jsonl"], {})
    assert counts == Counter(stored=124)
    found = rows(
        tmp_path,
        "SELECT a.url, version_count, address_count, list(d.url ORDER BY d.url) "
        "FROM article a JOIN address d USING (article_id) "
        "WHERE version_count > 1 OR address_count > 1 GROUP BY ALL ORDER BY a.url",
    )
    cir, lat = (f"https://{host}.kompasinfo.example/saobracaj/trajekt-leniste-kudrino" for host in ("cir", "lat"))
    edited = "https://horizont1.example/vesti/pozar-dom-cemerikovac"
    editions = [f"https://podunavska-sveska.example/2026/03/30/yI-ed{n}" for n in (1, 2)]
    assert found == [
        (cir, 2, 2, [cir, lat]),  # the Latin twin has one sentence more
        (edited, 2, 1, [edited]),  # one address, two texts
        (editions[0], 1, 2, editions),  # two addresses, one text in two scripts
    ]


def test_a_real_tabloid(tmp_path: Path, shared: Path) -> None:
    path = shared / "real/alo_rs.jsonl"
    addresses = {json.loads(line)["url"] for line in path.read_text(encoding="utf-8").splitlines()}
    counts = import_files(tmp_path / "data", [path], load_outlets())
    assert counts == Counter(stored=2019)
    assert len(addresses) == 2015
    assert {url for (url,) in rows(tmp_path, "SELECT url FROM address")} == addresses
    # Two records of the four doubled ones have another text, two another headline: versions, none of them refused.
    doubled = "SELECT url, count(*) FROM article_version GROUP BY url HAVING count(*) > 1"
    assert [count for _, count in rows(tmp_path, doubled)] == [2, 2, 2, 2]


@pytest.fixture
def page_warc(tmp_path: Path) -> Path:
    """A WARC file of an article, a list page and an article of an unknown host."""
    from pipelines.archive import WarcArchive

    paragraphs = "".join(f"<p>{TEXT} Stav broj {n} govori o mostu i o obilaznici preko Luga.</p>" for n in range(5))
    html = (
        "<html><head><title>{0}</title>"
        "<meta property='article:published_time' content='2026-03-04T10:15:00+01:00'></head><body>"
        "<article><h1>{0}</h1>{1}</article></body></html>"
    )
    at = datetime(2026, 3, 10, 12, tzinfo=timezone.utc)  # noqa: UP017 - beside the naive times above
    headers = [("Content-Type", "text/html; charset=utf-8")]
    with WarcArchive(tmp_path / "given", "given") as archive:
        for number, url in enumerate(
            ["https://reka.example/vesti/most", "https://reka.example/", "https://obala.example/most"]
        ):
            archive.write(url, 200, headers, html.format(f"Most se zatvara {number}", paragraphs).encode(), at)
    return next((tmp_path / "given").iterdir())


def test_a_warc_is_archived_extracted_and_not_archived_twice(tmp_path: Path, page_warc: Path) -> None:
    assert imported(tmp_path, page_warc) == Counter(stored=2, list_page=1)
    assert rows(
        tmp_path, "SELECT outlet, published_at, warc_file IS NOT NULL FROM article_version ORDER BY outlet"
    ) == [
        ("obala.example", AT, True),
        ("reka", AT, True),
    ]
    assert rows(tmp_path, "SELECT role FROM outlet WHERE outlet = 'obala.example'") == [("unknown",)]
    assert rows(tmp_path, "SELECT kind, discovered_by, count(*) FROM page GROUP BY ALL") == [("article", "import", 3)]
    [archived] = (tmp_path / "data/warc").iterdir()
    # The archive can be imported itself: extraction is repeated without the network, and nothing is copied.
    assert imported(tmp_path, archived) == Counter(duplicate=2, list_page=1)
    assert list((tmp_path / "data/warc").iterdir()) == [archived]


def test_only_known_hosts(tmp_path: Path, page_warc: Path) -> None:
    counts = import_files(tmp_path / "data", [page_warc], OUTLETS, known_hosts=True)
    assert counts["stored"] == 1
    assert rows(tmp_path, "SELECT DISTINCT outlet FROM article") == [("reka",)]


def test_a_cut_warc_keeps_what_came_before_the_cut(tmp_path: Path, page_warc: Path) -> None:
    page_warc.write_bytes(page_warc.read_bytes()[:-60])
    with pytest.raises(InputError, match=page_warc.name):
        imported(tmp_path, page_warc)
    assert rows(tmp_path, "SELECT outlet FROM article") == [("reka",)]
    assert rows(tmp_path, "SELECT status FROM run") == [("partial",)]


def test_a_database_is_no_file_to_import(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(InputError, match="unknown kind of file"):
        imported(tmp_path, path)
