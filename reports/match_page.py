"""What the page of one match shows: the evidence, its links, its way, and what became of both pages afterwards."""

from collections.abc import Iterator
from typing import Any

from reports import words
from reports.evidence import evidence
from reports.facts import Facts
from reports.snapshot import Row, Snapshot

SIBLINGS = 40
"""Other comparisons of the same article that its page lists, likeliest first."""


def match_values(facts: Facts, tables: Snapshot) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Each match with what its template needs, one text at a time."""
    methods = {row["method"]: row for row in facts.methods}
    for row in tables.stream("evidence"):
        match = facts.match_by_id[row["match_id"]]
        alike = facts.matches_by_article[match["article_id"]]
        siblings = sorted((other for other in alike if other is not match), key=lambda other: -other["probability"])
        articles = (match["article_id"], match["state_article_id"])
        changes = [change for article in articles for change in facts.changes_by_article.get(article, [])]
        shown = {match["article_id"]: row["first_seen_at"], match["state_article_id"]: row["state_first_seen_at"]}
        since = [change.row["read_at"] > shown[change.row["article_id"]] for change in changes]
        gone = [absence for article in articles for absence in facts.gone_by_article.get(article, [])]
        yield (
            match,
            {
                "match": match,
                "row": row,
                "evidence": evidence(match, row, is_changed=any(since) or bool(gone), is_edited=not all(since)),
                "siblings": siblings[:SIBLINGS],
                "sibling_count": len(siblings),
                "counted": next((other for other in alike if other["is_counted"]), None),
                "method": methods.get(row["method"]),
                "verdict": words.VERDICTS[match["verdict"]],
                "changes": changes,
                "gone": gone,
                "links": list(_links(facts, match)),
                "way": list(_way(facts, row["via_article_id"])),
            },
        )


def _links(facts: Facts, match: Row) -> Iterator[Row]:
    """Links between the article and the state outlet, its channel, or the state article itself."""
    house = words.house(match["state_outlet"])
    for row in facts.links_by_article.get(match["article_id"], []):
        is_outbound = row["article_id"] == match["article_id"] and words.house(row["target_outlet"]) == house
        is_inbound = row["target_article_id"] == match["article_id"] and row["article_id"] == match["state_article_id"]
        if is_outbound or is_inbound:
            yield row


def _way(facts: Facts, article: str | None) -> Iterator[Row]:
    """The articles through which it came, the nearest first, as far back as they are known."""
    seen = set()
    while article in facts.cascade_by_article and article not in seen:
        seen.add(article)
        yield facts.cascade_by_article[article]
        article = facts.cascade_by_article[article]["parent_article_id"]
