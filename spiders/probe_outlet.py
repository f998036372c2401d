"""The questions of a probe about an outlet of the registry: robots.txt, each place that its file names, three articles.

What the answers mean is judged in pipelines/checkup.py, after the articles were extracted. Unlike a crawl, which stops
at the first way that gives enough, a probe asks every feed, sitemap and listing that the file names.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from spiders import clock
from spiders.address import canonical, host_of
from spiders.answer import Answer, Asker
from spiders.barrier import is_bot_check
from spiders.discovery import Discovery
from spiders.feed import read_feed
from spiders.found import Entry, Found, Source, Way
from spiders.listing import looks_like_article, read_listing
from spiders.page import Hint, Window
from spiders.registry import Outlet
from spiders.served import served_as
from spiders.sitemap import read_sitemap, sitemaps_of_robots
from spiders.telegram import is_channel, preview_address, read_preview
from spiders.window import day_of, days_of_name
from spiders.wordpress import posts_address

SITES_AT_ONCE = 64
LARGE = 500_000  # bytes; a longer source is read in a thread
MOST_ENTRIES = 1000  # of one source, the newest, that are looked at: a sitemap may have 50,000
ARTICLES = 3
NEWEST = 20  # articles among which the three are chosen
DAYS_BACK = 14  # how far a sitemap is searched
MOST_NAMED = 6  # addresses of one kind
MOST_OF_ROBOTS = 2  # sitemaps of robots.txt, where the file names none
MOST_PARTS = 3  # sitemaps that one sitemap leads to


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What one feed, sitemap or listing gave."""

    source: Source
    answer: Answer
    served: str  # what it really is: rss, atom, html page, sitemap …
    entries: tuple[Entry, ...] = ()  # addresses that are the outlet's and look like articles
    listed: int = 0  # links of any kind; of an index, its parts of the last days
    foreign_hosts: tuple[str, ...] = ()  # that its links lead to instead, the commonest first
    problem: str = ""
    feeds: tuple[str, ...] = ()  # that a front page announces
    foreign_feeds: tuple[str, ...] = ()  # likewise, on hosts of others
    interfaces: tuple[str, ...] = ()  # of WordPress

    @property
    def is_front(self) -> bool:
        """Whether it is the front page itself, and no feed that it announces."""
        return self.source.way == "alternate" and self.source.kind == "listing"

    @property
    def newest_on(self) -> date | None:
        """The latest day that it states; later than now is a mistake."""
        days = [day for entry in self.entries if (day := day_of_entry(entry)) and day <= clock.now().date()]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Probed:
    """All answers of one outlet."""

    outlet: Outlet
    robots: Answer
    sources: tuple[SourceAnswer, ...] = ()
    articles: tuple[tuple[Entry, Way, Answer], ...] = ()

    @property
    def front(self) -> SourceAnswer | None:
        """What the front page gave, where it was asked."""
        return next((found for found in self.sources if found.is_front), None)


async def probe_outlets(outlets: Sequence[Outlet], asker: Asker, on_progress: Callable[[int], None]) -> list[Probed]:
    """Ask several outlets side by side; `on_progress` is told how many are done."""
    gate, done = asyncio.Semaphore(SITES_AT_ONCE), 0

    async def probe(outlet: Outlet) -> Probed:
        nonlocal done
        async with gate:
            probed = await probe_outlet(outlet, asker)
        done += 1
        on_progress(done)
        return probed

    return await asyncio.gather(*map(probe, outlets))


async def probe_outlet(outlet: Outlet, asker: Asker) -> Probed:
    """Ask an outlet what a crawl would ask, and for three of its articles."""
    home = front_page(outlet)
    robots = await asker.ask(urlsplit(home)._replace(path="/robots.txt").geturl(), "robots", outlet)
    if not answers(robots):
        return Probed(outlet, robots)
    if is_channel(outlet):
        return Probed(outlet, robots, (await _channel(outlet, asker),))
    sources: list[SourceAnswer] = []
    for source in _named(outlet, robots, home, asker):
        sources += await ask_source(source, outlet, asker)
    has_entries = any(found.entries for found in sources)
    if not has_entries or any(found.problem for found in sources):
        sources += await _search(home, outlet, asker, is_enough=has_entries)
    chosen = choose(sources, outlet)
    articles = [(entry, way, await asker.ask(entry.url, "article", outlet)) for entry, way in chosen]
    return Probed(outlet, robots, tuple(sources), tuple(articles))


