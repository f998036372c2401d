"""Settling: versions become articles with their addresses, and the order of import changes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.article import Article, Moment
from pipelines.normalise import to_latin
from pipelines.store import Store
from spiders.registry import Outlet
from tests.pipelines.given import HOST, LAT, OTHER, OUTLET, SEEN, TEXT, article, day, minute, rows, stored

COLLAPSED: list[tuple[str, list[Article], list[tuple[int, int]]]] = [
    # what, the versions, then (versions, addresses) of each article that comes of them, largest first
    ("one article", [article(f"{HOST}/a")], [(1, 1)]),
    ("the same twice", [article(f"{HOST}/a"), article(f"{HOST}/a")], [(1, 1)]),
    ("an address with another text", [article(f"{HOST}/a"), article(f"{HOST}/a", OTHER)], [(2, 1)]),
    ("an address with another headline", [article(f"{HOST}/a"), article(f"{HOST}/a", title="Мост")], [(1, 1)]),
    ("twins in two scripts", [article(f"{HOST}/a"), article(f"{LAT}/a", to_latin(TEXT))], [(1, 2)]),
    ("twins whose texts differ", [article(f"{HOST}/a"), article(f"{LAT}/a", to_latin(OTHER))], [(2, 2)]),
    ("http and https", [article(f"{HOST}/a"), article("http://reka.example/a")], [(1, 2)]),
    (
        "editions: one text at two addresses on one day",
        [article(f"{HOST}/a", published=day("2026-03-04")), article(f"{HOST}/b", to_latin(TEXT), day("2026-03-04"))],
        [(1, 2)],
    ),
    (
        "editions without diacritics",
        [article(f"{HOST}/a"), article(f"{HOST}/b", to_latin(TEXT).replace("ć", "c").replace("š", "s"))],
        [(1, 2)],
    ),
    (
        "the same text three days later",
        [article(f"{HOST}/a", published=day("2026-03-04")), article(f"{HOST}/b", published=day("2026-03-07"))],
        [(1, 2)],
    ),
    (
        "the same text four days later is an article of its own",
        [article(f"{HOST}/a", published=day("2026-03-04")), article(f"{HOST}/b", published=day("2026-03-08"))],
        [(1, 1), (1, 1)],
    ),
    (
        "a template of every day is one article while it does not change",
        [article(f"{HOST}/{n}", published=day(f"2026-03-{n:02}")) for n in range(1, 9)],
        [(1, 8)],
    ),
    (
        "a text without a date joins the same text",
        [article(f"{HOST}/a", published=day("2026-03-04")), article(f"{HOST}/b")],
        [(1, 2)],
    ),
    (
        "one changed figure parts a template",
        [article(f"{HOST}/a", TEXT + " Курс: 117,1."), article(f"{HOST}/b", TEXT + " Курс: 117,2.")],
        [(1, 1), (1, 1)],
    ),
    (
        "short texts are no sign",
        [article(f"{HOST}/a", "Без коментара."), article(f"{HOST}/b", "Без коментара.")],
        [(1, 1)] * 2,
    ),
    (
        "twins of twins are one",
        [
            article(f"{HOST}/a"),
            article(f"{LAT}/a", to_latin(OTHER)),
            article(f"{HOST}/b", OTHER),
            article(f"{LAT}/b", to_latin(OTHER + " Kraj.")),
        ],
        [(3, 4)],
    ),
    (
        "two outlets with one text are the finding",
        [article(f"{HOST}/a"), article("https://obala.example/a", outlet="obala")],
        [(1, 1), (1, 1)],
    ),
]


@pytest.mark.parametrize(
    ("articles", "expected"), [case[1:] for case in COLLAPSED], ids=[case[0] for case in COLLAPSED]
)
def test_versions_become_articles(tmp_path: Path, articles: list[Article], expected: list[tuple[int, int]]) -> None:
    with stored(tmp_path, articles) as store:
        found = rows(store, "SELECT version_count, address_count FROM article ORDER BY ALL DESC")
        assert found == expected
        assert rows(store, "SELECT count(*) FROM article_version WHERE article_id IS NULL") == [(0,)]
        assert rows(store, "SELECT count(*) FROM address ANTI JOIN article USING (article_id)") == [(0,)]
        assert rows(store, "SELECT count_if(is_canonical) - count(DISTINCT article_id) FROM address") == [(0,)]


def test_the_sites_own_id_joins_addresses(tmp_path: Path) -> None:
    outlet = Outlet("reka", "Reka", "local", "RS", ("reka.example",), id_pattern=r"/(\d+)(?:/|$)")
    articles = [article(f"{HOST}/vesti/most/1234"), article(f"{HOST}/most-se-zatvara/1234/vest", OTHER)]
    with stored(tmp_path, articles, {"reka": outlet}) as store:
        assert rows(store, "SELECT version_count, address_count FROM article") == [(2, 2)]


def test_a_registry_that_learns_an_id_joins_what_is_stored(tmp_path: Path) -> None:
    articles = [article(f"{HOST}/vesti/most/1234"), article(f"{HOST}/most-se-zatvara/1234", OTHER)]
    with stored(tmp_path, articles) as store:
        assert rows(store, "SELECT count(*) FROM article") == [(2,)]
        store.sync_outlets({"reka": Outlet("reka", "Reka", "local", "RS", OUTLET.hosts, id_pattern=r"/(\d+)$")})
        store.settle()
        assert rows(store, "SELECT count(*), max(address_count) FROM article") == [(1, 2)]
        assert rows(store, "SELECT count(DISTINCT article_id) FROM address") == [(1,)]


SHOWN = [
    # the earliest is shown: by local day, then the more precise, then the earlier minute
    ("two minutes", [minute("2026-03-04T10:15+01:00"), minute("2026-03-04T09:00+01:00")], 1),
    ("a minute beats its own day", [day("2026-03-04"), minute("2026-03-04T23:30+01:00")], 1),
    ("an earlier day beats a minute", [minute("2026-03-04T00:30+01:00"), day("2026-03-03")], 1),
    ("the local day counts, not that of UTC", [day("2026-03-04"), minute("2026-03-03T23:30+00:00")], 1),
    ("any time beats none", [None, day("2026-03-04")], 1),
]


@pytest.mark.parametrize(("moments", "shown"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_the_earliest_version_is_shown(tmp_path: Path, moments: list[Moment | None], shown: int) -> None:
    texts = [TEXT, OTHER]
    articles = [article(f"{HOST}/a", text, moment) for text, moment in zip(texts, moments, strict=True)]
    with stored(tmp_path, articles) as store:
        expected = moments[shown]
        assert expected is not None
        assert rows(store, "SELECT text, published_at, published_precision FROM article") == [
            (texts[shown], expected.at.replace(tzinfo=None), expected.precision)
        ]


def test_of_equal_times_the_first_host_is_shown(tmp_path: Path) -> None:
    at = minute("2026-03-04T10:15+01:00")
    with stored(tmp_path, [article(f"{LAT}/a", to_latin(TEXT), at), article(f"{HOST}/a", TEXT, at)]) as store:
        assert rows(store, "SELECT url, script, title FROM article") == [(f"{HOST}/a", "cyrl", "Мост се затвара")]
        assert rows(store, "SELECT url, script, is_canonical FROM address ORDER BY url DESC") == [
            (f"{HOST}/a", "cyrl", True),
            (f"{LAT}/a", "latn", False),
        ]


def test_a_version_seen_again_keeps_its_earliest_time(tmp_path: Path) -> None:
    first, second = minute("2026-03-04T10:15+01:00"), minute("2026-03-04T09:00+01:00")
    with stored(tmp_path, [article(f"{HOST}/a", published=first)]) as store:
        later = article(f"{HOST}/a", published=second, modified=first, first_seen_at=SEEN - timedelta(days=1))
        assert store.add([later, later]) == Counter(seen=2)
        store.settle()
        assert rows(store, "SELECT published_at, modified_at, first_seen_at FROM article") == [
            (second.at.replace(tzinfo=None), first.at.replace(tzinfo=None), datetime(2026, 3, 9, 12))  # noqa: DTZ001
        ]


MOMENTS = st.one_of(
    st.none(),
    st.integers(0, 9).map(lambda n: day(f"2026-03-{n + 1:02}")),
    st.integers(0, 9 * 24).map(
        lambda n: Moment(datetime(2026, 3, 1, 0, 10, tzinfo=UTC) + timedelta(hours=n), "minute", "meta")
    ),
)
ARTICLES = st.builds(
    article,
    url=st.builds(
        lambda host, path: f"{host}/{path}",
        st.sampled_from([HOST, LAT, "http://reka.example"]),
        st.sampled_from("abcd"),
    ),
    text=st.sampled_from([TEXT, to_latin(TEXT), OTHER, to_latin(OTHER), "Кратко.", TEXT + " Крај."]),
    published=MOMENTS,
    modified=MOMENTS,
    title=st.sampled_from(["Мост", "Most"]),
    byline=st.sampled_from([None, "Танјуг", "Р. П."]),
    section=st.sampled_from([None, "Друштво", "Svet"]),
)


def contents(store: Store, batches: list[list[Article]]) -> list[list[tuple[Any, ...]]]:
    """All that the order of import must not change, after settling each batch in an emptied store."""
    for table in ("article_version", "article", "address"):
        store.connection.execute(f"DELETE FROM {table}")
    for batch in batches:
        store.add(batch)
        store.settle()
    left_out = {"article": "first_seen_at", "address": "first_seen_at", "article_version": "first_seen_at, run_id"}
    return [rows(store, f"SELECT * EXCLUDE ({names}) FROM {table} ORDER BY ALL") for table, names in left_out.items()]


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("shuffled")) as store:
        store.sync_outlets({"reka": OUTLET})
        store.begin_run("import", {})
        yield store


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.lists(ARTICLES, min_size=1, max_size=12))
def test_the_order_of_import_changes_nothing(emptied: Store, data: st.DataObject, articles: list[Article]) -> None:
    shuffled = data.draw(st.permutations(articles))
    cut = data.draw(st.integers(0, len(articles)))
    at_once = contents(emptied, [articles])
    assert contents(emptied, [shuffled[:cut], shuffled[cut:]]) == at_once


def test_settling_leaves_other_outlets_alone(tmp_path: Path) -> None:
    elsewhere = article("https://obala.example/a", outlet="obala")
    with stored(tmp_path, [article(f"{HOST}/a"), elsewhere]) as store:
        store.connection.execute("UPDATE article SET title = 'left alone' WHERE outlet = 'obala'")
        store.add([article(f"{HOST}/b", OTHER)])
        store.settle()
        assert rows(store, "SELECT outlet, title FROM article ORDER BY ALL") == [
            ("obala", "left alone"),
            ("reka", "Мост се затвара"),
            ("reka", "Мост се затвара"),
        ]
