"""The store: what is written stays, versions become articles, and the order of writing changes nothing."""

import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.article import Article, Moment
from pipelines.database import connect, store_path
from pipelines.normalise import clean_text, script_of, to_latin
from pipelines.store import Store
from spiders.errors import StoreError
from spiders.page import WarcRecord, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet

SEEN = datetime(2026, 3, 10, 12, tzinfo=UTC)
TEXT = clean_text(
    "Мост преко Дрине биће затворен од понедељка због радова на коловозу, саопштила је Управа за путеве. "
    "Возила ће саобраћати обилазницом преко Луга, а радови ће трајати најмање шест недеља, до краја маја. "
    "Пешаци ће мост моћи да користе све време, додаје се у саопштењу."
)
OTHER = TEXT + " Радове изводи предузеће из Ужица."
OUTLET = Outlet("reka", "Reka", "local", "RS", ("reka.example", "lat.reka.example"), script="both")


def minute(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text).astimezone(UTC), "minute", "meta")


def day(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text).replace(tzinfo=UTC), "day", "url")


def article(url: str, text: str = TEXT, published: Moment | None = None, **given: Any) -> Article:
    values: dict[str, Any] = {
        "outlet": "reka",
        "url": url,
        "title": "Мост се затвара",
        "text": text,
        "byline": None,
        "section": None,
        "language": "sr",
        "script": script_of(text),
        "published": published,
        "modified": None,
        "first_seen_at": SEEN,
        "discovered_by": "feed",
    }
    return Article(**{**values, **given})


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(query).fetchall()


def stored(data: Path, items: Iterable[Article | Refusal], outlets: dict[str, Outlet] | None = None) -> Store:
    store = Store(data)
    store.sync_outlets({"reka": OUTLET} if outlets is None else outlets)
    store.begin_run("import", {})
    store.add(items)
    store.settle()
    return store


HOST, LAT = "https://reka.example", "https://lat.reka.example"

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


def test_refusals_are_counted_by_reason_and_outlet(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        run_id = store.begin_run("import", {"paths": ["a.jsonl"]})
        refusal = Refusal("reka", f"{HOST}/tag/most", "list_page", "the address is one of lists")
        counts = store.add([article(f"{HOST}/a"), refusal, refusal])
        assert counts == Counter(stored=1, list_page=2)
        assert store.add([article(f"{HOST}/a")], refuse_duplicates=True) == Counter(duplicate=1)
        assert store.tally["reka"] == Counter(stored=1, list_page=2, duplicate=1)
        assert rows(store, "SELECT DISTINCT run_id, reason, url FROM refusal ORDER BY ALL") == [
            (run_id, "duplicate", f"{HOST}/a"),
            (run_id, "list_page", f"{HOST}/tag/most"),
        ]


def test_two_descriptions_of_an_unregistered_outlet_give_one_row_in_any_order(tmp_path: Path) -> None:
    described = [("obala", "Обала", "unknown"), ("obala", "Obala", "local"), ("obala", "Obala plus", "local")]
    for number, order in enumerate(itertools.permutations(described)):
        with Store(tmp_path / str(number)) as store:
            for description in order:
                store.add_unregistered(*description)
            assert rows(store, "SELECT name, role, is_registered FROM outlet") == [("Obala", "local", False)]


def test_a_crawl_need_not_fetch_what_is_known(tmp_path: Path) -> None:
    warc = WarcRecord("a.warc.gz", 512, "00")
    with stored(tmp_path, [article(f"{HOST}/a"), article(f"{HOST}/b?utm_source=x", OTHER, warc=warc)]) as store:
        page = {
            "outlet": "reka",
            "url": f"{HOST}/b",
            "requested_url": f"{HOST}/old",
            "kind": "article",
            "http_status": 200,
            "warc_file": "a.warc.gz",
            "warc_offset": 512,
            "fetched_at": SEEN.replace(tzinfo=None),
        }
        store.add_pages([page])
        reasons = ["list_page", "too_short", "http_error"]
        refusals = [Refusal("reka", f"{HOST}/{reason}", reason) for reason in reasons]
        outside = Refusal("reka", f"{HOST}/outside", "outside_window", "published 2026-02-01")
        store.add([*refusals, outside])
        known = {f"{HOST}/a", f"{HOST}/b", f"{HOST}/old", f"{HOST}/list_page"}
        assert store.known_urls("reka", Window()) == known
        assert store.known_urls("reka", Window(since=SEEN.date())) == known | {f"{HOST}/outside"}
        assert store.stored_urls("reka") == {f"{HOST}/a", f"{HOST}/b", f"{HOST}/b?utm_source=x"}
        assert store.known_urls("obala", Window()) == set()


def test_runs_have_their_own_ids_and_a_killed_one_is_failed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = store.begin_run("crawl", {"since": SEEN.date()})
        second = store.begin_run("crawl", {})
        store.end_run("partial", {"stored": 3})
        assert first != second
        assert rows(store, "SELECT run_id, status, finished_at IS NULL, detail FROM run ORDER BY run_id") == [
            (first, "failed", True, '{"error":"killed"}'),
            (second, "partial", False, '{"stored": 3}'),
        ]


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.pipelines.test_store import HOST, article
from pipelines.store import Store
store = Store(Path(sys.argv[1]))
store.begin_run("crawl", {{}})
for number in range(3):
    store.add([article(f"{{HOST}}/{{number}}-{{n}}", f"Текст {{number}} {{n}}") for n in range(10)])
os.kill(os.getpid(), 9)
"""


def test_what_was_added_survives_a_kill(tmp_path: Path) -> None:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run([sys.executable, "-c", KILLED.format(root=root), str(tmp_path)], check=False, cwd=root)
    assert done.returncode == -9
    with Store(tmp_path) as store:
        store.settle()
        assert rows(store, "SELECT count(*) FROM article") == [(30,)]


HOLDER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_a_store_that_another_process_writes_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).close()
    command = [sys.executable, "-c", HOLDER, str(store_path(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another odjek process is writing"):
            Store(tmp_path)
        holder.communicate()
    Store(tmp_path).close()


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000], ids=["empty", "foreign"])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    store_path(tmp_path).write_bytes(content)
    with pytest.raises(StoreError, match="is not a DuckDB file"):
        Store(tmp_path)
    assert store_path(tmp_path).read_bytes() == content


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.connection.execute("ALTER TABLE address DROP COLUMN script")
    with pytest.raises(StoreError, match=r"another version of odjek: it lacks address\.script"):
        Store(tmp_path)


def test_a_reader_of_an_absent_store_is_told_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was crawled or imported"):
        connect(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_store_that_was_cut_off_before_its_tables_is_completed(tmp_path: Path) -> None:
    duckdb.connect(str(store_path(tmp_path))).close()
    with Store(tmp_path) as store:
        assert rows(store, "SELECT count(*) FROM article") == [(0,)]


def test_a_failed_batch_leaves_nothing_half_written(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_run("import", {})
        wrong = article(f"{HOST}/b", published=Moment(SEEN, "hour", "meta"))  # type: ignore[arg-type]  # what must not pass
        with pytest.raises(duckdb.ConstraintException):
            store.add([article(f"{HOST}/a"), wrong])
        assert rows(store, "SELECT count(*) FROM article_version") == [(0,)]
        assert store.add([article(f"{HOST}/a")]) == Counter(stored=1)
