"""Invented newsrooms as a function of time: what each has published, edited, deleted and listed at a moment. Pure.

How it looks as feeds and pages is in render.py, what goes wrong in trouble.py, the forty outlets in outlets.py.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Literal
from zoneinfo import ZoneInfo

BELGRADE = ZoneInfo("Europe/Belgrade")
HISTORY = timedelta(days=3)  # before the first night
Flaw = Literal["", "too_short", "soft_404", "back_dated", "future", "late_in_sitemap"]
Way = Literal["feed", "sitemap", "listing", "wordpress", "archive", "telegram"]


def nights(count: int) -> list[datetime]:
    """A quarter past two in Belgrade; on the last Sunday of March there is no such time, and it is an hour later."""
    first = datetime(2026, 3, 5, 2, 15, tzinfo=BELGRADE)
    return [first + timedelta(days=day) for day in range(count)]  # by the clock on the wall


NIGHTS = nights(31)


@dataclass(frozen=True)
class Edit:
    """A change of an article's text."""

    at: datetime
    kind: Literal["softened", "credited", "longer"]


@dataclass(frozen=True)
class Story:
    """One article of an outlet, as it will ever have been."""

    number: int
    listed_at: datetime  # when the site first shows it
    dated: datetime  # when it says that it was published
    flaw: Flaw = ""
    edits: tuple[Edit, ...] = ()
    gone_at: datetime | None = None
    gone_as: int = 404  # 301: redirects to the front page

    def is_up(self, at: datetime) -> bool:
        """Whether its page is served."""
        return self.listed_at <= at and (self.gone_at is None or at < self.gone_at)

    def state(self, at: datetime) -> int:
        """How often it was edited by then."""
        return sum(edit.at <= at for edit in self.edits)


@dataclass
class Paper:
    """An outlet: how it is made, and what it publishes between two moments."""

    slug: str
    name: str
    per_day: float = 3
    feed: str = "rss"  # rss, atom, rdf, json; empty: none
    feed_size: int = 20
    feed_order: Literal["listed", "dated"] = "listed"
    feed_dates: Literal["zoned", "naive", "none"] = "zoned"
    sitemap: str = ""  # plain, news (two days), dated (an index, packed)
    listing: bool = False  # pages of twelve, back to the beginning
    wordpress: bool = False
    telegram: bool = False
    named: tuple[str, ...] = ("feed", "sitemap", "listing")  # sources that the outlet's file names
    robots_sitemap: bool = False
    announces: bool = False  # the front page announces the feed
    template: str = "meta"
    stamp: Literal["", "etag", "modified", "both"] = ""
    script: Literal["latn", "cyrl"] = "latn"
    zone: str = "Europe/Belgrade"
    role: str = "local"
    flaws: tuple[Flaw, ...] = ()
    edited: float = 0.12  # share of its articles
    deleted: float = 0.03
    moves_feed: int | None = None  # night from which the feed has another address, announced by the front page
    drops_feed: int | None = None  # night from which it has none
    redesigned: int | None = None  # night from which pages look otherwise and have other addresses
    fields: dict[str, object] = field(default_factory=dict)
    begin: datetime = NIGHTS[0] - HISTORY
    end: datetime = NIGHTS[0]

    @property
    def host(self) -> str:
        return f"{self.slug}.example"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @cached_property
    def stories(self) -> list[Story]:
        """Everything it publishes, in the order in which it is listed."""
        chance = random.Random(self.slug)
        days = (self.end - self.begin) / timedelta(days=1)
        at = sorted(self.begin + timedelta(days=days * chance.random()) for _ in range(round(self.per_day * days)))
        return [self._story(number, moment.replace(microsecond=0), chance) for number, moment in enumerate(at, 1001)]

    def _story(self, number: int, at: datetime, chance: random.Random) -> Story:
        flaw: Flaw = chance.choice(self.flaws) if self.flaws and chance.random() < 0.12 else ""
        dated = at - timedelta(minutes=5)
        if flaw == "back_dated":
            dated = at - timedelta(days=chance.uniform(2, 6))
        elif flaw == "future":
            dated = at + timedelta(days=chance.uniform(2, 20))
        edits, gone_at = [], None
        if chance.random() < self.edited:
            kind = chance.choice(("softened", "credited", "longer"))
            edits = [Edit(at + timedelta(hours=chance.choice((2, 10, 40, 130))), kind)]
        if chance.random() < self.deleted:
            gone_at = at + timedelta(hours=chance.choice((1, 20, 50, 140)))
        return Story(number, at, dated, flaw, tuple(edits), gone_at, chance.choice((404, 410, 301)))

    def up(self, at: datetime) -> list[Story]:
        """The articles that are on the site, the newest first."""
        return [story for story in reversed(self.stories) if story.is_up(at)]

    def feed_at(self, at: datetime) -> list[Story]:
        """What the feed lists."""
        up = self.up(at)
        if self.feed_order == "dated":
            up.sort(key=lambda story: story.dated, reverse=True)
        return [story for story in up if story.flaw != "late_in_sitemap"][: self.feed_size]

    def sitemap_at(self, at: datetime) -> list[Story]:
        """What the sitemap lists: of a news sitemap, two days."""
        late = timedelta(days=3)
        up = [story for story in self.up(at) if story.flaw != "late_in_sitemap" or story.listed_at + late <= at]
        return [story for story in up if self.sitemap != "news" or story.dated > at - timedelta(days=2)]

    def listed_by(self, way: Way, at: datetime) -> list[Story]:
        """What the site lists in one way, all pages together."""
        if way == "feed":
            return self.feed_at(at) if self.feed else []
        if way == "sitemap":
            return self.sitemap_at(at) if self.sitemap else []
        if way == "telegram":
            return self.up(at) if self.telegram else []
        if way == "wordpress":
            return self.up(at) if self.wordpress else []
        return [story for story in self.up(at) if story.flaw != "late_in_sitemap"] if self.listing else []

    def path(self, story: Story, at: datetime) -> str:
        """Its address at a time: a redesign gives all articles another one."""
        if self.telegram:
            return f"/kanal/{story.number}"
        if self.redesigned is not None and at >= NIGHTS[self.redesigned] - timedelta(hours=8):
            return f"/{story.dated.astimezone(ZoneInfo(self.zone)):%Y/%m/%d}/{slug(story, self)}-{story.number}"
        return f"/vesti/{slug(story, self)}-{story.number}"


_WHO = ("gradonacelnik", "ministarka", "direktor", "odbornica", "nacelnik", "upravnik")
_WHAT = ("most", "nasip", "linija", "bolnica", "luka", "vodovod", "skola")


def slug(story: Story, paper: Paper) -> str:
    """The words of its address."""
    return _slug(paper.slug, story.number)


@cache
def _slug(paper: str, number: int) -> str:
    chance = random.Random(f"{paper} {number}")
    return f"{chance.choice(_WHO)}-otvara-{chance.choice(_WHAT)}-kod-reke"
