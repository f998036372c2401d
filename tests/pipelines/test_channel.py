"""A channel crawled over real HTTP into the store, and what it and the newsrooms lead to."""

from datetime import UTC, datetime

import pytest

from pipelines.article import Article
from pipelines.links import links_of, outbound
from pipelines.markup import parse
from pipelines.post import article_of
from spiders.link import Link
from spiders.page import Window
from spiders.refusal import Refusal
from spiders.telegram import Post
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.telegram_page import NO_PREVIEW, post, preview_page
from tests.spiders.web import Answer, Site, rss

ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
LONG = "Most preko Luga biće zatvoren od ponedeljka. " * 5


def a_post(text: str, **fields: str | None) -> Post:
    named = {"published": "2026-03-04T09:15:30+00:00", "author": None, "forwarded_from": None, **fields}
    links = (Link("link", "https://kompas.example/1"),)
    return Post("https://t.me/kompas/17", "kompas-telegram", text, is_edited=False, links=links, fetched_at=AT, **named)  # type: ignore[arg-type]  # the fields of a case


@pytest.mark.parametrize(
    ("post", "title", "byline"),
    [
        (a_post("Мост је затворен\nВише на сајту."), "Мост је затворен", None),
        (a_post(LONG), "Most preko Luga biće zatvoren od ponedeljka.", None),
        (a_post(f"{'reč ' * 60}kraj."), f"{'reč ' * 37}…", None),
        (a_post("Vest", author="M. M."), "Vest", "M. M."),
        (a_post("Vest", author="M. M.", forwarded_from="Meridijan"), "Vest", "Meridijan"),
    ],
)
def test_a_post_is_a_short_article(post: Post, title: str, byline: str | None) -> None:
    found = article_of(post, "Europe/Belgrade", Window())
    assert isinstance(found, Article)
    assert (found.title, found.byline, found.text.split()) == (title.replace(" …", " …"), byline, post.text.split())
    assert found.published is not None
    assert (found.published.at.minute, found.published.precision, found.links) == (15, "minute", post.links)


@pytest.mark.parametrize(
    ("post", "reason"),
    [(a_post(""), "no_text"), (a_post("👍"), "no_text"), (a_post("Vest", published="2026-01-04"), "outside_window")],
)
def test_what_is_no_article(post: Post, reason: str) -> None:
    found = article_of(post, "Europe/Belgrade", Window(datetime(2026, 3, 1, tzinfo=UTC).date(), None))
    assert isinstance(found, Refusal)
    assert found.reason == reason


PAGE = """<html><body><nav><a href="https://drugi.example/">Drugi portal</a></nav><article>
<p>Most je zatvoren, <a href="https://t.me/Kompas/17?single">objavio je kanal Kompas</a>, a prenosi
<a href="http://www.meridijan.example/vesti/1?utm_source=x">Meridijan</a>.</p><p><a href="/vesti/2">Ranija vest</a></p>
<p><a href="https://facebook.example/sharer">Podeli</a></p><p><a href="http://[">x</a></p>
<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="Kompas/21"></script>
<iframe src="https://t.me/meridijan/7?embed=1"></iframe></article></body></html>"""


def test_where_the_text_of_an_article_leads() -> None:
    tree = parse(PAGE)
    assert tree is not None
    text = "Most je zatvoren, objavio je kanal Kompas, a prenosi Meridijan.\n\nRanija vest"
    assert links_of(outbound(tree, "https://reka.example/vesti/1"), text, PAGE.encode()) == (
        Link("link", "https://t.me/kompas/17", "objavio je kanal Kompas"),
        Link("link", "https://www.meridijan.example/vesti/1", "Meridijan"),
        Link("embed", "https://t.me/kompas/21"),
        Link("embed", "https://t.me/meridijan/7"),
    )


