"""What a server really sent, by its first bytes."""

import gzip

import pytest

from spiders.served import served_as

URLSET = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "nothing"),
        (b" \n", "nothing"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "rss"),
        (b'\xef\xbb\xbf<rss version="2.0"><channel/></rss>', "rss"),
        (b'<rss version="2.0"><channel>\n<title>a & b</title></channel></rss>', "rss, broken in line 2"),
        (b'<rss version="2.0"><channel>\n<item>', "rss, broken in line 2"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "atom"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "rdf"),
        (URLSET, "sitemap"),
        pytest.param(gzip.compress(URLSET), "sitemap", id="packed sitemap"),  # its bytes hold the time of packing
        (b"\x1f\x8bno", "broken gzip"),
        (b'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"></urlset>', "news sitemap"),
        (b"<sitemapindex></sitemapindex>", "sitemap index"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "json"),
        (b"[]", "json"),
        (b"<!DOCTYPE html><p>404", "html page"),
        (b"<!-- x --><html>", "html page"),
        (b"https://kompas.example/a\n", "text"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "xml"),
    ],
)
def test_what_was_served(body: bytes, kind: str) -> None:
    assert served_as(body) == kind
