"""The one writer of the working store: runs, outlets, pages, refusals and article versions go in through here.

Rows travel as Arrow tables, because `executemany` takes 500 times as long. Every call is one transaction: what it wrote
survives a kill. `article` and `address` are computed by `settle` (settle.sql) from `article_version` alone; `analysis`
reads them.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import pyarrow as pa

from pipelines.article import Article
from pipelines.database import connect, end_killed
from pipelines.outlet_row import DEFAULT_ZONE, described, outlet_row, unregistered_row
from pipelines.settle import settle, transaction
from pipelines.version_row import MERGED, Row, merge, naive, placed_again, version_row
from spiders import clock
from spiders.address import canonical
from spiders.page import WarcRecord, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet, host_index, outlet_of
from spiders.revisit import Visit

log = logging.getLogger(__name__)

KNOWN = Path(__file__).with_name("known_address.sql")
STORED = "SELECT DISTINCT url FROM article_version WHERE outlet = ?"
BATCH = 500

Status = Literal["ok", "partial", "failed"]
PageKey = tuple[str, str, str]
"""A page's address as it was fetched, its canonical address, the SHA-256 of its body."""


class Store:
    """The working store of a data folder, open for writing by this process alone until it is closed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.connection = connect(data, create=True)
        self.outlets: dict[str, Outlet] = {}
        self.zones: dict[str, str] = dict(self.connection.execute("SELECT outlet, timezone FROM outlet").fetchall())
        self.run_id = ""
        self._hosts: dict[str, str] = {}
        self.tally: dict[str, Counter[str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next process may open it."""
        self.connection.close()

    # --- runs ---------------------------------------------------------------------------------------------------------

    def begin_run(self, command: str, arguments: Mapping[str, Any]) -> str:
        """Start a run and return its id; a run that was killed before is marked as failed."""
        started = clock.now()
        stem = run_id = f"{started:%Y%m%dT%H%M%SZ}-{command}"
        taken = {row[0] for row in self.connection.execute("SELECT run_id FROM run").fetchall()}
        number = 1
        while run_id in taken:
            number += 1
            run_id = f"{stem}-{number}"
        end_killed(self.connection)
        self.connection.execute(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, NULL, 'running', NULL)",
            [run_id, command, json.dumps(arguments, default=str, ensure_ascii=False), version("odjek"), naive(started)],
        )
        self.run_id = run_id
        log.info("run %s begins", run_id, extra={"run_id": run_id})
        self.tally = {}
        return run_id

    def resume_run(self, run_id: str) -> None:
        """Write on under the id of a run that was killed, until another begins."""
        self.run_id = run_id
        self.tally = {}

    def end_run(self, status: Status, detail: Mapping[str, Any]) -> None:
        """End the run that was begun."""
        self.connection.execute(
            "UPDATE run SET finished_at = ?, status = ?, detail = ? WHERE run_id = ?",
            [naive(clock.now()), status, json.dumps(detail, default=str, ensure_ascii=False), self.run_id],
        )

    # --- rows ---------------------------------------------------------------------------------------------------------

    def sync_outlets(self, outlets: Mapping[str, Outlet]) -> None:
        """Bring the table `outlet` up to the registry; outlets that read differently now are settled again."""
        before = self._reading_of_addresses()
        self._insert("outlet", [outlet_row(outlet) for outlet in outlets.values()], "INSERT OR REPLACE")
        self.outlets.update(outlets)
        self._hosts = host_index(self.outlets)
        after = self._reading_of_addresses()
        self.zones = {name: reading[0] for name, reading in after.items()}
        for name, reading in before.items():
            if reading != after[name]:
                self._read_addresses_again(name)

    def add_unregistered(self, outlet: str, name: str, role: str) -> None:
        """Make a row for an outlet known from an import alone; which of two descriptions wins is `described`."""
        if outlet in self.outlets:
            return
        row = unregistered_row(outlet, name, role)
        found = self._rows("SELECT name, role FROM outlet WHERE outlet = ? AND NOT is_registered", outlet)
        if not found or described(name, role) < described(**found[0]):
            self._insert("outlet", [row], "INSERT OR REPLACE")
        self.zones[outlet] = row["timezone"]

    def _reading_of_addresses(self) -> dict[str, tuple[Any, ...]]:
        query = "SELECT outlet, timezone, hosts, id_pattern FROM outlet"
        return {name: tuple(reading) for name, *reading in self.connection.execute(query).fetchall()}

    def _read_addresses_again(self, outlet: str) -> None:
        columns = "version_id, url, published_at, published_precision, published_on"
        rows = self._rows(f"SELECT {columns} FROM article_version WHERE outlet = ?", outlet)  # noqa: S608  # columns of ours
        self._update_versions([placed_again(row, self.outlets.get(outlet), self.zones[outlet]) for row in rows])

    def add_pages(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of `page`; `run_id` is filled in."""
        self._insert("page", [{**row, "run_id": self.run_id} for row in rows])

    def add_visits(self, visits: Iterable[Visit]) -> None:
        """Write what became of stored addresses that were visited again."""
        rows = [asdict(visit) for visit in visits]
        times = ("due_at", "visited_at")
        self._insert(
            "revisit", [{**row, **{at: naive(row[at]) for at in times}, "run_id": self.run_id} for row in rows]
        )

    def add_crawl(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of `crawl`; `run_id` is filled in."""
        self._insert("crawl", [{**row, "run_id": self.run_id} for row in rows])

    def add(self, items: Iterable[Article | Refusal], *, refuse_duplicates: bool = False) -> Counter[str]:
        """Write articles and refusals. Counts: `stored`, `seen` (there already), and each reason of refusal.

        With `refuse_duplicates` an article that is there already is a refusal, as a record of an import must be.
        """
        items = list(items)
        before = self.totals()
        with transaction(self.connection):
            articles = [item for item in items if isinstance(item, Article)]
            again = self._add_versions(articles)
            self._add_links(articles)
            refusals = [item for item in items if isinstance(item, Refusal)]
            if refuse_duplicates:
                refusals += [Refusal(a.outlet, a.url, "duplicate", "the same text is stored") for a in again]
            self._add_refusals(refusals)
        self._count(items, again, "duplicate" if refuse_duplicates else "seen")
        return self.totals() - before

    def totals(self) -> Counter[str]:
        """What `add` has counted since the run began, all outlets together."""
        return sum(self.tally.values(), Counter())

    def _count(self, items: list[Article | Refusal], again: list[Article], outcome_again: str) -> None:
        for item in items:
            outcome = item.reason if isinstance(item, Refusal) else "stored"
            self.tally.setdefault(item.outlet, Counter())[outcome] += 1
        for article in again:
            self.tally[article.outlet].update({"stored": -1, outcome_again: 1})

    def _add_refusals(self, refusals: list[Refusal]) -> None:
        at = naive(clock.now())
        self._insert("refusal", [{**asdict(refusal), "run_id": self.run_id, "refused_at": at} for refusal in refusals])

    def _add_versions(self, articles: list[Article]) -> list[Article]:
        """Write new versions, and what is new in versions that were seen before; return the articles of the latter."""
        rows: dict[str, Row] = {}
        again: list[Article] = []
        for article in articles:
            zone = self.zones.get(article.outlet, DEFAULT_ZONE)
            row = version_row(article, self.outlets.get(article.outlet), zone, self.run_id)
            known = rows.get(row["version_id"])
            if known is not None:
                again.append(article)
            rows[row["version_id"]] = row if known is None else {**known, **merge(known, row)}
        found = self._known_versions(list(rows))
        self._insert("article_version", [row for key, row in rows.items() if key not in found])
        seen = [(found[key], {**merge(found[key], rows[key]), "version_id": key}) for key in found]
        self._update_versions([new for old, new in seen if new != old])
        firsts = {article.version_id: article for article in articles}
        return again + [firsts[key] for key in found]

    def _add_links(self, articles: list[Article]) -> None:
        """Write where the articles lead, but for links that stay on their own site."""
        rows: dict[tuple[str, ...], Row] = {}
        for article in articles:
            for link in article.links:
                target = outlet_of(link.url, self._hosts)
                if target == article.outlet and link.kind == "link":
                    continue
                key = {"outlet": article.outlet, "url": article.url, "kind": link.kind}
                key["target_url"] = canonical(link.url, self.outlets.get(target or ""))
                about = {"words": link.words, "first_seen_at": naive(article.first_seen_at), "run_id": self.run_id}
                rows.setdefault(tuple(key.values()), {**key, "target_outlet": target, **about})
        self._insert("link", list(rows.values()), "INSERT OR IGNORE")

    def _known_versions(self, version_ids: list[str]) -> dict[str, Row]:
        columns = ", ".join(("version_id", *MERGED))
        query = f"SELECT {columns} FROM article_version WHERE version_id IN (SELECT unnest(?))"  # noqa: S608  # columns of ours
        return {row["version_id"]: row for row in self._rows(query, version_ids)}

    def _update_versions(self, rows: list[Row]) -> None:
        """Set the columns of `rows`, and take the versions from their articles, so that these are settled again."""
        if not rows:
            return
        columns = ", ".join(f"{name} = batch.{name}" for name in rows[0] if name != "version_id")
        with self._batch(rows):
            self.connection.execute(
                f"UPDATE article_version SET article_id = NULL, {columns} FROM batch "  # noqa: S608  # columns of ours
                "WHERE article_version.version_id = batch.version_id"
            )

    def archived(self, keys: Iterable[PageKey]) -> dict[PageKey, WarcRecord]:
        """Where the archive holds the pages that it holds."""
        query = "SELECT batch.*, warc_file, warc_offset FROM batch JOIN page USING (url, sha256)"
        return {
            (url, address, sha256): WarcRecord(file, offset, sha256)
            for url, address, sha256, file, offset in self._looked_up(keys, query)
        }

    def extracted(self, keys: Iterable[PageKey]) -> set[PageKey]:
        """Those of the pages whose article is stored."""
        query = (
            "SELECT batch.* FROM batch SEMI JOIN article_version v ON v.url = batch.address AND v.page_sha256 = sha256"
        )
        return set(self._looked_up(keys, query))

    def _looked_up(self, keys: Iterable[PageKey], query: str) -> list[Any]:
        rows = [dict(zip(("url", "address", "sha256"), key, strict=True)) for key in keys]
        if not rows:
            return []
        with self._batch(rows):
            return self.connection.execute(query).fetchall()

    def stored_urls(self, outlet: str) -> set[str]:
        """Every address of an outlet that is stored: as it was given, and its canonical form."""
        return {
            url for row in self._rows(STORED, outlet) for url in (row["url"], canonical(row["url"], self._of(outlet)))
        }

    def known_urls(self, outlet: str, window: Window, *, hours: list[int], days: int) -> set[str]:
        """Canonical addresses that a crawl of this window need not fetch; which they are is in known_address.sql.

        Refused ones come again `hours` after they first were; those that gave no answer, in each crawl for `days`.
        """
        asked = {"outlet": outlet, "since": window.since, "until": window.until, "now": naive(clock.now())}
        found = self.connection.execute(KNOWN.read_text(encoding="utf-8"), {**asked, "hours": hours, "days": days})
        return {canonical(url, self._of(outlet)) for (url,) in found.fetchall()}

    def _of(self, outlet: str) -> Outlet | None:
        return self.outlets.get(outlet)

    def settle(self) -> None:
        """Compute `article` and `address` of every outlet that has new versions."""
        settle(self.connection)

    def _insert(self, table: str, rows: list[dict[str, Any]], verb: str = "INSERT") -> None:
        if rows:
            with self._batch(rows):
                self.connection.execute(f"{verb} INTO {table} BY NAME SELECT * FROM batch")  # noqa: S608  # tables of ours

    def _rows(self, query: str, parameter: Any) -> list[Row]:
        found = self.connection.execute(query, [parameter])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @contextmanager
    def _batch(self, rows: list[dict[str, Any]]) -> Iterator[None]:
        """The rows as the view `batch`; a column that is null throughout reads as text, which casts to anything."""
        self.connection.register("batch", pa.Table.from_pylist(rows))
        yield  # after an error nothing can be unregistered before the rollback; the next batch takes its place
        self.connection.unregister("batch")
