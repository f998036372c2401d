"""Everything the report's lists need, read once: summary rows without texts, grouped as the pages ask for them.

The texts and passages of a match are streamed by `site`, one page at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from reports.snapshot import Row, Snapshot

Key = TypeVar("Key")

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


def read(snapshot: Snapshot) -> Facts:
    """Read all summary rows."""
    rows = snapshot.rows
    return Facts(
        run=snapshot.row("run"),
        figures=snapshot.row("figures"),
        timeline=rows("timeline"),
        speed=rows("speed"),
        stories=rows("stories"),
        cascade=rows("cascade"),
        outlets=rows("outlets"),
        matches=rows("matches"),
        verdicts=rows("verdicts"),
        crawls=rows("crawls"),
        refusals=rows("refusals"),
        runs=rows("runs"),
        gaps=rows("gaps", **COVERAGE),
        methods=rows("methods"),
        thresholds=rows("thresholds"),
        narratives=rows("narratives"),
        false_discovery=next(iter(rows("false_discovery")), None),
    )


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of one column, each group in the order of the rows."""
    return _grouped(rows, lambda row: row[column])


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)