def answers(robots: Answer) -> bool:
    """Whether a host may be asked at all: it gave a robots.txt, or said that there is none (RFC 9309)."""
    return robots.is_good or (robots.status is not None and 300 <= robots.status < 500 and robots.status != 429)


def front_page(outlet: Outlet) -> str:
    """The address of the outlet's front page, as the crawl would ask it."""
    return Discovery(outlet, Window(), lambda _: True).front_page


async def ask_source(source: Source, outlet: Outlet, asker: Asker, parts_left: int = MOST_PARTS) -> list[SourceAnswer]:
    """Ask one feed, sitemap or listing, and of an index of sitemaps the part that holds the newest articles."""
    answer = await asker.ask(source.url, source.kind, outlet)
    if not answer.is_good:
        return [SourceAnswer(source, answer, "nothing", problem=f"{answer.reason}: {answer.detail}")]
    found = await _read(source, answer, outlet, asker)
    if found.problem and is_bot_check(answer.body):
        shut = replace(_without_body(answer), reason="bot_check", detail=f"status {answer.status}")
        return [SourceAnswer(source, shut, "html page", problem="a check for machines")]
    newest = sorted(found.entries, key=_newest, reverse=True)[:MOST_ENTRIES]
    own = [entry for entry in newest if asker.is_own(entry.url, outlet)]
    is_sitemap = source.kind == "sitemap"
    entries = [
        entry for entry in own if found.is_trusted or looks_like_article(entry.url, outlet, is_listed=is_sitemap)
    ]
    foreign = Counter(host for entry in newest if (host := host_of(entry.url)) and not asker.is_own(entry.url, outlet))
    gave = SourceAnswer(
        source=source,
        answer=_without_body(answer),
        served=served_as(answer.body),
        entries=tuple(entries),
        listed=len(found.entries) or len(found.sitemaps),
        foreign_hosts=tuple(host for host, _ in foreign.most_common()),
        problem=found.problem,
        feeds=tuple(url for url in found.feeds if asker.is_own(url, outlet)),
        foreign_feeds=tuple(url for url in found.feeds if not asker.is_own(url, outlet)),
        interfaces=tuple(url for url in found.interfaces if asker.is_own(url, outlet)),
    )
    for url in found.sitemaps[:parts_left]:
        part = Source(url, "sitemap", source.way, is_guess=True, depth=source.depth + 1)
        rest = await ask_source(part, outlet, asker, parts_left - 1)
        if any(answered.entries for answered in rest):
            return [gave, *rest]
    return [gave]


