"""Sites whose pages are badly encoded, badly written, or written to break what reads them."""

from tests.hostile.server import Reply
from tests.hostile.site import Site, article, body, hostile, page, sentences

LATIN = "Čađavi žeton đaka šeće kroz ćuprijsku baštu, čuvši žagor. "
CYRILLIC = "Чађави жетон ђака шеће кроз ћупријску башту, чувши жагор. "


def spelled(text: str, title: str = "Šest žaba čeka đaka") -> str:
    """A page whose letters show how it was read."""
    return page(title, f"<p>{text * 4}</p>" + body(title))


@hostile("Loše slovo")
def bad_charset(site: Site) -> None:
    """Declared as one charset, written in another; a charset that does not exist; two that disagree."""
    cases = (
        ("windows-1250", "text/html; charset=utf-8"),
        ("utf-8", "text/html; charset=windows-1250"),
        ("windows-1250", "text/html; charset=iso-8859-1"),
        ("utf-8", "text/html; charset=nepostojeci-kod"),
        ("utf-8", "text/html; charset="),
        ("utf-16", "text/html"),
        ("iso-8859-2", "text/html; charset=ISO-8859-2"),
    )
    for number, (written, stated) in enumerate(cases, start=1):
        data = spelled(LATIN).replace('<meta charset="utf-8">', "").encode(written, "xmlcharrefreplace")
        site.serve(
            f"/vesti/slovo-{number}", Reply(data, stated), stored={"title": "Šest žaba čeka đaka", "script": "latn"}
        )
    data = spelled(CYRILLIC, "Шест жаба чека ђака").encode("windows-1251", "xmlcharrefreplace")
    site.serve(
        "/vesti/slovo-8", Reply(data, "text/html; charset=windows-1250"), stored={"title": "Шест жаба чека ђака"}
    )
    site.articles = 3


@hostile("Dva pisma")
def mixed_scripts(site: Site) -> None:
    """Both scripts in one text, and letters of one that look like the other's."""
    text = "".join(f"<p>{line}</p>" for line in (LATIN * 4, CYRILLIC * 4, LATIN * 3, CYRILLIC * 3))
    site.serve("/vesti/dva-pisma-1", Reply(page("Два pisma u jednom", text).encode()), stored={"script": "mixed"})


@hostile("Nula")
def nul_bytes(site: Site) -> None:
    """NUL and other control bytes in text, headline and markup; a BOM, and one in the middle."""
    data = (
        page("Vest sa nu\x00lom\x07", body("nula").replace("broj", "b\x00roj"))
        .encode()
        .replace(b"<article>", b"<art\x00icle>")
    )
    site.serve("/vesti/nula-1", Reply(data), stored={"title": "Vest sa nulom"})
    site.serve(
        "/vesti/nula-2",
        Reply(b"\xef\xbb\xbf" + page("Vest \ufeffsa oznakom", body("bom")).encode()),
        stored={"title": "Vest sa oznakom"},
    )
    site.serve("/vesti/nula-3", Reply(bytes(5000)), refused="not_html")


@hostile("Dvaput pakovano")
def double_entities(site: Site) -> None:
    """Entities encoded twice, unknown ones, numbers of no character."""
    title = "&amp;quot;Most&amp;quot; &amp;amp; luka &amp;ndash; &amp;#269;eka"
    site.serve("/vesti/dvaput-1", article(title), stored={"title": '"Most" & luka – čeka'})
    site.serve("/vesti/dvaput-2", article("Most &nepoznat; &#xFFFFFFFF; &#0; &#xD800; čeka"))


@hostile("Milion slova")
def monstrous_headline(site: Site) -> None:
    """A headline of 1 MB in <title>, <h1> and JSON-LD: no headline; the feed's is taken."""
    site.serve(
        "/vesti/milion-slova-1",
        article("Naslov bez kraja " * 60_000, seed="milion"),
        stored={"title": "Naslov iz kanala"},
    )
    good = page("Kratak naslov", body("kratak")).replace(
        "<title>Kratak naslov", "<title>" + "Naslov bez kraja " * 60_000
    )
    site.serve("/vesti/milion-slova-2", Reply(good.encode()), stored={"title": "Kratak naslov"})


@hostile("Opasni naslov")
def hostile_headline(site: Site) -> None:
    """Markup, SQL, formulas, directions and line breaks in headlines: stored as text."""
    titles = (
        ("&lt;script&gt;alert(1)&lt;/script&gt; Most", "<script>alert(1)</script> Most"),
        ("'; DROP TABLE article; --", "'; DROP TABLE article; --"),
        ("=HYPERLINK(&quot;http://a.example&quot;)", '=HYPERLINK("http://a.example")'),
        ("Most\u202eanevto\u202c je\u200b otvoren\u2028danas", "Mostanevto je otvoren danas"),
        ("{{ 7*7 }} ${7*7} %s %(name)s \\x00 C:\\", "{{ 7*7 }} ${7*7} %s %(name)s \\x00 C:\\"),
    )  # fmt: skip
    for number, (written, stored) in enumerate(titles, start=1):
        site.serve(
            f"/vesti/opasan-naslov-{number}", article(written, seed=f"opasan {number}"), stored={"title": stored}
        )


