"""Extracting anew what the archive holds, without the network: after an update of odjek, or of an outlet's time zone.

The archive is imported into an empty store beside the working one, as any WARC files would be, and its versions then
replace those that came from the same records (again.sql). A text that reads differently now is no edit: it takes the
place of the old one. Until that last step nothing is changed.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.archive import FOLDER
from pipelines.database import store_path
from pipelines.importer import batches
from pipelines.leftover import take_up
from pipelines.settle import transaction
from pipelines.store import BATCH, Store
from pipelines.warc_import import WarcImport
from spiders.errors import InputError
from spiders.registry import Outlet

SQL = Path(__file__).with_name("again.sql")
STAGE = ".again"


def extract_again(
    data: Path,
    outlets: Mapping[str, Outlet],
    *,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counter[str]:
    """Extract the archive of a data folder anew.

    Counts: `read` versions, of these `changed` and `new`; `gone`; `kept`, those of outlets not in `outlets`.
    """
    files = sorted((data / FOLDER).glob("*.warc.gz"))
    if not files:
        raise InputError(f"{data / FOLDER} holds no WARC file; nothing was crawled or imported from one")
    stage = data / STAGE
    with Store(data) as store:
        store.sync_outlets(outlets)
        take_up(store, outlets, workers)
        store.begin_run("import", {"again": True})
        shutil.rmtree(stage, ignore_errors=True)
        try:
            broken = _fill(stage, files, outlets, workers, progress)
            counts = _replace(store, stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        store.settle()
        store.end_run("partial" if broken else "ok", {**counts, "broken": broken})
    return counts


def in_short(counts: Mapping[str, int]) -> str:
    """Say in one line what `extract_again` counted."""
    kept = f"; {counts['kept']:,} of outlets that are not in this registry (--outlets) stay as they are"
    return (
        f"{counts['read']:,} texts read again: {counts['changed']:,} read differently, {counts['new']:,} are new, "
        f"{counts['gone']:,} are no articles any more{kept if counts['kept'] else ''}"
    )


def _fill(
    stage: Path,
    files: list[Path],
    outlets: Mapping[str, Outlet],
    workers: int | None,
    progress: Callable[[int], None] | None,
) -> list[str]:
    """Import the archive into an empty store; the files that break off, with what stood before the break read."""
    broken = []
    with Store(stage) as fresh:
        fresh.sync_outlets(outlets)
        fresh.begin_run("import", {"again": True})
        with WarcImport(fresh, outlets, workers=workers, folder=files[0].parent) as warc:
            for path in files:
                try:
                    for batch in batches(warc.results(path), BATCH):
                        fresh.add(batch)
                        if progress:
                            progress(len(batch))
                except InputError as error:
                    broken.append(str(error))
    return broken


def _replace(store: Store, stage: Path) -> Counter[str]:
    """Put what came out of the archive in the place of what came out of it before."""
    connection = store.connection
    quoted = str(store_path(stage)).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS fresh (READ_ONLY)")
    try:
        with transaction(connection):
            for statement in connection.extract_statements(SQL.read_text(encoding="utf-8")):
                connection.execute(statement, dict.fromkeys(statement.named_parameters, store.run_id))
        told = connection.execute("FROM told").fetchall()[0]
    finally:
        connection.execute("DETACH fresh")
    return Counter(dict(zip(("read", "changed", "new", "gone", "kept"), told, strict=True)))
