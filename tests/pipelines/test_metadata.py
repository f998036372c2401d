import json

import pytest

from pipelines.markup import parse
from pipelines.metadata import Metadata, headline_of, read_metadata

CARD = "<a><b>Jedna sasvim druga vest o vremenu i putevima</b> <time datetime='2020-01-01'>1.1.2020.</time></a>"
URL = "https://www.dnevni-glas.example/drustvo/most-je-otvoren"


def metadata(head: str = "", body: str = "", url: str = URL) -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, headline_of(tree), url)


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


def og(title: str, site: str = "Dnevni glas") -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (ld(headline="Most je otvoren") + og("Drugi naslov"), "", "Most je otvoren"),
        (og("Most je otvoren - Dnevni glas"), "", "Most je otvoren"),
        (og("Most je otvoren | Dnevni glas"), "", "Most je otvoren"),
        (og("Most – kraj čekanja – Dnevni glas"), "", "Most – kraj čekanja"),
        (og("Dnevni glas | Most je otvoren"), "", "Most je otvoren"),
        (og("Most je otvoren - dnevni-glas.example", ""), "", "Most je otvoren"),
        (og("Dnevni glas"), "<h1>Most je otvoren</h1>", "Most je otvoren"),  # the outlet's name is no headline
        (
            "<title>Most je otvoren - Društvo - Dnevni glas</title>" + og("", "Dnevni glas"),
            "",
            "Most je otvoren - Društvo",
        ),
        ("<title>Most je otvoren</title>", "", "Most je otvoren"),
        ("", "<h1>Dnevni glas</h1><article><h1>Most je otvoren</h1></article>", "Most je otvoren"),
        (
            "",
            "<h1 class='logo'>Dnevni glas</h1><h1 class='post-title'>Most je <b>otvoren</b></h1><h1>Još</h1>",
            "Most je otvoren",
        ),
        # what readers see wins over the same headline cut off, in the other script or with other quotes
        (ld(headline="Most preko reke kod…"), "<h1>Most preko reke kod mlina</h1>", "Most preko reke kod mlina"),
        (ld(headline="Most je otvoren"), "<h1>Мост је отворен</h1>", "Мост је отворен"),
        (ld(headline='"Most" je otvoren'), "<h1>„Most“ je otvoren</h1>", "„Most“ je otvoren"),
        (ld(headline="Most je otvoren"), "<h1>Sasvim drugi naslov</h1>", "Most je otvoren"),
        ("", "<p>bez naslova</p>", None),
    ],
)
def test_title(head, body, expected):
    assert metadata(head, body).title == expected


def test_of_several_articles_the_one_with_the_pages_headline_counts():
    related = ld(headline="Nešto drugo", datePublished="2020-01-01") + ld(
        headline="Most je otvoren", datePublished="2026-03-04"
    )
    found = metadata(related, "<h1>Most je otvoren</h1>")
    assert (found.title, found.published[0].text) == ("Most je otvoren", "2026-03-04")
    by_address = ld(headline="Nešto drugo", url="/x") + ld(headline="Most je otvoren", url=URL)
    assert metadata(by_address).title == "Most je otvoren"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (ld(headline="x", datePublished="2026-03-04"), "", [("json-ld", "2026-03-04")]),
        ('<meta property="article:published_time" content="2026-03-04">', "", [("meta", "2026-03-04")]),
        ('<meta itemprop="datePublished" content="2026-03-04">', "", [("meta", "2026-03-04")]),
        ('<meta name="DC.date.issued" content="2026-03-04">', "", [("meta", "2026-03-04")]),
        ("", '<span itemprop="datePublished" content="2026-03-04">4. mart</span>', [("meta", "2026-03-04")]),
        (
            "",
            '<article><h1>Most</h1><time datetime="2026-03-04">juče</time></article>',
            [("time", "2026-03-04"), ("time", "juče")],
        ),
        ("", "<div><h1>Most</h1><span>4. marta 2026. u 10:15</span></div>", [("text", "4. marta 2026. u 10:15")]),
        ("", '<h1>Most</h1><a><time class="entry-date" datetime="2026-03-04"></time></a>', [("time", "2026-03-04")]),
        ("", "<div><h1>Most</h1><p><b>Objavljeno:</b> 04.03.2026.</p></div>", [("text", "04.03.2026.")]),
        # times of other articles are not this one's
        (
            "",
            '<aside><time datetime="2020-01-01">a</time></aside><main><h1>Most</h1>' + CARD + "</main>",
            [],
        ),
        ("", '<div><h1>Most</h1><time class="updated" datetime="2026-03-05">a</time></div>', []),
    ],
)
def test_stated_times_in_order_of_trust(head, body, expected):
    assert [(item.source, item.text) for item in metadata(head, body).published] == expected


def test_order_of_sources():
    metas = '<meta name="date" content="3"><meta property="article:published_time" content="2">'
    head = metas + ld(headline="x", datePublished="1")
    body = '<div><h1>Most</h1><time class="published" datetime="4"></time><i>5. mart 2026.</i></div>'
    assert [item.text for item in metadata(head, body).published] == ["1", "2", "3", "4", "5. mart 2026."]


def test_modified():
    head = ld(headline="x", dateModified="1") + '<meta property="article:modified_time" content="2">'
    assert [item.text for item in metadata(head, '<time class="updated" datetime="3">').modified] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(headline="x", articleSection="Društvo"), "Društvo"),
        ('<meta property="article:section" content="Društvo">', "Društvo"),
        (
            ld(headline="Most")
            + ld(
                **{
                    "@type": "BreadcrumbList",
                    "itemListElement": [{"name": "Početna"}, {"name": "Društvo"}, {"name": "Most"}],
                }
            ),
            "Društvo",
        ),
        ("", None),
    ],
)
def test_section(head, expected):
    assert metadata(head).section == expected


def test_a_page_that_says_nothing():
    assert metadata("", "") == Metadata(None, None, None, (), (), "", frozenset(), None)
