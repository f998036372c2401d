"""Addresses as real sites of the region spell them: what is one page, and what is one article."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.address import article_key, canonical, is_web, outlet_host
from spiders.registry import Outlet

TWO_HOSTS = Outlet(
    outlet="kompas",
    name="Kompas",
    role="state_media",
    country="RS",
    hosts=("kompas.example", "lat.kompas.example"),
    id_pattern=r"-(\d+)\.html$",
)
WWW = Outlet(outlet="skela", name="Skela", role="local", country="RS", hosts=("www.skela.example",))
LOOPBACK = Outlet(outlet="kej", name="Kej", role="local", country="RS", hosts=("127.0.0.1:8123",), allow_loopback=True)
CYRILLIC = Outlet(outlet="reka", name="Reka", role="local", country="RS", hosts=("река.срб",))


@pytest.mark.parametrize(
    ("given", "outlet", "expected"),
    [
        ("http://Skela.example/Vesti/1/", WWW, "https://www.skela.example/Vesti/1"),
        ("https://m.skela.example:443/a?utm_source=x&id=2#komentari", WWW, "https://www.skela.example/a?id=2"),
        ("https://skela.example", WWW, "https://www.skela.example/"),
        ("https://www.skela.example/a?fbclid=1&b=&a=1", WWW, "https://www.skela.example/a?a=1&b="),
        ("https://www.skela.example/a/amp/", WWW, "https://www.skela.example/a"),
        ("https://www.skela.example/a;jsessionid=1F?PHPSESSID=2e", WWW, "https://www.skela.example/a"),
        ("https://amp.skela.example/a", WWW, "https://www.skela.example/a"),
        ("https://www.skela.example/a?amp", WWW, "https://www.skela.example/a"),
        ("https://www.skela.example/a?outputType=amp", WWW, "https://www.skela.example/a"),
        ("https://www.skela.example/77-amp.html", WWW, "https://www.skela.example/77.html"),
        ("https://www.skela.example/novi-gitarski-amp", WWW, "https://www.skela.example/novi-gitarski-amp"),
        ("https://www.skela.example/g?galerija=3&cid=4", WWW, "https://www.skela.example/g?cid=4&galerija=3"),
        ("https://www.skela.example/вести", WWW, "https://www.skela.example/%D0%B2%D0%B5%D1%81%D1%82%D0%B8"),
        ("https://река.срб/а", CYRILLIC, "https://xn--80ajpw.xn--90a3ac/%D0%B0"),
        ("https://lat.kompas.example/x-11.html?modal=feedback", TWO_HOSTS, "https://lat.kompas.example/x-11.html"),
        ("https://kompas.example/x--11.html?chat_room_id=11", TWO_HOSTS, "https://kompas.example/x--11.html"),
        (
            "https://lat.kompas.example/amp/20260304/x-11.html",
            TWO_HOSTS,
            "https://lat.kompas.example/20260304/x-11.html",
        ),
        (
            "http://kompas.example//regioni/2017083011-most/",
            TWO_HOSTS,
            "https://kompas.example//regioni/2017083011-most",
        ),
        ("http://127.0.0.1:8123/a/", LOOPBACK, "http://127.0.0.1:8123/a"),
        ("http://tudji.example:80/a", None, "https://tudji.example/a"),
        ("https://m.tudji.example/a", None, "https://tudji.example/a"),
        ("mailto:redakcija@skela.example", WWW, "mailto:redakcija@skela.example"),
        ("http://[::1", WWW, "http://[::1"),
    ],
)
def test_canonical(given: str, outlet: Outlet | None, expected: str) -> None:
    assert canonical(given, outlet) == expected
    assert canonical(expected, outlet) == expected


@pytest.mark.parametrize(
    ("outlet", "addresses"),
    [
        (
            TWO_HOSTS,
            [
                "https://kompas.example/20260304/most-u-luci-1195641800.html",
                "https://lat.kompas.example/20260304/most-u-luci--1195641800.html?modal=feedback",
                "https://kompas.example/amp/20260304/drugi-naslov-1195641800.html",
            ],
        ),
        (
            WWW,
            [
                "https://www.skela.example/vesti/most",
                "http://skela.example/lat/vesti/most/",
                "https://skela.example/c/vesti/most?sr_pismo=lat",
                "https://skela.example/sr/vesti/most/amp/",
                "https://m.skela.example/vesti/most/komentari",
                "https://skela.example/print/vesti/most?lang=cyr",
                "https://skela.example/vesti/most/embed/",
            ],
        ),
        (None, ["https://tudji.example/a", "http://www.tudji.example/a/", "https://lat.tudji.example/a?fbclid=z"]),
        (TWO_HOSTS, ["https://kompas.example/vesti/bez-broja", "https://lat.kompas.example/vesti/bez-broja/"]),
    ],
)
def test_addresses_of_one_article_share_a_key(outlet: Outlet | None, addresses: list[str]) -> None:
    keys = [article_key(url, outlet) for url in addresses]
    assert len(set(keys)) == 1, keys


@pytest.mark.parametrize(
    ("outlet", "addresses"),
    [
        (
            WWW,
            [
                "https://skela.example/vesti/most",
                "https://skela.example/vesti/most-2",
                "https://skela.example/en/vesti/most",
            ],
        ),
        (WWW, ["https://skela.example/?p=1", "https://skela.example/?p=2", "https://skela.example/"]),
        (WWW, ["https://skela.example/a", "https://tudji.example/a"]),
        (TWO_HOSTS, ["https://kompas.example/", "https://kompas.example/a-1.html", "https://kompas.example/a-2.html"]),
        (None, ["https://prvi.example/a", "https://drugi.example/a"]),
    ],
)
def test_other_articles_have_other_keys(outlet: Outlet | None, addresses: list[str]) -> None:
    assert all(one != other for one, other in pairwise(sorted(article_key(url, outlet) for url in addresses)))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://SKELA.example/x", "www.skela.example"),
        ("https://m.skela.example/x", "www.skela.example"),
        ("https://zena.skela.example/x", None),
        ("https://skela.example.tudji.example/x", None),
        ("https://skela.example@tudji.example/x", None),
        ("//skela.example/x", None),
        ("javascript:void(0)", None),
        ("http://skela.example:0/", None),
        ("http://skela.example:port/", None),
    ],
)
def test_only_its_own_hosts_belong_to_an_outlet(url: str, expected: str | None) -> None:
    assert outlet_host(url, WWW) == expected


PIECES = st.sampled_from(
    [
        "a",
        "amp",
        "/",
        "//",
        ".html",
        "-amp",
        ".amp",
        "?",
        "&",
        "utm_x=1",
        "amp=1",
        "б",
        "%D0%B1",
        "%zz",
        "#f",
        "lat",
        " ",
        ";",
        "=",
    ]
)


@given(st.lists(PIECES).map("".join), st.sampled_from([None, TWO_HOSTS, WWW]))
def test_the_canonical_form_of_a_canonical_form_is_itself(tail: str, outlet: Outlet | None) -> None:
    once = canonical(f"http://www.skela.example/{tail}", outlet)
    assert is_web(once)
    assert canonical(once, outlet) == once
    assert article_key(once, outlet) == article_key(f"http://www.skela.example/{tail}", outlet)
