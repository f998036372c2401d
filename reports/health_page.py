"""What the page about the job's health shows: outlets that need attention, agencies that are missing, days with holes.

The rows come from queries/health_*.sql, the words from here, the layout from templates/health.html.
"""

from collections.abc import Mapping
from typing import Any

from pipelines.finding import CHECKS
from reports.snapshot import Row, Snapshot

STATES = {
    "whole": "fully covered",
    "thin": "asked for without a gap, but improbably few articles came",
    "partial": "a source did not answer, articles could not be fetched, or the day was not over",
    "none": "nothing answered, or no crawl ran",
    "closed": "had a gap; a later crawl closed it",
}
MOST_FINDINGS = 200
"""Findings listed beside the agencies; the table agency_cover has all."""


def health_values(tables: Snapshot, matches: Mapping[str, Row]) -> dict[str, Any]:
    """Everything that templates/health.html needs; `matches` are the summary rows by id."""
    cover = tables.rows("health_cover")
    counts = {kind: sum(row["cover"] == kind for row in cover) for kind in ("whole", "gap", "unknown")}
    exposed = [{**row, "match": matches[row["match_id"]]} for row in cover if row["cover"] == "gap"]
    return {
        "summary": tables.row("health_summary"),
        "attention": tables.rows("status_attention", checks=list(CHECKS)),
        "recovered": tables.rows("health_recovered"),
        "agencies": tables.rows("health_agency"),
        "counts": counts,
        "exposed": exposed[:MOST_FINDINGS],
        "credited_count": sum(row["match"]["is_credited"] for row in exposed),
        "agency_gaps": {row["match_id"]: row["gaps"] for row in exposed},
        "holes": tables.rows("health_hole"),
        "checks": CHECKS,
        "states": STATES,
    }
