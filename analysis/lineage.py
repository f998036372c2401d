"""Where a story came from and through whom: the origin of a state story, the parent of an article.

Works on the rows of all judged pairs, because a parent must itself have the story: A is the parent of B only if A was
found to have taken the same state story, before B, and accounts for B better than the state story does: by what it
says, by the edits that both have (`traces`), or because B names it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Origin = Literal["state_media", "agency", "local", "unknown"]


@dataclass(frozen=True, slots=True)
class Intermediary:
    """A text that may stand between a state story and an article: `margin` above 0 means the story does better."""

    article_id: str
    margin: float
    is_credited: bool
    traces: float = 0.0  # edits of the state story's text that both have


@dataclass(frozen=True, slots=True)
class Link:
    """One judged pair, as far as lineage needs it."""

    article_id: str
    state_article_id: str
    role: str
    verdict: str
    direction: str
    shared_probability: float
    has_agency_credit: bool
    is_credited: bool
    intermediaries: tuple[Intermediary, ...]


def parents(links: Iterable[Link], *, better: float) -> dict[tuple[str, str], str]:
    """(article, state article) → article it has the story from, where another one accounts for it better.

    It must do better than every state text that both took: another edition, another language, an edited version.
    """
    links = [link for link in links if link.verdict == "amplification"]
    takers: dict[str, set[str]] = defaultdict(set)
    farther: dict[str, set[str]] = defaultdict(set)
    for link in links:
        takers[link.state_article_id].add(link.article_id)
    for link in links:
        for between in link.intermediaries:
            if between.article_id in takers[link.state_article_id] and not _is_nearer(between, link, better):
                farther[link.article_id].add(between.article_id)
    found: dict[tuple[str, str], str] = {}
    for link in links:
        possible = [
            between
            for between in link.intermediaries
            if between.article_id in takers[link.state_article_id] - farther[link.article_id] - {link.article_id}
        ]
        if possible:
            best = min(possible, key=lambda it: (not it.is_credited, _distance(it, better), it.article_id))
            found[link.article_id, link.state_article_id] = best.article_id
    return found


def _is_nearer(between: Intermediary, link: Link, better: float) -> bool:
    if between.is_credited:
        return between.margin <= (0.0 if link.is_credited else better)
    return _distance(between, better) <= -better


def _distance(between: Intermediary, better: float) -> float:
    """The margin; two edits in common are worth as much as telling twice as many of its words."""
    return between.margin - between.traces * better / 2


def origin_of(link: Link, story: Origin) -> Origin:
    """Whose what the two share first was, where the state story's own origin does not say."""
    if story != "state_media":
        return story
    if link.verdict == "local_first" or (link.verdict == "quote" and link.direction == "local_first"):
        return "local"
    if link.verdict == "shared_origin":
        return "agency" if link.role == "agency" or link.has_agency_credit else "unknown"
    return story


def origins(links: Iterable[Link], credits_agency: Mapping[str, bool]) -> dict[str, Origin]:
    """State article → whose story it first was, by what was published before it and by its own credits."""
    found: dict[str, Origin] = {
        state: "agency" if credits else "state_media" for state, credits in credits_agency.items()
    }
    for link in links:
        may_be_first = link.direction == "unknown" and link.shared_probability >= 0.5 and not link.is_credited
        if may_be_first and found.get(link.state_article_id) == "state_media":
            found[link.state_article_id] = "unknown"
    for link in links:
        if link.direction == "local_first" and link.verdict in {"local_first", "shared_origin"}:
            is_wire = link.role == "agency" or link.has_agency_credit
            if found.get(link.state_article_id) != "agency":
                found[link.state_article_id] = "agency" if is_wire else "local"
    return found
