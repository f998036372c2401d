"""Runs the SELECTs of `sql/`: one file, one table of the same name, with its comments.

The comment on top of a file is the table's: its first line says what one row is, lines `-- column: meaning` describe
columns. Numbers enter as `$named` parameters from thresholds.toml. Nothing here knows what the tables mean.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

FOLDER = Path(__file__).with_name("sql")
THRESHOLDS = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that changes results, and why it is what it is."""

    value: float
    reason: str


@cache
def thresholds(path: Path = THRESHOLDS) -> dict[str, Threshold]:
    """All thresholds by name."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Threshold(row["value"], str(row["reason"])) for name, row in raw.items()}


def create(
    connection: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any], *, kind: str = "TABLE"
) -> int:
    """Make the table (or TEMP TABLE, or VIEW) `name` from `sql/<name>.sql`; returns its number of rows."""
    query = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    used = {key: parameters[key] for key in set(re.findall(r"\$(\w+)", query))}
    connection.execute(f"CREATE OR REPLACE {kind} {name} AS {query}", used or None)
    if kind != "TEMP TABLE":
        _comment(connection, name, query, kind)
    if kind == "VIEW":
        return 0
    return int(connection.table(name).count("*").fetchall()[0][0])


def create_from(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, pa.Array] | pa.Table) -> None:
    """Make a table of rows computed in Python: `sql/<name>.sql` selects them from `arriving` and says what they are.

    Without such a file they become a temporary table, gone with the connection.
    """
    connection.register("arriving", columns if isinstance(columns, pa.Table) else pa.table(dict(columns)))
    try:
        if (FOLDER / f"{name}.sql").exists():
            create(connection, name, {})
        else:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arriving")
    finally:
        connection.unregister("arriving")


def _comment(connection: duckdb.DuckDBPyConnection, name: str, query: str, kind: str) -> None:
    table, columns = comments(query)
    connection.execute(f"COMMENT ON {kind} {name} IS {_literal(table)}")
    for column, meaning in columns.items():
        connection.execute(f"COMMENT ON COLUMN {name}.{column} IS {_literal(meaning)}")


def comments(query: str) -> tuple[str, dict[str, str]]:
    """What the head of a file says of its table and of its columns."""
    table: list[str] = []
    columns: dict[str, str] = {}
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        found = re.match(r"([a-z_]+): (.+)", text)
        if found:
            columns[found.group(1)] = found.group(2)
        else:
            table.append(text)
    return " ".join(table), columns


def _literal(text: str) -> str:
    """A string of our own files as an SQL literal: COMMENT takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
