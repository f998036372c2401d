"""Publishing: the working store as a database of its own, which anybody may keep open while the next job writes.

The snapshot is written beside the old one and takes its place by one rename, so that a reader has either the old file
whole or the new one whole. The last step of `analysis`; `reports` and analysts read DATA/published/odjek.duckdb.
"""

import os
from pathlib import Path

import duckdb

from pipelines.database import FILE, connect
from spiders.errors import StoreError

FOLDER = "published"
STORAGE_VERSION = "v1.5.0"
"""Older than the DuckDB that writes it, so that the DuckDB an analyst has installed can open it."""


def snapshot_path(data: Path) -> Path:
    """Where the published snapshot of a data folder lies."""
    return data / FOLDER / FILE


def publish(data: Path) -> Path:
    """Copy the working store to the published snapshot in one atomic step; its path."""
    target = snapshot_path(data)
    new = target.with_name(f".{FILE}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(target.parent)
        with connect(data) as connection:
            _copy(connection, new)
        _sync(new)
        new.replace(target)
        _sync(target.parent)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{target} cannot be published: {' '.join(str(error).split())}; the last one stays") from error
    finally:
        new.unlink(missing_ok=True)
    return target


def _copy(connection: duckdb.DuckDBPyConnection, new: Path) -> None:
    """COPY FROM DATABASE takes tables, views, keys and comments along (tested), and what is only in the WAL."""
    name = connection.execute("SELECT current_database()").fetchall()[0][0]
    quoted = str(new).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS snapshot (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        connection.execute(f'COPY FROM DATABASE "{name}" TO snapshot')
        connection.execute("CHECKPOINT snapshot")
    finally:
        connection.execute("DETACH snapshot")


def _remove_left_over(folder: Path) -> None:
    for path in folder.glob(f".{FILE}.*.new*"):
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, to the disk: a rename alone survives no power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
