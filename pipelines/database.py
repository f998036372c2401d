"""Opening the working store: one file, one process at a time, and a plain sentence where that is not possible.

What is written into it is in `pipelines.store`; `analysis` opens it here too. The published snapshot, which anybody may
keep open, is made by `pipelines.snapshot`.
"""

import time
from functools import cache
from pathlib import Path

import duckdb

from spiders.errors import BusyError, StoreError

SCHEMA = Path(__file__).with_name("schema.sql")
FILE = "odjek.duckdb"
PATIENCE_SECONDS = 3.0
"""`odjek status` has the store open for some tenths of a second."""


def store_path(data: Path) -> Path:
    """Where the working store of a data folder lies."""
    return data / FILE


def connect(data: Path, *, create: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the working store of `data` for writing; StoreError when it cannot be used."""
    path = store_path(data)
    is_new = not path.exists()
    if is_new and not create:
        raise StoreError(
            f"{path} does not exist: nothing was crawled or imported into {data} yet (odjek crawl, odjek import)"
        )
    try:
        data.mkdir(parents=True, exist_ok=True)
        connection = _patiently(path)
    except (duckdb.Error, OSError) as error:
        raise _refusal(path, error) from error
    try:
        if is_new or _is_empty(connection):
            connection.execute("BEGIN; " + SCHEMA.read_text(encoding="utf-8") + "COMMIT;")
        elif missing := _expected() - _columns(connection):
            _upgrade(connection, missing)
        _check_version(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def end_killed(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark the runs that were killed as failed: who has the store open for writing is alone, and no run goes on."""
    connection.execute("UPDATE run SET status = 'failed', detail = '{\"error\":\"killed\"}' WHERE status = 'running'")


def _patiently(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file that another process may be reading for a moment, as `odjek status` does: no night ends on it."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(str(path))
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error) or time.monotonic() >= give_up_at:
                raise
        time.sleep(0.1)


def _refusal(path: Path, error: Exception) -> StoreError:
    text = str(error)
    if "Could not set lock" in text or "different configuration" in text:
        return BusyError(
            f"another odjek process is writing {path}; wait for it to end, or read the published snapshot instead"
        )
    if "not a valid DuckDB database file" in text or "Serialization" in text:
        return StoreError(
            f"{path} is not a DuckDB file that can be read; move it away or name another folder with --data"
        )
    return StoreError(f"{path} cannot be opened: {' '.join(text.split())}")


def _is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a kill left a file without tables."""
    return not connection.execute("SELECT 1 FROM duckdb_tables() WHERE NOT internal LIMIT 1").fetchall()


def _columns(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    return set(
        connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal AND database_name = current_database()"
        ).fetchall()
    )


@cache
def _expected() -> frozenset[tuple[str, str, str]]:
    with duckdb.connect(":memory:") as fresh:
        fresh.execute(SCHEMA.read_text(encoding="utf-8"))
        return frozenset(_columns(fresh))


def _upgrade(connection: duckdb.DuckDBPyConnection, missing: frozenset[tuple[str, str, str]]) -> None:
    """Give a store of an earlier version the tables and columns that were added since, where no row needs a value."""
    tables = {table for table, _, _ in _columns(connection)}
    added = {column: default for column, default in _addable().items() if column in missing and column[0] in tables}
    if "run" not in tables or any(column[0] in tables and column not in added for column in missing):
        return
    columns = "".join(
        f'ALTER TABLE {table} ADD COLUMN "{column}" {kind} DEFAULT {default or "NULL"}; '
        for (table, column, kind), default in sorted(added.items())
    )
    connection.execute(f"BEGIN; {columns} {SCHEMA.read_text(encoding='utf-8')} COMMIT;")


@cache
def _addable() -> dict[tuple[str, str, str], str | None]:
    """The columns that a row can do without, each with its default."""
    with duckdb.connect(":memory:") as fresh:
        fresh.execute(SCHEMA.read_text(encoding="utf-8"))
        found = fresh.execute(
            "SELECT table_name, column_name, data_type, column_default FROM duckdb_columns() "
            "WHERE NOT internal AND (is_nullable OR column_default IS NOT NULL)"
        ).fetchall()
        return {(table, column, kind): default for table, column, kind, default in found}


def _check_version(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a store whose tables are not those of schema.sql; analysis may have added tables of its own."""
    missing = sorted(_expected() - _columns(connection))
    if missing:
        table, column, kind = missing[0]
        raise StoreError(
            f"{path} was made by another version of odjek: it lacks {table}.{column} ({kind}); "
            "move it away and import or crawl again"
        )
