import json

import pytest

from pipelines.jsonld import Statement, read

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Most je otvoren",
    "datePublished": "2026-03-04T10:15:00+01:00",
    "dateModified": "2026-03-04T11:00:00+01:00",
    "author": {"@type": "Person", "name": "Ana Anić"},
    "articleSection": "Društvo",
}
EXPECTED = Statement(
    headline="Most je otvoren",
    authors=("Ana Anić",),
    section="Društvo",
    published="2026-03-04T10:15:00+01:00",
    modified="2026-03-04T11:00:00+01:00",
)
PLAIN = json.dumps(ARTICLE, ensure_ascii=False)


@pytest.mark.parametrize(
    "script",
    [
        PLAIN,
        json.dumps([{"@type": "Organization", "name": "Kuća"}, ARTICLE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Kuća"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "name": "x", "mainEntity": ARTICLE}),
        json.dumps(ARTICLE | {"@type": ["Article", "NewsArticle"]}),
        json.dumps(ARTICLE | {"@type": "https://schema.org/NewsArticle"}),
        json.dumps(ARTICLE | {"author": [{"name": "Ana Anić"}], "articleSection": ["Društvo", "Grad"]}),
        json.dumps(ARTICLE | {"author": "Ana Anić"}),
        json.dumps(ARTICLE | {"headline": "Most je&amp;nbsp;otvoren\u200b"}),
        f"<!-- {PLAIN} -->",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/* <![CDATA[ */ {PLAIN} /* ]]> */",
        PLAIN.replace('"Društvo"}', '"Društvo",}') + ";",
        PLAIN.replace("Most je", "Most\n je"),  # a line break inside a string
    ],
)
def test_every_shape_says_the_same(script):
    assert read([script]).articles[0] == EXPECTED


def test_what_cannot_be_parsed_is_searched():
    broken = PLAIN.replace("Most je otvoren", 'Most "Sloboda" je otvoren').replace(
        '"author"', '"note": "a "b" c", "author"'
    )
    found = read([broken]).articles[0]
    assert (found.published, found.authors, found.section) == (EXPECTED.published, ("Ana Anić",), "Društvo")


def test_referenced_authors_are_looked_up():
    graph = [ARTICLE | {"author": {"@id": "#1"}}, {"@type": "Person", "@id": "#1", "name": "Ana Anić"}]
    assert read([json.dumps({"@graph": graph})]).articles[0].authors == ("Ana Anić",)


@pytest.mark.parametrize("author", ["https://www.drustvena.example/strana", {"url": "x"}, None, 5, {"name": None}, []])
def test_what_is_no_name_is_no_author(author):
    assert read([json.dumps(ARTICLE | {"author": author})]).articles[0].authors == ()


def test_articles_of_a_list_are_not_the_page():
    found = read(
        [json.dumps({"@type": "CollectionPage", "mainEntity": {"@type": "ItemList", "itemListElement": [ARTICLE]}})]
    )
    assert found.articles == ()
    assert "CollectionPage" in found.types


def test_breadcrumbs():
    items = [{"name": "Početna"}, {"item": {"name": "Društvo"}}, {"name": "Most je otvoren"}]
    found = read([json.dumps({"@type": "BreadcrumbList", "itemListElement": items})])
    assert found.breadcrumbs == ("Početna", "Društvo", "Most je otvoren")


@pytest.mark.parametrize("script", ["", "null", "[]", "{", "[" * 5000, '{"@graph": "x"}', '"text"', "{'a': 1}"])
def test_nonsense_says_nothing(script):
    assert read([script]).articles == ()
