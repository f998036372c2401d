"""What kind of thing a server sent, by its first bytes: for a person who looks into why a source gives nothing."""

import re
import zlib

from lxml import etree

from spiders.feed import is_html

_HEAD = 4096
_MOST = 1_000_000  # bytes of XML that are looked at for faults
_KINDS = (
    ("news sitemap", rb"<urlset[^>]*sitemap-news|<news:news"),
    ("sitemap index", rb"<(?:\w+:)?sitemapindex\b"),
    ("sitemap", rb"<(?:\w+:)?urlset\b"),
    ("rss", rb"<rss[\s>]"),
    ("rdf", rb"<rdf:RDF[\s>]"),
    ("atom", rb"<(?:\w+:)?feed[\s>]"),
    ("json", rb"^\s*[{\[]"),
    ("xml", rb"^\s*<\?xml"),
)
_OF_XML = frozenset(("news sitemap", "sitemap index", "sitemap", "rss", "rdf", "atom", "xml"))
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def served_as(body: bytes) -> str:
    """A word or two: rss, atom, sitemap index, html page, …; with the line where XML is broken."""
    kind = _kind_of(body)
    if kind in _OF_XML and len(body) <= _MOST and (line := _broken_at(body)):
        return f"{kind}, broken in line {line}"
    return kind


def _broken_at(body: bytes) -> int:
    """The line of the first fault of an XML document; 0 where it has none, or is packed."""
    if body.startswith(b"\x1f\x8b"):
        return 0
    try:
        etree.fromstring(body.strip(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        return int(error.lineno or 1)
    return 0


def _kind_of(body: bytes) -> str:
    head = body[:_HEAD]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(body, _HEAD)
        except zlib.error:
            return "broken gzip"
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        return "nothing"
    if is_html(head):
        return "html page"
    return next((kind for kind, pattern in _PATTERNS if pattern.search(head)), "text")
