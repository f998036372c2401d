"""What the readers of feeds, sitemaps and listings hand to discovery: article addresses, and further places to look."""

from dataclasses import dataclass
from typing import Literal

from spiders.page import Hint

Kind = Literal["robots", "feed", "sitemap", "listing"]
Way = Literal["feed", "sitemap", "alternate", "wordpress", "listing", "archive", "telegram", "retry", "revisit"]


_NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article address, absolute, as it was found."""

    url: str
    hint: Hint = _NO_HINT


@dataclass(frozen=True, slots=True)
class Source:
    """One place where addresses are listed."""

    url: str
    kind: Kind
    way: Way
    is_guess: bool = False  # nobody said that it exists: its absence is no fault
    depth: int = 0  # how many sources led to it


@dataclass(frozen=True, slots=True)
class Found:
    """What one source said. `problem` is one line that says why it could not be read."""

    entries: tuple[Entry, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()  # further listing pages
    interfaces: tuple[str, ...] = ()  # of WordPress
    is_complete: bool = False  # lists everything of its days, however far they lie back
    is_trusted: bool = True  # lists nothing but articles
    problem: str = ""
