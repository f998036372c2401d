"""The newsroom as data: its outlets (outlets/), how their sites are built (sites.toml), what they wrote (stories/).

Here files become frozen values, checked against each other. Pages are made of them in demo.pages, the web in demo.web.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from demo.script import to_latin
from spiders.registry import Outlet, load_outlets

FOLDER = Path(__file__).resolve().parent
OUTLETS = FOLDER / "outlets"
PAIRS = FOLDER / "pairs.csv"
EXPECTED = FOLDER / "expected.toml"
SITES_FILE = FOLDER / "sites.toml"
SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 14)
"""The fortnight in which everything happens; the window that the demo crawls."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees of an article at one time."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one outlet, as its story's file tells it. A bare date means that the site shows no hour."""

    id: str
    story: str
    outlet: str
    path: str
    published: datetime | date
    section: str
    text: Text
    byline: str | None = None
    modified: datetime | None = None
    revised: Text | None = None  # what the twin host shows after the editors changed the text

    @property
    def at(self) -> datetime:
        """The publication time, the start of the day where only that is known; aware."""
        if isinstance(self.published, datetime):
            return self.published
        return datetime(
            self.published.year, self.published.month, self.published.day, tzinfo=ZoneInfo("Europe/Belgrade")
        )


@dataclass(frozen=True, slots=True)
class Site:
    """How one outlet's site is built, and what is odd about it (sites.toml says what each field means)."""

    outlet: Outlet
    articles: tuple[Article, ...]  # newest first
    template: str
    tagline: str
    menu: tuple[str, ...]
    feed: Literal["rss", "atom"] | None = None
    feed_path: str = "/feed/"
    is_feed_linked: bool = False
    sitemap: Literal["news", "dated", "plain", "gzip"] | None = None
    sitemap_path: str = "/sitemap.xml"
    is_sitemap_in_robots: bool = True
    per_page: int = 12
    encoding: str = "utf-8"
    is_bare: bool = False
    is_compressed: bool = False
    has_wrong_dates: bool = False
    busy: int = 0
    is_down: bool = False
    disallow: str | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that answer; the first is the canonical one."""
        return self.outlet.hosts

    def url(self, article: Article, host: str | None = None) -> str:
        """The address of an article of this site."""
        return f"http://{host or self.hosts[0]}{article.path}"


def as_shown(article: Article, host: str, site: Site) -> Article:
    """The article as one host of its site shows it: the Latin twin converts it, and may show a later text."""
    if host == site.hosts[0]:
        return article
    text = article.revised or article.text
    latin = Text(to_latin(text.title), tuple(to_latin(paragraph) for paragraph in text.paragraphs))
    return replace(article, text=latin, byline=to_latin(article.byline) if article.byline else None)


@cache
def newsroom() -> tuple[Site, ...]:
    """All sites with their articles, in the order of their names."""
    outlets = load_outlets(OUTLETS)
    sites = tomllib.loads(SITES_FILE.read_text(encoding="utf-8"))
    if sites.keys() != outlets.keys():
        raise ValueError(f"sites.toml and outlets/ name different outlets: {sorted(sites.keys() ^ outlets.keys())}")
    articles = read_stories()
    unknown = {article.outlet for article in articles} - outlets.keys()
    if unknown:
        raise ValueError(f"stories/ name outlets without a file: {sorted(unknown)}")
    return tuple(
        Site(
            outlets[name],
            _newest_first(article for article in articles if article.outlet == name),
            **_site(sites[name]),
        )
        for name in sorted(outlets)
    )


def expected() -> dict[str, dict[str, Any]]:
    """What a crawl of the fortnight gives: outlet → articles, addresses, refused (reason → count), status if not ok."""
    return tomllib.loads(EXPECTED.read_text(encoding="utf-8"))


def read_stories(folder: Path = FOLDER / "stories") -> list[Article]:
    """All articles of all stories, in the order of the files."""
    articles = []
    for path in sorted(folder.glob("*.toml")):
        articles += [_article(path.stem, row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["article"]]
    return articles


def _site(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"menu": tuple(row["menu"])}


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.at, article.path), reverse=True))


def _article(story: str, row: dict[str, Any]) -> Article:
    revised = row.pop("revised", None)
    return Article(
        story=story,
        text=_text(row.pop("title"), row.pop("text")),
        revised=_text(revised["title"], revised["text"]) if revised else None,
        **row,
    )


def _text(title: str, text: str) -> Text:
    return Text(title, tuple(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()))
