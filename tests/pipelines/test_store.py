"""The store: what is written stays, is counted, and is found again by the next crawl."""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipelines.article import Moment
from pipelines.store import Store
from spiders.page import WarcRecord, Window
from spiders.refusal import Refusal
from tests.pipelines.given import HOST, OTHER, SEEN, article, rows, stored


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
        known = {f"{HOST}/a", f"{HOST}/b", f"{HOST}/old", f"{HOST}/list_page", f"{HOST}/too_short"}
        assert store.known_urls("reka", Window(), hours=[6], days=14) == known
        assert store.known_urls("reka", Window(since=SEEN.date()), hours=[6], days=14) == known | {f"{HOST}/outside"}
        assert store.stored_urls("reka") == {f"{HOST}/a", f"{HOST}/b", f"{HOST}/b?utm_source=x"}
        assert store.known_urls("obala", Window(), hours=[6], days=14) == set()


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
from tests.pipelines.given import HOST, article
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


def test_a_failed_batch_leaves_nothing_half_written(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_run("import", {})
        wrong = article(f"{HOST}/b", published=Moment(SEEN, "hour", "meta"))  # type: ignore[arg-type]  # what must not pass
        with pytest.raises(duckdb.ConstraintException):
            store.add([article(f"{HOST}/a"), wrong])
        assert rows(store, "SELECT count(*) FROM article_version") == [(0,)]
        assert store.add([article(f"{HOST}/a")]) == Counter(stored=1)
