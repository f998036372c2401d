"""Publishing: the snapshot is whole, says what its columns mean, and never disturbs whoever reads the old one."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, Popen, run
from typing import Any

import duckdb
import pytest

from pipelines.article import Article
from pipelines.database import store_path
from pipelines.snapshot import publish, snapshot_path
from pipelines.store import Store
from spiders.errors import StoreError


def article(number: int) -> Article:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    url, text = f"https://reka.example/{number}", f"Мост број {number} се затвара."
    return Article("reka", url, "Мост", text, None, None, "sr", "cyrl", None, None, at, "import")


def add(data: Path, *numbers: int) -> None:
    with Store(data) as store:
        store.add_unregistered("reka", "Reka", "local")
        store.begin_run("import", {})
        store.add(article(number) for number in numbers)
        store.settle()
        store.end_run("ok", {})


def select(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "the analyst's data"  # a quote and blanks in the path
    add(folder, 1, 2)
    return folder


def test_the_snapshot_holds_all_tables_views_keys_and_comments(data: Path) -> None:
    with Store(data) as store:
        store.connection.execute("CREATE VIEW latest AS SELECT url, title FROM article")
        store.connection.execute("COMMENT ON VIEW latest IS 'A view.'; COMMENT ON COLUMN latest.url IS 'An address.'")
    path = publish(data)
    assert path == data / "published/odjek.duckdb"
    assert [entry.name for entry in path.parent.iterdir()] == ["odjek.duckdb"]
    for query in (
        "SELECT * FROM article ORDER BY ALL",
        "SELECT * FROM latest ORDER BY ALL",
        "SELECT * FROM run",
        "SELECT table_name, comment, estimated_size FROM duckdb_tables() ORDER BY ALL",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY ALL",
        "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL",
    ):
        expected = select(store_path(data), query)
        assert expected
        assert select(path, query) == expected


def test_an_older_duckdb_can_open_it(data: Path) -> None:
    path = publish(data)
    assert path.read_bytes()[8:20] == b"DUCK" + (68).to_bytes(8, "little")  # what 1.5 writes; 2.0 writes 999


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT count(*) FROM article").fetchall()[0][0], flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM article WHERE text LIKE '%затвара%'").fetchall()[0][0], flush=True)
"""


def test_a_reader_keeps_the_old_snapshot_and_blocks_nothing(data: Path) -> None:
    path = publish(data)
    with Popen([sys.executable, "-c", READER, str(path)], stdin=PIPE, stdout=PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "2\n"
        add(data, 3)
        publish(data)
        assert select(path, "SELECT count(*) FROM article") == [(3,)]
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "2\n"


def test_what_is_only_in_the_log_is_published_too(data: Path) -> None:
    script = (
        "import sys, os; sys.path.insert(0, '.'); from pathlib import Path; "
        "from tests.pipelines.test_snapshot import article; from pipelines.store import Store; "
        "store = Store(Path(sys.argv[1])); store.begin_run('crawl', {}); "
        "store.add([article(7)]); store.settle(); os._exit(9)"
    )
    root = Path(__file__).resolve().parents[2]
    assert run([sys.executable, "-c", script, str(data)], cwd=root, check=False).returncode == 9
    assert store_path(data).with_suffix(".duckdb.wal").exists()
    assert select(publish(data), "SELECT count(*) FROM article") == [(3,)]


def test_a_failed_publication_leaves_the_last_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = publish(data)
    (path.parent / ".odjek.duckdb.99999.new").write_bytes(b"left by a kill")
    add(data, 3)

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("pipelines.snapshot._sync", fail)
    with pytest.raises(StoreError, match="no space left on device; the last one stays"):
        publish(data)
    assert [entry.name for entry in path.parent.iterdir()] == ["odjek.duckdb"]
    assert select(path, "SELECT count(*) FROM article") == [(2,)]


def test_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was crawled or imported"):
        publish(tmp_path / "data")
    assert not snapshot_path(tmp_path / "data").exists()
