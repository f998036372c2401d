"""Which source explains an article best? Every possible one competes; the runner-up decides how sure we are.

For one article and one state story the rivals are the texts that cannot have come from that story and yet may account
for what the two share: what was published before the story, and what appeared beside it and is or credits an agency
item, also when the agency itself was never collected. The margin
between the story and its best rival is what `verdict` turns into a probability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from analysis.comparison import Comparison
from analysis.features import Explained, margin

_ITEM = 0.25
"""Share of what a story explains that a text with an agency's credit must explain to be that agency's item."""

Direction = Literal["state_first", "local_first", "unknown"]


@dataclass(frozen=True, slots=True)
class When:
    """The earliest and the latest time, UTC, at which a text can have been published; None: nothing is known."""

    earliest: datetime | None
    latest: datetime

    def certainly_before(self, other: "When") -> bool:
        """Whether this was published before the other whatever the exact times were."""
        return other.earliest is not None and self.latest < other.earliest

    def possibly_before(self, other: "When", slack: timedelta = timedelta(0)) -> bool:
        """Whether this may have been published before the other, or up to `slack` after it."""
        return self.earliest is None or self.earliest <= other.latest + slack


def direction_of(article: When, story: When) -> Direction:
    """Who was first; `unknown` where the times do not tell."""
    if story.certainly_before(article):
        return "state_first"
    return "local_first" if article.certainly_before(story) else "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """A text that may explain the article at hand, with what the article shares with it."""

    text_no: int
    outlet: str
    role: str
    when: When
    comparison: Comparison
    explained: Explained
    shared_text: Mapping[str, float]  # features of the comparison
    is_credited: bool  # the article credits this source's outlet
    has_agency_credit: bool  # the source is an agency's, or itself credits an agency
    credits: frozenset[str]  # outlets that the source itself credits


@dataclass(frozen=True, slots=True)
class Rivalry:
    """The best other explanation of what an article shares with a story."""

    rival: Source
    margin: float  # log ratio of the words only one of them explains; above 0 the story does better
    is_certain: bool  # it was certainly before the story, or carries an agency's item


def rivals_of(article: When, story: Source, others: Sequence[Source], agency_slack: timedelta) -> list[Source]:
    """The sources that may stand behind both the article and the story."""
    return [
        other
        for other in others
        if story.outlet not in other.credits
        and other.when.possibly_before(article)
        and (
            other.when.possibly_before(story.when)
            or (other.has_agency_credit and other.when.possibly_before(story.when, agency_slack))
        )
    ]


def _is_certain(rival: Source, story: Source) -> bool:
    return rival.has_agency_credit or rival.when.certainly_before(story.when)


def best_rival(story: Source, rivals: Sequence[Source], *, is_wire: bool = False) -> Rivalry | None:
    """The rival that leaves the story least to explain; None when no rival explains anything.

    Where the article `is_wire` copy, by its own words, an item that was never collected may explain all that the story
    does: then no rival that explains less stands in its place, unless it carries an agency's item that is a part of
    the story.
    """
    found = [
        Rivalry(rival, margin(story.explained, rival.explained), _is_certain(rival, story))
        for rival in rivals
        if rival.explained.total > 0
    ]
    best = min(
        found,
        key=lambda rivalry: (
            rivalry.margin + (not rivalry.is_certain),
            -rivalry.rival.shared_text["retold_share"],
            rivalry.rival.text_no,
        ),
        default=None,
    )
    if best is None or not is_wire or best.margin <= 0:
        return best
    is_item = best.rival.has_agency_credit and best.rival.explained.total >= _ITEM * story.explained.total
    return best if is_item else None