def choose(sources: Sequence[SourceAnswer], outlet: Outlet, count: int = ARTICLES) -> list[tuple[Entry, Way]]:
    """Some of the newest articles, spread over the twenty newest, from the first source that has any."""
    source = next((found for found in sources if found.entries), None)
    if source is None:
        return []
    known: dict[str, Entry] = {}
    for entry in source.entries:
        known.setdefault(canonical(entry.url, outlet), entry)
    entries = sorted(known.values(), key=_newest, reverse=True)[:NEWEST]
    step = max(1, (len(entries) - 1) // max(1, count - 1))
    return [(entry, source.source.way) for entry in entries[::step][:count]]


def day_of_entry(entry: Entry) -> date | None:
    """The day of an article as far as it is known before its page is fetched."""
    hint, named = entry.hint, days_of_name(entry.url)
    return day_of(hint.published) or (named.first if named and named.first == named.last else day_of(hint.modified))


def _newest(entry: Entry) -> date:
    return day_of_entry(entry) or date.min


async def _search(home: str, outlet: Outlet, asker: Asker, *, is_enough: bool) -> list[SourceAnswer]:
    """What the front page leads to: its feeds, the posts of WordPress, its links."""
    front = (await ask_source(Source(home, "listing", "alternate"), outlet, asker))[0]
    if is_enough:
        return [front]
    found: list[SourceAnswer] = []
    for url in front.feeds[:2]:
        found += await ask_source(Source(url, "feed", "alternate", is_guess=True, depth=1), outlet, asker)
    window = Window(clock.now().date() - timedelta(days=DAYS_BACK), None)
    for url in front.interfaces[:1] if not any(answered.entries for answered in found) else ():
        posts = Source(posts_address(url, window), "feed", "wordpress", is_guess=True, depth=1)
        found += await ask_source(posts, outlet, asker)
    return [*found, front]


def _named(outlet: Outlet, robots: Answer, home: str, asker: Asker) -> Iterator[Source]:
    """Every place that the file names, and the sitemaps of robots.txt where it names none."""
    yield from (Source(url, "feed", "feed") for url in outlet.feeds[:MOST_NAMED])
    yield from (Source(url, "sitemap", "sitemap") for url in outlet.sitemaps[:MOST_NAMED])
    if not outlet.sitemaps:
        named = [url for url in sitemaps_of_robots(robots.body, home) if asker.is_own(url, outlet)]
        named.sort(key=lambda url: "news" not in url)
        yield from (Source(url, "sitemap", "sitemap", is_guess=True) for url in named[:MOST_OF_ROBOTS])
    yield from (Source(url, "listing", "listing") for url in outlet.listings[:MOST_NAMED])
    day = clock.now().date() - timedelta(days=1)
    for template in outlet.archives[:MOST_NAMED]:
        url = template.format(year=day.year, month=f"{day.month:02}", day=f"{day.day:02}")
        yield Source(url, "listing", "archive")


async def _channel(outlet: Outlet, asker: Asker) -> SourceAnswer:
    """What the preview of a Telegram channel shows."""
    source = Source(preview_address(outlet), "listing", "telegram")
    answer = await asker.ask(source.url, "listing", outlet)
    if not answer.is_good:
        return SourceAnswer(source, answer, "nothing", problem=f"{answer.reason}: {answer.detail}")
    preview = read_preview(answer.text, answer.final, outlet, clock.now())
    entries = tuple(Entry(post.url, Hint(None, post.published)) for post in preview.posts)
    return SourceAnswer(source, _without_body(answer), "preview", entries, len(entries), problem=preview.problem)


async def _read(source: Source, answer: Answer, outlet: Outlet, asker: Asker) -> Found:
    """What a source says; a long one is read beside the others' answers."""
    try:
        if len(answer.body) > LARGE:
            return await asyncio.to_thread(_reader(source, answer, outlet, asker))
        return _reader(source, answer, outlet, asker)()
    except Exception as error:  # noqa: BLE001  any page can break a parser, and must not cost the other outlets theirs
        return Found(problem=f"it broke the reader: {type(error).__name__}: {error}"[:200])


def _reader(source: Source, answer: Answer, outlet: Outlet, asker: Asker) -> Callable[[], Found]:
    body, url, content_type = answer.body, answer.final, answer.content_type
    if source.kind == "feed":
        return lambda: read_feed(body, url, content_type)
    if source.kind == "sitemap":
        window = Window(clock.now().date() - timedelta(days=DAYS_BACK), None)
        return lambda: read_sitemap(body, url, window, content_type)
    if not answer.text:
        return lambda: Found(problem=f"not an HTML page but {content_type or 'without Content-Type'}")
    return lambda: read_listing(answer.text, url, outlet, lambda link: asker.is_own(link, outlet))


def _without_body(answer: Answer) -> Answer:
    return Answer(answer.url, answer.final, answer.status, answer.content_type)


def addresses(sources: Iterable[SourceAnswer], outlet: Outlet) -> list[str]:
    """The canonical addresses of all articles that were found, each once, in the order of the sources."""
    return list(dict.fromkeys(canonical(entry.url, outlet) for found in sources for entry in found.entries))
