"""The tables say what they hold: a COMMENT on each table and column, and the same words in docs/tables.md."""

import duckdb
import pytest

from pipelines.database import SCHEMA
from spiders.refusal import REFUSALS
from tests.conftest import REPOSITORY


def described(query: str) -> list[tuple[str, ...]]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        return connection.execute(query).fetchall()


TABLES = described("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name")
COLUMNS = described(
    "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
)


@pytest.fixture(scope="module")
def docs() -> str:
    return (REPOSITORY / "docs" / "tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("table", "comment"), TABLES)
def test_every_table_is_documented(docs: str, table: str, comment: str) -> None:
    assert comment.endswith(".")
    assert f"### `{table}`\n\n{comment}\n" in docs


@pytest.mark.parametrize(("table", "column", "kind", "comment"), COLUMNS)
def test_every_column_is_documented(docs: str, table: str, column: str, kind: str, comment: str) -> None:
    assert comment.endswith(".")
    section = docs.split(f"### `{table}`\n")[1].split("\n#")[0]
    assert f"| `{column}` | {kind} | {comment} |\n" in section


@pytest.mark.parametrize(("table", "column", "kind"), [row[:3] for row in COLUMNS])
def test_names_say_what_a_column_holds(table: str, column: str, kind: str) -> None:
    assert (column.endswith("_at"), column.startswith("is_")) == (kind == "TIMESTAMP", kind == "BOOLEAN"), table
    assert column.endswith("_on") == (kind == "DATE")


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_reason_of_refusal_is_documented(docs: str, reason: str) -> None:
    assert f"| `{reason}` | {REFUSALS[reason]} |\n" in docs


def test_nothing_is_documented_that_does_not_exist(docs: str) -> None:
    reasons = docs.split("## Why a page or record is refused\n")[1].split("\n## ")[0]
    found = {line.split("`")[1] for line in reasons.splitlines() if line.startswith("| `")}
    assert found == set(REFUSALS)
