"""Invented sites that `odjek outlets new` meets, each with another way to its articles, or none; served by HostileWeb.

Every site has the same sixteen articles of four days, under addresses of its own form.
"""

import json
from collections.abc import Callable

from tests.hostile.server import Reply
from tests.hostile.site import body, moved, page, rss, urlset
from tests.hostile.walls import CHALLENGE

NOW = "2025-10-23T12:00:00+00:00"
TEXTS: dict[str, str] = {}
_WORDS = [
    "most-na-reci-otvoren",
    "nasip-ojacan-pre-kise",
    "skola-dobila-krov",
    "voz-opet-vozi",
    "pijaca-preseljena-u-halu",
]
Pages = dict[str, Reply]
SITES: dict[str, Callable[[], Pages]] = {}

CYRILLIC = str.maketrans(
    dict(
        zip(
            "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
            "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
            strict=True,
        )
    )
)


def stamp(number: int) -> str:
    """When an article was published: four a day, from 08:00, the newest first."""
    return f"2025-10-{22 - number // 4:02}T{20 - 4 * (number % 4):02}:15:00+02:00"


def slug(number: int) -> str:
    return f"{_WORDS[number % 5]}-{'abcdefghijklmnop'[number]}"


def story(host: str, number: int, *, script: str = "latn", day: str | None = "") -> Reply:
    """One article's page."""
    title = f"Most broj {number} na reci otvoren"
    inside = body(f"{host} {number}")
    if script == "cyrl":
        title, inside = title.translate(CYRILLIC), _cyrillic(inside)
    return Reply(page(title, inside, day=stamp(number) if day == "" else day).encode())


def _cyrillic(text: str) -> str:
    """Paragraphs in the other script, with their tags left alone."""
    return "".join(f"<p>{part[2:].rstrip('</p>').translate(CYRILLIC)}</p>" for part in text.split("<p>") if part)


def _front(
    *links: str, head: str = "", name: str = "", sections: str = "/vesti/ /sport/ /kontakt/", script: str = "latn"
) -> Reply:
    headline = "Naslov vesti koja stoji ovde, na naslovnoj strani"
    headline = headline.translate(CYRILLIC) if script == "cyrl" else headline
    menu = "".join(f'<a href="{path}">{path.strip("/")}</a>' for path in sections.split())
    links_html = "".join(f'<div><a href="{link}">{headline} {link[-4:]}</a></div>' for link in links)
    site_name = f'<meta property="og:site_name" content="{name}">' if name else ""
    return Reply(
        f'<!doctype html><html lang="sr"><head><meta charset="utf-8"><title>{name or "Vesti"} - najnovije vesti</title>'
        f"{site_name}{head}</head><body><nav>{menu}</nav>{links_html}</body></html>".encode()
    )


def newcomer(host: str) -> Callable[[Callable[[], Pages]], Callable[[], Pages]]:
    """Register a site under its host."""

    def register(make: Callable[[], Pages]) -> Callable[[], Pages]:
        SITES[host] = make
        return make

    return register


def _answer(pages: Pages, otherwise: Reply | None) -> Callable[[str], Reply | None]:
    return lambda path: pages.get(path, otherwise)


def answers() -> dict[str, Callable[[str], Reply | None]]:
    """Host → what it answers, for HostileWeb. A host without pages closes the connection."""
    return {host: _answer(pages := make(), pages.get("*")) for host, make in SITES.items()}


ROBOTS = Reply(b"User-agent: *\nDisallow: /admin/\n", "text/plain")


@newcomer("glasnik.example")
def feed_only() -> Pages:
    """A feed that the front page announces; numbered addresses; the front page links to the articles too."""
    paths = [f"/vesti/grad/{4711 + 3 * number}/{slug(number)}" for number in range(16)]
    head = '<link rel="alternate" type="application/rss+xml" href="/kanal.xml">'
    return {
        "/robots.txt": ROBOTS,
        "/": _front(*paths[:9], head=head, name="Glasnik"),
        "/kanal.xml": rss([(path, stamp(number), f"Vest {number}") for number, path in enumerate(paths)]),
        **{path: story("glasnik", number) for number, path in enumerate(paths)},
    }


