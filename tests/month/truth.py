"""What must have come of the month, computed from the newsrooms and the documented rules alone, not from odjek's code."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args

from tests.month.month import ATTEMPTS, Month
from tests.month.press import Paper, Story, Way
from tests.month.web import Asked

CATCH_UP = timedelta(days=14)
EDGE = timedelta(minutes=2)
"""A crawl lasts: what falls due within it is asked for by this one or the next."""
REVISITS = tuple(timedelta(hours=hours) for hours in (6, 24, 72, 168, 720))


@dataclass(frozen=True)
class Chance:
    """A story that odjek could have had: the night from which a source listed it, and from which it could be fetched."""

    story: Story
    listed: int
    fetchable: int


def chances(month: Month, paper: Paper) -> Iterator[Chance]:
    """The stories that could be found and fetched on some night on which odjek ran."""
    for story in paper.stories:
        listed = next((night for night in month.ran if _is_listed(month, paper, story, night)), None)
        if listed is None:
            continue
        late = month.times[listed] + CATCH_UP
        fit = (night for night in month.ran if night >= listed and month.times[night] <= late)
        fetchable = next((night for night in fit if _is_served(month, paper, story, night)), None)
        if fetchable is not None:
            yield Chance(story, listed, fetchable)


def _is_served(month: Month, paper: Paper, story: Story, night: int) -> bool:
    trouble = month.trouble(paper.slug, night)
    return story.is_up(month.times[night]) and not (trouble and trouble.stops("article"))


def _is_listed(month: Month, paper: Paper, story: Story, night: int) -> bool:
    """Whether a source lists it that night that can be asked; all but feeds are read for a fortnight back."""
    at, trouble = month.times[night], month.trouble(paper.slug, night)
    for way in get_args(Way):
        if way == "feed" and paper.drops_feed is not None and night >= paper.drops_feed:
            continue
        if way != "feed" and story.dated < at - CATCH_UP + timedelta(days=1):
            continue
        if not (trouble and trouble.stops(way)) and story in paper.listed_by(way, at):
            return True
    return False


def by_address(month: Month, place: str) -> dict[tuple[str, str], Counter[int]]:
    """Outlet and address → requests by night."""
    found: dict[tuple[str, str], Counter[int]] = {}
    for asked in month.web.log:
        if asked.place == place:
            found.setdefault((asked.slug, asked.path), Counter())[asked.night] += 1
    return found


@dataclass(frozen=True)
class Address:
    """One address as the log of the web knows it, and what odjek knew of its article."""

    slug: str
    path: str
    asked: list[Asked]
    seen_at: datetime | None  # when its article was first stored; None: never
    published_at: datetime | None


def out_of_turn(month: Month, address: Address) -> Iterator[str]:
    """Each request that the documented schedule does not explain, and each that it asks for and that did not come."""
    seen = begins = None
    for night in month.ran:
        at = month.times[night].astimezone(UTC)
        answers = [asked.status for asked in address.asked if asked.night == night]
        trouble = month.trouble(address.slug, night)
        is_reached = not (trouble and trouble.stops("robots"))
        surely = seen and begins and any(seen + EDGE < begins + wait <= at - EDGE for wait in REVISITS)
        perhaps = seen is None or any(seen - EDGE < begins + wait <= at + EDGE for wait in REVISITS if begins)
        most = ATTEMPTS if any(_is_failure(status) for status in answers) else 1
        if len(answers) > (most if perhaps else 0):
            yield f"{address.slug}{address.path}: asked {len(answers)} times in night {night}, seen {seen}"
        if surely and address.seen_at and is_reached and not answers:
            yield f"{address.slug}{address.path}: not visited in night {night}, last seen {seen}"
        if answers and not _is_failure(answers[-1]):
            begins = begins or min(address.seen_at or at, address.published_at or at)
            seen = at


def _is_failure(status: int) -> bool:
    return status == 0 or status >= 500 or status in (403, 429)
