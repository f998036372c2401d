"""The report of one snapshot: static HTML pages that open from disk, written beside the old ones and swapped in.

Which pages exist stands here; what they say is in templates/, every figure in queries/. Same snapshot, same bytes.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from reports import chart, words
from reports.cascade import tree
from reports.evidence import evidence
from reports.facts import GAPS, Facts, grouped, read
from reports.health_page import health_values
from reports.publish import GENERATOR, replacing
from reports.render import environment, page_name
from reports.snapshot import Row, Snapshot
from spiders.refusal import REFUSALS

ASSETS = Path(__file__).parent / "assets"
TOP_STORIES = 10
MOST_ROWS = 500
"""Rows of one table under other explanations; the pages of the outlets list all."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the report: its path inside the folder, its template and what that needs."""

    path: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)


def build(snapshot: Path, target: Path) -> Path:
    """Build the report of `snapshot` in the folder `target`, replacing an older report there; return its index.html."""
    templates = environment()
    with Snapshot(snapshot) as tables, replacing(target) as folder:
        facts = read(tables)
        templates.globals.update(run=facts.run, has_narratives=bool(facts.narratives), generator=GENERATOR)
        shutil.copytree(ASSETS, folder / "assets")
        for name in ("match", "outlet", "story"):
            (folder / name).mkdir()
        health = health_values(tables, facts.match_by_id)
        templates.globals.update(agency_gaps=health["agency_gaps"])
        _write(folder, Page("health.html", "health.html", health), templates)
        for page in (*_overviews(facts), *_stories(facts), *_outlets(facts)):
            _write(folder, page, templates)
        for page in _matches(facts, tables):
            _write(folder, page, templates)
    return target / "index.html"


def _write(folder: Path, page: Page, templates: Environment) -> None:
    root = "../" * page.path.count("/")
    html = templates.get_template(page.template).render(page.values, root=root, path=page.path)
    (folder / page.path).write_text(html, encoding="utf-8", newline="\n")


def _overviews(facts: Facts) -> Iterator[Page]:
    taken = [row for row in facts.stories if row["took_count"]]
    others = [row for row in facts.matches if row["verdict"] != "amplification"]
    yield Page(
        "index.html",
        "index.html",
        {
            "facts": facts,
            "stories": taken[:TOP_STORIES],
            "story_count": len(taken),
            "compared": [
                row for row in facts.outlets if row["role"] in ("local", "aggregator") and row["article_count"]
            ],
            "gaps": [row for row in facts.gaps if row["kind"] != "never"],
            "never_count": sum(row["kind"] == "never" for row in facts.gaps),
            "gap_words": GAPS,
            "timeline": chart.timeline(facts.timeline),
            "speed": chart.bars([(row["label"], _counts(row)) for row in facts.speed], "delay"),
        },
    )
    yield Page("stories.html", "stories.html", {"stories": facts.stories})
    yield Page("outlets.html", "outlets.html", {"outlets": facts.outlets})
    unknown = [row for row in facts.matches if row["is_order_unknown"]]
    yield Page(
        "explanations.html",
        "explanations.html",
        {"groups": grouped(others, "verdict"), "unknown": unknown, "most": MOST_ROWS},
    )
    yield Page(
        "method.html",
        "method.html",
        {
            "methods": facts.methods,
            "thresholds": grouped(facts.thresholds, "method"),
            "verdicts": facts.verdicts,
            "error": facts.false_discovery,
        },
    )
    yield Page("coverage.html", "coverage.html", _coverage(facts))
    if facts.narratives:
        yield Page("narratives.html", "narratives.html", {"narratives": grouped(facts.narratives, "narrative")})


def _counts(row: Row) -> dict[str, int]:
    return {"credited": row["credited_count"], "uncredited": row["uncredited_count"]}


def _coverage(facts: Facts) -> dict[str, Any]:
    return {
        "facts": facts,
        "latest": [row for row in facts.crawls if row["position"] == 1],
        "stored": [row for row in facts.outlets if row["article_count"]],
        "gaps": grouped(facts.gaps, "kind"),
        "gap_words": GAPS,
        "reasons": REFUSALS,
    }


def _stories(facts: Facts) -> Iterator[Page]:
    for story in facts.stories:
        rows = facts.cascade_by_story.get(story["story_id"], [])
        first = story["first_published_at"] if story["first_published_precision"] == "minute" else None
        values = {
            "story": story,
            "rows": rows,
            "tree": tree(rows),
            "spread": chart.spread(first, rows),
        }
        yield Page(f"story/{page_name(story['story_id'])}", "story.html", values)


def _outlets(facts: Facts) -> Iterator[Page]:
    gaps = {row["outlet"]: row for row in facts.gaps}
    for outlet in facts.outlets:
        name = outlet["outlet"]
        matches = facts.matches_by_outlet.get(name, [])
        values = {
            "outlet": outlet,
            "took": [row for row in matches if row["is_counted"]],
            "unknown": [row for row in matches if row["is_order_unknown"]],
            "other": [row for row in matches if not row["is_counted"] and not row["is_order_unknown"]],
            "stories": facts.stories_by_outlet.get(name, []),
            "crawls": facts.crawls_by_outlet.get(name, []),
            "refusals": facts.refusals_by_crawl,
            "gap": gaps.get(name),
            "gap_words": GAPS,
            "reasons": REFUSALS,
        }
        yield Page(f"outlet/{page_name(name)}", "outlet.html", values)


def _matches(facts: Facts, tables: Snapshot) -> Iterator[Page]:
    thresholds = grouped(facts.thresholds, "method")
    methods = {row["method"]: row for row in facts.methods}
    for row in tables.stream("evidence"):
        match = facts.match_by_id[row["match_id"]]
        alike = facts.matches_by_article[match["article_id"]]
        values = {
            "match": match,
            "row": row,
            "evidence": evidence(match, row),
            "siblings": [other for other in alike if other is not match],
            "counted": next((other for other in alike if other["is_counted"]), None),
            "method": methods.get(row["method"]),
            "thresholds": thresholds.get(row["method"], []),
            "verdict": words.VERDICTS[match["verdict"]],
        }
        yield Page(f"match/{page_name(match['match_id'])}", "match.html", values)
