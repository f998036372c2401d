"""What kind of thing a server sent, by its first bytes: for a person who looks into why a source gives nothing."""

import re
import zlib

from spiders.feed import is_html

_HEAD = 4096
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
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def served_as(body: bytes) -> str:
    """A word or two: rss, atom, sitemap index, html page, …"""
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
