"""robots.txt and sitemaps → article addresses and further sitemaps: bytes in, values out, nothing fetched.

An index is opened only where it can lead to the window. Packed files are unpacked piece by piece up to the size that
the protocol allows, and no entity is expanded. The protocol: sitemaps.org, and Google's news extension of it.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from lxml import etree

from spiders.address import is_web, joined
from spiders.feed import decoded, is_html, read_feed
from spiders.found import Entry, Found
from spiders.page import Hint, Window
from spiders.window import is_dated, may_hold

MAX_UNPACKED = 52_428_800  # 50 MB, the protocol's own limit for one sitemap
MAX_ROBOTS = 512_000  # bytes; RFC 9309 asks for as many, and 5 MB of rules take 3 s to read
MAX_PARTS = 200  # of one index; the newest are kept
MAX_UNDATED = 500  # of one sitemap: what has no date at all would make a crawl of the whole archive

_PIECE = 65_536
_BARE_AND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_NO_ARTICLES = re.compile(
    r"(?:categor|kategorij|post_?tag|taxonom|author|autor|users?|product|image|slike|static|misc|section|rubrik|topic)"
    r"|(?:^|[^a-z])(?:tags?|pages?|tagovi|teme)(?=[^a-z]*(?:sitemap|\.xml|\d|$))",
    re.IGNORECASE,
)


def sitemaps_of_robots(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of the Sitemap lines of a robots.txt, absolute, each once."""
    found: dict[str, None] = {}
    for line in body[:MAX_ROBOTS].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        name, colon, value = line.partition(":")
        value = value.split("#")[0].strip()
        address = joined(url, value)
        if colon and name.strip().lower() == "sitemap" and value and is_web(address):
            found[address] = None
    return tuple(found)


def read_sitemap(body: bytes, url: str, window: Window, content_type: str = "", earliest: date | None = None) -> Found:
    """What one sitemap, sitemap index, news sitemap, feed or list of addresses says that can be of the window.

    Of an index, parts of older days, down to `earliest`, are opened where they have changed within the window.
    """
    head = b"".join(_unpacked(body, 4096))[:4096]
    if not head.strip():
        return Found(problem="the sitemap is empty or packed in a way that cannot be read")
    if is_html(head):
        return Found(problem="an HTML page was served instead of a sitemap")
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"http"):
        lines = decoded(b"".join(_unpacked(body)), content_type).split()
        return _of_articles([Entry(line) for line in lines if line.startswith("http")], is_news=False)
    if re.search(rb"<(?:rss|feed|rdf:RDF)[\s>]", head, re.IGNORECASE):
        return read_feed(b"".join(_unpacked(body)), url, content_type)
    if not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", head, re.IGNORECASE):
        return Found(problem="not a sitemap: neither <urlset> nor <sitemapindex> in it")
    return _read_xml(body, url, window, earliest)


def _read_xml(body: bytes, url: str, window: Window, earliest: date | None) -> Found:
    entries: list[Entry] = []
    parts: list[tuple[str, str]] = []
    is_news = False
    try:
        for name, fields in _records(body):
            address = fields["loc"] if fields["loc"].startswith("http") else joined(url, fields["loc"])
            if name == "sitemap":
                parts += [(address, fields.get("lastmod", ""))] if is_web(address) else []
                continue
            is_news = is_news or "publication_date" in fields
            title, published = fields.get("title"), fields.get("publication_date")
            entries.append(Entry(address, Hint(title, published, fields.get("lastmod"))))
    except etree.XMLSyntaxError as error:
        if not entries and not parts:
            return Found(problem=f"not a sitemap: {error}")
    if parts and not entries:
        return Found(sitemaps=_of_window(parts, window, earliest))
    return _of_articles(entries, is_news)


