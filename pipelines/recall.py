"""What the store remembers of each outlet, for the next crawl: visits that are due, failures to try again, gaps.

A few queries for all outlets at once; `pipelines.scrapy_items` hands the answer to the spider.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.archive import Original
from pipelines.version_row import naive
from spiders.memory import Past
from spiders.page import WarcRecord
from spiders.revisit import Due

DUE, MISSED, COVERED, POST, DEAD, PAYLOAD = (
    Path(__file__).with_name(f"{name}.sql")
    for name in ("due", "missed", "covered", "channel_post", "dead_source", "payload")
)
DEAD_CRAWLS = 3
"""So many crawls in a row without an answer, and a source is no longer waited for."""


def recall(
    connection: duckdb.DuckDBPyConnection, outlets: Iterable[str], now: datetime, *, hours: list[int], days: int
) -> dict[str, Past]:
    """What is known of each outlet. An article is visited again `hours` after publication; failures last for `days`."""
    names = list(outlets)
    due: dict[str, list[Due]] = {}
    for outlet, *row in _rows(connection, DUE, outlets=names, now=naive(now), hours=hours) if hours else []:
        address, url, version_id, due_at, *stamp = row
        due.setdefault(outlet, []).append(Due(address, url, version_id, due_at.replace(tzinfo=UTC), *stamp))
    missed: dict[str, list[str]] = {}
    for outlet, url in _rows(connection, MISSED, outlets=names, now=naive(now), days=days):
        missed.setdefault(outlet, []).append(url)
    covered = {outlet: times for outlet, *times in _rows(connection, COVERED, outlets=names, days=days)}
    posts: dict[str, list[str]] = {}
    for outlet, url in _rows(connection, POST, outlets=names):
        posts.setdefault(outlet, []).append(url)
    dead: dict[str, set[str]] = {}
    for outlet, url in _rows(connection, DEAD, outlets=names, crawls=DEAD_CRAWLS):
        dead.setdefault(outlet, set()).add(url)
    return {
        name: Past(
            tuple(due.get(name, ())),
            tuple(missed.get(name, ())),
            covered_at=covered_at and covered_at.replace(tzinfo=UTC),
            looked_back_at=looked_back_at and looked_back_at.replace(tzinfo=UTC),
            dead=frozenset(dead.get(name, ())),
            posts=tuple(posts.get(name, ())),
        )
        for name in names
        for covered_at, looked_back_at in [covered.get(name, (None, None))]
    }


def originals(connection: duckdb.DuckDBPyConnection, past: Mapping[str, Past], now: datetime) -> Iterator[Original]:
    """What the archive holds of the addresses that may answer with the same bytes."""
    due = [due.url for known in past.values() for due in known.due]
    for url, at, record in _rows(connection, PAYLOAD, outlets=list(past), due=due, now=naive(now)):
        where = WarcRecord(record["file"], record["byte"], record["sha256"])
        yield Original(url, at.replace(tzinfo=UTC), where)


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, **parameters: Any) -> list[tuple[Any, ...]]:
    return connection.execute(path.read_text(encoding="utf-8"), parameters).fetchall()
