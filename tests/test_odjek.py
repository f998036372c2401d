"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import duckdb
import pyarrow.parquet as pq
import pytest

from odjek import run_command
from tests.conftest import REPOSITORY
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command on tmp_path/data: exit code, stdout, stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run_command(["--data", str(tmp_path / "data"), *arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A snapshot with one small table of every awkward type."""
    path = tmp_path / "data" / "published" / "odjek.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            CREATE TABLE sample AS SELECT * FROM (VALUES
                (1, 'Шта, "каже" Куршумлија', TIMESTAMP '2026-03-04 09:05:00', DATE '2026-03-04', true,
                 ['a', 'b'], 0.5),
                (2, E'dva\\nreda', NULL, NULL, false, [], 'nan'::DOUBLE)
            ) AS t (sample_id, title, published_at, published_on, is_credited, hosts, share)
        """)
        connection.execute("CREATE VIEW amplification AS SELECT sample_id, title FROM sample")
    return path


def test_a_folder_that_is_no_sentence_model_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    for command in ("run", "analyze"):
        code, out, err = run(command, "--sentence-model", str(tmp_path))
        assert (code, out) == (1, "")
        assert (
            err
            == f"odjek: {tmp_path} is no sentence model: it needs tokenizer.json and onnx/model.onnx or model.onnx\n"
        )
    assert not (tmp_path / "data").exists()


QUERY = "SELECT * FROM sample ORDER BY sample_id"


def test_json_is_one_array_of_objects(run: Run, published: Path) -> None:
    code, out, err = run("sql", QUERY, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {
            "sample_id": 1,
            "title": 'Шта, "каже" Куршумлија',
            "published_at": "2026-03-04T09:05:00",
            "published_on": "2026-03-04",
            "is_credited": True,
            "hosts": ["a", "b"],
            "share": 0.5,
        },
        {
            "sample_id": 2,
            "title": "dva\nreda",
            "published_at": None,
            "published_on": None,
            "is_credited": False,
            "hosts": [],
            "share": None,
        },
    ]


def test_csv_has_a_header_and_survives_quotes_and_line_breaks(run: Run, published: Path) -> None:
    code, out, _ = run("sql", QUERY, "--format", "csv")
    assert code == 0
    assert list(csv.reader(io.StringIO(out, newline=""))) == [
        ["sample_id", "title", "published_at", "published_on", "is_credited", "hosts", "share"],
        ["1", 'Шта, "каже" Куршумлија', "2026-03-04T09:05:00", "2026-03-04", "true", '["a", "b"]', "0.5"],
        ["2", "dva\nreda", "", "", "false", "[]", ""],
    ]


def test_a_table_keeps_each_row_on_a_line_and_values_whole(run: Run, published: Path) -> None:
    _, out, _ = run("sql", QUERY)
    lines = [line for line in out.splitlines() if line.strip()]
    assert len(lines) == 4  # head, rule, two rows: whatever the width
    assert 'Шта, "каже" Куршумлија' in lines[2]
    assert "dva reda" in lines[3]


def test_a_headline_cannot_command_the_terminal(run: Run, published: Path) -> None:
    _, out, _ = run("sql", "SELECT chr(27) || '[31m' || '[bold]naslov[/bold]' AS title")
    assert "\x1b" not in out
    assert "[bold]naslov[/bold]" in out


def test_parquet_keeps_types(run: Run, published: Path, tmp_path: Path) -> None:
    target = tmp_path / "sample.parquet"
    assert run("sql", QUERY, "--format", "parquet", "--output", str(target))[0] == 0
    table = pq.read_table(target)
    assert table.num_rows == 2
    assert str(table.schema.field("published_at").type) == "timestamp[us]"


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT 1 AS n; SELECT 2 AS n", [{"n": 2}]),
        ("SELECT 1 AS n, 2 AS n", [{"n": 1, "n_2": 2}]),
        ("SELECT sum(n) AS n FROM range(3) AS t(n)", [{"n": 3}]),
        ("SELECT n FROM range(0) AS t(n)", []),
        ("SELECT TIMESTAMPTZ '2026-03-04 10:00:00+01' AS at", [{"at": "2026-03-04T09:00:00+00:00"}]),
        ("CREATE TEMP TABLE mine AS SELECT 7 AS n; FROM mine", [{"n": 7}]),
    ],
)
def test_queries(run: Run, published: Path, query: str, rows: list[dict[str, object]]) -> None:
    code, out, err = run("sql", query, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == rows


def test_a_query_comes_from_stdin(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 5 AS five"))
    assert json.loads(run("sql", "--format", "json")[1]) == [{"five": 5}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM sample",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW amplification",
        "COPY sample TO '{folder}/stolen.csv'",
        "SELECT * FROM read_csv('{folder}/mine.csv')",
        "ATTACH '{folder}/other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SET memory_limit = '1TB'",
        "CALL enable_logging(storage = 'file', storage_path = '{folder}/log')",
    ],
)
def test_a_query_reads_the_snapshot_and_nothing_else(run: Run, published: Path, tmp_path: Path, query: str) -> None:
    (tmp_path / "mine.csv").write_text("outlet\nx\n")
    before = published.read_bytes()
    code, out, err = run("sql", query.format(folder=tmp_path))
    assert (code, out) == (1, "")
    assert err.startswith("odjek: query: ")
    assert err.count("\n") == 1
    assert published.read_bytes() == before
    assert not (tmp_path / "stolen.csv").exists()


def test_files_of_the_analyst_are_read_when_asked_for(run: Run, published: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("sample_id,owner\n1,A\n")
    query = f"SELECT owner FROM sample JOIN '{tmp_path}/mine.csv' USING (sample_id)"
    assert json.loads(run("sql", "--with-files", query, "--format", "json")[1]) == [{"owner": "A"}]


def test_a_query_that_needs_files_is_told_how(run: Run, published: Path) -> None:
    assert run("sql", "FROM 'mine.csv'")[2].endswith("; 'odjek sql --with-files' lets a query use files\n")


@pytest.mark.parametrize(
    ("name", "begins"), [("a.csv", b"n\n7\n"), ("a.json", b"[\n"), ("a.parquet", b"PAR1"), ("a.txt", b" ")]
)
def test_the_ending_of_a_file_says_how_a_query_is_written(
    run: Run, published: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert run("sql", "SELECT 7 AS n", "-o", str(tmp_path / name))[0] == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("command", [["export", "sample"], ["sql", "SELECT 7 AS n"], ["outlets", "list"]])
def test_a_file_of_a_kind_that_is_not_written_is_refused(
    run: Run, published: Path, tmp_path: Path, command: list[str]
) -> None:
    code, _, err = run(*command, "-o", str(tmp_path / "a.xlsx"))
    assert code == 1
    assert err.endswith("a.xlsx: odjek writes .csv, .json and .parquet; name such a file, or give --format\n")
    assert not (tmp_path / "a.xlsx").exists()
    assert run(*command, "-o", str(tmp_path / "a.xlsx"), "--format", "csv")[0] == 0


def test_the_demo_stays_apart_from_the_data_folder_and_is_named_where_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ODJEK_DATA", str(tmp_path))
    (tmp_path / "demo").write_text("in the way, so that nothing is crawled here")
    assert run_command(["run", "--demo"]) == 1
    assert str(tmp_path / "demo") in capsys.readouterr().err
    (tmp_path / "demo").unlink()
    (tmp_path / "demo" / "published").mkdir(parents=True)
    assert run_command(["sql", "SELECT 1"]) == 1
    assert f"give --data {tmp_path / 'demo'} for the demo's" in capsys.readouterr().err


def test_a_query_that_fails_half_way_leaves_the_old_file(run: Run, published: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    query = "SELECT CASE WHEN n = 150000 THEN error('late') ELSE n END AS n FROM range(200000) AS t(n)"
    code, _, err = run("sql", query, "--format", "csv", "--output", str(target))
    assert (code, "late" in err, target.read_text()) == (1, True, "old")
    assert [path.name for path in tmp_path.iterdir() if "draft" in path.name] == []


@pytest.mark.parametrize(
    ("arguments", "name", "first"),
    [
        (["export"], None, "sample_id,title"),
        (["export", "sample", "--format", "csv"], None, "sample_id,title,published_at"),
        (["export"], "out.csv", "sample_id,title"),
        (["export"], "out.json", "["),
        (["export"], "out.parquet", "PAR1"),
    ],
)
def test_export(run: Run, published: Path, tmp_path: Path, arguments: list[str], name: str | None, first: str) -> None:
    target = tmp_path / (name or "none")
    code, out, err = run(*arguments, *(["--output", str(target)] if name else []))
    assert (code, err) == (0, "")
    text = target.read_bytes().decode("utf-8", "replace") if name else out
    assert text.startswith(first)


def test_the_snapshot_can_be_held_open_by_another(run: Run, published: Path) -> None:
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(); input()",
            published,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    try:
        assert run("sql", QUERY)[0] == 0
    finally:
        reader.communicate(b"\n")


def test_the_prompt_answers_and_outlives_a_mistake(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["", "SELEC 1;", "SELECT sample_id", "FROM sample;"])

    def answer(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code, out, err = run("sql", "--format", "csv")
    assert code == 0
    assert out.endswith("sample_id\n1\n2\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "15 2 * * * "),
        (["--at", "04:05"], "5 4 * * * "),
        (["--format", "systemd", "--at", "04:05"], "OnCalendar=*-*-* 04:05:00"),
    ],
)
def test_schedule_names_the_program_the_data_and_the_time(
    run: Run, tmp_path: Path, arguments: list[str], expected: str
) -> None:
    code, out, _ = run("schedule", *arguments)
    assert code == 0
    assert expected in out
    assert f"--data {tmp_path / 'data'} run" in out


def test_one_job_works_in_a_folder_and_readers_never_wait(run: Run, published: Path, tmp_path: Path) -> None:
    article = {"url": "https://a.example/1", "outlet": "a", "outlet_name": "A", "role": "local", "title": "Novi most"}
    article |= {"text": "Novi most preko reke otvoren je jutros. " * 9, "published_at": "2026-03-04T09:00:00+01:00"}
    articles = tmp_path / "articles.jsonl"
    articles.write_text(json.dumps(article), encoding="utf-8")
    code = "import sys; from pathlib import Path; from pipelines.lock import alone\n"
    code += "with alone(Path(sys.argv[1]), 'run'): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY) as first:
        assert first.stdout is not None
        first.stdout.readline()
        for typed in (["run"], ["run", "--demo"], ["crawl"], ["import", str(articles)], ["analyze"], ["report"]):
            code_, out, err = run(*typed)
            assert (code_, out, err.count("\n")) == (4, "", 1)
            assert f"'odjek run' (process {first.pid}, since " in err
        for typed in (["sql", "SELECT 1"], ["export", "sample"], ["schedule"], ["outlets", "list"]):
            assert run(*typed)[0] == 0
        first.kill()
    assert run("import", str(articles))[0] == 0


def test_a_crawl_that_tells_nobody_who_asks_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ODJEK_CONTACT", raising=False)
    assert "ODJEK_CONTACT is not set: no site can write to you" in run("crawl", "--outlet", "nowhere")[2]
    monkeypatch.setenv("ODJEK_CONTACT", "ana@example.org")
    assert "ODJEK_CONTACT" not in run("crawl", "--outlet", "nowhere")[2]


def test_a_crawl_that_the_system_stops_says_so_in_its_code_and_its_log(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    with Site().serving() as site:

        def stop(_count: int) -> Answer:
            crawl.send_signal(signal.SIGTERM)
            return Answer(b"", "text/plain")

        site.pages["/robots.txt"] = stop
        write_outlet(tmp_path / "outlets", "skela", [site.host], feeds=[f"{site.url}/rss"])
        options = [
            "--data",
            str(tmp_path / "data"),
            "--outlets",
            str(tmp_path / "outlets"),
            "--quiet",
            "--log-format",
            "json",
        ]
        command = [sys.executable, "-m", "odjek", *options, "run"]
        crawl = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        out, err = crawl.communicate(timeout=60)
    assert (crawl.returncode, out) == (143, ""), err
    assert err == "odjek: the crawl was stopped by SIGTERM; what was fetched is kept, the same command goes on\n"
    [path] = (tmp_path / "data" / "logs").iterdir()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["message"].startswith("exit code 143: the crawl was stopped")
    with duckdb.connect(str(tmp_path / "data" / "odjek.duckdb"), read_only=True) as store:
        assert store.execute("SELECT run_id, status <> 'running' FROM run").fetchall() == [(lines[-1]["run_id"], True)]


def test_outlets_are_listed_by_role_and_country(run: Run) -> None:
    rows = json.loads(run("outlets", "list", "--role", "state_media", "--format", "json")[1])
    assert {"sputnik-srbija", "rt-balkan"} <= {row["outlet"] for row in rows}
    assert {row["role"] for row in rows} == {"state_media"}
    rows = json.loads(run("outlets", "list", "--country", "ME", "--format", "json")[1])
    assert {row["country"] for row in rows} == {"ME"}


def test_the_registry_that_is_shipped_has_no_fault(run: Run) -> None:
    code, out, err = run("outlets", "check", "--offline")
    assert (code, err) == (0, "")
    assert " 0 files are refused" in out


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([]) == 0
    assert "Usage: odjek" in capsys.readouterr().out


@pytest.mark.parametrize("program", [["-m", "odjek"], ["-c", "import odjek; odjek.main()"]])
def test_the_program_starts_at_once(program: list[str]) -> None:
    def seconds() -> float:
        began = perf_counter()
        done = subprocess.run([sys.executable, *program, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("odjek 0.")
        return perf_counter() - began

    assert min(seconds() for _ in range(3)) < 0.5
