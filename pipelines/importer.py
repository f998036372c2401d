"""`odjek import`: files that others collected go into the store in batches, each refusal with its file and line.

A file that breaks in the middle keeps what was read before the break, the files after it are still read, and the run
ends as `partial` with one InputError. Reading records is in `pipelines.records` and `pipelines.imported`.
`analysis` finds what was imported in the tables, like what was crawled.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipelines.article import Article
from pipelines.crawl_row import import_row
from pipelines.imported import Imported, now, read_record
from pipelines.records import SUFFIXES, Record, records
from pipelines.store import BATCH, Store
from spiders.errors import InputError
from spiders.refusal import Refusal
from spiders.registry import Outlet, host_index

if TYPE_CHECKING:
    from pipelines.warc_import import WarcImport

WARC_SUFFIXES = (".warc", ".warc.gz", ".wacz")
WARC_BATCH = 100  # pages take a hundred times as long as records

Item = TypeVar("Item")
Progress = Callable[[int], None]
"""Told how many records were dealt with since the last call."""


def import_files(
    data: Path,
    paths: Sequence[Path],
    outlets: Mapping[str, Outlet],
    *,
    known_hosts: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Counter[str]:
    """Import files as one run and settle the articles. Counts: `stored` and each reason of refusal."""
    for path in paths:
        check(path)
    counts: Counter[str] = Counter()
    broken: list[InputError] = []
    with Store(data) as store:
        store.sync_outlets(outlets)
        _take_up(store, outlets, workers)
        store.begin_run("import", {"paths": [str(path) for path in paths], "known_hosts": known_hosts})
        with ExitStack() as stack:
            warc = _warc_import(store, paths, outlets, known_hosts, workers)
            results = stack.enter_context(warc).results if warc else None
            for path in paths:
                pages = results(path) if results and is_warc(path) else None
                items, size = (pages, WARC_BATCH) if pages else (_read_records(store, path, outlets), BATCH)
                try:
                    for batch in batches(items, size):
                        store.add(batch, refuse_duplicates=True)
                        if progress:
                            progress(len(batch))
                except InputError as error:
                    broken.append(error)
        store.settle()
        counts = store.totals()
        store.add_crawl(import_row(outlet, tally) for outlet, tally in store.tally.items() if outlet)
        store.end_run("partial" if broken else "ok", {**counts, "broken": [str(error) for error in broken]})
    if broken:
        raise InputError("; ".join(str(error) for error in broken)) from broken[0]
    return counts


def check(path: Path) -> None:
    """Refuse a path that cannot be imported before anything is written."""
    if not path.exists():
        raise InputError(f"{path} does not exist")
    if path.is_dir():
        raise InputError(f"{path} is a folder; name the files in it")
    if not path.name.lower().endswith((*SUFFIXES, *WARC_SUFFIXES)):
        raise InputError(f"{path}: unknown kind of file; odjek imports {', '.join((*SUFFIXES, *WARC_SUFFIXES))}")


def is_warc(path: Path) -> bool:
    """Whether a file, by its name, holds pages; else it holds records."""
    return path.name.lower().endswith(WARC_SUFFIXES)


def _take_up(store: Store, outlets: Mapping[str, Outlet], workers: int | None) -> None:
    """Store first what a killed run had archived; that starts worker processes only where there is something."""
    from pipelines.leftover import take_up

    take_up(store, outlets, workers)


def _warc_import(
    store: Store, paths: Sequence[Path], outlets: Mapping[str, Outlet], known_hosts: bool, workers: int | None
) -> "WarcImport | None":
    if not any(map(is_warc, paths)):
        return None
    from pipelines.warc_import import WarcImport  # starts worker processes; records need none

    return WarcImport(store, outlets, known_hosts=known_hosts, workers=workers)


def _read_records(store: Store, path: Path, outlets: Mapping[str, Outlet]) -> Iterator[Article | Refusal]:
    index = host_index(outlets)
    seen_at = now()
    described: set[tuple[str, str, str]] = set()
    for item in records(path):
        result = read_record(item, outlets, index, seen_at) if isinstance(item, Record) else item
        if not isinstance(result, Imported):
            yield result
            continue
        description = (result.article.outlet, result.outlet_name, result.role)
        if description not in described:
            described.add(description)
            store.add_unregistered(*description)
        yield result.article


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`; what came before an InputError is handed out before the error goes on."""
    batch: list[Item] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except InputError:
        yield batch
        raise
    yield batch
