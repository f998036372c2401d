"""End to end: the whole job on the newsroom that comes with odjek, over real HTTP, in processes of its own."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pytest

from demo.newsroom import OUTLETS, expected
from tests.conftest import REPOSITORY

AT_MOST_SECONDS = 60


def odjek(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "odjek", "--data", str(data), *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "published" / "odjek.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that `odjek run --demo` leaves, after checking what it said."""
    folder = tmp_path_factory.mktemp("demo")
    began = perf_counter()
    done = odjek(folder, "run", "--demo")
    assert done.returncode == 0, done.stderr
    assert perf_counter() - began < AT_MOST_SECONDS
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[-4:]] == ["found", "against pairs.csv", "report", "database"]
    assert "precision" in lines[-3]
    assert "recall" in lines[-3]
    for line in lines[-2:]:
        assert Path(line.partition(": ")[2]).is_file()
    return folder


def test_a_second_run_fetches_nothing_finds_the_same_and_says_how_far_it_is(data: Path) -> None:
    query = (
        "SELECT * REPLACE (round(probability, 9) AS probability, round(shared_share, 9) AS shared_share)"
        " FROM amplification ORDER BY ALL"
    )
    before = rows(data, query)
    assert before
    done = odjek(data, "run", "--demo")
    assert done.returncode == 0, done.stderr
    assert rows(data, query) == before
    latest = "run_id = (SELECT max(run_id) FROM run WHERE command = 'crawl')"
    assert rows(data, f"SELECT sum(fetched_count), sum(stored_count) FROM crawl WHERE {latest}") == [(0, 0)]
    steps = [line.split(":")[0] for line in done.stderr.splitlines() if line.endswith(" s)")]
    assert steps == ["crawl", "analyze", "publish", "report"]


def test_each_outlet_gives_what_the_newsroom_expects(data: Path) -> None:
    first = "run_id = (SELECT min(run_id) FROM run WHERE command = 'crawl')"
    status = dict(rows(data, f"SELECT outlet, status FROM crawl WHERE {first}"))
    articles = dict(rows(data, "SELECT outlet, count(*) FROM article GROUP BY outlet"))
    addresses = dict(rows(data, "SELECT outlet, count(*) FROM address GROUP BY outlet"))
    refused: dict[str, dict[str, int]] = {}
    for outlet, reason, count in rows(data, f"SELECT outlet, reason, count(*) FROM refusal WHERE {first} GROUP BY ALL"):
        refused.setdefault(outlet, {})[reason] = count
    found = {
        outlet: {
            "articles": articles.get(outlet, 0),
            "addresses": addresses.get(outlet, 0),
            "status": status[outlet],
            "refused": refused.get(outlet, {}),
        }
        for outlet in status
    }
    assert found == {outlet: {"status": "ok", "refused": {}} | row for outlet, row in expected().items()}


def test_every_outlet_is_accounted_for(data: Path) -> None:
    down = {path.stem for path in OUTLETS.glob("*.toml")} - {
        str(name) for (name,) in rows(data, "SELECT outlet FROM article")
    }
    failed = {str(name) for (name,) in rows(data, "SELECT outlet FROM crawl WHERE status = 'failed'")}
    assert down == failed
    assert failed


def test_every_page_can_be_read_again_from_the_archive(data: Path) -> None:
    [(versions, archived)] = rows(data, "SELECT count(*), count(warc_file) FROM article_version")
    assert versions == archived
    assert {str(name) for (name,) in rows(data, "SELECT DISTINCT warc_file FROM article_version")} <= {
        path.name for path in (data / "warc").iterdir()
    }


def test_the_snapshot_answers_on_the_command_line(data: Path) -> None:
    as_json = json.loads(odjek(data, "sql", "--format", "json", "FROM amplification").stdout)
    as_csv = list(csv.DictReader(odjek(data, "export", "amplification").stdout.splitlines()))
    assert len(as_json) == len(as_csv) > 0
    assert {row["article_url"] for row in as_json} == {row["article_url"] for row in as_csv}


def test_every_finding_has_a_page_in_the_report(data: Path) -> None:
    report = "".join(path.read_text(encoding="utf-8") for path in (data / "report").rglob("*.html"))
    for (url,) in rows(data, "SELECT article_url FROM amplification"):
        assert str(url) in report


def test_evaluate_agrees_with_what_the_demo_said(data: Path) -> None:
    found = json.loads(odjek(data, "evaluate", "demo/pairs.csv", "--format", "json").stdout)
    assert 0 <= found["precision"]["low"] <= found["precision"]["value"] <= found["precision"]["high"] <= 1


def queries() -> list[str]:
    """Every query that README.md and docs/sql.md show."""
    blocks = re.findall(
        r"^```sql\n(.+?)^```", (REPOSITORY / "docs/sql.md").read_text(encoding="utf-8"), flags=re.M | re.S
    )
    pages = "".join((REPOSITORY / page).read_text(encoding="utf-8") for page in ("README.md", "docs/sql.md"))
    lines = re.findall(r'odjek sql (?:--format csv )?"(.+)"', pages)
    return [*blocks, *lines]


@pytest.mark.parametrize("query", queries(), ids=lambda query: " ".join(query.split())[:60])
def test_the_queries_of_the_documents_have_answers(data: Path, query: str) -> None:
    assert rows(data, query)