@hostile("Duboko grlo")
def deep_nesting(site: Site) -> None:
    """Ten thousand elements inside each other, before and around the text."""
    deep = "<div>" * 10_000 + body("duboko") + "</div>" * 10_000
    site.serve("/vesti/duboko-1", Reply(page("Duboko u stablu", deep).encode()), refused="no_text")
    site.serve(
        "/vesti/duboko-2",
        Reply(page("Duboko pored teksta", "<b><i>" * 5_000 + "</i></b>" * 5_000 + body("pored")).encode()),
        refused="no_text",
    )
    inline = "<span>" * 2_000 + " ".join(sentences("red")) + "</span>" * 2_000
    site.serve("/vesti/duboko-3", Reply(page("Duboko u redu", f"<p>{inline}</p>").encode()), refused="no_text")


@hostile("Sto hiljada")
def many_elements(site: Site) -> None:
    """Forty thousand comments and empty elements around an article; half a million; a picture of 5 MB inside the page."""
    noise = "".join(f"<!-- {number} --><i data-{number}='{number}'></i>" for number in range(20_000))
    site.serve(
        "/vesti/sto-hiljada-1",
        Reply(page("Vest u buci", body("buka") + f"<div>{noise}</div>").encode()),
        stored={"title": "Vest u buci"},
    )
    storm = "<p>a</p>" * 250_000
    site.serve(
        "/vesti/sto-hiljada-3",
        Reply(page("Vest u oluji", body("oluja") + storm).encode()),
        refused="extraction_failed",
    )
    picture = f'<img src="data:image/png;base64,{"A" * 5_000_000}">'
    site.serve(
        "/vesti/sto-hiljada-2",
        Reply(page("Vest sa slikom", picture + body("slika")).encode()),
        stored={"title": "Vest sa slikom"},
    )


@hostile("Jedna reč")
def endless_words(site: Site) -> None:
    """A word of 2 MB, 1 MB of blanks and full stops: what trips regular expressions."""
    site.serve(
        "/vesti/jedna-rec-1", Reply(page("Vest sa dugom rečju", body("rec") + f"<p>{'a' * 2_000_000}</p>").encode())
    )
    for number, noise in enumerate(
        (" \n" * 500_000, "." * 1_000_000, "( " * 300_000, "12.10." * 150_000, "&nbsp;" * 200_000), start=2
    ):
        site.serve(
            f"/vesti/jedna-rec-{number}",
            Reply(page(f"Vest sa šumom {number}", body(f"sum {number}") + f"<p>{noise}</p>").encode()),
        )


@hostile("Nezatvoreno")
def unclosed_markup(site: Site) -> None:
    """Nothing closed, two bodies, a script that never ends after the text, comments that never end before it."""
    text = "".join(f"<p>{line}" for line in sentences("nezatvoreno"))
    site.serve(
        "/vesti/nezatvoreno-1",
        Reply(f"<title>Ništa nije zatvoreno</title><h1>Ništa nije zatvoreno<div>{text}".encode()),
    )
    site.serve(
        "/vesti/nezatvoreno-2",
        Reply(page("Dva tela", body("dva")).replace("<body>", "<body><body class='a'><html><head>").encode()),
    )
    site.serve(
        "/vesti/nezatvoreno-3", Reply(page("Skripta bez kraja", body("skripta") + "<script>var a = '<p>").encode())
    )
    site.serve(
        "/vesti/nezatvoreno-4",
        Reply(("<html><!-- nikad kraj " + page("Komentar", body("komentar"))).encode()),
        refused="no_text",
    )


@hostile("Lažni JSON")
def broken_json_ld(site: Site) -> None:
    """JSON-LD that is no JSON, nested ten thousand deep, of wrong types, of another article."""
    broken = (
        '{"@type": "NewsArticle", "headline": "Nezatv',
        "[" * 10_000,
        '{"@type": {"a": 1}, "headline": ["x", {"y": 2}], "datePublished": 5, "author": {"name": {"a": []}}}',
        '{"@graph": [{"@id": "a", "@type": "Article", "mainEntity": {"@id": "a"}}, null, 7, "x"], "@type": null}',
        '{"@type": "NewsArticle", "datePublished": "9999999-99-99T99:99", "headline": ""}',
    )
    for number, data in enumerate(broken, start=1):
        head = f'<script type="application/ld+json">{data}</script>'
        site.serve(
            f"/vesti/lazni-json-{number}",
            article(f"Vest sa JSON-om {number}", head=head),
            stored={"title": f"Vest sa JSON-om {number}"},
        )


@hostile("Prepisana vest")
def same_text_again(site: Site) -> None:
    """One text under three addresses: three addresses of one article."""
    for number in (1, 2, 3):
        site.serve(f"/vesti/prepisana-{number}", Reply(page("Prepisana vest", body("prepis")).encode()))
    site.articles = 2