def _of_window(parts: list[tuple[str, str]], window: Window, earliest: date | None) -> tuple[str, ...]:
    """The parts of an index that can hold the window, the last changed first."""
    if len({lastmod[:10] for _, lastmod in parts}) == 1:
        earliest = None  # all parts changed on one day: the site writes them all anew
    held = [
        (lastmod, url)
        for url, lastmod in parts
        if not _NO_ARTICLES.search(_name(url)) and may_hold(lastmod, url, window, earliest)
    ]
    if any(lastmod for lastmod, _ in held):
        held.sort(reverse=True)
    else:
        held.reverse()  # numbered parts rise with time on every engine that gives no date
    return tuple(dict.fromkeys(url for _, url in held[:MAX_PARTS]))


def _of_articles(entries: list[Entry], is_news: bool) -> Found:
    entries = _without_regenerated(entries)
    undated = [entry for entry in entries if not is_dated(entry.url, entry.hint)]
    if len(undated) > MAX_UNDATED:
        # Sites number their articles upwards: the highest numbers are the newest.
        left_out = set(sorted((entry.url for entry in undated), key=_highest_number)[:-MAX_UNDATED])
        entries = [entry for entry in entries if entry.url not in left_out]
    return Found(entries=tuple(entries), is_complete=not is_news and len(undated) <= MAX_UNDATED, is_trusted=is_news)


def _without_regenerated(entries: list[Entry]) -> list[Entry]:
    """Entries without the date of change where it is only the day on which the site wrote the sitemap anew."""
    days = Counter(entry.hint.modified[:10] for entry in entries if entry.hint.modified)
    worthless = {day for day, count in days.items() if count > MAX_UNDATED}
    if not worthless:
        return entries
    return [
        Entry(entry.url, Hint(entry.hint.title, entry.hint.published))
        if entry.hint.modified and entry.hint.modified[:10] in worthless
        else entry
        for entry in entries
    ]


def _records(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each <url> and <sitemap> that has a <loc>: the texts of what is inside it, by name without namespace."""
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    for piece in _mended(_unpacked(body)):
        parser.feed(piece)
        for _, element in parser.read_events():
            name = _local(element.tag)
            if name not in ("url", "sitemap"):
                continue
            fields = _texts(element)
            for news in (child for child in element if _local(child.tag) == "news"):
                fields = _texts(news) | fields
            element.clear()
            while element.getprevious() is not None:  # or a sitemap of 50 MB stays in memory as a tree
                del element.getparent()[0]
            if fields.get("loc"):
                yield name, fields


def _texts(element: "etree._Element") -> dict[str, str]:
    """The texts of the direct children, by name; the first of a name, without empty ones."""
    found: dict[str, str] = {}
    for child in element:
        if child.text and child.text.strip():
            found.setdefault(_local(child.tag), " ".join(child.text.split()))
    return found


def _mended(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces with each bare `&` written as XML wants it: the commonest fault, and the end of every entity."""
    rest = b""
    for piece in pieces:
        whole = rest + piece
        cut = whole.rfind(b"&", max(0, len(whole) - 12))  # an entity may be cut between two pieces
        whole, rest = (whole[:cut], whole[cut:]) if cut >= 0 else (whole, b"")
        yield _BARE_AND.sub(b"&amp;", whole)
    yield _BARE_AND.sub(b"&amp;", rest)


def _unpacked(body: bytes, limit: int = MAX_UNPACKED) -> Iterator[bytes]:
    """The bytes in pieces, unpacked where they are gzip, at most `limit`; a cut-off file ends where it is cut."""
    if not body.startswith(b"\x1f\x8b"):
        for start in range(0, min(len(body), limit), _PIECE):
            yield body[start : start + _PIECE]
        return
    unpacker = zlib.decompressobj(wbits=31)
    rest, given = body, 0
    while rest and given < limit and not unpacker.eof:
        try:
            piece = unpacker.decompress(rest, min(_PIECE, limit - given))
        except zlib.error:
            return
        rest = unpacker.unconsumed_tail
        given += len(piece)
        yield piece


@lru_cache(maxsize=256)
def _local(tag: object) -> str:
    """The name without its namespace; empty for comments and the like, whose tag is a function."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _name(url: str) -> str:
    return url.split("?")[0].rstrip("/").rpartition("/")[2]


def _highest_number(url: str) -> int:
    return max((int(number) for number in re.findall(r"\d{1,18}", url)), default=0)
