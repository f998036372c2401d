"""Front pages, sections and archives → article addresses, further pages and announced feeds: text in, values out.

What is an article is guessed from the address alone, unless the outlet's file tells it (`article_pattern`). The guess
may be generous: a page that turns out to be a list is refused later (pipelines.validate).
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import html
from w3lib.html import get_base_url

from spiders.address import is_web, joined
from spiders.barrier import is_bot_check
from spiders.found import Entry, Found
from spiders.page import Hint
from spiders.registry import Outlet
from spiders.wordpress import RELATION

MAX_LETTERS = 200_000  # in which a check for machines shows
MAX_LINKS = 2000  # of one page; a front page of the region has 150 to 600

_FEED_TYPES = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)", re.IGNORECASE)
_COMMENT_FEED = re.compile(r"comment|komentar|коментар", re.IGNORECASE)
_OTHER_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|zip|rar|mp[34]|m4a|avi|css|js|json|xml|rss|txt|apk)$",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|tagovi|oznak[ae]|tem[ae]|topics?|category|kategorij[ae]|rubrik[ae]|autori?|authors?|search|pretraga|arhiv[ae]"
    r"|archives?|(?:page|stran[ae])/\d+|feeds?|rss|kontakt|contact|impresum|impressum|marketing|oglas[ai]?|uslovi[\w-]*|o-nama"
    r"|about(?:-us)?|privacy[\w-]*|politika-privatnosti|pravila[\w-]*|login|prijava|register|registracija|korpa|cart|wp-\w+"
    r"|cdn-cgi|komentari?|comments?|forum|horoskop|kursna-lista|tv-program|vremenska-prognoza|newsletter|embed|print|share)"
    r"(?:/|$|\.)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"/(?:vest|vijest|clanak|članak|article|story|post|tekst|text|prica|news|item|id|вест|чланак)"
    r"[/_-]\d+(?:\.\w{3,4})?/?$",
    re.IGNORECASE,
)
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d|\d\d?")
_LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}(?!\d)")
_NEXT_WORDS = re.compile(
    r"sl[ij]?j?ede[cć]a|следећа|сл[ие]једећа|naredn[ai]|наредна|starij[ei]|старије|dalje|next|older|[»›→]|>{1,2}",
    re.IGNORECASE,
)


def looks_like_article(url: str, outlet: Outlet, *, is_listed: bool = False) -> bool:
    """Whether an address of the outlet is, by its form, that of one article.

    `is_listed` says that a sitemap lists it: then any number in its last part is enough, as sections seldom have one.
    """
    if not is_web(url):
        return False
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if outlet.article_pattern is not None:
        return re.search(outlet.article_pattern, target) is not None
    path = unquote(parts.path)
    if _OTHER_FILE.search(path) or _NO_ARTICLE.search(path):
        return False
    name = path.rstrip("/").rpartition("/")[2]
    if is_listed and re.search(r"\d", name) and not _YEAR_OR_DAY.fullmatch(name):
        return True
    return _has_slug(path) or _has_number(parts, path) or _is_dated(path)


def read_listing(text: str, url: str, outlet: Outlet, is_own: Callable[[str], bool]) -> Found:
    """The articles that a page links to, in its order, its next pages, and the feeds that it announces."""
    try:
        root = html.document_fromstring(text)
    except (ValueError, html.etree.ParserError) as error:
        return Found(problem=f"not an HTML page: {error}")
    if is_bot_check(text[:MAX_LETTERS].encode()):
        return Found(problem="a check for machines was served instead of a list")
    base = get_base_url(text, url)
    entries: dict[str, Entry] = {}
    pages: dict[str, None] = {}
    for link, address in _links(root, base):
        if not is_own(address):
            continue
        if looks_like_article(address, outlet):
            _add(entries, address, link)
        elif _is_next(link, address, url):
            pages[address] = None
    pages.pop(url, None)
    return Found(
        entries=tuple(entries.values()),
        feeds=_feeds(root, base),
        pages=tuple(pages),
        interfaces=_interfaces(root, base),
        is_trusted=False,
    )


def _links(root: html.HtmlElement, base: str) -> Iterator[tuple[html.HtmlElement, str]]:
    for link in root.xpath(f"(//a[@href] | //link[@rel='next'][@href])[position() <= {MAX_LINKS}]"):
        address = joined(base, link.get("href"))
        if is_web(address):
            yield link, address.partition("#")[0]


def _add(entries: dict[str, Entry], address: str, link: html.HtmlElement) -> None:
    """Keep the address once, with the longest text of its links as its headline and the time that stands beside it."""
    title = " ".join(link.text_content().split()) or None
    known = entries.get(address)
    published = known.hint.published if known and known.hint.published else _time_beside(link)
    titles = [text for text in (known.hint.title if known else None, title) if text]
    entries[address] = Entry(address, Hint(max(titles, key=len, default=None), published))


def _time_beside(link: html.HtmlElement) -> str | None:
    """The one <time> inside the link or the block that holds it; several mean that the block holds several articles."""
    for block in (link, *list(link.iterancestors())[:4]):
        times = block.xpath(".//time/@datetime")
        if times:
            return str(times[0]) if len(set(times)) == 1 else None
    return None


def _feeds(root: html.HtmlElement, base: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in root.xpath("//link[@href][contains(concat(' ', @rel, ' '), ' alternate ')]"):
        is_feed = _FEED_TYPES.search(link.get("type") or "")
        if is_feed and not _COMMENT_FEED.search(link.get("href") + (link.get("title") or "")):
            found[joined(base, link.get("href"))] = None
    return tuple(address for address in found if is_web(address))


def _interfaces(root: html.HtmlElement, base: str) -> tuple[str, ...]:
    found = dict.fromkeys(joined(base, href) for href in root.xpath(f"//link[@rel='{RELATION}']/@href"))
    return tuple(address for address in found if is_web(address))


def _is_next(link: html.HtmlElement, address: str, url: str) -> bool:
    """Whether a link leads to the following page of the same list: by its rel, its words, or its page number."""
    if "next" in (link.get("rel") or "").lower().split():
        return True
    text = " ".join(link.text_content().split())
    number = _page_number(url) + 1
    if _page_number(address) != number:
        return False
    is_named = bool(_NEXT_WORDS.search(text) or "next" in (link.get("class") or "").lower())
    return is_named or text == str(number)


def _page_number(url: str) -> int:
    found = re.search(r"(?:page|strana|stranica|str|p|pg|paged)[/=_-](\d{1,4})(?!\d)|/(\d{1,3})/?$", url, re.IGNORECASE)
    return int(found[1] or found[2]) if found else 1


def _has_slug(path: str) -> bool:
    """A slug of five words, or of three where it is a file name, long or ends in a number: sections have one or two."""
    name = next((part for part in reversed(path.split("/")) if re.search(r"[^\W\d_]{2}", part)), "")
    words = [word for word in re.split(r"[-_+ ]+", re.sub(r"\.\w{2,5}$", "", name)) if word]
    is_long = len(name) >= 28 or name.endswith((".html", ".htm", ".php", ".aspx"))
    is_numbered = len(words) > 2 and re.fullmatch(r"\d{3,}", words[-1]) is not None
    return len(words) >= 5 or (len(words) >= 3 and is_long) or is_numbered


def _has_number(parts: SplitResult, path: str) -> bool:
    if re.search(
        r"(?:^|&)(?:p|id|idx|news_?id|vest|vijest|clanak|article|story|nid)=\d{2,}", parts.query, re.IGNORECASE
    ):
        return True
    if _NUMBERED.search(path):
        return True
    return any(_LONG_NUMBER.search(part) and not re.fullmatch(r"(?:19|20)\d\d", part) for part in path.split("/")[-2:])


def _is_dated(path: str) -> bool:
    """A day in the address and a name after it: /2026/03/04/most, but not the archive page /2026/03/04/."""
    found = re.search(r"/(?:19|20)\d\d([-/]?)[01]\d\1[0-3]\d", path)
    return found is not None and re.search(r"[^\W\d_]{2}", path[found.end() :]) is not None
