"""The questions of a probe about a site that is in no registry: where it lives, which ways lead to its articles.

Announced places are asked first, usual ones only where nothing was announced. What the answers mean for the outlet's
file is decided in pipelines/draft.py.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from spiders import clock
from spiders.address import host_of, is_web
from spiders.answer import Answer, Asker
from spiders.barrier import is_bot_check
from spiders.discovery import WAYS
from spiders.errors import InputError
from spiders.found import Entry, Kind, Source, Way
from spiders.front import Front, read_front, script_twins
from spiders.page import Window
from spiders.probe_outlet import DAYS_BACK, SourceAnswer, answers, ask_source, choose
from spiders.registry import Outlet
from spiders.sitemap import sitemaps_of_robots
from spiders.wordpress import posts_address

FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/rss/")
SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_NEWS = ("vest", "vijest", "вест", "вијест", "najnov", "најнов", "aktuel", "lajme", "news", "novosti", "новости")
FEW = 3  # feeds that are guessed although articles are found without
ENOUGH = 10  # addresses of a source, from which no further place is guessed
MOST_ANNOUNCED = 3
MOST_SECTIONS = 2


@dataclass(frozen=True, slots=True)
class Door:
    """The first two answers of a site; where the front page was answered is where the outlet lives."""

    robots: Answer
    front: Answer
    page: Front


@dataclass(slots=True)
class Survey:
    """What was found out about a site."""

    asked: str
    outlet: Outlet  # as far as it must be known to ask it
    front: Front
    robots: Answer
    is_secure: bool
    sources: list[SourceAnswer] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)  # places that were asked though nobody named them
    twins: dict[str, Front] = field(default_factory=dict)  # hosts that may serve the other script
    articles: list[tuple[Entry, Way, Answer]] = field(default_factory=list)

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"{'https' if self.is_secure else 'http'}://{self.outlet.hosts[0]}/"

    def fruitful(self, way: Way) -> list[SourceAnswer]:
        """The sources of one way that gave articles."""
        return [found for found in self.sources if found.source.way == way and found.entries]


async def survey(url: str, door: Door, asker: Asker, *, is_loopback: bool) -> Survey:
    """Ask a site for all that its file should say. InputError, in one line, where it has no articles."""
    robots, front = door.robots, door.front
    home = urlsplit(front.final)
    host = home.netloc.lower()
    outlet = Outlet(f"new {host}", host, "local", "RS", (host,), allow_loopback=is_loopback)
    asker.admit(outlet)
    found = Survey(url, outlet, door.page, robots, home.scheme == "https")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_ask_ways(found, front.final, asker))
        tasks.create_task(_ask_twins(found, asker))
    if not any(source.entries for source in found.sources):
        raise InputError(
            f"{found.home}: no article was found, neither by a feed, a sitemap nor links; if it is a newsroom,"
            " write its file by hand (docs/outlets.md)"
        )
    for entry, way in choose(found.sources, outlet):
        found.articles.append((entry, way, await asker.ask(entry.url, "article", outlet)))
    return found


def origin_of(url: str) -> str:
    """vesti.example or vesti.example/a/b → https://vesti.example; InputError where it is no address."""
    address = url.strip() if "://" in url else f"https://{url.strip()}"
    if not is_web(address) or "." not in urlsplit(address).netloc.partition(":")[0]:
        raise InputError(f'"{url}" is not the address of a site; write it as https://vesti.example/')
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def loopback_of(url: str) -> tuple[str, ...]:
    """The host of an address, for those who let a probe ask this machine."""
    return (host_of(origin_of(url)),)


async def open_door(url: str, asker: Asker) -> Door:
    """robots.txt and the front page, over http where https does not answer; InputError where odjek may not come in."""
    origin = origin_of(url)
    robots = await asker.ask(f"{origin}/robots.txt", "robots")
    if robots.reason == "fetch_failed" and "://" not in url:
        plain = origin.replace("https://", "http://", 1)
        origin, robots = plain, await asker.ask(f"{plain}/robots.txt", "robots")
    if not answers(robots):
        raise InputError(f"{origin}/robots.txt: {_why(robots)}; no outlet can be made of it")
    front = await asker.ask(f"{origin}/", "listing")
    home = urlsplit(front.final)
    if front.is_good and home.netloc != urlsplit(origin).netloc:
        robots = await asker.ask(f"{home.scheme}://{home.netloc}/robots.txt", "robots")
    if not front.is_good:
        raise InputError(f"{front.final}: {_why(front)}; no outlet can be made of it")
    if is_bot_check(front.body):
        raise InputError(f"{front.final}: a check for machines stands before the site; ask the outlet for access")
    return Door(robots, front, read_front(front.text, front.final))


