import pytest

from pipelines.markup import as_utf8, decode, link_texts, parse, plain, remove_margins, remove_never_text

LATIN = "Šef đačke zadruge čeka noćni voz, žuri kući i ćuti"
CYRILLIC = "Шеф ђачке задруге чека ноћни воз, жури кући и ћути"
GERMAN = "Die Größe der Städte überrascht Müller"
FRENCH = "L'élève a été très fière à la fête"


def html(text: str, charset: str, declared: str | None = None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>t</title></head><body><p>{text}</p></body></html>".encode(charset)


@pytest.mark.parametrize(
    ("text", "charset", "header", "meta"),
    [
        (LATIN, "utf-8", "text/html; charset=utf-8", None),
        (LATIN, "utf-8", "text/html", None),
        (LATIN, "utf-8", "text/html; charset=windows-1250", "windows-1250"),  # both wrong
        (LATIN, "utf-8-sig", "text/html; charset=windows-1250", None),
        (LATIN, "utf-16", "text/html", None),
        (LATIN, "cp1250", "text/html; charset=windows-1250", None),
        (LATIN, "cp1250", "text/html", "windows-1250"),
        (LATIN, "cp1250", "text/html", None),  # not declared at all
        (LATIN, "cp1250", "text/html; charset=utf-8", "utf-8"),
        (LATIN, "cp1250", "text/html; charset=iso-8859-1", None),
        (LATIN, "cp1250", "text/html; charset=windows-1251", None),
        (LATIN, "iso8859-2", "text/html; charset=iso-8859-2", None),
        (LATIN, "iso8859-2", "text/html; charset=windows-1250", None),
        (CYRILLIC, "utf-8", "text/html", None),
        (CYRILLIC, "cp1251", "text/html; charset=windows-1251", None),
        (CYRILLIC, "cp1251", "text/html", None),
        (CYRILLIC, "cp1251", "text/html; charset=windows-1250", None),
        (CYRILLIC, "cp1251", "text/html; charset=iso-8859-1", "utf-8"),
        (CYRILLIC, "iso8859-5", "text/html; charset=iso-8859-5", None),
        (GERMAN, "cp1252", "text/html; charset=iso-8859-1", None),
        (FRENCH, "cp1252", "text/html; charset=iso-8859-1", None),
        (GERMAN, "cp1252", "text/html", None),
    ],
)
def test_characters_are_read_whatever_is_declared(text, charset, header, meta):
    body = html(text, charset, meta)
    assert text in decode(body, header)
    tree = parse(as_utf8(body, header))
    assert tree is not None
    assert plain(tree.find(".//p")) == text


def test_utf8_with_a_cut_letter_stays_utf8():
    body = html(LATIN * 3, "utf-8").replace("ž".encode(), "ž".encode()[:1], 1)
    assert LATIN in decode(body, "text/html")


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="windows-1250"?><html><body><p>tekst</p></body></html>',
        b"<html lang=sr /><body><p>tekst</p>",
        b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"/><html><body><p>tekst</body>',
        b"<html><body><p>te\x00kst<!-- ne ovo --></p>",
        b"<p>tekst",
    ],
)
def test_broken_pages_are_still_trees(body):
    tree = parse(as_utf8(body, "text/html"))
    assert tree is not None
    assert plain(tree.find(".//p")) == "tekst"


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- nothing -->"])
def test_nothing_is_no_tree(body):
    assert parse(body) is None


def test_margins_go_and_what_follows_them_stays():
    tree = parse("<body><nav>meni</nav>pre<div><p>tekst</p><script>x()</script> posle</div><footer>dno</footer></body>")
    remove_never_text(tree)
    remove_margins(tree)
    assert plain(tree.find("body")) == "pretekst posle"


def test_a_margin_that_holds_the_page_stays():
    tree = parse("<body><nav>meni" + "<p>ceo tekst stoji u navigaciji koja nije zatvorena</p>" * 5)
    remove_margins(tree)
    assert len(tree.findall(".//p")) == 5


def test_link_texts():
    tree = parse('<a href="/1"><h3>Naslov jedne duge vesti</h3><p>Njen kratak opis u dve reči</p></a><a>meni</a>')
    assert {"Naslov jedne duge vesti", "Njen kratak opis u dve reči"} <= link_texts(tree)
    assert "meni" not in link_texts(tree)