def test_a_channel_is_crawled_back_to_the_first_day_with_its_forwards_and_links(house: House) -> None:
    with Site().serving() as site, Site().serving() as reka, Site().serving() as closed:
        name = "kompas_kanal"
        story = f'<b>Most</b><br>Piše <a href="{reka.url}/vesti/1">Reka</a>.'
        newest = [
            post(name, 23, story, "2026-03-04T09:15:30+00:00"),
            post(name, 24, "Preneto", "2026-03-05T10:00:00+00:00", forward=("Meridijan", "https://t.me/Meridijan/9")),
            post(name, 25, "", "2026-03-05T11:00:00+00:00"),
        ]
        older = [
            post(name, 21, "Davna objava", "2026-02-10T10:00:00+00:00"),
            post(name, 22, "Ranija objava", "2026-03-02T10:00:00+00:00"),
        ]
        site.pages |= {
            "/robots.txt": ALLOW,
            f"/s/{name}": preview_page(name, *newest, before=23),
            f"/s/{name}?before=23": preview_page(name, *older, before=21),
        }
        link = '<p>Kako je objavio <a href="https://t.me/s/meridijan/5">kanal Meridijan</a>, most je zatvoren.</p>'
        reka.pages |= {
            "/robots.txt": ALLOW,
            "/rss": rss(
                ("/vesti/1", "Wed, 04 Mar 2026 10:00:00 +0100"), ("/vesti/0", "Tue, 10 Feb 2026 10:00:00 +0100")
            ),
            "/vesti/1": news(1).replace("</p>", f"</p>{link}"),
        }
        closed.pages |= {"/robots.txt": ALLOW, "/s/zatvoren": NO_PREVIEW}
        write_outlet(house.outlets, "kompas", [site.host], telegram=name, path_prefix=f"/{name}/")
        write_outlet(house.outlets, "zatvoren", [closed.host], telegram="zatvoren", path_prefix="/zatvoren/")
        write_outlet(house.outlets, "reka", [reka.host], feeds=[f"{reka.url}/rss"])
        write_outlet(
            house.outlets, "meridijan", ["t.me"], telegram="meridijan", path_prefix="/meridijan/", is_crawled=False
        )
        house.crawl()
        site.pages[f"/s/{name}"] = preview_page(
            name, newest[0].replace("Piše", "Ispravka. Piše"), *newest[2:], before=23
        )
        house.crawl()
        assert site.asked[f"/s/{name}?before=21"] == 0

    posts = (
        "SELECT replace(url, regexp_extract(url, '^.*/'), ''), title, published_at::TEXT, version_count FROM article"
    )
    assert house.rows(f"{posts} WHERE outlet = 'kompas' ORDER BY url") == [
        ("22", "Ranija objava", "2026-03-02 10:00:00", 1),
        ("23", "Most", "2026-03-04 09:15:00", 2),  # edited
        ("24", "Preneto", "2026-03-05 10:00:00", 1),
    ]
    flows = "SELECT outlet, kind, target_outlet, replace(target_url, 'https://t.me/', '') FROM link ORDER BY ALL"
    assert house.rows(flows) == [
        ("kompas", "forward", "meridijan", "meridijan/9"),
        ("kompas", "link", "reka", f"{reka.url}/vesti/1"),
        ("reka", "link", "meridijan", "meridijan/5"),
    ]
    visits = (
        "SELECT outlet, replace(url, regexp_extract(url, '^.*/'), ''), outcome FROM revisit WHERE outlet = 'kompas'"
    )
    assert house.rows(visits) == [("kompas", "24", "gone")]
    crawls = "SELECT outlet, discovered_count, fetched_count, stored_count, status FROM crawl ORDER BY run_id, outlet"
    assert house.rows(crawls)[:3] == [
        ("kompas", 4, 4, 3, "ok"),
        ("reka", 1, 1, 1, "ok"),
        ("zatvoren", 0, 0, 0, "failed"),
    ]
    refused = "SELECT DISTINCT outlet, reason, detail FROM refusal WHERE outlet <> 'reka' ORDER BY ALL"
    assert house.rows(refused) == [
        ("kompas", "no_text", "a post without words"),
        ("zatvoren", "bad_source", "the channel shows no public preview"),
    ]