def _why(answer: Answer) -> str:
    if answer.reason == "robots":
        return "robots.txt forbids it to odjek"
    if answer.reason == "private_address":
        return f"{answer.detail}; --allow-loopback asks it all the same, for tests"
    if answer.reason in ("blocked", "bot_check"):
        return f"the site turns odjek away ({answer.reason}, {answer.detail})"
    return answer.detail


async def _ask_ways(found: Survey, front: str, asker: Asker) -> None:
    """Every way to articles that the site announces, and the usual ones where it announces none."""
    page = (await ask_source(Source(front, "listing", "alternate"), found.outlet, asker))[0]
    for url in page.feeds[:MOST_ANNOUNCED]:
        found.sources += await ask_source(Source(url, "feed", "feed", depth=1), found.outlet, asker)
    await _ask_named_sitemaps(found, asker)
    await _ask_wordpress(found, page, asker)
    if not found.fruitful("feed"):
        is_found = any(source.entries for source in found.sources)
        await _guess(found, "feed", "feed", FEEDS[:FEW] if is_found else FEEDS, asker)
    if sum(len(source.entries) for source in found.sources) < ENOUGH:
        await _guess(found, "sitemap", "sitemap", SITEMAPS, asker)
    found.sources.sort(key=lambda source: WAYS.index(source.source.way))
    found.sources.append(page)
    if not any(source.entries for source in found.sources):
        await _ask_sections(found, asker)


async def _ask_named_sitemaps(found: Survey, asker: Asker) -> None:
    named = [url for url in sitemaps_of_robots(found.robots.body, found.home) if asker.is_own(url, found.outlet)]
    named.sort(key=lambda url: "news" not in url)
    for url in named[:MOST_ANNOUNCED]:
        found.sources += await ask_source(Source(url, "sitemap", "sitemap", depth=1), found.outlet, asker)


async def _guess(found: Survey, kind: Kind, way: Way, paths: Iterable[str], asker: Asker) -> None:
    """Ask the usual places, until one gives articles."""
    for path in paths:
        url = found.home.rstrip("/") + path
        if any(url == source.source.url for source in found.sources):
            continue
        found.guessed.append(url)
        gave = await ask_source(Source(url, kind, way, is_guess=True), found.outlet, asker)
        if any(source.entries for source in gave):
            found.sources += gave
            return


async def _ask_wordpress(found: Survey, page: SourceAnswer, asker: Asker) -> None:
    window = Window(clock.now().date() - timedelta(days=DAYS_BACK), None)
    for url in page.interfaces[:1]:
        posts = Source(posts_address(url, window), "feed", "wordpress", is_guess=True, depth=1)
        found.sources += await ask_source(posts, found.outlet, asker)


async def _ask_sections(found: Survey, asker: Asker) -> None:
    """Sections that are called news: where the front page itself links to no article."""
    sections = [link for link in found.front.links if any(word in urlsplit(link).path.lower() for word in _NEWS)]
    for url in sections[:MOST_SECTIONS]:
        gave = await ask_source(Source(url, "listing", "listing", depth=1), found.outlet, asker)
        found.sources += [source for source in gave if source.entries]


async def _ask_twins(found: Survey, asker: Asker) -> None:
    """The front pages of hosts that may serve the other script: those that are linked, else the usual one."""
    hosts = found.front.script_hosts or script_twins(found.outlet.hosts[0])[:2]
    scheme = urlsplit(found.home).scheme
    if found.outlet.allow_loopback and not found.front.script_hosts:
        return
    for host in hosts[:2]:
        answer = await asker.ask(f"{scheme}://{host}/", "listing")
        if answer.is_good and urlsplit(answer.final).netloc.removeprefix("www.") == host:
            found.twins[host] = read_front(answer.text, answer.final)
