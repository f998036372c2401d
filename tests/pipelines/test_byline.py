import pytest

from pipelines.byline import byline_of
from pipelines.markup import parse


def byline(body: str, *stated: str) -> str | None:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return byline_of(tree, stated)


@pytest.mark.parametrize(
    ("body", "stated", "expected"),
    [
        ("<p>Tekst</p>", (), None),
        ("<p>Tekst</p>", ("Ana Anić", "Ivo Ivić"), "Ana Anić, Ivo Ivić"),
        ("<p>Tekst</p>", ("Ana Anić", "ANA ANIĆ"), "Ana Anić"),
        ("<p>Tekst</p>", ("admin", "https://drustvena.example/ana"), None),
        # lines beside or below the text
        ("<p>Izvor: Agencija Vest</p>", (), "Izvor: Agencija Vest"),
        ("<p>Извор: Агенција Вест</p>", ("Редакција",), "Редакција, Извор: Агенција Вест"),
        ("<p>Izvor: Agencija Vest</p>", ("Agencija Vest",), "Agencija Vest, Izvor: Agencija Vest"),
        ("<div><b>Izvor:</b> <a href='/x'>Agencija Vest</a></div>", (), "Izvor: Agencija Vest"),
        ("<div><span>Извор</span>: Вест</div>", (), None),
        ("<div>Izvor: <a href='/x'>Agencija Vest</a></div>", (), "Izvor: Agencija Vest"),
        ("<span>Autor: Ana Anić</span>", (), "Ana Anić"),
        ("<span>Аутор: Ана Анић</span><p>Извор: Вест</p>", (), "Ана Анић, Извор: Вест"),
        ("<p>Piše: Ana Anić</p>", (), "Ana Anić"),
        ("<p>Preuzeto sa: vest.example</p>", ("Redakcija",), "Redakcija, Preuzeto sa: vest.example"),
        # an empty field is not a byline
        ("<p>Izvor:</p><p>Prvi pasus teksta o mostu.</p>", (), None),
        # marked elements
        ("<a rel='author'>Ana Anić</a>", (), "Ana Anić"),
        ("<span class='article-author'>Piše Ana Anić 04.03.2026. 10:15</span>", (), "Ana Anić"),
        ("<div class='byline'>By Ann Ash | November 19, 2026 9:02 AM</div>", (), "Ann Ash"),
        # never a menu, a caption or a paragraph
        ("<nav><a rel='author' href='/autori'>Autori</a></nav><footer><p>Izvor: Mi</p></footer>", (), None),
        ("<figure><figcaption>Izvor: Fotoarhiva</figcaption></figure>", (), None),
        ("<div class='authors'>" + "Ana Anić, Ivo Ivić, Mia Mić, " * 9 + "</div>", (), None),
        (f"<p>Izvor: {'veoma dugačka rečenica o izvoru reke ' * 4}</p>", (), None),
    ],
)
def test_byline(body, stated, expected):
    assert byline(body, *stated) == expected
