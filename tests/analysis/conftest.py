"""A small corpus becomes an analysed database, for the tests that look at whole results."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis.run import analyze
from pipelines.importer import import_files

Record = dict[str, Any]
Analysed = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def analysed(tmp_path: Path) -> Iterable[Analysed]:
    """Imports records in one or more batches, analyses after each, and opens the database; options are `analyze`'s."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def build(*batches: list[Record], **options: Any) -> duckdb.DuckDBPyConnection:
        data = tmp_path / f"data{len(opened)}"
        for number, batch in enumerate(batches):
            path = tmp_path / f"batch{len(opened)}-{number}.jsonl"
            path.write_text("".join(json.dumps(record) + "\n" for record in batch), encoding="utf-8")
            import_files(data, [path], {})
            analyze(data, **options)
        connection = duckdb.connect(str(data / "odjek.duckdb"), read_only=True)
        opened.append(connection)
        return connection

    yield build
    for connection in opened:
        connection.close()


@pytest.fixture(scope="session")
def gold() -> Callable[[str], list[Record]]:
    """The labelled articles of a set in tests/gold."""

    def read(name: str) -> list[Record]:
        path = Path(__file__).parent.parent / "gold" / name / "articles.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return read
