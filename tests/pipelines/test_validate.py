from datetime import UTC, date, datetime

import pytest

from pipelines.article import Moment
from pipelines.validate import is_list, is_list_address, is_outside, states_article, word_count
from spiders.page import Window


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("", True),
        ("/?page=2", True),
        ("/tag/most", True),
        ("/tagovi/most/", True),
        ("/kategorija/drustvo", True),
        ("/autor/ana-anic/", True),
        ("/drustvo/page/3/", True),
        ("/arhiva", True),
        ("/arhiva/2026/03", True),
        ("/pretraga/most", True),
        ("/?s=most", True),
        ("/?p=123", False),  # an article's short address
        ("/vesti/most-je-otvoren", False),
        ("/archive/63076", False),
        ("/news_view.php?idx=1&page=1", False),
        ("/category/drustvo/most-je-otvoren", False),
        ("/20260304/most-1195641800.html", False),
    ],
)
def test_list_addresses(path, expected):
    assert is_list_address(f"https://glas.example{path}") is expected


@pytest.mark.parametrize(
    ("types", "kind", "has_time", "expected"),
    [
        ({"NewsArticle"}, "", False, True),
        (set(), "article", False, True),
        (set(), "", True, True),
        ({"WebPage"}, "website", False, False),
        ({"CollectionPage"}, "article", True, False),
        ({"CollectionPage", "NewsArticle"}, "", False, True),
    ],
)
def test_states_article(types, kind, has_time, expected):
    assert states_article(frozenset(types), kind, has_time) is expected


def test_lines_that_are_links_make_a_list():
    headlines = [f"Naslov vesti broj {number}" for number in range(6)]
    teasers = [f"Kratak opis vesti broj {number}." for number in range(6)]
    assert is_list([*headlines, *teasers], frozenset(headlines))
    assert not is_list([*headlines[:4], *teasers], frozenset(headlines[:4]))
    assert not is_list([*headlines, *teasers * 4], frozenset(headlines))


@pytest.mark.parametrize(
    ("at", "precision", "expected"),
    [
        ("2026-03-03T22:59", "minute", True),
        ("2026-03-03T23:00", "minute", False),  # midnight in Belgrade
        ("2026-03-05T22:59", "minute", False),
        ("2026-03-05T23:00", "minute", True),
        ("2026-03-04T00:00", "day", False),
        ("2026-03-05T00:00", "day", False),
        ("2026-03-03T00:00", "day", True),
    ],
)
def test_window(at, precision, expected):
    published = Moment(datetime.fromisoformat(at).replace(tzinfo=UTC), precision, "meta")
    assert is_outside(published, Window(date(2026, 3, 4), date(2026, 3, 5)), "Europe/Belgrade") is expected
    assert not is_outside(published, Window(), "Europe/Belgrade")


def test_an_unknown_time_is_inside():
    assert not is_outside(None, Window(date(2026, 3, 4), None), "Europe/Belgrade")


def test_words_of_scripts_without_blanks():
    assert word_count("Dve reči, 15 puta.") == 4
    assert word_count("橋が開通した") == 6
