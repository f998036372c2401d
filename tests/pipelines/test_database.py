"""Opening the store: one process at a time, and a plain sentence where it cannot be opened."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines import database
from pipelines.database import connect, store_path
from pipelines.store import Store
from spiders.errors import StoreError
from tests.pipelines.given import rows

HOLDER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_a_store_that_another_process_writes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).close()
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.0)
    command = [sys.executable, "-c", HOLDER, str(store_path(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another odjek process is writing"):
            Store(tmp_path)
        holder.communicate()
    Store(tmp_path).close()


def test_who_reads_for_a_moment_ends_no_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).close()
    reader = HOLDER.replace("sys.argv[1]", "sys.argv[1], read_only=True")
    command = [sys.executable, "-c", reader, str(store_path(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as status:
        assert status.stdout is not None
        assert status.stdout.readline() == "held\n"
        waited: list[float] = []

        def end(seconds: float) -> None:
            waited.append(seconds)
            status.communicate()

        monkeypatch.setattr(database.time, "sleep", end)
        Store(tmp_path).close()
    assert len(waited) == 1


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


def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        run_id = store.begin_run("crawl", {})
        store.add_crawl([{"outlet": "reka", "discovered_count": 7, "fetched_count": 7, "stored_count": 7,
                          "refused_count": 0, "status": "ok", "detail": ""}])  # fmt: skip
        fresh = schema_of(store)
        store.connection.execute(
            "DROP TABLE revisit; ALTER TABLE page DROP COLUMN etag; ALTER TABLE crawl DROP COLUMN is_covered"
        )
    with Store(tmp_path) as store:
        assert schema_of(store) == fresh
        crawls = store.connection.execute("SELECT run_id, stored_count, is_covered FROM crawl").fetchall()
        assert crawls == [(run_id, 7, False)]


def schema_of(store: Store) -> set[tuple[str, ...]]:
    columns = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
    return set(store.connection.execute(columns).fetchall())