@newcomer("mapa.example")
def sitemap_only() -> Pages:
    """An index of sitemaps in robots.txt, no feed; dated addresses; a front page without links to articles."""
    paths = [f"/2025/10/{22 - number // 4:02}/{slug(number)}.html" for number in range(16)]
    host = "http://mapa.example"
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{host}/mapa-2025-10.xml</loc></sitemap></sitemapindex>'
    return {
        "/robots.txt": Reply(f"User-agent: *\nAllow: /\nSitemap: {host}/mape.xml\n".encode(), "text/plain"),
        "/": _front(name="Mapa dana"),
        "/mape.xml": Reply(index.encode(), "application/xml"),
        "/mapa-2025-10.xml": urlset(*((host + path, stamp(number)) for number, path in enumerate(paths))),
        **{path: story("mapa", number) for number, path in enumerate(paths)},
    }


@newcomer("pressa.example")
def wordpress() -> Pages:
    """WordPress that announces its interface, with its feed switched off."""
    paths = [f"/{slug(number)}-na-obali-u-podne/" for number in range(16)]
    posts = [
        {
            "link": f"http://pressa.example{path}",
            "date_gmt": stamp(number)[:19],
            "title": {"rendered": f"Vest {number}"},
        }
        for number, path in enumerate(paths)
    ]
    head = '<link rel="https://api.w.org/" href="http://pressa.example/wp-json/">'
    listed = Reply(json.dumps(posts).encode(), "application/json")
    asked = "wp/v2/posts?per_page=100&_fields=link,date_gmt,modified_gmt,title&after=2025-10-08T00:00:00"
    return {
        "/robots.txt": ROBOTS,
        "/": _front(*paths[:6], head=head, name="Pressa"),
        f"/wp-json/{asked}": listed,
        **{path: story("pressa", number) for number, path in enumerate(paths)},
    }


@newcomer("spisak.example")
def listing_only() -> Pages:
    """Nothing but a front page with links; numbers at the end of the addresses."""
    paths = [f"/clanak/{slug(number)}-{90210 + 7 * number}" for number in range(16)]
    return {
        "/robots.txt": Reply(b"", status=404),
        "/": _front(*paths, name="Spisak"),
        **{path: story("spisak", number) for number, path in enumerate(paths)},
    }


@newcomer("kapija.example")
def captcha() -> Pages:
    """A check for machines in front of everything."""
    return {"*": Reply(CHALLENGE, status=403), "/robots.txt": ROBOTS}


@newcomer("zatvoreno.example")
def forbidden_by_robots() -> Pages:
    """robots.txt wants no crawler."""
    return {**feed_only(), "/robots.txt": Reply(b"User-agent: *\nDisallow: /\n", "text/plain")}


@newcomer("saglasnost.example")
def consent() -> Pages:
    """A consent page in place of every article."""
    text = "Koristimo kolačiće i slične tehnologije da bismo poboljšali vaše iskustvo. Izaberite na šta pristajete i nastavite na sajt. Možete promeniti izbor u svakom trenutku."
    wall = Reply(page("Pre nego što nastavite", f"<p>{text}</p>", day=None).encode())
    return {**feed_only(), **{path: wall for path in feed_only() if path.startswith("/vesti/grad/")}}


@newcomer("seoba.example")
def moved_away() -> Pages:
    """Everything leads to another domain."""
    return {"*": moved("http://www.glasnik.example/", 301)}


@newcomer("www.glasnik.example")
def www() -> Pages:
    """The www. twin sends everybody to the bare host."""
    return {"*": moved("http://glasnik.example/", 301)}


@newcomer("novine.example")
def cyrillic() -> Pages:
    """Cyrillic, with a twin on lat.; one number in both."""
    return _scripts("novine.example", "cyrl")


@newcomer("lat.novine.example")
def latin_twin() -> Pages:
    """The twin in Latin script."""
    return _scripts("lat.novine.example", "latn")


def _scripts(host: str, script: str) -> Pages:
    paths = [f"/svet/{88100 + 11 * number}-{slug(number)}/" for number in range(16)]
    twin = "http://lat.novine.example" if script == "cyrl" else "http://novine.example"
    head = (
        f'<link rel="alternate" hreflang="sr-Latn" href="{twin}/">'
        '<link rel="alternate" type="application/rss+xml" href="/rss/">'
    )
    return {
        "/robots.txt": ROBOTS,
        "/": _front(*paths[:8], head=head, name="Новине" if script == "cyrl" else "Novine", script=script),
        "/rss/": rss([(f"http://{host}{path}", stamp(number), "Вест") for number, path in enumerate(paths)]),
        **{path: story("novine", number, script=script) for number, path in enumerate(paths)},
    }


@newcomer("pekara.example")
def bakery() -> Pages:
    """No newsroom at all."""
    return {"/robots.txt": ROBOTS, "/": _front(name="Pekara", sections="/cenovnik/ /kontakt/")}
