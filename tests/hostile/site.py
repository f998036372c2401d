"""One hostile outlet as data: what it answers, what its feed lists, and what must come of each of its pages."""

import html
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.hostile.server import HTML, Answer, Reply

IN = "Wed, 22 Oct 2025 10:00:00 +0200"
OLD = "Wed, 15 Jan 2025 10:00:00 +0100"
SINCE, UNTIL = "2025-10-20", "2025-10-31"  # the night of the 26th has 25 hours
ORDINARY = "/vesti/redovna-vest-1001"
RSS = "application/rss+xml"
XML = "application/xml"

_WHO = ("Gradonačelnik", "Ministarka", "Direktor vodovoda", "Predsednica opštine", "Načelnik stanice", "Upravnik luke")
_DID = ("najavio je", "potvrdio je na sednici", "objasnio je novinarima", "rekao je u utorak", "poručio je sa mosta")
_WHAT = (
    "da će radovi na nasipu",
    "da će nova linija",
    "da će popis štete",
    "da će otvaranje bolnice",
    "da će zimski red",
)
_WHEN = (
    "početi posle praznika",
    "trajati do proleća",
    "koštati manje nego lane",
    "zavisiti od vremena",
    "biti odložen",
)
_WHY = (
    "jer je reka i dalje visoka.",
    "kako je odlučeno na zboru.",
    "što su odbornici podržali.",
    "iako novca nema dovoljno.",
)


@dataclass
class Site:
    """What a behaviour writes into. Every site has an ordinary article beside it, which must be stored."""

    slug: str
    name: str
    what: str
    pages: dict[str, Reply | Callable[[], Reply]] = field(default_factory=dict)
    otherwise: Answer | None = None  # answers the paths that are not in `pages`
    listed: list[tuple[str, str, str]] = field(default_factory=list)  # of its feed: address, date, title
    fields: dict[str, Any] = field(default_factory=dict)  # of its file
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)  # path → columns of article_version
    refused: dict[str, str] = field(default_factory=dict)  # path or address → reason
    status: str = "ok"
    detail: str = ""  # words in the detail of its row in `crawl`
    never: list[str] = field(default_factory=list)  # paths that must not be asked
    at_most: int = 60  # requests in all
    articles: int | None = None  # rows in `article`; None: one for each address

    def __post_init__(self) -> None:
        self.pages["/robots.txt"] = Reply(b"User-agent: *\nAllow: /\n", "text/plain")
        self.pages[ORDINARY] = article(f"Redovna vest lista {self.name}", seed=self.slug)
        self.listed += [(ORDINARY, IN, "Redovna vest"), ("/vesti/davna-vest", OLD, "Davna vest")]
        self.stored[ORDINARY] = {}

    @property
    def host(self) -> str:
        return f"{self.slug}.example"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def serve(
        self,
        path: str,
        reply: Reply | Callable[[], Reply],
        *,
        refused: str = "",
        stored: dict[str, Any] | None = None,
        day: str = IN,
        title: str = "Naslov iz kanala",
    ) -> None:
        """A page that the feed lists, and what must come of it: stored unless it is refused."""
        self.pages[path] = reply
        self.listed.insert(0, (path, day, title))
        if refused:
            self.refused[path] = refused
        else:
            self.stored[path] = stored or {}

    def feed(self, reply: Reply | None = None) -> None:
        """Another feed than the one that is made of what is listed."""
        if reply:
            self.pages["/rss"] = reply

    def answer(self, path: str) -> Reply | None:
        """What a path answers with."""
        page = self.pages.get(path)
        if page is None and path == "/rss":
            return rss(self.listed)
        if page is None:
            return self.otherwise(path) if self.otherwise else None
        return page if isinstance(page, Reply) else page()

    def write_file(self, folder: Path) -> None:
        """The outlet's file in a registry."""
        values = {
            "name": self.name, "role": "local", "country": "RS", "hosts": [self.host], "feeds": [f"{self.url}/rss"],
            **self.fields,
        }  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in values.items() if value is not None]
        (folder / f"{self.slug}.toml").write_text("\n".join(lines), encoding="utf-8")


BEHAVIOURS: list[tuple[str, Callable[[Site], None]]] = []


def hostile(name: str) -> Callable[[Callable[[Site], None]], Callable[[Site], None]]:
    """Register a behaviour under the invented name of its outlet."""

    def register(behave: Callable[[Site], None]) -> Callable[[Site], None]:
        BEHAVIOURS.append((name, behave))
        return behave

    return register


def sites_of(module: ModuleType) -> list[Site]:
    """The sites that a module describes, each with its behaviour."""
    made = []
    for name, behave in BEHAVIOURS:
        if behave.__module__ == module.__name__:
            site = Site(behave.__name__.replace("_", "-"), name, behave.__doc__ or "")
            behave(site)
            made.append(site)
    return made


def sentences(seed: str, count: int = 9) -> list[str]:
    """Invented sentences, the same for the same seed."""
    chance = random.Random(seed)
    return [
        " ".join(chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN, _WHY))
        + f" Zapisnik nosi broj {chance.randrange(10**6)}."
        for _ in range(count)
    ]


def body(seed: str, count: int = 9) -> str:
    """Paragraphs of HTML."""
    return "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences(seed, count))


def page(title: str, inside: str, *, head: str = "", day: str | None = "2025-10-22T10:00:00+02:00") -> str:
    """A page of one article."""
    stamp = f'<meta property="article:published_time" content="{day}">' if day else ""
    return (
        f'<!doctype html><html lang="sr"><head><meta charset="utf-8"><title>{title}</title>{stamp}{head}</head>'
        f'<body><nav><a href="/">Naslovna</a> <a href="/vesti/">Vesti</a></nav><article><h1>{title}</h1>{inside}</article>'
        f"<footer>Impresum</footer></body></html>"
    )


def article(title: str = "Most u luci otvoren za saobraćaj", seed: str = "", **more: Any) -> Reply:
    """A good article."""
    return Reply(page(title, body(seed or title), **more).encode())


def rss(items: list[tuple[str, str, str]], head: str = "", charset: str = "utf-8") -> Reply:
    """An RSS feed of (address, date, title)."""
    entries = "".join(
        f"<item><title>{html.escape(title)}</title><link>{html.escape(url)}</link><pubDate>{day}</pubDate></item>"
        for url, day, title in items
    )
    text = f'<?xml version="1.0" encoding="{charset}"?>{head}<rss version="2.0"><channel><title>K</title>{entries}</channel></rss>'
    return Reply(text.encode(charset), RSS)


def urlset(*items: tuple[str, str], head: str = "") -> Reply:
    """A sitemap of (address, day)."""
    entries = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in items)
    return Reply(f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode(), XML)


def moved(to: str, status: int = 302, *headers: tuple[str, str]) -> Reply:
    """A redirect."""
    return Reply(b"", HTML, status, (("Location", to), *headers))


def listing(*links: str, extra: str = "") -> Reply:
    """A page of links, each in a block of its own."""
    blocks = "".join(f'<div><a href="{link}">Naslov vesti koja stoji ovde {link[-4:]}</a></div>' for link in links)
    return Reply(f"<!doctype html><html><head><title>Lista</title></head><body>{blocks}{extra}</body></html>".encode())
