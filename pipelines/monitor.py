"""After each crawl: every outlet beside its own history, in the table `health`; its days and holes, in `outlet_day`.

What is found is decided in `pipelines.checks`, `pipelines.page_checks` and `pipelines.usual`, without the database;
here are the queries and the rows. The report, `odjek status` and the exit code of a crawl read the two tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.checks import FAR_FEWER, Night, agency, beside_before, holes, judge
from pipelines.finding import ALARM, CHECKS, Finding
from pipelines.page_checks import Fields, Refused, judge_fields, judge_refused, judge_sources
from pipelines.settle import transaction
from pipelines.usual import Day, Usual, usual

Row = dict[str, Any]
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the store knows of the outlets of one crawl, by outlet."""

    days: Mapping[str, list[Row]]
    fields: Mapping[str, list[Row]]
    refused: Mapping[str, list[Row]]
    sources: Mapping[str, list[Row]]
    before: Mapping[str, list[Row]]


def watch(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[Finding]:
    """Judge every outlet of a crawl that has ended and is settled; writes `outlet_day` and the run's `health`."""
    nights = [Night(**row) for row in _rows(connection, "night", run_id=run_id)]
    known = Known(
        _by_outlet(_rows(connection, "outlet_day")),
        *(
            _by_outlet(_rows(connection, f"night_{name}", run_id=run_id))
            for name in ("field", "refusal", "source", "before")
        ),
    )
    usuals = {night.outlet: usual_of(night, known.days.get(night.outlet, [])) for night in nights}
    before = _expectations(connection)
    days = [
        {**row, **_expectation(row, usuals.get(outlet), before.get((outlet, row["day_on"])))}
        for outlet, rows in known.days.items()
        for row in rows
    ]
    open_days = _open_days(days)
    found: list[Finding] = []
    for night in nights:
        found += findings(night, usuals[night.outlet], known, open_days.get(night.outlet, {}))
    with transaction(connection):
        connection.execute("DELETE FROM outlet_day")
        _insert(connection, "outlet_day", days)
        connection.execute("DELETE FROM health WHERE run_id = $run_id", {"run_id": run_id})
        _insert(connection, "health", [{"run_id": run_id, **asdict(finding)} for finding in found])
    return found


def findings(night: Night, model: Usual | None, known: Known, open_days: Mapping[date, str]) -> list[Finding]:
    """Every check of one outlet, the most telling first."""
    outlet = night.outlet
    found = list(judge(night, model))
    if night.status != "failed" and night.is_whole:
        found += _of_pages(night, known)
        found.append(holes(night, [day for day in open_days if _is_of_week(night, day)]))
    if night.role == "agency" and night.is_whole:
        found.append(agency(night, found))
    found.sort(key=lambda finding: list(CHECKS).index(finding.check_name))
    return list(beside_before(found, [Finding(**row) for row in known.before.get(outlet, [])]))


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


def _of_pages(night: Night, known: Known) -> Iterator[Finding]:
    outlet = night.outlet
    for row in known.fields.get(outlet, []):
        yield from judge_fields(Fields(**row))
    refused = judge_refused([Refused(**row) for row in known.refused.get(outlet, [])], is_empty=not night.new_count)
    if refused:
        yield refused
    yield judge_sources(outlet, [(row["kind"], row["url"], row["problem"]) for row in known.sources.get(outlet, [])])


def _is_of_week(night: Night, day: date) -> bool:
    """Whether a day is of the outlet's last week, yesterday left out: of that the night's other checks tell."""
    today = night.local_at.date()
    first = max(today - WEEK, night.first_on or today)
    return first <= day < today - timedelta(days=1)


def _open_days(days: Iterable[Row]) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for row in days:
        if row["state"] != "whole":
            found.setdefault(row["outlet"], {})[row["day_on"]] = row["state"]
    return found


def _expectations(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, date], tuple[float | None, str]]:
    """What was expected of each day when it was first judged, and what it was judged to be."""
    query = "SELECT outlet, day_on, expected_count, state FROM outlet_day"
    return {(outlet, day): (expected, state) for outlet, day, expected, state in connection.execute(query).fetchall()}


def _expectation(row: Row, model: Usual | None, before: tuple[float | None, str] | None) -> Row:
    """What was to be expected of a day, and whether a day that was asked for gave it; only a model can tell."""
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


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    if rows:
        connection.register("watched", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM watched")  # noqa: S608  # tables of ours
        connection.unregister("watched")


def _rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[Row]:
    query = Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
    found = connection.execute(query, parameters or None)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _by_outlet(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["outlet"], []).append(row)
    return grouped
