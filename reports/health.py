"""How the job is doing, for `odjek status`: what is held, the latest runs, each outlet's latest crawl, the refusals.

Read from the working store; while a job writes it, from the published snapshot, which is as old as the last analysis.
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.database import store_path
from reports.query import snapshot
from reports.snapshot import Row, Snapshot
from spiders.errors import StoreError


@dataclass(frozen=True, slots=True)
class Health:
    """What `odjek status` shows. `source` is the file it was read from."""

    source: Path
    is_busy: bool  # a job is writing the working store
    total: Row
    runs: list[Row]
    outlets: list[Row]
    refusals: list[Row]


def health(data: Path) -> Health:
    """Read how the job in a data folder is doing; StoreError where there is nothing."""
    store = store_path(data)
    if not store.is_file():
        raise StoreError(f"nothing was crawled or imported into {data} yet: 'odjek crawl' or 'odjek import' begins")
    try:
        return _read(store, is_busy=False)
    except StoreError as error:
        if "lock" not in str(error):
            raise
        return _read(snapshot(data), is_busy=True)


def _read(path: Path, *, is_busy: bool) -> Health:
    with Snapshot(path) as database:
        return Health(
            source=path,
            is_busy=is_busy,
            total=database.row("status_total"),
            runs=database.rows("status_run"),
            outlets=database.rows("status_outlet"),
            refusals=database.rows("status_refusal"),
        )


def last_crawl(data: Path) -> list[Row]:
    """Return what became of each outlet in the latest crawl."""
    with Snapshot(store_path(data)) as database:
        return database.rows("status_crawl")
