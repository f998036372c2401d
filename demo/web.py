"""Every address that the newsroom answers → how to make the answer. Pure: no socket is opened here, see demo.server."""

import gzip
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from demo import feeds
from demo.newsroom import Article, Site, newsroom
from demo.pages import Listing, article_page, listing_page, section_path

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">'
    '<rect width="640" height="360" fill="hsl({hue} 30% 78%)"/>'
    '<path d="M0 300 Q160 {peak} 320 290 T640 280 V360 H0Z" fill="hsl({hue} 30% 58%)"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


Web = dict[str, Callable[[], Answer]]
"""Full address (http://host/path?query) → the answer, made when it is asked for."""


def web(sites: tuple[Site, ...] | None = None) -> Web:
    """The addresses of all sites, or of these; a site that is down has none."""
    return {
        f"http://{host}{path}": answer
        for site in sites or newsroom()
        for host in site.hosts
        if not site.is_down
        for path, answer in _routes(site, host)
    }


def compressed(answer: Answer) -> Answer:
    """The same answer with its body compressed, for a client that accepts that."""
    return Answer(
        gzip.compress(answer.body, mtime=0),
        answer.content_type,
        answer.status,
        (*answer.headers, ("Content-Encoding", "gzip")),
    )


def picture(path: str) -> Answer:
    """A picture for any address that asks for one: hills in a colour of its own."""
    hue = sum(path.encode()) * 37 % 360
    return Answer(_PICTURE.format(hue=hue, peak=120 + hue % 90).encode(), "image/svg+xml")


def _routes(site: Site, host: str) -> Iterator[tuple[str, Callable[[], Answer]]]:
    yield "/robots.txt", lambda: Answer(feeds.robots(site, host).encode(), "text/plain; charset=utf-8")
    if site.feed:
        make = feeds.rss if site.feed == "rss" else feeds.atom
        kind = f"application/{site.feed}+xml"
        yield site.feed_path, lambda: Answer(make(site, host), kind)
    if site.sitemap:
        for path, file in feeds.sitemaps(site, host).items():
            yield path, partial(_file, file, "application/gzip" if path.endswith(".gz") else "application/xml")
    for article in site.articles:
        yield article.path, partial(_article, site, host, article)
    yield from _lists(site, host)


def _lists(site: Site, host: str) -> Iterator[tuple[str, Callable[[], Answer]]]:
    """The front page, the sections and, where a site has one, the archive with its pages."""
    show = partial(_list, site, host)
    yield "/", partial(show, Listing(site.outlet.name, site.articles[: site.per_page], site.extra.get("archive")))
    for word in site.menu:
        listed = tuple(article for article in site.articles if article.section == word)
        yield section_path(word), partial(show, Listing(word, listed or site.articles[:5]))
    if tag := site.extra.get("listed_tag"):
        yield tag, partial(show, Listing("актуелно", site.articles[:9]))
    if archive := site.extra.get("archive"):
        last = math.ceil(len(site.articles) / site.per_page)
        for number in range(1, last + 1):
            listed = site.articles[(number - 1) * site.per_page : number * site.per_page]
            older = f"{archive}?strana={number + 1}" if number < last else None
            yield (
                archive if number == 1 else f"{archive}?strana={number}",
                partial(show, Listing("архива", listed, older)),
            )


def _article(site: Site, host: str, article: Article) -> Answer:
    return _html(site, article_page(site, host, article))


def _list(site: Site, host: str, listing: Listing) -> Answer:
    return _html(site, listing_page(site, host, listing))


def _html(site: Site, page: str) -> Answer:
    return Answer(page.encode(site.encoding, "xmlcharrefreplace"), f"text/html; charset={site.encoding}")


def _file(make: Callable[[], bytes], content_type: str) -> Answer:
    return Answer(make(), content_type)
