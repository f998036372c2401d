"""How far back a crawl has to look for an outlet's articles, and whether it missed nothing. Pure decisions on dates.

A crawl without --since goes back to the outlet's last crawl that missed nothing, so that nights that were missed, and
nights on which a source was down, are made up for by themselves. Once a week it goes back as far as it ever does: for
what was dated back, what a sitemap listed late, what the feed never had.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spiders.memory import Past
from spiders.page import Window

LOOK_BACK_EVERY = timedelta(days=6, hours=12)  # a week of nights, one of which may begin early


@dataclass(frozen=True, slots=True)
class Reach:
    """What one crawl looks for of one outlet."""

    since: date | None  # the search goes on until this day is reached; None: the first way that gives is enough
    wanted: Window  # addresses of other days are passed over
    today: date
    is_asked: bool  # the first day was asked for; else what a feed lists is taken, however old
    covered_at: datetime | None = None  # a source that lists nothing newer may be one that is no longer written
    dead: frozenset[str] = frozenset()  # sources that are asked, but whose silence is no gap any more

    @property
    def searched(self) -> Window:
        """The days that the search has to reach."""
        return Window(self.since, self.wanted.until)


def reach_of(asked: Window, past: Past, now: datetime, days: int) -> Reach:
    """How far to look back: as asked, else to when everything was asked for; at most `days`, and that once a week."""
    today = now.date()
    if asked.since or asked.until:
        return Reach(asked.since, asked, today, is_asked=True)
    earliest = today - timedelta(days=days)
    is_due = past.looked_back_at is None or now - past.looked_back_at >= LOOK_BACK_EVERY
    since = earliest if past.covered_at is None or is_due else max(past.covered_at.date(), earliest)
    return Reach(since, Window(earliest, None), today, is_asked=False, covered_at=past.covered_at, dead=past.dead)


def is_covered(asked: Window, covered_at: datetime | None, *, is_whole: bool) -> bool:
    """Whether nothing was missed up to now: every source answered, and no day was left out before the first one."""
    if not is_whole or asked.until is not None:
        return False
    return asked.since is None or covered_at is None or asked.since <= covered_at.date()
