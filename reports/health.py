"""How the job is doing, for `odjek status`: what is held, the latest runs, each outlet's latest crawl, the refusals.

Read from the working store; while a job writes it, from the published snapshot, which is as old as the last analysis.
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.database import store_path
from reports.query import snapshot
from reports.snapshot import Row, Snapshot
from spiders.errors import StoreError

FOUND = (
    "found: {article_count} articles of {outlet_count} outlets taken from {state_article_count} of state media"
    " ({verbatim_count} word for word, {partial_count} in part, {retold_count} retold; {uncredited_count} uncredited;"
    " {unordered_count} whose order in time is not known)"
)


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


def found(path: Path) -> str:
    """Return what the latest analysis found, in one line; `path` is the snapshot."""
    with Snapshot(path) as database:
        row = database.row("status_found")
    if not row["article_count"]:
        return "found: no article that was taken from state media"
    return FOUND.format_map(row)
