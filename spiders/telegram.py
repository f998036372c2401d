"""Public previews of Telegram channels (t.me/s/CHANNEL) → posts: HTML in, values out, nothing fetched.

A channel is an outlet of its own (`registry.channel_of`), so that a story's way from channel to newsroom and back is
measured like any other. A preview shows some twenty posts, the newest last; the page before is `?before=NUMBER`. A
channel without a preview is left alone. `pipelines.post` makes articles of the posts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import html

from spiders.link import Kind, Link, target
from spiders.page import WarcRecord
from spiders.registry import Outlet

_INSIDE_ANOTHER = "ancestor::*[contains(@class, 'js-message_text')]"


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a channel, as the preview shows it."""

    url: str
    outlet: str
    text: str  # lines as they were written; empty where there are only pictures
    published: str | None  # ISO 8601 with offset
    is_edited: bool
    author: str | None
    forwarded_from: str | None  # name of the channel that it was forwarded from
    links: tuple[Link, ...]
    fetched_at: datetime
    warc: WarcRecord | None = None

    @property
    def number(self) -> int:
        """The channel's own number of the post."""
        return int(self.url.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of posts, the newest last, and the page before it."""

    posts: tuple[Post, ...] = ()
    older: str | None = None
    problem: str = ""


def is_channel(outlet: Outlet) -> bool:
    """Whether the outlet is a channel, and not a site that has one."""
    return outlet.telegram is not None and outlet.path_prefix == f"/{outlet.telegram.lower()}/"


def preview_address(outlet: Outlet) -> str:
    """Where the newest posts of a channel are shown."""
    scheme = "http" if outlet.allow_loopback else "https"
    return f"{scheme}://{outlet.hosts[0]}/s/{outlet.telegram}"


def is_preview(url: str, outlet: Outlet) -> bool:
    """Whether an address is the preview of this channel: t.me shows all channels under one folder."""
    parts = urlsplit(url)
    path = f"/s{outlet.path_prefix}".rstrip("/")
    return is_channel(outlet) and parts.netloc == outlet.hosts[0] and parts.path.lower().rstrip("/") == path


def read_preview(text: str, url: str, outlet: Outlet, fetched_at: datetime, warc: WarcRecord | None = None) -> Preview:
    """The posts of a preview page; `url` is its own address."""
    try:
        root = html.document_fromstring(text)
    except (ValueError, html.etree.ParserError) as error:
        return Preview(problem=f"not an HTML page: {error}")
    blocks = root.xpath("//*[@data-post]")
    posts = tuple(post for block in blocks if (post := _post(block, outlet, fetched_at, warc)))
    older = [urljoin(url, link) for link in root.xpath("//link[@rel='prev']/@href | //a[@data-before]/@href")]
    if not posts and not _class(root, "tgme_channel_info"):
        return Preview(problem="the channel shows no public preview")
    return Preview(posts, next((link for link in older if is_preview(link, outlet)), None))


def deleted(preview: Preview, url: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known posts that a preview, fetched from `url`, no longer shows between its others, or after the last of them."""
    shown = {post.number for post in preview.posts}
    before = re.search(r"[?&]before=(\d+)", url)
    end = int(before[1]) if before else float("inf")
    numbers = {address: int(address.rpartition("/")[2]) for address in known}
    return tuple(
        address for address, number in numbers.items() if shown and min(shown) < number < end and number not in shown
    )


def _post(block: html.HtmlElement, outlet: Outlet, fetched_at: datetime, warc: WarcRecord | None) -> Post | None:
    channel, _, number = block.get("data-post").partition("/")
    if "service_message" in block.get("class", "") or channel.lower() != str(outlet.telegram).lower():
        return None  # "channel created", "photo changed"
    if not number.isdecimal():
        return None
    bodies = [body for body in _class(block, "js-message_text") if not body.xpath(_INSIDE_ANOTHER)]
    forwarded = _class(block, "tgme_widget_message_forwarded_from_name")
    stated = block.xpath(".//*[contains(@class, 'tgme_widget_message_date')]//time/@datetime")
    address = preview_address(outlet).replace("/s/", "/").lower()
    return Post(
        url=f"{address}/{number}",
        outlet=outlet.outlet,
        text="\n".join(line for body in bodies for line in _lines(body)),
        published=stated[0] if stated else None,
        is_edited=any("edited" in (meta.text or "") for meta in _class(block, "tgme_widget_message_meta")),
        author=_text(_class(block, "tgme_widget_message_from_author")),
        forwarded_from=_text(forwarded),
        links=_links(block, bodies, forwarded),
        fetched_at=fetched_at,
        warc=warc,
    )


def _links(
    block: html.HtmlElement, bodies: list[html.HtmlElement], forwarded: list[html.HtmlElement]
) -> tuple[Link, ...]:
    """Each address once, by its kind: where it was forwarded from, what it answers, what its text and preview name."""
    found: dict[tuple[str, str], Link] = {}
    named: list[tuple[Kind, html.HtmlElement]] = [("forward", link) for link in forwarded]
    named += [("reply", link) for link in _class(block, "tgme_widget_message_reply")]
    named += [("link", link) for body in bodies for link in body.iter("a")]
    named += [("link", link) for link in _class(block, "tgme_widget_message_link_preview")]
    for kind, link in named:
        href = (link.get("href") or "").strip()
        if not re.match(r"https?://", href) or re.search(r"^https?://t\.me/(?:s/)?\w+\?q=", href):
            continue  # a hashtag leads to the search in the channel
        address = target(href)
        words = "" if kind == "reply" else " ".join(link.text_content().split())[:200]
        found.setdefault((kind, address), Link(kind, address, words))
    return tuple(found.values())


def _lines(body: html.HtmlElement) -> list[str]:
    for element in body.iter("br"):
        element.tail = "\n" + (element.tail or "")
    return [words for line in body.text_content().split("\n") if (words := " ".join(line.split()))]


def _class(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    found: list[html.HtmlElement] = root.xpath(
        "descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} "
    )
    return found


def _text(elements: list[html.HtmlElement]) -> str | None:
    return (" ".join(elements[0].text_content().split()) or None) if elements else None
