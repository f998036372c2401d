"""Queries on the published snapshot: opened for reading only, errors as one line.

The snapshot is a file of its own, so a query never waits for a crawl and a crawl never waits for a query. Unless
`with_files` is asked for, a query sees nothing but the snapshot: no files, no network, no extensions. So a query that
somebody else wrote can be run without harm.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from spiders.errors import InputError, StoreError

BATCH = 10_000
"""Rows fetched at a time."""

WITH_FILES = "; 'odjek sql --with-files' lets a query use files"


def snapshot(data: Path) -> Path:
    """Return the snapshot inside a data folder, or say what to do when there is none."""
    path = data / "published" / "odjek.duckdb"
    if not path.is_file():
        demo = data / "demo"
        other = f"give --data {demo} for the demo's" if (demo / "published").is_dir() else "give --data"
        raise StoreError(f"no published snapshot in {data}: run 'odjek --data {data} analyze' first, or {other}")
    return path


def connect(path: Path, *, with_files: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a database for reading only; times of queries are in UTC."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": with_files,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        connection = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        raise StoreError(f"{path} cannot be opened: {one_line(error)}") from error
    connection.execute("SET TimeZone = 'UTC'")
    if not with_files:
        connection.execute("SET lock_configuration = true")  # a query reads; it changes no setting
    return connection


def select(connection: duckdb.DuckDBPyConnection, query: str) -> pa.RecordBatchReader | None:
    """Run one or more statements; return the rows of the last one, or None when it has none."""
    try:
        relation = connection.sql(query)
        return None if relation is None else relation.to_arrow_reader(BATCH)
    except duckdb.Error as error:
        is_shut = isinstance(error, duckdb.PermissionException) and "disabled by configuration" in str(error)
        raise InputError(f"query: {one_line(error)}{WITH_FILES if is_shut else ''}") from error


def select_table(connection: duckdb.DuckDBPyConnection, table: str) -> pa.RecordBatchReader:
    """Return all rows of one table or view, in an order that is the same each time."""
    found = connection.execute("SELECT table_name FROM information_schema.tables ORDER BY table_name").fetchall()
    known = [name for (name,) in found]
    if table not in known:
        raise InputError(f"no table '{table}' in the snapshot; there are {', '.join(known)}")
    return connection.table(table).order("ALL").to_arrow_reader(BATCH)


def one_line(error: duckdb.Error) -> str:
    """Return DuckDB's message without the lines that show the query again."""
    return " ".join(str(error).split("\n\nLINE ")[0].split())
