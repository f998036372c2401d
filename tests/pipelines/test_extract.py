"""Whole pages, each with another template, charset and way to say when: given bytes → article or refusal."""

import json
from datetime import UTC, date, datetime

import pytest

from pipelines.article import Article
from pipelines.extract import extract
from spiders.page import Hint, Page, Window
from spiders.refusal import REFUSALS, Refusal

FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BELGRADE = "Europe/Belgrade"
TITLE = "Novi most preko reke je otvoren"
LINES = (
    "Novi most preko reke otvoren je u sredu posle dve godine radova, saopštila je gradska uprava.",
    "Most je dugačak 340 metara i ima po dve trake u svakom smeru, kao i stazu za bicikliste.",
    "Radovi su koštali devet miliona evra, a izvodilo ih je domaće preduzeće iz susednog grada.",
)
CYRILLIC_TITLE = "Нови мост преко реке је отворен"
CYRILLIC_LINES = (
    "Нови мост преко реке отворен је у среду после две године радова, саопштила је градска управа.",
    "Мост је дугачак 340 метара и има по две траке у сваком смеру, као и стазу за бициклисте.",
    "Радови су коштали девет милиона евра, а изводило их је домаће предузеће из суседног града.",
)
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("vesti", "sport", "kultura"))
    + "</ul></nav>"
)
RELATED = (
    "<aside><h3>Povezane vesti</h3><ul><li><a href='/1'>Jedna sasvim druga vest o vremenu</a> "
    "<time datetime='2024-01-01'>1. januar 2024.</time></li></ul></aside>"
)
COOKIES = (
    "<div class='cookie-banner'><p>Ovaj sajt koristi kolačiće da bi radio bolje.</p><button>Prihvatam</button></div>"
)
FOOTER = "<footer><p>Sva prava zadržana 2026. Izvor: naša redakcija</p></footer>"


def p(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def html(head: str, article: str, lines: tuple[str, ...] = LINES) -> str:
    body = article.replace("BODY", p(lines))
    return f"<!DOCTYPE html><html><head>{head}</head><body>{MENU}{COOKIES}{body}{RELATED}{FOOTER}</body></html>"


def page(body: str | bytes, url: str = "https://glas.example/drustvo/novi-most", **fields: object) -> Page:
    data = body.encode() if isinstance(body, str) else body
    known: dict[str, object] = {"content_type": "text/html; charset=utf-8", "discovered_by": "feed"} | fields
    return Page(url=url, outlet="glas", body=data, fetched_at=FETCHED, **known)


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields, ensure_ascii=False)}</script>'


def summary(result: Article | Refusal) -> tuple[str | None, ...]:
    assert isinstance(result, Article), result
    published = result.published
    if published is None:
        when = source = None
    else:
        when, source = (
            published.at.strftime("%m-%d %H:%M" if published.precision == "minute" else "%m-%d"),
            published.source,
        )
    return result.title, result.byline, result.section, when, source, result.script


H1 = f"<h1>{TITLE}</h1>"
CASES = {
    "json-ld": (
        html(
            ld(
                headline=TITLE,
                datePublished="2026-03-04T10:15:00+01:00",
                author={"name": "Ana Anić"},
                articleSection="Društvo",
            ),
            f"<article>{H1}BODY</article>",
        ),
        (TITLE, "Ana Anić", "Društvo", "03-04 09:15", "json-ld", "latn"),
    ),
    "meta tags": (
        html(
            f"<meta property='og:title' content='{TITLE} | Glas'><meta property='og:site_name' content='Glas'>"
            "<meta property='article:published_time' content='2026-03-04T10:15:00+01:00'>"
            "<meta property='article:section' content='Društvo'><meta name='author' content='Ana Anić'>",
            "<div class='post-content'>BODY</div>",
        ),
        (TITLE, "Ana Anić", "Društvo", "03-04 09:15", "meta", "latn"),
    ),
    "time element": (
        html("<title>Glas</title>", f"<article>{H1}<time datetime='2026-03-04T10:15:00'>4. mart</time>BODY</article>"),
        (TITLE, None, None, "03-04 09:15", "time", "latn"),
    ),
    "visible date in words": (
        html("", f"<div class='text'>{H1}<p class='info'>Sreda, 4. marta 2026. u 10:15 | Piše: Ana Anić</p>BODY</div>"),
        (TITLE, None, None, "03-04 09:15", "text", "latn"),
    ),
    "visible date in figures, table layout": (
        html(
            "",
            f"<table><tr><td>{H1}<span>04.03.2026. 10.15</span><br>BODY<p>Izvor: Agencija Vest</p></td></tr></table>",
        ),
        (TITLE, "Izvor: Agencija Vest", None, "03-04 09:15", "text", "latn"),
    ),
    "Cyrillic": (
        html(
            "",
            f"<main><h1>{CYRILLIC_TITLE}</h1><div>сриједа, 4. март 2026. 10:15</div>"
            "<div class='article-text'>BODY<p>Извор: Агенција Вест</p></div></main>",
            CYRILLIC_LINES,
        ),
        (CYRILLIC_TITLE, "Извор: Агенција Вест", None, "03-04 09:15", "text", "cyrl"),
    ),
    "broken JSON-LD": (
        html(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Novi "most"",'
            '"datePublished":"2026-03-04T10:15:00+01:00",}</script>',
            f"<article>{H1}BODY</article>",
        ),
        (TITLE, None, None, "03-04 09:15", "json-ld", "latn"),
    ),
    "midnight is a day": (
        html(ld(headline=TITLE, datePublished="2026-03-04T00:00:00+01:00"), f"<article>{H1}BODY</article>"),
        (TITLE, None, None, "03-04", "json-ld", "latn"),
    ),
    "nothing but text": (html("", f"<div>{H1}<div>BODY</div></div>"), (TITLE, None, None, None, None, "latn")),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_templates(body, expected):
    result = extract(page(body), BELGRADE, Window())
    assert summary(result) == expected
    assert isinstance(result, Article)
    lines = CYRILLIC_LINES if result.script == "cyrl" else LINES
    assert [line for line in result.text.split("\n\n") if "zvor" not in line and "звор" not in line][-3:] == list(lines)
    assert result.language == "sr"
    for noise in ("kolačiće", "druga vest", "prava zadržana", "kultura"):
        assert noise not in result.text


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ("1970-01-01T00:00:00Z", "/2026/03/04/novi-most", ("03-04", "url")),
        ("2031-03-04T10:15:00Z", "/2026/03/04/novi-most", ("03-04", "url")),
        ("1970-01-01T00:00:00Z", "/novi-most", ("03-04 09:15", "text")),
        ("2019-01-01T10:00:00Z", "/novi-most-4-3-2026", ("03-04 09:15", "text")),  # address and text agree against it
    ],
)
def test_wrong_stated_dates(stated, url, expected):
    visible = "<span>04.03.2026. 10:15</span>" if expected[1] == "text" else ""
    body = html(ld(headline=TITLE, datePublished=stated), f"<article>{H1}{visible}BODY</article>")
    assert summary(extract(page(body, f"https://glas.example{url}"), BELGRADE, Window()))[3:5] == expected


