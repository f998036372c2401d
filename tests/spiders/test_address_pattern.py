"""Patterns from addresses: what is found in the forms that outlets of the region use, and when nothing is."""

import re

import pytest

from spiders.address_pattern import LEAST, article_pattern_of, id_pattern_of, target

SLUGS = ("most-na-reci", "nasip", "skola-dobila-krov", "voz-opet-vozi-2025", "pijaca-u-hali", "sneg", "led-7", "vrh")
OTHERS = ["https://kej.example/vesti/", "https://kej.example/sport/fudbal/", "https://kej.example/tag/most/"]


def made(form: str, **more: str) -> list[str]:
    """Eight addresses of one form: {slug}, {id}, {day}, {month} differ."""
    return [
        "https://kej.example" + form.format(slug=slug, id=1432647 + 13 * number, short=97 + number, day=10 + number, **more)
        for number, slug in enumerate(SLUGS)
    ]  # fmt: skip


FORMS: list[tuple[str, str | None, str | None]] = [
    # form, pattern of an article, pattern of its number
    ("/svet/{id}-{slug}", r"/\d{6,}-[^/]+/?$", r"/(\d{6,})-[^/]+/?$"),
    ("/c/vesti/politika/{id}/{slug}", r"/\d{6,}/[^/]+/?$", r"/(\d{6,})/[^/]+/?$"),
    ("/politika/{id}/{slug}.html", r"/\d{6,}/[^/]+/?$", r"/(\d{6,})/[^/]+/?$"),
    ("/lat/vijesti/region/{slug}/{id}", r"/\d{6,}(?:\.\w{2,5})?/?$", r"/(\d{6,})(?:\.\w{2,5})?/?$"),
    ("/202510{day}/{slug}--{id}.html", r"/20\d\d[01]\d[0-3]\d/[^/]+", r"-(\d{6,})(?:\.\w{2,5})?/?$"),
    ("/2025-10-{day}/izvor/{slug}/{id}", r"/20\d\d-[01]\d-[0-3]\d/[^/]+", r"/(\d{6,})(?:\.\w{2,5})?/?$"),
    ("/2025/10/{day}/{slug}/", r"/20\d\d/[01]\d/[0-3]\d/[^/]+", None),
    ("/vesti/{slug}-{day}-10-2025", r"-[0-3]?\d-[01]?\d-20\d\d(?:\.\w{2,5})?/?$", None),
    ("/index.php?option=vest&id={id}", r"[?&]id=\d+(?:&|$)", r"[?&]id=(\d+)(?:&|$)"),
    ("/clanak/{slug}", r"^/clanak/[^/]+", None),
    ("/serbian/articles/{slug}/lat", r"^/serbian/articles/[^/]+", None),
    ("/a{short}/{slug}", None, None),
    ("/vest/{short}/{slug}", r"^/vest/[^/]+", None),  # too short to be sure of
    ("/{slug}/", None, None),
]


@pytest.mark.parametrize(("form", "article", "number"), FORMS)
def test_what_all_addresses_share(form: str, article: str | None, number: str | None) -> None:
    urls = made(form)
    assert (article_pattern_of(urls, OTHERS), id_pattern_of(urls)) == (article, number)
    for pattern in filter(None, (article, number)):
        assert all(re.search(pattern, target(url)) for url in urls)
        assert not any(re.search(pattern, target(url)) for url in OTHERS)


def test_a_pattern_needs_enough_addresses() -> None:
    few = made("/svet/{id}-{slug}")[: LEAST - 1]
    assert article_pattern_of(few, []) is id_pattern_of(few) is None


def test_a_pattern_that_a_section_has_too_is_none() -> None:
    assert article_pattern_of(made("/vesti/{slug}"), ["https://kej.example/vesti/fudbal/"]) is None
    assert article_pattern_of(made("/svet/{id}-{slug}"), ["https://kej.example/svet/1432600-tema/"]) is None


def test_a_number_that_is_no_ones_own_is_none() -> None:
    shared = [url.replace("1432647", "1432660") for url in made("/svet/{id}-{slug}")]
    assert id_pattern_of(shared) is None
    assert id_pattern_of(made("/202510{day}/{slug}")) is None, "a date tells days apart, not articles"
