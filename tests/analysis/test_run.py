"""The whole analysis on small corpora: same input, same output; evidence for every match; every table commented."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis import run
from analysis.run import STEPS
from analysis.tables import FOLDER, comments
from pipelines.database import store_path
from pipelines.normalise import fold, to_latin
from pipelines.store import Store
from spiders.errors import StoreError
from tests.analysis.conftest import Analysed, Record
from tests.analysis.spelling import DIALECTS
from tests.analysis.test_times import read
from tests.analysis.test_verdict import STORY

RESULT = """
    SELECT l.url, s.url, m.verdict, m.form, round(m.probability, 9), m.direction, m.lag_minutes, m.lag_days,
        m.is_credited, m.origin, m.via_url, round(m.shared_share, 9), m.shared_words, m.longest_words, m.passage_count
    FROM match m
    JOIN article l ON l.article_id = m.article_id
    JOIN article s ON s.article_id = m.state_article_id
    ORDER BY ALL
"""
VERDICTS = """
    SELECT l.url, s.url, m.verdict, m.form, m.is_credited
    FROM match m
    JOIN article l ON l.article_id = m.article_id
    JOIN article s ON s.article_id = m.state_article_id
    ORDER BY ALL
"""
PASSAGES = """
    SELECT l.url, s.url, p.* EXCLUDE (match_id)
    FROM passage p
    JOIN match m ON m.match_id = p.match_id
    JOIN article l ON l.article_id = m.article_id
    JOIN article s ON s.article_id = m.state_article_id
    ORDER BY ALL
