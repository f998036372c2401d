"""Nights of crawls written into a store as rows, without crawling: for the tests of the monitor."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

import duckdb
import pyarrow as pa

from pipelines.finding import Finding
from pipelines.monitor import watch
from pipelines.outlet_row import outlet_row
from spiders.registry import Outlet

FIRST = datetime(2026, 2, 2, 1, 15)  # noqa: DTZ001  # a Monday, 02:15 in Belgrade; the store keeps UTC without a zone
State = Literal["ok", "empty", "failed"]


def when(night: int) -> datetime:
    return FIRST + timedelta(days=night)


class Nights:
    """Outlets that give the same number of articles each day, and one crawl after the other."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.covered: dict[str, date] = {}
        self.kept: dict[str, list[datetime]] = {}
        self.lost: dict[str, list[datetime]] = {}  # asked for again by the next crawl
        self.per_day: dict[str, int] = {}

    def copy(self, connection: duckdb.DuckDBPyConnection) -> "Nights":
        """The same outlets and nights, to go on with in another store."""
        other = Nights(connection)
        other.covered, other.per_day = dict(self.covered), dict(self.per_day)
        other.kept = {name: list(kept) for name, kept in self.kept.items()}
        return other

    def outlet(self, name: str, per_day: int, role: Any = "local", **given: Any) -> None:
        self.per_day[name] = per_day
        self.insert("outlet", [outlet_row(Outlet(name, name, role, "RS", (f"{name}.example",), **given))])

    def insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.register("given", pa.Table.from_pylist(rows))
            self.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")
            self.connection.unregister("given")

    def crawl(self, night: int, **troubles: dict[str, Any]) -> dict[str, dict[str, Finding]]:
        """One crawl of all outlets and what was found: outlet → check → finding.

        A trouble of an outlet sets columns of its row of `crawl`; besides `silent` (the site shows nothing new),
        `refused` (reason of all articles), `source` (a feed that is broken) and `fields` (columns of its articles).
        """
        at = when(night)
        run_id = f"{at:%Y%m%dT%H%M%SZ}-crawl"
        arguments = json.dumps({"outlets": [], "since": None, "until": None})
        run = {"run_id": run_id, "command": "crawl", "arguments": arguments, "odjek_version": "0", "started_at": at}
        self.insert("run", [run | {"status": "ok", "detail": '{"reason":"finished"}', "finished_at": at}])
        for name in self.per_day:
            self._crawl(name, night, run_id, dict(troubles.get(name, {})))
        found: dict[str, dict[str, Finding]] = {}
        for finding in watch(self.connection, run_id):
            found.setdefault(finding.outlet, {})[finding.check_name] = finding
        return found

    def _crawl(self, name: str, night: int, run_id: str, trouble: dict[str, Any]) -> None:
        at, status = when(night), trouble.get("status", "ok")
        new: list[datetime] = [] if status == "failed" or trouble.get("silent") else self._new(name, at)
        refused, source = trouble.get("refused"), trouble.get("source")
        lost = refused in ("bot_check", "blocked", "fetch_failed")
        if not trouble.get("silent") and status != "failed":
            self.kept.setdefault(name, []).extend(new)
            new += self.lost.pop(name, [])
            if lost:
                self.lost[name] = list(new)
        stored = [] if refused else new
        is_covered = status == "ok" and not source
        row = {
            "run_id": run_id,
            "outlet": name,
            "discovered_count": len(new),
            "discovered_by": json.dumps({"feed": len(new)}),
            "fetched_count": len(new),
            "parsed_count": len(stored),
            "stored_count": len(stored),
            "refused_count": len(new) if refused else 0,
            "since_on": self.covered.get(name, at.date() - timedelta(days=14)),
            "is_covered": is_covered,
            "status": status,
            "detail": trouble.get("detail", ""),
        }
        self.insert("crawl", [row])
        if is_covered:
            self.covered[name] = at.date()
        fields = trouble.get("fields", {})
        self._store(name, run_id, at, stored, fields)
        reasons = [("article", refused, f"https://{name}.example/{each:%m%d%H%M}") for each in new if refused]
        reasons += [("feed", "bad_source", f"https://{name}.example/rss")] if source else []
        about = {"run_id": run_id, "outlet": name, "detail": "", "refused_at": at}
        self.insert("refusal", [{**about, "asked_as": kind, "reason": why, "url": url} for kind, why, url in reasons])

    def _new(self, name: str, at: datetime) -> list[datetime]:
        """What the site published in the two days before and in the days that no crawl has covered, kept ones left out."""
        kept, first = set(self.kept.get(name, ())), self.covered.get(name, at.date() - timedelta(days=2))
        days = [first + timedelta(days=number) for number in range((at.date() - first).days + 1)]
        step = timedelta(hours=16) / max(self.per_day[name], 1)
        told = [datetime.combine(day, time(6)) + step * each for day in days for each in range(self.per_day[name])]
        return [moment for moment in told if moment < at and moment not in kept]

    def _store(self, name: str, run_id: str, at: datetime, told: list[datetime], fields: dict[str, Any]) -> None:
        article = {
            "outlet": name, "title": "Most", "text": "x", "byline": "R. R.", "language": "sr", "script": "latn",
            "published_precision": "minute", "first_seen_at": at + timedelta(minutes=5), "word_count": 300,
        }  # fmt: skip
        rows = []
        for number, moment in enumerate(told):
            key = f"{name}-{moment:%m%d%H%M}"
            stated = {"published_at": moment, "published_on": moment.replace(tzinfo=UTC).date()}
            words = {"word_count": 250 + 10 * (number % 11)}
            rows.append({"article_id": key, "url": key, "version_id": key, **article, **stated, **words, **fields})
        counts = {"version_count": 1, "address_count": 1}
        self.insert("article", [row | counts for row in rows])
        keys = {"run_id": run_id, "discovered_by": "feed", "content_sha256": "", "article_key": "", "text_key": ""}
        self.insert("article_version", [row | keys for row in rows])
