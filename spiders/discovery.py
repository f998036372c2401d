"""In which order the addresses of one outlet are looked for, and when enough is known: decisions only, nothing fetched.

The ways, in order: the feeds of the outlet's file; sitemaps, of the file and of robots.txt; feeds that the front page
announces; the posts of WordPress where it announces them; listing pages; archive pages by day. The next way is taken
until one whose sources all answered has given addresses of the window, *and* something new, *and* reaches back to the
first day (spiders/reach.py): a feed that holds the last thirty articles is fresh but short, one that is no longer
written is long but stale. What an earlier way found is kept.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from spiders import clock
from spiders.address import canonical, host_of, is_web, outlet_host
from spiders.found import Entry, Found, Source, Way
from spiders.listing import looks_like_article
from spiders.network import is_private
from spiders.page import Window
from spiders.reach import Reach
from spiders.refusal import Refusal
from spiders.registry import Outlet
from spiders.sitemap import sitemaps_of_robots
from spiders.telegram import is_channel, preview_address
from spiders.window import day_of, days_of_name, is_newer, is_wanted
from spiders.wordpress import posts_address

WAYS: tuple[Way, ...] = ("feed", "sitemap", "alternate", "wordpress", "listing", "archive")
MAX_SOURCES = 300  # of one outlet and crawl: a sitemap that lists itself under new names comes to an end
MAX_ADDRESS = 2000  # letters; Scrapy drops longer ones without a word
MAX_DEPTH = 3  # indexes of indexes
MAX_PAGES = 20  # following pages of one listing whose articles are dated
MAX_BACK_PAGES = 200  # where the window lies back, or is long
PAGES_PER_DAY = 4
MAX_UNDATED_PAGES = 3  # else: nothing tells how far back they lead, and each night would fetch them anew


@dataclass(slots=True)
class Step:
    """What follows from one source: articles to fetch, sources to ask, addresses refused; whether that was all."""

    entries: list[tuple[Entry, Way]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    outside_window: int = 0
    is_over: bool = False


class Discovery:
    """The search for one outlet's articles in one crawl."""

    def __init__(
        self, outlet: Outlet, window: Window, is_own: Callable[[str], bool], reach: Reach | None = None
    ) -> None:
        self.outlet = outlet
        self.reach = reach or Reach(window.since, window, window.until or clock.now().date(), is_asked=True)
        self.is_over = False
        self.is_whole = False  # nothing that could be listed was left out
        self.answered_count = 0  # sources that could be read
        self._is_own = is_own
        self._known: set[str] = set()
        self._found: set[str] = set()
        self._listed: set[str] = set()
        self._asked: set[str] = set()
        self._open: set[Source] = set()
        self._way = -1
        self._found_in_way = 0
        self._reaches_back, self._is_fresh, self._is_broken = True, False, False
        self._gap_count = 0  # sources that did not answer, though somebody said that they exist
        self._waiting: dict[Way, list[Source]] = {way: [] for way in WAYS}
        self._late: list[tuple[Entry, Way]] = []
        self._is_late_short = False

    @property
    def found_count(self) -> int:
        """Addresses of the window that were found, those known to the store included."""
        return len(self._found)

    @property
    def front_page(self) -> str:
        """The address of the outlet's front page, in the scheme that its file uses for the canonical host."""
        host = self.outlet.hosts[0]
        named = (*self.outlet.listings, *self.outlet.feeds, *self.outlet.sitemaps)
        schemes = [urlsplit(url).scheme for url in named if urlsplit(url).netloc == host]
        default = "http" if self.outlet.allow_loopback else "https"
        return f"{schemes[0] if schemes else default}://{host}{self.outlet.path_prefix or '/'}"

    def begin(self, robots: bytes) -> Step:
        """The first sources, once robots.txt is known (empty where there is none)."""
        outlet, home = self.outlet, self.front_page
        if is_channel(outlet):
            self._waiting["feed"] = [Source(preview_address(outlet), "listing", "telegram")]
            return self._next_way(Step())
        self._waiting["feed"] = [Source(url, "feed", "feed") for url in outlet.feeds]
        sitemaps = (*outlet.sitemaps, *(url for url in sitemaps_of_robots(robots, home) if self._is_own(url)))
        self._waiting["sitemap"] = [Source(url, "sitemap", "sitemap") for url in sitemaps]
        if not sitemaps and outlet.path_prefix is None:
            self._waiting["sitemap"] = [Source(f"{home}sitemap.xml", "sitemap", "sitemap", is_guess=True)]
        self._waiting["alternate"] = [Source(home, "listing", "alternate")]
        self._waiting["listing"] = [Source(url, "listing", "listing") for url in outlet.listings]
        self._waiting["archive"] = [Source(url, "listing", "archive") for url in self._archive_pages()]
        return self._next_way(Step())

    def settle(self, source: Source, found: Found) -> Step:
        """What follows from the answer of one source; one that failed is settled with nothing found."""
        step = Step()
        self._open.discard(source)
        self.answered_count += not found.problem
        if found.problem and not source.is_guess:
            self._is_broken = True
            is_extra = source.way == "alternate" and (self.outlet.feeds or self._waiting["sitemap"])
            self._gap_count += not (is_extra or source.url in self.reach.dead)
        wanted = [entry for entry in found.entries if self._judge(entry, source, found, step)]
        if source.way == "alternate" and source.kind == "listing":
            # The front page is asked for its feeds first; its articles count only when listing pages are due.
            self._late += [(entry, "listing") for entry in wanted]
            is_listing = not self.outlet.listings or source.url in self.outlet.listings
            pages = self._pages(source, found, wanted) if is_listing else []
            self._waiting["listing"] += pages
            self._is_late_short = is_listing and not pages and self._is_short(source, found)
            self._waiting["wordpress"] = [
                Source(posts_address(url, self.reach.searched), "feed", "wordpress", is_guess=True)
                for url in found.interfaces[:1]
                if self._is_own(url)
            ]
            self._ask(step, (Source(url, "feed", "alternate", depth=1) for url in found.feeds if self._may_ask(url)))
        else:
            self._accept(step, [(entry, source.way) for entry in wanted])
            pages = self._pages(source, found, wanted)
            self._reaches_back = self._reaches_back and (bool(pages) or not self._is_short(source, found))
            self._ask(step, self._parts(source, found))
            self._ask(step, pages)
        return step if self._open else self._next_way(step)

    def _judge(self, entry: Entry, source: Source, found: Found, step: Step) -> bool:
        """Whether an address is to be fetched; counts or refuses it where it is not."""
        url = entry.url
        if not is_web(url):
            return False
        if len(url) > MAX_ADDRESS:
            detail = f"{len(url)} letters, listed by {source.url}"
            step.refusals.append(Refusal(self.outlet.outlet, f"{url[:200]}…", "bad_address", detail))
            return False
        if not self._is_own(url):
            reason = "private_address" if is_private(host_of(url)) else "off_site"
            step.refusals.append(Refusal(self.outlet.outlet, url, reason, f"listed by {source.url}"))
            return False
        if not found.is_trusted and not looks_like_article(url, self.outlet, is_listed=source.kind == "sitemap"):
            return False
        if source.kind != "feed" and outlet_host(url, self.outlet) not in (None, outlet_host(source.url, self.outlet)):
            return False  # a twin of the other script: its article is found under this host too
        window = self.reach.wanted if self.reach.is_asked or source.kind != "feed" else Window(None, None)
        is_wanted_now = is_wanted(url, entry.hint, window)
        step.outside_window += not is_wanted_now
        return is_wanted_now

    def _accept(self, step: Step, wanted: Iterable[tuple[Entry, Way]]) -> None:
        for entry, way in wanted:
            self._found_in_way += 1
            self._is_fresh = self._is_fresh or is_newer(entry.url, entry.hint, self.reach.covered_at)
            self._found.add(canonical(entry.url, self.outlet))
            if self.claim(entry.url):
                step.entries.append((entry, way))

    def claim(self, url: str) -> bool:
        """Take an address for fetching; False when it was taken before in this crawl."""
        address = canonical(url, self.outlet)
        is_new = address not in self._known
        self._known.add(address)
        return is_new

    def _is_short(self, source: Source, found: Found) -> bool:
        """Whether a feed, or the last page that was read of a list, does not reach back to the window's first day."""
        is_end = source.kind == "listing" and (source.way == "archive" or (source.depth > 0 and not found.pages))
        if self.reach.since is None or not found.entries or found.is_complete or is_end:
            return False
        days = [day for entry in found.entries if (day := day_of(entry.hint.published or entry.hint.modified))]
        return not days or min(days) >= self.reach.since

    def _parts(self, source: Source, found: Found) -> list[Source]:
        if source.depth >= MAX_DEPTH:
            return []
        return [
            Source(url, "sitemap", source.way, depth=source.depth + 1) for url in found.sitemaps if self._is_own(url)
        ]

    def _pages(self, source: Source, found: Found, wanted: list[Entry]) -> list[Source]:
        """The next page of a listing, while its pages still bring articles of the window that no page before it had."""
        if source.way == "telegram":
            return self._older_posts(source, found)
        if source.way == "wordpress":
            pages = found.pages if self.reach.since and source.depth < MAX_BACK_PAGES else ()
            return [Source(url, "feed", "wordpress", is_guess=True, depth=source.depth + 1) for url in pages]
        if source.kind != "listing" or self.reach.since is None:
            return []  # what feeds and sitemaps listed does not make a page of a list an old one
        recent = [entry for entry in wanted if is_wanted(entry.url, entry.hint, self.reach.searched)]
        listed = {canonical(entry.url, self.outlet) for entry in recent}
        is_late = bool(found.entries) and all(self._is_late(entry) for entry in found.entries)
        is_dated = is_late or any(entry.hint.published or days_of_name(entry.url) for entry in recent)
        is_new = is_late or bool(listed - self._listed)
        self._listed |= listed
        limit = self._most_pages() if is_dated else MAX_UNDATED_PAGES
        if not is_new or source.depth >= limit:
            return []
        way: Way = "archive" if source.way == "archive" else "listing"
        return [Source(url, "listing", way, depth=source.depth + 1) for url in found.pages[:1]]

    def _older_posts(self, source: Source, found: Found) -> list[Source]:
        """The page before, while the oldest post of this one is of the days that are searched."""
        days = [day for entry in found.entries if (day := day_of(entry.hint.published))]
        is_due = self.reach.since is not None and (not days or min(days) >= self.reach.since)
        pages = found.pages if is_due and source.depth < MAX_BACK_PAGES else ()
        return [Source(url, "listing", "telegram", depth=source.depth + 1) for url in pages]

    def _is_late(self, entry: Entry) -> bool:
        """Whether an entry was surely published after the window, which lies on the pages that follow."""
        until, named = self.reach.wanted.until, days_of_name(entry.url)
        day = day_of(entry.hint.published) or (named.first if named else None)
        return until is not None and day is not None and day > until

    def _most_pages(self) -> int:
        """How many pages of one listing are read: more where the window is long, or lies back."""
        since, until, today = self.reach.since, self.reach.wanted.until, self.reach.today
        if since is None or (until is not None and until < today):
            return MAX_BACK_PAGES
        return min(max(MAX_PAGES, PAGES_PER_DAY * (today - since).days), MAX_BACK_PAGES)

    def _archive_pages(self) -> Iterator[str]:
        """The outlet's archive page of each day that is searched, the newest first."""
        first, last = self.reach.since, self.reach.wanted.until or self.reach.today
        for back in range((last - first).days + 1 if first else 0):
            day = last - timedelta(days=back)
            for template in self.outlet.archives:
                yield template.format(year=day.year, month=f"{day.month:02}", day=f"{day.day:02}")

    def _ask(self, step: Step, sources: Iterable[Source]) -> None:
        for source in sources:
            key = f"{source.kind} {source.url}"
            if key in self._asked or len(self._asked) >= MAX_SOURCES:
                continue
            self._asked.add(key)
            self._open.add(source)
            step.sources.append(source)

    def _may_ask(self, url: str) -> bool:
        return self._is_own(url) or host_of(url) in self.outlet.foreign_feed_hosts

    def _next_way(self, step: Step) -> Step:
        """Go on to the next way that has something to ask, unless the last one was enough."""
        while not self._open:
            is_enough = self._found_in_way > 0 and self._reaches_back and self._is_fresh and not self._is_broken
            if is_enough or self._way + 1 == len(WAYS):
                self.is_over = step.is_over = True
                self.is_whole = is_enough or (self.answered_count > 0 and not self._gap_count)
                return step
            self._way += 1
            self._found_in_way, self._reaches_back, self._is_fresh, self._is_broken = 0, True, False, False
            if WAYS[self._way] == "listing":
                self._accept(step, self._late)
                self._reaches_back = not self._is_late_short
            self._ask(step, self._waiting[WAYS[self._way]])
        return step
