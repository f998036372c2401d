"""After each crawl: every outlet beside its own history, in the table `health`; its days and holes, in `outlet_day`.

What is found is decided in `pipelines.checks` and `pipelines.usual`, without the database; here are the queries and the
rows. The report, `odjek status` and the exit code of a crawl read the two tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.checks import ALARM, FAR_FEWER, Finding, Night, judge
from pipelines.settle import transaction
from pipelines.usual import Day, Usual, usual

Row = dict[str, Any]
NIGHT, OUTLET_DAY, NIGHT_COUNT = (
    Path(__file__).with_name(f"{name}.sql") for name in ("night", "outlet_day", "night_count")
)


def watch(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[Finding]:
    """Judge every outlet of a crawl that has ended and is settled; writes `outlet_day` and the run's `health`."""
    nights = [Night(**row) for row in _rows(connection, NIGHT, run_id=run_id)]
    days = _by_outlet(_rows(connection, OUTLET_DAY))
    found: list[Finding] = []
    for night in nights:
        found += judge(night, usual_of(night, days.get(night.outlet, [])))
    with transaction(connection):
        _write_days(connection, nights, days)
        _write_health(connection, run_id, found)
    return found


def usual_of(night: Night, days: Iterable[Row]) -> Usual | None:
    """What was usual before the night's own 24 hours: by the days since the outlet's first crawl that have no hole.

    Days before the first crawl count only from the evening before it: of older ones a site may no longer list all.
    """
    if night.first_on is None:
        return usual([], night.expected_per_day)
    first, last = night.first_on - timedelta(days=1), (night.local_at - timedelta(days=1)).date()
    whole = [
        Day(row["day_on"], row["article_count"])
        for row in days
        if row["state"] == "whole" and first <= row["day_on"] < last
    ]
    return usual(whole, night.expected_per_day)


def _write_days(connection: duckdb.DuckDBPyConnection, nights: list[Night], days: Mapping[str, list[Row]]) -> None:
    """Write all days anew; those of the outlets at hand that gave improbably little become thin, others stay so."""
    before = {
        (outlet, day): (expected, state)
        for outlet, day, expected, state in connection.execute(
            "SELECT outlet, day_on, expected_count, state FROM outlet_day"
        ).fetchall()
    }
    now = {night.outlet: usual_of(night, days.get(night.outlet, [])) for night in nights if not night.is_backfill}
    rows = [
        {**row, **_expectation(row, now.get(outlet), before.get((outlet, row["day_on"])))}
        for outlet, known in days.items()
        for row in known
    ]
    connection.execute("DELETE FROM outlet_day")
    _insert(connection, "outlet_day", rows)


def _expectation(row: Row, model: Usual | None, before: tuple[float | None, str] | None) -> Row:
    """What was to be expected of a day, and whether it came."""
    day: date = row["day_on"]
    expected = before[0] if before else None
    if expected is None and model is not None:
        expected = model.expected([(day, 1.0)])
    if row["state"] != "whole" or expected is None:
        return {"expected_count": expected}
    if model is None:
        return {"expected_count": expected, "state": "thin" if before and before[1] == "thin" else "whole"}
    is_thin = row["article_count"] < FAR_FEWER * expected and model.at_most(row["article_count"], expected) < ALARM
    return {"expected_count": expected, "state": "thin" if is_thin else "whole"}


def _write_health(connection: duckdb.DuckDBPyConnection, run_id: str, found: list[Finding]) -> None:
    connection.execute("DELETE FROM health WHERE run_id = $run_id", {"run_id": run_id})
    _insert(connection, "health", [{"run_id": run_id, "night_count": 1, **asdict(finding)} for finding in found])
    connection.execute(NIGHT_COUNT.read_text(encoding="utf-8"), {"run_id": run_id})


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    connection.register("watched", pa.Table.from_pylist(rows))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM watched")  # noqa: S608  # tables of ours
    connection.unregister("watched")


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, **parameters: Any) -> list[Row]:
    found = connection.execute(path.read_text(encoding="utf-8"), parameters or None)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _by_outlet(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["outlet"], []).append(row)
    return grouped