"""
# "vesti" is part of an outlet's name here, and names are not turned.
IJEKAVIAN = {ekavian: ijekavian for ijekavian, ekavian in DIALECTS if ekavian not in {ijekavian, "vesti"}}
_EKAVIAN = re.compile(rf"\b(?:{'|'.join(sorted(IJEKAVIAN, key=len, reverse=True))})\b")
Gold = Callable[[str], list[Record]]


@pytest.fixture
def corpus(gold: Gold) -> list[Record]:
    """Three plain stories and three hard ones: copies, retellings, agencies, chains, versions, twins."""
    plain = [record for record in gold("dev") if record["url"].rsplit("/", 1)[1][:3] in {"d01", "d02", "d05"}]
    hard = [record for record in gold("hard_dev") if record["published_at"][:7] in {"2026-02", "2026-03"}]
    return plain + hard


def test_day_by_day_gives_the_same_as_all_at_once(analysed: Analysed, corpus: list[Record]) -> None:
    by_day: dict[str, list[Record]] = {}
    for record in corpus:
        by_day.setdefault(record["published_at"][:7], []).append(record)
    once = analysed(corpus)
    step_by_step = analysed(*[by_day[day] for day in sorted(by_day)])
    assert once.execute(RESULT).fetchall() == step_by_step.execute(RESULT).fetchall()
    assert once.execute(PASSAGES).fetchall() == step_by_step.execute(PASSAGES).fetchall()


def test_worker_processes_change_nothing(
    analysed: Analysed, corpus: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = analysed(corpus)
    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(run, "cores", lambda: 2)
    together = analysed(corpus)
    for query in (RESULT, PASSAGES):
        assert together.execute(query).fetchall() == alone.execute(query).fetchall()


def test_a_state_article_that_arrives_after_its_copies_changes_nothing(
    analysed: Analysed, corpus: list[Record]
) -> None:
    late = [record for record in corpus if record["role"] == "state_media"]
    early = [record for record in corpus if record["role"] != "state_media"]
    random.Random(3).shuffle(early)
    assert analysed(early, late).execute(RESULT).fetchall() == analysed(corpus).execute(RESULT).fetchall()


@pytest.mark.parametrize("change", [to_latin, lambda text: "".join(_bare(line) for line in to_latin(text))])
def test_script_and_diacritics_change_no_verdict(
    analysed: Analysed, corpus: list[Record], change: Callable[[str], str]
) -> None:
    serbian = [record for record in corpus if "/yF-" not in record["url"]]  # the story with Russian and English texts
    changed = [record | {"text": change(record["text"]), "title": change(record["title"])} for record in serbian]
    before, after = analysed(serbian).execute(VERDICTS).fetchall(), analysed(changed).execute(VERDICTS).fetchall()
    assert before == after


def test_ijekavian_changes_no_verdict(analysed: Analysed, corpus: list[Record]) -> None:
    """Words of the local articles that are known in both pronunciations are turned ijekavian."""
    before = [record | {"text": to_latin(record["text"])} for record in corpus if "/yF-" not in record["url"]]
    after = [
        record | {"text": _EKAVIAN.sub(lambda word: IJEKAVIAN[word.group()], record["text"])}
        if record["role"] != "state_media"
        else record
        for record in before
    ]
    assert sum(one != other for one, other in zip(before, after, strict=True)) > len(before) / 3
    assert analysed(before).execute(VERDICTS).fetchall() == analysed(after).execute(VERDICTS).fetchall()


def _bare(letter: str) -> str:
    """One letter without its diacritics, case kept; marks and quotes stay."""
    if letter.isascii() or not letter.isalpha():
        return letter
    plain = fold(letter)
    return plain.capitalize() if letter.isupper() else plain


def test_every_accusation_has_its_evidence(analysed: Analysed, corpus: list[Record]) -> None:
    database = analysed(corpus)
    bare = database.execute(
        "SELECT m.match_id, m.verdict, l.url, s.url FROM match m JOIN article l ON l.article_id = m.article_id "
        "JOIN article s ON s.article_id = m.state_article_id WHERE m.passage_count = 0 "
        "AND m.verdict IN ('amplification', 'shared_origin', 'local_first', 'critical')"
    ).fetchall()
    assert bare == []
    texts = database.execute(
        "SELECT p.kind, substring(l.text, p.start_char + 1, p.end_char - p.start_char), "
        "substring(s.text, p.state_start_char + 1, p.state_end_char - p.state_start_char) "
        "FROM passage p JOIN match m USING (match_id) JOIN article_version l ON l.version_id = m.version_id "
        "JOIN article_version s ON s.version_id = m.state_version_id"
    ).fetchall()
    assert texts
    for kind, mine, theirs in texts:
        assert mine
        assert theirs
        if kind == "copied":
            common = set(fold(mine).split()) & set(fold(theirs).split())
            assert len(common) >= 3, (mine, theirs)


def test_an_empty_corpus_has_empty_tables(analysed: Analysed) -> None:
    database = analysed(
        [
            {
                "url": "https://a.example/1",
                "outlet": "a",
                "title": "Naslov",
                "text": "Kratko.",
                "published_at": "2026-03-01",
            }
        ]
    )
    for name in ("match", "passage", "story", "cascade", "amplification"):
        assert database.execute(f"SELECT count(*) FROM {name}").fetchall() == [(0,)]


def test_an_analysis_ends_the_runs_that_were_killed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        killed = store.begin_run("crawl", {})
    with pytest.raises(StoreError, match="no article"):
        run.analyze(tmp_path)
    with Store(tmp_path) as store:
        store.add_unregistered("kej", "Kej", "local")
        store.add([read("kej", "08:00", "09:00", STORY)])
    run.analyze(tmp_path)
    with duckdb.connect(str(store_path(tmp_path)), read_only=True) as database:
        ended = database.execute(
            "SELECT run_id = ?, status, detail->>'$.error' FROM run ORDER BY 1", [killed]
        ).fetchall()
    assert ended == [(False, "ok", None), (True, "failed", "killed")]


def test_every_step_has_a_file_or_a_module_and_every_file_a_step() -> None:
    names = (
        {name for name, _ in STEPS}
        | {"method", "threshold", "evidence_passage"}
        | {"decoy_text", "decoy_hit", "opportunity", "weakest_finding", "candidate_text", "rival_text", "rival"}
    )
    assert {path.stem for path in FOLDER.glob("*.sql")} <= names


def test_every_table_and_column_has_a_comment(analysed: Analysed, corpus: list[Record]) -> None:
    database = analysed(corpus[:30])
    tables = database.execute(
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT temporary "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    ).fetchall()
    columns = database.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE comment IS NULL AND NOT internal AND schema_name = 'main'"
    ).fetchall()
    assert (tables, columns) == ([], [])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_the_head_of_each_file_says_what_one_row_is(path: Any) -> None:
    table, columns = comments(path.read_text(encoding="utf-8"))
    assert table.startswith("One row")
    assert columns
