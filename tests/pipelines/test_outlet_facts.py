"""The parts of a new outlet's file that are worked out: name, country, dialect, zone, articles a day."""

from datetime import datetime, timedelta

import pytest

from pipelines.outlet_facts import country_of, dialect_of, rate_of, slug_of, zone_of
from spiders import clock
from spiders.answer import Answer
from spiders.found import Entry, Source, Way
from spiders.page import Hint
from spiders.probe_outlet import SourceAnswer


@pytest.mark.parametrize(
    ("name", "host", "slug"),
    [
        (None, "kompas.example", "kompas"),
        (None, "www.kompas-grad.rs", "kompas-grad"),
        (None, "kompas.co.rs", "kompas"),
        (None, "lat.kompas.rs", "kompas"),
        (None, "127.0.0.1:8000", "127-0-0-1"),
        (None, "xn--b1agj9af.xn--90a3ac", "vesti"),
        ("Glas Šumadije", "kompas.rs", "glas-sumadije"),
        ("Новине", "kompas.rs", "novine"),
        ("novine-grada", "kompas.rs", "novine-grada"),
        ("!", "kompas.rs", "kompas-rs"),
    ],
)
def test_the_name_in_the_registry(name: str | None, host: str, slug: str) -> None:
    assert slug_of(name, host) == slug


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("kompas.rs", "RS"),
        ("kompas.ba", "BA"),
        ("kompas.co.me", "ME"),
        ("xn--b1agj9af.xn--90a3ac", "RS"),
        ("kompas.com", None),
        ("kompas.info", None),
        ("kompas.de", None),  # a service in the region's language reports for another country
        ("127.0.0.1:8000", None),
    ],
)
def test_the_country_of_a_host(host: str, country: str | None) -> None:
    found = country_of(host)
    assert (found and found[0]) == country


def test_a_page_may_tell_its_country() -> None:
    assert country_of("kompas.com", "BA") == ("BA", "by the language of the front page")
    assert country_of("kompas.rs", "BA") == ("RS", 'by the ending of "kompas.rs"')
    assert country_of("kompas.com", "US") is None


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("gde je vreme kad se posle svega uvek ide", "ekavian"),
        ("gdje je vrijeme kad se poslije svega uvijek ide", "ijekavian"),
        ("gdje je vrijeme kad se posle svega uvek ide", "mixed"),
        ("gde su dve", None),
        ("", None),
    ],
)
def test_the_dialect_of_a_text(text: str, dialect: str | None) -> None:
    assert dialect_of(text) == dialect


@pytest.mark.parametrize(
    ("country", "zone"),
    [("RS", "Europe/Belgrade"), ("XK", "Europe/Belgrade"), ("BG", "Europe/Sofia"), ("RU", None), ("US", None)],
)
def test_the_zone_of_a_country(country: str, zone: str | None) -> None:
    assert zone_of(country) == zone


def source(way: Way, *hours_ago: float, precise: bool = True) -> SourceAnswer:
    """Articles that were published so many hours ago."""
    times: list[datetime] = [clock.now() - timedelta(hours=hours) for hours in hours_ago]
    entries = tuple(
        Entry(f"https://kompas.example/{number}", Hint(None, time.isoformat() if precise else time.date().isoformat()))
        for number, time in enumerate(times)
    )
    url = "https://kompas.example/feed"
    return SourceAnswer(Source(url, "feed", way), Answer(url, url, 200), "rss", entries, len(entries))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([source("feed", *range(0, 49, 2))], (12, "25 articles in 2 days, by the feed")),
        ([source("feed", 1, 3, 5, 7)], (12, "4 articles in 6 hours, by the feed, a rough guess")),
        ([source("feed", 1, 3, 5, 7), source("sitemap", *range(0, 97, 24))], (1.0, "5 articles in 4 days, by the sitemap")),
        ([source("feed", 0, 168, 336, 504)], (0.1, "4 articles in 21 days, by the feed")),
        ([source("feed", 1, 2, 3)], None),  # too few
        ([source("feed", 1, 1.1, 1.2, 1.3, 1.4)], None),  # too close: a site that was written anew
        ([source("feed", 1, 40 * 24, 50 * 24, 60 * 24)], None),  # too old
        ([source("feed", -5, -40, 1, 2)], None),  # in the future
        ([], None),
    ],
)  # fmt: skip
def test_articles_a_day(sources: list[SourceAnswer], expected: tuple[float, str] | None) -> None:
    assert rate_of(sources, "Europe/Belgrade") == expected