def test_a_feeds_date_and_title_are_the_last_resort():
    hint = Hint(title=TITLE, published="Wed, 04 Mar 2026 10:15:00 +0100")
    found = summary(extract(page(html("", "<div>BODY</div>"), hint=hint), BELGRADE, Window()))
    assert (found[0], *found[3:5]) == (TITLE, "03-04 09:15", "feed")
    found = summary(extract(page(html("", "<div>BODY</div>"), hint=hint, discovered_by="sitemap"), BELGRADE, Window()))
    assert found[4] == "sitemap"


def test_windows_1250_declared_as_latin_1():
    body = html("", f"<article>{H1}BODY</article>").encode("cp1250")
    result = extract(page(body, content_type="text/html; charset=iso-8859-1"), BELGRADE, Window())
    assert isinstance(result, Article)
    assert result.text == "\n\n".join(LINES)


LIST = "".join(
    f"<div><h3><a href='/{number}'>Naslov vesti o gradu broj {number}</a></h3><p>Kratak opis vesti broj {number}.</p></div>"
    for number in range(20)
)
WALL = "<h1>Checking your browser</h1>"
SHELL = "<html><head><title>Glas</title></head><body><div id='root'></div><script>start()</script></body></html>"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (page(html("", f"<main><h1>Društvo</h1>{LIST}</main>"), "https://glas.example/drustvo"), "list_page"),
        (page(html("", f"<main>{LIST}</main>"), "https://glas.example/"), "list_page"),
        (page(html("", f"<article>{H1}BODY</article>"), "https://glas.example/tag/most"), "list_page"),
        (page(html("", "<ul>" + LIST.replace("h3", "li") + "</ul>"), "https://glas.example/najnovije"), "list_page"),
        (page(SHELL), "script_shell"),
        (page(""), "no_text"),
        (
            page(html("", f"<article>{H1}<video src='x'></video><p>Pogledajte snimak otvaranja.</p></article>")),
            "too_short",
        ),
        (page(html("", "<div>BODY</div>")), "no_title"),
        (
            page(
                "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"
            ),
            "bot_check",
        ),
        (page("%PDF-1.7", content_type="application/pdf"), "not_html"),
        (page(bytes(range(256)) * 40), "not_html"),
        (page(html("", f"<article>{H1}{'<p>Foto: Novine</p>' * 30}</article>")), "too_short"),
    ],
)
def test_refusals(given, reason):
    result = extract(given, BELGRADE, Window())
    assert isinstance(result, Refusal)
    assert (result.outlet, result.url, result.reason) == ("glas", given.url, reason)
    assert reason in REFUSALS


@pytest.mark.parametrize(("since", "is_stored"), [("2026-03-04", True), ("2026-03-05", False)])
def test_window(since, is_stored):
    body = html(ld(headline=TITLE, datePublished="2026-03-04T23:30:00+01:00"), f"<article>{H1}BODY</article>")
    result = extract(page(body), BELGRADE, Window(since=date.fromisoformat(since)))
    assert isinstance(result, Article) is is_stored
    if isinstance(result, Refusal):
        assert (result.reason, result.detail) == ("outside_window", "published 2026-03-04")


def test_the_same_page_gives_the_same_version():
    body = html(ld(headline=TITLE, datePublished="2026-03-04"), f"<article>{H1}BODY</article>")
    first, second = (extract(page(body), BELGRADE, Window()) for _ in range(2))
    assert first == second
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.version_id == second.version_id
