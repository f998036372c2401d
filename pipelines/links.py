"""Where an article's text leads: links in its paragraphs to other hosts, and posts of Telegram shown inside it.

Links of menus, shares and teasers are none: a link counts when the block that holds it is part of the text. Pure.
"""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from lxml import html

from pipelines.markup import plain
from pipelines.normalise import clean_line
from spiders.address import is_web
from spiders.link import Link, target, telegram_address

_BLOCKS = frozenset(("p", "li", "blockquote", "td", "div", "section", "article", "h2", "h3", "h4"))
_BEGINNING = 60  # letters of a block that are looked for in the text
_EMBEDDED = re.compile(
    rb"data-telegram-post\s*=\s*[\"']([A-Za-z]\w{3,31}/\d+)|<iframe[^>]+src\s*=\s*[\"']https?://t\.me/([A-Za-z]\w{3,31}/\d+)",
    re.IGNORECASE,
)

Outbound = tuple[str, str, str]  # address, words of the link, text of the block


def outbound(tree: html.HtmlElement, url: str) -> list[Outbound]:
    """The links of a page to other hosts. Asked before the text is cut out of the tree."""
    found = []
    host = urlsplit(url).netloc.removeprefix("www.")
    for link in tree.iter("a"):
        address = _absolute(url, link.get("href") or "")
        if address and urlsplit(address).netloc.removeprefix("www.") != host:
            found.append((address, clean_line(plain(link)), clean_line(plain(_block(link)))))
    return found


def links_of(links: Iterable[Outbound], text: str, body: bytes) -> tuple[Link, ...]:
    """Each address once that the text leads to, with the posts that the page's bytes show inside it."""
    found: dict[tuple[str, str], Link] = {}
    for address, words, block in links:
        if words and block[:_BEGINNING] in text:
            link = Link("link", target(address), words[:200])
            found.setdefault(("link", link.url), link)
    for names in _EMBEDDED.findall(body):
        post = telegram_address(f"https://t.me/{(names[0] or names[1]).decode()}")
        if post:
            found.setdefault(("embed", post), Link("embed", post))
    return tuple(found.values())


def _block(link: html.HtmlElement) -> html.HtmlElement:
    return next((block for block in link.iterancestors() if block.tag in _BLOCKS), link)


def _absolute(url: str, href: str) -> str:
    try:
        address = urljoin(url, href.strip())
    except ValueError:  # "http://["
        return ""
    return address.partition("#")[0] if is_web(address) else ""
