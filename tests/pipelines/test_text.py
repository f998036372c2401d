import pytest

from pipelines import text
from pipelines.markup import parse, remove_margins
from pipelines.metadata import headline_of
from pipelines.text import paragraphs_of, prose_share

TITLE = "Novi most preko reke je otvoren"
BODY = (
    "Novi most preko reke otvoren je u sredu posle dve godine radova, saopštila je gradska uprava.",
    "Most je dugačak 340 metara i ima po dve trake u svakom smeru, kao i stazu za bicikliste.",
    "Radovi su koštali devet miliona evra, a izvodilo ih je domaće preduzeće iz susednog grada.",
    "Prvi autobus prešao je most u podne, a vožnja do centra sada traje pet minuta kraće.",
)
LEAD = "Dve godine posle početka radova vozila ponovo prelaze reku kod starog mlina."


def p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def paragraphs(body: str, title: str | None = TITLE, stated: str | None = None) -> list[str]:
    tree = parse(f"<html><head><title>t</title></head><body>{body}</body></html>")
    assert tree is not None
    headline = headline_of(tree)
    remove_margins(tree)
    return paragraphs_of(tree, title, headline, stated)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{p(*BODY)}</article>",
        f"<div class='content'><h1>{TITLE}</h1><div class='entry-content'>{p(*BODY)}</div></div>",
        f"<main><h1>{TITLE}</h1><div>{'<br><br>'.join(BODY)}</div></main>",
        f"<table><tr><td>{p(*BODY)}</td></tr></table>",
        # the headline again, before or in the text
        f"<article><h1>x</h1><h2>{TITLE.upper()}</h2>{p(*BODY)}</article>",
        # one link after another put between, "read more" and "follow us"
        f"<article>{p(*BODY[:2])}<p><a href='/2'>Kako se gradio most preko reke</a></p>{p(*BODY[2:])}</article>",
        f"<article>{p(*BODY[:2], 'Pročitajte još: Kako se gradio', *BODY[2:], 'BONUS VIDEO: Most')}</article>",
        f"<article>{p(*BODY[:2], 'ПРОЧИТАЈТЕ ЈОШ: Како се градио', *BODY[2:], 'Pratite nas na mrežama')}</article>",
        # a body that an advertisement splits
        f"<div class='w'><div class='article-body'>{p(*BODY[:3])}</div><div class='ad'></div>"
        f"<div class='article-body'>{p(*BODY[3:] * 3)}</div></div>",
        "<div class='w'>"
        + "".join(f"<div class='article-body {n % 2}'>{p(line * 3)}</div>" for n, line in enumerate(BODY)),
    ],
)
def test_body(body):
    found = [next(line for line in BODY if paragraph.startswith(line)) for paragraph in paragraphs(body)]
    assert list(dict.fromkeys(found)) == list(BODY)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{p(*BODY)}<ul><li>stavka spiska</li></ul></article>",
        f"<main><blockquote>{p(*BODY)}</blockquote><div class='comment-list'>{p('Odličan most!')}</div></main>",
        f"<div class='post-content'><h2>Međunaslov</h2>{p(*BODY)}<table><tr><td>340</td></tr></table></div>",
        p(*BODY),
        "<p>kratko</p>",
    ],
)
def test_the_short_way_finds_what_trafilatura_finds(body):
    """A new trafilatura may change the parts that are called one by one."""
    tree = parse(f"<html><body>{body}</body></html>")
    assert text._whole(tree, text._FAST) == text._fast(tree)


def test_tables_are_rows_without_markup():
    rows = "<table><tr><th>Most</th><th>Dužina</th></tr><tr><td>Novi</td><td>340 metara</td></tr></table>"
    found = paragraphs(f"<article>{p(*BODY)}{rows}</article>")
    assert found[-2:] == ["Most Dužina", "Novi 340 metara"]


def test_lists_are_lines_without_markup():
    found = paragraphs(f"<article>{p(*BODY)}<ul><li>prva stavka spiska</li><li>druga stavka spiska</li></ul></article>")
    assert found[-2:] == ["prva stavka spiska", "druga stavka spiska"]


@pytest.mark.parametrize("mark", ["lead", "article__summary", "article-announce text", "podnaslov"])
def test_a_lead_above_the_body_is_put_back(mark):
    lead = f"<div class='{mark}'>{LEAD}</div>"
    found = paragraphs(f"<div><h1>{TITLE}</h1>{lead}<div class='article-body'>{p(*BODY)}</div></div>")
    assert found == [LEAD, *BODY]


def test_a_teaser_of_another_article_is_no_lead():
    teaser = f"<aside><div class='lead'>{LEAD}</div></aside>"
    found = paragraphs(f"<div><h1>{TITLE}</h1>{teaser}<div class='article-body'>{p(*BODY)}</div></div>")
    assert found == list(BODY)


@pytest.mark.parametrize("credit", ["(Agencija Vest)", "(Вест)", "(Agencija Vest/Glas)"])
@pytest.mark.parametrize("tag", ["p", "div", "span", "em"])
def test_a_credit_below_the_text_survives(credit, tag):
    found = paragraphs(f"<article><h1>{TITLE}</h1><div>{p(*BODY)}<{tag}>{credit}</{tag}></div></article>")
    assert found == [*BODY, credit]


@pytest.mark.parametrize("line", ["<p>(FOTO)</p>", "<figure><figcaption>(Agencija Vest)</figcaption></figure>"])
def test_media_and_captions_are_no_credits(line):
    found = paragraphs(f"<article><h1>{TITLE}</h1>{p(*BODY)}</article><div>{line}</div>")
    assert found == list(BODY)


def test_the_stated_body_is_taken_where_the_page_shows_a_teaser():
    assert paragraphs(f"<article>{p(BODY[0])}</article>", stated="\n".join(BODY)) == list(BODY)
    assert paragraphs("<div id='root'></div>", stated=p(*BODY)) == list(BODY)
    assert paragraphs(f"<article>{p(*BODY)}</article>", stated="\n".join(BODY[:2])) == list(BODY)
    other = "Sasvim drugi tekst o vremenu koji nema veze sa mostom i reci. " * 20
    assert paragraphs(f"<article>{p(*BODY)}</article>", stated=other) == list(BODY)


def test_nothing_is_found_on_an_empty_shell():
    assert paragraphs("<div id='root'></div>") == []


def test_prose_share():
    assert prose_share([]) == 0
    assert prose_share(["Naslovna", "Politika", "Sport"]) == 0
    assert prose_share(list(BODY)) == 1
