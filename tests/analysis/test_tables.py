"""docs/tables.md describes the tables of the analysis in the words that stand on top of their SQL files."""

from pathlib import Path

import duckdb
import pytest

from analysis.tables import FOLDER, comments
from pipelines.database import SCHEMA
from tests.analysis.conftest import Analysed
from tests.analysis.test_verdict import local, state
from tests.conftest import REPOSITORY

PASSING = {"decoy_text", "decoy_hit", "opportunity", "weakest_finding", "gram_use", "common_gram", "stale_gram"}
PASSING |= {"candidate_text", "rival_text"}
"""Tables that are gone when the analysis ends."""
SECTION = "## What the analysis computes\n"

STORED = """
    SELECT c.table_name, coalesce(t.comment, v.comment), c.column_name, c.data_type, c.comment
    FROM duckdb_columns() c
    LEFT JOIN duckdb_tables() t ON t.table_name = c.table_name
    LEFT JOIN (SELECT view_name, comment FROM duckdb_views() WHERE NOT internal) v ON v.view_name = c.table_name
    WHERE NOT c.internal AND c.schema_name = 'main'
    ORDER BY c.table_name, c.column_index
"""


def documented() -> dict[str, str]:
    """Text below the heading of each table that the analysis computes."""
    text = (REPOSITORY / "docs" / "tables.md").read_text(encoding="utf-8")
    parts = text.split(SECTION)[1].split("\n## ")[0].split("\n### `")[1:]
    return {part.split("`")[0]: part.split("\n", 1)[1] for part in parts}


def described(database: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What ought to stand there: the comments and types of an analysed database."""
    with duckdb.connect() as store:
        store.execute(SCHEMA.read_text(encoding="utf-8"))
        collected = {name for (name,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    found: dict[str, str] = {}
    for table, meaning, column, kind, comment in database.execute(STORED).fetchall():
        if table not in collected:
            found.setdefault(table, f"\n{meaning}\n\n| column | type | meaning |\n|---|---|---|\n")
            found[table] += f"| `{column}` | {kind} | {comment} |\n"
    return found


def test_every_table_is_documented_in_its_own_words(analysed: Analysed) -> None:
    expected = described(analysed([state(), local()]))
    assert set(expected) == {path.stem for path in FOLDER.glob("*.sql")} - PASSING
    found = documented()
    assert set(found) == set(expected)
    for table, text in expected.items():
        assert found[table].strip() == text.strip(), table


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_what_a_column_means_is_a_sentence(path: Path) -> None:
    table, columns = comments(path.read_text(encoding="utf-8"))
    assert all(meaning.endswith(".") and "|" not in meaning for meaning in (table, *columns.values()))
