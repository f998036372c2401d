"""What became of one outlet in a crawl or import, as a row of the table `crawl`. Pure; `pipelines.store` writes it."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

OUTCOMES = ("stored", "seen")
"""What a count can be besides a reason of refusal."""


def refused_count(counts: Counter[str]) -> int:
    """How many of an outlet's pages or records were refused, whatever the reason."""
    return sum(count for outcome, count in counts.items() if outcome not in OUTCOMES)


def crawl_row(outlet: str, stats: Mapping[str, Any], counts: Counter[str], reason: str) -> dict[str, Any]:
    """The row of one outlet after a crawl: what the spider counted (spiders.crawl_stats) and what the store did.

    `reason` is Scrapy's: anything but "finished" means that addresses may have been left over.
    """
    status = stats.get("status", "failed")
    unfinished = "" if reason == "finished" else f"the crawl was stopped ({reason}); the next one goes on"
    ways = {field.removeprefix("by_"): count for field, count in sorted(stats.items()) if field.startswith("by_")}
    return {
        "outlet": outlet,
        "listed_count": stats["listed"],
        "outside_count": stats["outside_window"],
        "discovered_count": stats["discovered"],
        "discovered_by": json.dumps(ways),
        "fetched_count": stats["fetched"],
        "parsed_count": sum(counts[outcome] for outcome in OUTCOMES),
        "stored_count": counts["stored"],
        "refused_count": refused_count(counts),
        "revisited_count": stats["revisited"],
        "changed_count": stats["changed"],
        "gone_count": stats["gone"],
        "since_on": stats.get("since_on"),
        "is_covered": bool(stats.get("is_covered")) and reason == "finished",
        "status": status,
        "detail": unfinished if status == "ok" else stats.get("detail") or unfinished,
    }


def import_row(outlet: str, counts: Counter[str]) -> dict[str, Any]:
    """The row of one outlet after an import; a record that repeats a stored one counts as refused."""
    read = sum(counts.values())
    return {
        "outlet": outlet,
        "listed_count": read,
        "discovered_count": read,
        "discovered_by": json.dumps({"import": read}),
        "fetched_count": read,
        "parsed_count": counts["stored"] + counts["duplicate"],
        "stored_count": counts["stored"],
        "refused_count": read - counts["stored"],
        "status": "ok",
        "detail": "",
    }
