"""Everything the report's lists need, read once: summary rows without texts, grouped as the pages ask for them.

The texts and passages of a match are streamed by `site`, one page at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from reports.changes import Change, Source, changes
from reports.snapshot import Row, Snapshot

Key = TypeVar("Key")
Item = TypeVar("Item")

COVERAGE = {"quiet_days": 3, "recent_days": 7, "fewest_share": 0.5}
"""An outlet is called silent after 3 days without an article, since small portals rest over a weekend; and thin where
in the last 7 days it gave under half of the articles its registry file expects. Neither touches a finding."""

GAPS = {
    "failed": "No usable answer",
    "empty": "Reached, but no article address was found",
    "nothing": "Addresses were found, but no article could be stored",
    "silent": "No new article for more than 3 days",
    "few": "Fewer than half of the expected articles in the last 7 days",
    "never": "In the registry, but never crawled",
}


@dataclass(frozen=True)
class Facts:
    """The rows of one snapshot; the names are those of queries/."""

    run: Row
    figures: Row
    timeline: list[Row]
    speed: list[Row]
    stories: list[Row]
    cascade: list[Row]
    outlets: list[Row]
    matches: list[Row]
    verdicts: list[Row]
    crawls: list[Row]
    refusals: list[Row]
    runs: list[Row]
    gaps: list[Row]
    methods: list[Row]
    thresholds: list[Row]
    narratives: list[Row]
    false_discovery: Row | None
    funnel: list[Row]
    ways: list[Row]
    refused: list[Row]
    holes: list[Row]
    changes: list[Change]
    gone: list[Row]
    revisits: list[Row]
    flows: list[Row]
    links: list[Row]

    @cached_property
    def match_by_id(self) -> dict[str, Row]:
        """Summary row of each match."""
        return {row["match_id"]: row for row in self.matches}

    @cached_property
    def matches_by_outlet(self) -> dict[str, list[Row]]:
        """Matches whose local article is the outlet's."""
        return grouped(self.matches, "outlet")

    @cached_property
    def matches_by_article(self) -> dict[str, list[Row]]:
        """Matches of one local article with different state articles."""
        return grouped(self.matches, "article_id")

    @cached_property
    def cascade_by_story(self) -> dict[str, list[Row]]:
        """Local articles of each story, in order of time."""
        return grouped(self.cascade, "story_id")

    @cached_property
    def stories_by_outlet(self) -> dict[str, list[Row]]:
        """Stories that each state outlet was first to tell."""
        return grouped(self.stories, "state_outlet")

    @cached_property
    def crawls_by_outlet(self) -> dict[str, list[Row]]:
        """Crawl and import rows of each outlet, newest first."""
        return grouped(self.crawls, "outlet")

    @cached_property
    def refusals_by_crawl(self) -> dict[tuple[str, str], list[Row]]:
        """Counted reasons of each (run, outlet)."""
        return _grouped(self.refusals, lambda row: (row["run_id"], row["outlet"]))

    @cached_property
    def changes_by_article(self) -> dict[str, list[Change]]:
        """What changed in each matched article, newest first."""
        return _grouped(self.changes, lambda change: change.row["article_id"])

    @cached_property
    def gone_by_article(self) -> dict[str, list[Row]]:
        """Addresses of each matched article that a later visit did not find."""
        return grouped(self.gone, "article_id")

    @cached_property
    def links_by_article(self) -> dict[str, list[Row]]:
        """Links from and to each article that lead from or to state media."""
        ends = [(row[end], row) for row in self.links for end in ("article_id", "target_article_id") if row[end]]
        return {key: [row for _, row in pairs] for key, pairs in _grouped(ends, lambda pair: pair[0]).items()}

    @cached_property
    def cascade_by_article(self) -> dict[str, Row]:
        """Whom each article that took a story has it from."""
        return {row["article_id"]: row for row in self.cascade}


def read(snapshot: Snapshot) -> Facts:
    """Read all summary rows."""
    rows = snapshot.rows
    outlets, matches = rows("outlets"), rows("matches")
    return Facts(
        run=snapshot.row("run"),
        figures=snapshot.row("figures"),
        timeline=rows("timeline"),
        speed=rows("speed"),
        stories=rows("stories"),
        cascade=rows("cascade"),
        outlets=outlets,
        matches=matches,
        verdicts=rows("verdicts"),
        crawls=rows("crawls"),
        refusals=rows("refusals"),
        runs=rows("runs"),
        gaps=rows("gaps", **COVERAGE),
        methods=rows("methods"),
        thresholds=rows("thresholds"),
        narratives=rows("narratives"),
        false_discovery=next(iter(rows("false_discovery")), None),
        funnel=rows("funnel"),
        ways=rows("ways"),
        refused=rows("refused"),
        holes=rows("holes"),
        changes=changes(rows("changes"), _sources(matches, outlets)),
        gone=rows("gone"),
        revisits=rows("revisits"),
        flows=rows("flows"),
        links=rows("links"),
    )


def _sources(matches: list[Row], outlets: list[Row]) -> dict[str, list[Source]]:
    """The state outlets that each matched article might credit."""
    names = {row["outlet"]: (row["name"], tuple(row["credited_as"])) for row in outlets}
    found: dict[str, dict[str, Source]] = defaultdict(dict)
    for row in matches:
        found[row["article_id"]][row["state_outlet"]] = names[row["state_outlet"]]
    return {article: list(sources.values()) for article, sources in found.items()}


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of one column, each group in the order of the rows."""
    return _grouped(rows, lambda row: row[column])


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)
