"""Bad input to every command: one clear line on stderr, a non-zero exit code, and nothing lost."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command

from odjek import app, run_command
from pipelines import database
from pipelines.database import connect
from tests.test_docs import commands

GOOD = {
    "url": "https://meridijan.example/2026/03/04/most",
    "outlet": "meridijan",
    "outlet_name": "Meridijan",
    "role": "state_media",
    "title": "Otvoren novi most preko reke",
    "text": "Novi most preko reke otvoren je jutros u prisustvu velikog broja meštana. " * 8,
    "published_at": "2026-03-04T09:00:00+01:00",
}


def without(field: str) -> dict[str, str]:
    return {name: value for name, value in GOOD.items() if name != field}


FILES: dict[str, bytes] = {
    "good.jsonl": json.dumps(GOOD).encode(),
    "wrong_field.jsonl": json.dumps({**GOOD, "title": 5}).encode(),
    "missing_field.jsonl": json.dumps(without("text")).encode(),
    "not_json.jsonl": b"{\n[1]\n",
    "empty.jsonl": b"",
    "torn.jsonl.gz": b"\x1f\x8b\x08\x00",
    "broken.warc.gz": b"\x1f\x8b\x08\x00 this is no WARC at all, whatever its name says",
    "broken.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "broken.parquet": b"PAR1 and nothing more",
    "no_columns.csv": b"a,b\n1,2\n",
    "notes.txt": b"no articles",
    "bad_pairs.csv": b"a,b\n1,2\n",
    "empty_pairs.csv": b"story,local_url,state_url,verdict\ns1,,,amplification\n",
    "no_pairs.csv": b"local_url,state_url,verdict\n",
    "two_labels.csv": b"local_url,state_url,verdict\nx,y,quote\nx,z,quote\nx,y,critical\n",
    "no_form.csv": b"local_url,state_url,verdict,form\nx,y,amplification,copy\n",
    "good_pairs.csv": b"local_url,state_url,verdict\nhttps://a.example/1,https://b.example/1,quote\n",
    "torn_model/model.toml": b'version = "1',
    "foreign/odjek.duckdb": b"not a database" * 100,
    "foreign/published/odjek.duckdb": b"not a database" * 100,
    "bad_registry/one.toml": b'name = "One"\nrole = "friend"\ncountry = "RS"\nhosts = ["one.example"]\n',
    "torn_registry/one.toml": b'name = "One\n',
    "empty_registry/readme": b"",
}


@dataclass(frozen=True)
class Case:
    """One wrong use: the command as it is typed ({at} is the folder of FILES), and what the line must say."""

    typed: str
    says: str
    code: int = 1
    query: str | None = None  # the last argument, where it has spaces

    @property
    def arguments(self) -> list[str]:
        return [*self.typed.split(), *([self.query] if self.query else [])]


CASES = [
    # no such thing
    Case("frobnicate", "frobnicate", 2),
    Case("--no-such-option status", "--no-such-option", 2),
    Case("--data", "--data", 2),
    Case("crawl --no-such-option", "--no-such-option", 2),
    # run
    Case("run --since yesterday", "'yesterday' is not written as YYYY-MM-DD", 2),
    Case("run --window-days 0", "--window-days", 2),
    Case("run --outlet nowhere", "nowhere"),
    Case("run --ping ftp://ping.example", "'ftp://ping.example' is not written as http", 2),
    Case("--wait -1 run", "--wait", 2),
    Case("--log-format xml run", "--log-format", 2),
    Case("--outlets {at}/bad_registry run", "one.toml: role"),
    Case("--data {at}/good.jsonl run --demo", "good.jsonl"),
    # crawl
    Case("crawl --outlet sputnik-srbja", "sputnik-srbja"),
    Case("crawl --since 2026-13-40", "'2026-13-40' is not written as YYYY-MM-DD", 2),
    Case("crawl --since 2026-03-09 --until 2026-03-01", "2026-03-09"),
    Case("--outlets {at}/missing crawl", "missing"),
    Case("--outlets {at}/torn_registry crawl", "one.toml"),
    Case("--outlets {at}/empty_registry crawl", "empty_registry"),
    Case("--data {at}/foreign crawl", "not a DuckDB file"),
    # import
    Case("import", "PATH", 2),
    Case("import {at}/missing.jsonl", "missing.jsonl does not exist"),
    Case("import {at}", "is a folder"),
    Case("import {at}/notes.txt", "notes.txt: unknown kind of file"),
    Case("import {at}/wrong_field.jsonl", "nothing could be stored"),
    Case("import {at}/missing_field.jsonl", "nothing could be stored"),
    Case("import {at}/not_json.jsonl", "not_json.jsonl"),
    Case("import {at}/empty.jsonl", "empty.jsonl"),
    Case("import {at}/torn.jsonl.gz", "torn.jsonl.gz"),
    Case("import {at}/broken.warc.gz", "broken.warc.gz"),
    Case("import {at}/broken.warc", "broken.warc"),
    Case("import {at}/broken.parquet", "broken.parquet"),
    Case("import {at}/no_columns.csv", "no_columns.csv"),
    Case("--data {at}/foreign import {at}/good.jsonl", "not a DuckDB file"),
    Case("--data {at}/good.jsonl import {at}/good.jsonl", "good.jsonl"),
    Case("--outlets {at}/bad_registry import {at}/good.jsonl", "one.toml: role"),
    # analyze
    Case("analyze", "odjek import"),
    Case("analyze --window-days many", "--window-days", 2),
    Case("--data {at}/hollow analyze", "holds no article"),
    Case("--data {at}/foreign analyze", "not a DuckDB file"),
    # report, before anything was analysed
    Case("report", "analyze"),
    Case("--data {at}/foreign report", "foreign"),
    # sql
    Case("sql --format xml", "--format", 2, query="SELECT 1"),
    Case("sql", "analyze", query="SELECT 1"),
    Case("--data {at}/foreign sql", "foreign", query="SELECT 1"),
    Case("--data {at}/published sql", "Referenced column", query="SELECT nope FROM article"),
    Case("--data {at}/published sql", "syntax error", query="SELEC 1"),
    Case("--data {at}/published sql", "nothing that gives rows", query="/* only a remark */"),
    Case(
        "--data {at}/published sql --output {at}/no/such/folder.csv",
        "folder.csv cannot be written",
        query="FROM article",
    ),
    Case("--data {at}/published sql --format parquet", "Parquet cannot hold", query="SELECT INTERVAL 1 DAY AS lag"),
    # export
    Case("export", "analyze"),
    Case("--data {at}/published export nothing", "there are address, article"),
    Case("--data {at}/published export article --format table", "--format", 2),
    Case("--data {at}/published export article --output {at}", "cannot be written"),
    # evaluate
    Case("evaluate", "PAIRS.csv", 2),
    Case("evaluate {at}/bad_pairs.csv", "analyze"),
    Case("--data {at}/published evaluate {at}/missing.csv", "missing.csv"),
    Case("--data {at}/published evaluate {at}/bad_pairs.csv", "local_url is missing"),
    Case("--data {at}/published evaluate {at}/empty_pairs.csv", "line 2"),
    Case("--data {at}/published evaluate {at}/no_pairs.csv", "holds no pair"),
    Case("--data {at}/published evaluate {at}/two_labels.csv", "lines 2 and 4"),
    Case("--data {at}/published evaluate {at}/no_form.csv", "line 2: 'copy' is no form"),
    # calibrate
    Case("calibrate", "--reset", 2),
    Case("calibrate --reset {at}/bad_pairs.csv", "PAIRS.csv, or --reset", 2),
    Case("calibrate --reset --anyway", "PAIRS.csv, or --reset", 2),
    Case("calibrate {at}/bad_pairs.csv", "analyze"),
    Case("--data {at}/published calibrate {at}/missing.csv", "missing.csv"),
    Case("--data {at}/published calibrate {at}/bad_pairs.csv", "local_url is missing"),
    Case("--data {at}/published calibrate {at}/good_pairs.csv", "run 'odjek analyze'"),
    Case("--data {at}/torn_model analyze", "model.toml is no model that can be read"),
    # outlets
    Case("outlets list --role friend", "no outlet"),
    Case("outlets list --country Serbia", "no outlet"),
    Case("--outlets {at}/bad_registry outlets list", "one.toml: role"),
    Case("--outlets {at}/bad_registry outlets check", "one.toml: role"),
    Case("--outlets {at}/torn_registry outlets check", "one.toml"),
    Case("outlets check nobody", 'no outlet "nobody" in the registry'),
    Case("outlets new vesti", "is not the address of a site"),
    Case("outlets new ftp://vesti.example/", "is not the address of a site"),
    Case("outlets new vesti.example --country Serbia", "--country"),
    Case("outlets new vesti.example --role friend", "friend", 2),
    Case("--outlets {at}/bad_registry outlets new vesti.example", "one.toml: role"),
    Case("outlets frobnicate", "frobnicate", 2),
    # status, schedule
    Case("status", "odjek import"),
    Case("--data {at}/foreign status", "foreign"),
    Case("schedule --at noon", "'noon' is not written as HH:MM", 2),
    Case("schedule --format anacron", "--format", 2),
    Case("schedule --install --remove", "one of --install, --remove and --show", 2),
]


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """A folder with every kind of broken file, a store without articles, and one small snapshot."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    connect(tmp_path / "hollow", create=True).close()
    snapshot = tmp_path / "published" / "published" / "odjek.duckdb"
    snapshot.parent.mkdir(parents=True)
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute("CREATE TABLE article (article_id TEXT); CREATE TABLE address (url TEXT, article_id TEXT)")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.typed} {case.query or ''}")
def test_one_clear_line_and_nothing_lost(case: Case, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(at)
    arguments = [argument.replace("{at}", str(at)) for argument in case.arguments]
    if "--data" not in arguments:
        arguments = ["--data", str(at / "data"), *arguments]
    code = run_command(["--quiet", *arguments])
    err = capsys.readouterr().err
    assert code == case.code
    assert err.startswith("odjek: ")
    assert err.count("\n") == 1, err
    assert case.says in err
    assert "Traceback" not in err
    assert contents(at) == before


def test_every_command_has_a_case() -> None:
    tried = {" ".join(word for word in case.arguments if not word.startswith("-")) for case in CASES}
    for command in commands(get_command(app)):
        assert any(f" {command} " in f" {words} " for words in tried), f"no bad input for 'odjek {command}'"


def test_a_bad_record_keeps_no_good_one_out(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mixed = at / "mixed.jsonl"
    mixed.write_bytes(FILES["wrong_field.jsonl"] + b"\n" + FILES["good.jsonl"] + b"\n")
    assert run_command(["--quiet", "--data", str(at / "data"), "import", str(mixed)]) == 0
    assert capsys.readouterr().out == "1 stored; refused: 1 bad_field\n"
    assert run_command(["--data", str(at / "data"), "status", "--format", "json"]) == 0
    (refused,) = json.loads(capsys.readouterr().out)["refusals"]
    assert (refused["example"], refused["refusal_count"]) == ("mixed.jsonl:1", 1)
    assert refused["detail"] == "title: a text is needed, not int"


def test_a_file_that_breaks_keeps_what_came_before(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--quiet", "--data", str(at / "data"), "import"]
    assert run_command([*command, str(at / "good.jsonl"), str(at / "broken.parquet")]) == 1
    assert "broken.parquet" in capsys.readouterr().err
    with duckdb.connect(str(at / "data" / "odjek.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (1,)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Another process has the working store open for writing."""
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        yield
    finally:
        holder.communicate(b"\n")


@pytest.mark.parametrize("typed", ["run", "crawl", "import {at}/good.jsonl", "analyze"])
def test_a_second_job_ends_at_once(
    typed: str, at: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.0)
    data = ["--quiet", "--data", str(at / "data")]
    assert run_command([*data, "import", str(at / "good.jsonl")]) == 0
    capsys.readouterr()
    with held(at / "data" / "odjek.duckdb"):
        assert run_command([*data, *typed.replace("{at}", str(at)).split()]) == 4
    err = capsys.readouterr().err
    assert "another odjek process is writing" in err
    assert err.count("\n") == 1


def test_status_of_the_first_night_says_that_it_is_not_over(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with held(at / "hollow" / "odjek.duckdb"):
        assert run_command(["--data", str(at / "hollow"), "status"]) == 4
    assert "the first job" in capsys.readouterr().err


def test_status_is_told_from_the_snapshot_while_a_job_writes(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--quiet", "--data", str(at / "data")]
    assert run_command([*data, "import", str(at / "good.jsonl")]) == 0
    assert run_command([*data, "analyze"]) == 0
    capsys.readouterr()
    with held(at / "data" / "odjek.duckdb"):
        assert run_command([*data, "status"]) == 0
    out = capsys.readouterr().out
    assert "a job is writing" in out
    assert "1 article of 1 outlet" in out
