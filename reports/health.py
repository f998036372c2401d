"""How the job is doing, for `odjek status` and the end of a crawl: runs, outlets, what needs attention, holes.

Read from the working store; while a job writes it, from the published snapshot, which is as old as the last analysis.
What is wrong with an outlet was decided after its crawl, by `pipelines.monitor`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.database import store_path
from pipelines.finding import CHECKS
from pipelines.snapshot import snapshot_path
from reports import exit_codes, words
from reports.query import snapshot
from reports.snapshot import Row, Snapshot
from spiders.errors import BusyError, StoreError

LEVELS = ("alarm", "warning")
FOUND = (
    "found: {articles} of {outlets} taken from {state_article_count} of state media"
    " ({verbatim_count} word for word, {partial_count} in part, {retold_count} retold; {uncredited_count} uncredited;"
    " {unordered_count} whose order in time is not known); {false}"
)


@dataclass(frozen=True, slots=True)
class Health:
    """What `odjek status` shows. `source` is the file it was read from. The names are those of `--format json`."""

    source: Path
    is_busy: bool  # a job is writing the working store
    total: Row
    runs: list[Row]
    outlets: list[Row]
    attention: list[Row]  # alarms and warnings of each outlet's latest crawl
    holes: list[Row]  # days of the last fortnight that were not fully covered
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
        if not snapshot_path(data).is_file():
            raise BusyError(
                f"the first job in {data} is still at work; there is something to show when it ends"
            ) from error
        return _read(snapshot(data), is_busy=True)


def _read(path: Path, *, is_busy: bool) -> Health:
    with Snapshot(path) as database:
        return Health(
            source=path,
            is_busy=is_busy,
            total=database.row("status_total"),
            runs=database.rows("status_run", is_busy=is_busy),
            outlets=database.rows("status_outlet"),
            attention=database.rows("status_attention", checks=list(CHECKS)),
            holes=database.rows("status_hole"),
            refusals=database.rows("status_refusal"),
        )


def tonight(data: Path) -> list[Row]:
    """What the latest crawl found wrong: alarms and warnings, those of one outlet together, alarms first."""
    with Snapshot(store_path(data)) as database:
        latest = next(
            (row["run_id"] for row in database.rows("status_run", is_busy=True) if row["command"] == "crawl"), None
        )
        return [row for row in database.rows("status_attention", checks=list(CHECKS)) if row["run_id"] == latest]


def in_a_row(finding: Row) -> str:
    """One finding in one line, with the number of crawls for which it stands: what is wrong, not with whom."""
    number = finding["night_count"]
    return f"{finding['detail']}{f' ({number} crawls in a row)' if number > 1 else ''}"


def found(path: Path) -> str:
    """Return what the latest analysis found and how sure it is, in one line; `path` is the snapshot."""
    with Snapshot(path) as database:
        row = database.row("status_found")
    if not row["article_count"]:
        return "found: no article that was taken from state media"
    articles, outlets = words.count(row["article_count"], "article"), words.count(row["outlet_count"], "outlet")
    return FOUND.format_map({**row, "articles": articles, "outlets": outlets, "false": false_words(row)})


def false_words(row: Row) -> str:
    """How much of what was found may be false, as the run itself estimates it."""
    share, low, high = row["false_share"], row["false_share_low"], row["false_share_high"]
    if share is None:
        return f"how many are false {row['false_note'] or 'cannot be estimated'}"
    return f"false by its own estimate: {words.false_share(share, low, high)}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a crawl ended: outlets asked, those that failed, and one line for each that has an alarm or a warning."""

    asked_count: int
    failed: list[str]
    alarms: dict[str, str]
    warnings: dict[str, str]

    @property
    def code(self) -> int:
        """The exit code of the crawl; a warning is none of its business."""
        if self.failed and len(self.failed) >= self.asked_count:
            return exit_codes.UNREACHED
        return exit_codes.INCOMPLETE if self.failed or self.alarms else exit_codes.DONE


def ended(data: Path, statuses: Mapping[str, str]) -> Ended:
    """How the latest crawl of a data folder ended; `statuses` says how each outlet was left."""
    worst = [row for row in tonight(data) if row["position"] == 1 and row["outlet"] in statuses]
    lines = {level: {row["outlet"]: in_a_row(row) for row in worst if row["level"] == level} for level in LEVELS}
    failed = [outlet for outlet, status in statuses.items() if status == "failed"]
    return Ended(len(statuses), failed, lines["alarm"], lines["warning"])
