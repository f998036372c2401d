"""What a front page tells of an unknown site."""

import pytest

from spiders.front import read_front, script_twins

HOME = "https://kompas-grad.example/"


@pytest.mark.parametrize(
    ("head", "name", "how"),
    [
        ('<meta property="og:site_name" content=" Kompas  grad "><title>Vesti</title>', "Kompas grad", "as the front"),
        ('<meta name="application-name" content="Kompas"><title>Vesti</title>', "Kompas", "as the front page calls"),
        ("<title>Kompas grad</title>", "Kompas grad", "by the title"),
        ("<title>Najnovije vesti iz grada | Kompas-grad</title>", "Kompas-grad", "by the title"),
        ("<title>Najnovije vesti – Kompas – gradski portal</title>", "Kompas", "guessed"),
        ("", "", ""),
        ('<meta property="og:site_name" content=""><title> </title>', "", ""),
    ],
)
def test_the_name_of_a_site(head: str, name: str, how: str) -> None:
    front = read_front(f"<html><head>{head}</head><body></body></html>", HOME)
    assert front.name == name
    assert front.name_from.startswith(how)


def test_where_a_front_page_leads() -> None:
    front = read_front(
        '<html lang="sr-RS"><head><link rel="alternate" hreflang="sr-Latn" href="https://lat.kompas-grad.example/">'
        "<title>K</title></head><body><script>var x = 1;</script>"
        '<a href="/vesti/">Вести</a> <a href="/vesti/#top">горе</a> <a href="https://www.kompas-grad.example/o-nama">О нама</a>'
        '<a href="/lat/">Latinica</a> <a href="https://cir.kompas-grad.example/x">Ћирилица</a>'
        '<a href="https://t.me/kompas_grad">Телеграм</a> <a href="https://t.me/share/url?url=x">дели</a>'
        '<a href="https://tudje.example/">други</a> <a href="mailto:a@b.example">пиши</a> <a href="http://[">ништа</a>'
        "</body></html>",
        HOME,
    )
    assert front.region == "RS"
    assert front.links == (f"{HOME}vesti/", "https://www.kompas-grad.example/o-nama", f"{HOME}lat/")
    assert front.script_hosts == ("lat.kompas-grad.example", "cir.kompas-grad.example")
    assert front.script_folders == ("/lat",)
    assert front.channels == ("kompas_grad",)
    assert front.words.startswith("Вести горе О нама Latinica")


@pytest.mark.parametrize("text", ["", " ", "<!-- nothing -->", "\x00", "{}"])
def test_what_is_no_page_tells_nothing(text: str) -> None:
    assert read_front(text, HOME).links == ()


@pytest.mark.parametrize(
    ("host", "twins"),
    [
        ("kompas.example", ("lat.kompas.example", "cir.kompas.example")),
        ("www.kompas.example", ("lat.kompas.example", "cir.kompas.example")),
        ("lat.kompas.example", ("kompas.example", "cir.kompas.example")),
    ],
)
def test_where_the_other_script_is_looked_for(host: str, twins: tuple[str, ...]) -> None:
    assert script_twins(host) == twins
