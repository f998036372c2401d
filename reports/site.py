"""The report of one snapshot: static HTML pages that open from disk, written beside the old ones and swapped in.

Which pages exist stands here; what they say is in templates/, every figure in queries/. Same snapshot, same bytes.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from reports import chart, words
from reports.cascade import tree
from reports.facts import GAPS, Facts, grouped, read
from reports.health_page import health_values
from reports.holes import holes
from reports.match_page import match_values
from reports.paging import SHEET, SHOWN, numbered, sheets
from reports.publish import GENERATOR, replacing
from reports.reliability import reliability
from reports.render import environment, page_name
from reports.snapshot import Row, Snapshot
from spiders.refusal import REFUSALS

ASSETS = Path(__file__).parent / "assets"
TOP_STORIES = 10
ENDS = ("state_article_id", "article_id")
TABLES = {"took": "took a state story", "unknown": "order unknown", "other": "other comparisons"}
CHANGES = 50
"""Changes of one page: each shows the words around it."""


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
        for page in _pages(facts):
            _write(folder, page, templates)
        for match, values in match_values(facts, tables):
            _write(folder, Page(f"match/{page_name(match['match_id'])}", "match.html", values), templates)
    return target / "index.html"


def _write(folder: Path, page: Page, templates: Environment) -> None:
    root = "../" * page.path.count("/")
    html = templates.get_template(page.template).render(page.values, root=root, path=page.path)
    (folder / page.path).write_text(html, encoding="utf-8", newline="\n")


def _pages(facts: Facts) -> Iterator[Page]:
    """Every page but those of the matches, whose texts are read one by one."""
    yield _index(facts)
    yield from _sheets("stories.html", "stories.html", facts.stories)
    yield Page("outlets.html", "outlets.html", {"outlets": facts.outlets})
    yield from _explanations(facts)
    yield from _changes(facts)
    yield from _links(facts)
    yield Page("method.html", "method.html", _method(facts))
    yield Page("coverage.html", "coverage.html", _coverage(facts))
    if facts.narratives:
        yield Page("narratives.html", "narratives.html", {"narratives": grouped(facts.narratives, "narrative")})
    yield from _stories(facts)
    yield from _outlets(facts)


def _sheets(path: str, template: str, rows: Sequence[Any], size: int = SHEET, **values: Any) -> Iterator[Page]:
    for sheet in sheets(path, rows, size):
        yield Page(sheet.path, template, {"sheet": sheet, **values})


def _index(facts: Facts) -> Page:
    taken = [row for row in facts.stories if row["took_count"]]
    values = {
        "facts": facts,
        "stories": taken[:TOP_STORIES],
        "story_count": len(taken),
        "compared": [row for row in facts.outlets if row["role"] in ("local", "aggregator") and row["article_count"]],
        "gaps": [row for row in facts.gaps if row["kind"] != "never"],
        "never_count": sum(row["kind"] == "never" for row in facts.gaps),
        "gap_words": GAPS,
        "holes": holes(facts.holes),
        "credit_changes": [change for change in facts.changes if change.credits],
        "timeline": chart.timeline(facts.timeline),
        "speed": chart.bars([(row["label"], _counts(row)) for row in facts.speed], "delay"),
    }
    return Page("index.html", "index.html", values)


def _counts(row: Row) -> dict[str, int]:
    return {"credited": row["credited_count"], "uncredited": row["uncredited_count"]}


def _explanations(facts: Facts) -> Iterator[Page]:
    """The other explanations, the latest of each kind on one page, all on pages of their own."""
    groups = grouped([row for row in facts.matches if row["verdict"] != "amplification"], "verdict")
    groups["unknown"] = [row for row in facts.matches if row["is_order_unknown"]]
    groups = {kind: rows[::-1] for kind, rows in groups.items() if rows}
    lists = {kind: _list_path("explanations.html", kind, rows) for kind, rows in groups.items()}
    yield Page("explanations.html", "explanations.html", {"groups": groups, "lists": lists, "shown": SHOWN})
    for kind, rows in groups.items():
        title = "Cannot tell: order unknown" if kind == "unknown" else words.VERDICTS[kind][0]
        yield from _list(lists[kind], rows, title, ("explanations.html", "Other explanations"))


def _list_path(path: str, kind: str, rows: Sequence[Row]) -> str | None:
    """Where all rows stand when the page at `path` cannot show them; None when it can."""
    return numbered(path, kind) if len(rows) > SHOWN else None


def _list(path: str | None, rows: Sequence[Row], title: str, above: tuple[str, str]) -> Iterator[Page]:
    if path is not None:
        yield from _sheets(path, "matches.html", rows, title=title, above=above)


def _changes(facts: Facts) -> Iterator[Page]:
    path = _list_path("changes.html", "gone", facts.gone)
    match_of = {row[end]: row for end in ENDS for row in sorted(facts.matches, key=lambda row: row["is_counted"])}
    credits = [{kind for kind, *_ in change.credits} for change in facts.changes]
    values = {
        "gone": facts.gone,
        "gone_path": path,
        "shown": SHOWN,
        "revisits": facts.revisits,
        "match_of": match_of,
        "counts": {
            "title": sum(bool(change.title) for change in facts.changes),
            "text": sum(bool(change.text) for change in facts.changes),
            "added": sum("added" in kinds for kinds in credits),
            "removed": sum("removed" in kinds for kinds in credits),
        },
    }
    yield from _sheets("changes.html", "changes.html", facts.changes, CHANGES, **values)
    if path is not None:
        yield from _sheets(path, "gone.html", facts.gone, match_of=match_of)


def _links(facts: Facts) -> Iterator[Page]:
    channels = [row for row in facts.outlets if "t.me" in row["hosts"]]
    yield from _sheets("links.html", "links.html", facts.links, flows=facts.flows, channels=channels)


def _method(facts: Facts) -> dict[str, Any]:
    return {
        "methods": facts.methods,
        "thresholds": grouped(facts.thresholds, "method"),
        "verdicts": facts.verdicts,
        "error": facts.false_discovery,
        "reliability": reliability(facts.methods[0]["version"] if facts.methods else None),
    }


def _coverage(facts: Facts) -> dict[str, Any]:
    return {
        "facts": facts,
        "latest": [row for row in facts.crawls if row["position"] == 1],
        "ways": grouped(facts.ways, "outlet"),
        "refused": grouped(facts.refused, "outlet"),
        "most": max((row["discovered_count"] for row in facts.funnel), default=0),
        "holes": [row for row in facts.holes if row["hole_count"] or row["thin_count"]],
        "stored": [row for row in facts.outlets if row["article_count"]],
        "gaps": grouped(facts.gaps, "kind"),
        "gap_words": GAPS,
        "reasons": REFUSALS,
    }


def _stories(facts: Facts) -> Iterator[Page]:
    for story in facts.stories:
        rows = facts.cascade_by_story.get(story["story_id"], [])
        first = story["first_published_at"] if story["first_published_precision"] == "minute" else None
        values = {"story": story, "rows": rows, "tree": tree(rows), "spread": chart.spread(first, rows)}
        yield Page(f"story/{page_name(story['story_id'])}", "story.html", values)


def _outlets(facts: Facts) -> Iterator[Page]:
    gaps = {row["outlet"]: row for row in facts.gaps}
    holes_of = {row["outlet"]: row for row in facts.holes}
    for outlet in facts.outlets:
        name, path = outlet["outlet"], f"outlet/{page_name(outlet['outlet'])}"
        matches = facts.matches_by_outlet.get(name, [])[::-1]
        tables = {
            "took": [row for row in matches if row["is_counted"]],
            "unknown": [row for row in matches if row["is_order_unknown"]],
            "other": [row for row in matches if not row["is_counted"] and not row["is_order_unknown"]],
        }
        lists = {kind: _list_path(path, kind, rows) for kind, rows in tables.items()}
        values = {
            **tables,
            "outlet": outlet,
            "lists": lists,
            "shown": SHOWN,
            "stories": facts.stories_by_outlet.get(name, []),
            "crawls": facts.crawls_by_outlet.get(name, []),
            "refusals": facts.refusals_by_crawl,
            "gap": gaps.get(name),
            "holes": holes_of.get(name),
            "gap_words": GAPS,
            "reasons": REFUSALS,
        }
        yield Page(path, "outlet.html", values)
        for kind, rows in tables.items():
            yield from _list(lists[kind], rows, f"{outlet['name']}: {TABLES[kind]}", (path, outlet["name"]))
