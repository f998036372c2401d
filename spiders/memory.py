"""What earlier crawls know of an outlet, as the spider is told it: what is due, and since when nothing was missed.

The spider knows no database. `pipelines.scrapy_items` sets the spider's `memory`; without one every crawl is the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from spiders.revisit import Due


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one outlet."""

    due: tuple[Due, ...] = ()  # stored addresses to visit again now
    missed: tuple[str, ...] = ()  # addresses that could not be fetched, to be tried again
    covered_at: datetime | None = None  # everything that was published before was asked for
    looked_back_at: datetime | None = None  # when a crawl last looked back as far as it ever does
    dead: frozenset[str] = frozenset()  # sources that have not answered for some nights
    posts: tuple[str, ...] = ()  # of a channel: stored posts that it last still showed


NOTHING = Past()


class Memory(Protocol):
    """Whoever remembers earlier crawls."""

    async def recall(self, outlets: Iterable[str], now: datetime) -> Mapping[str, Past]:
        """What is known of each outlet that is known at all."""
