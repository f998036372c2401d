"""Calibration on reviewed pairs: what is learnt, where it is kept, how to go back, what is refused."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from analysis import calibration
from analysis.features import SHARED_TEXT
from analysis.model import load
from analysis.run import analyze
from analysis.train import as_toml
from pipelines.database import store_path
from pipelines.importer import import_files
from spiders.errors import InputError, StoreError

GOLD = Path(__file__).parent.parent / "gold" / "dev"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six of the plain stories, analysed."""
    folder = tmp_path_factory.mktemp("calibration")
    lines = (GOLD / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["url"].rsplit("/", 1)[1][:3] <= "d06"]
    (folder / "articles.jsonl").write_text("\n".join(kept), encoding="utf-8")
    import_files(folder / "data", [folder / "articles.jsonl"], {})
    analyze(folder / "data")
    return folder / "data"


def write_pairs(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def gold_pairs() -> list[dict[str, str]]:
    with (GOLD / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["story"] <= "d06"]


def method(data: Path) -> tuple[str, str]:
    with duckdb.connect(str(store_path(data)), read_only=True) as connection:
        return connection.execute("SELECT method, version FROM method").fetchall()[0]


def test_reviewed_pairs_correct_the_model_and_the_analysis_uses_it(data: Path, tmp_path: Path) -> None:
    found = calibration.calibrate(store_path(data), write_pairs(tmp_path / "pairs.csv", gold_pairs()))
    assert found.used + found.missing + found.uncompared == len(gold_pairs())
    assert (found.used >= 40, found.missing) == (True, 0)
    assert found.brier_after < found.brier_before + 0.01
    assert found.model.version.startswith(f"{load().version}+cal-")
    assert found.model != load()
    calibration.save(found.model, calibration.model_path(data))
    analyze(data)
    assert method(data)[1] == found.model.version
    assert method(data)[0].startswith(f"{found.model.version}-")
    assert [calibration.reset(data), calibration.reset(data)] == [True, False]
    analyze(data)
    assert method(data)[1] == load().version


def test_the_same_pairs_give_the_same_model(data: Path, tmp_path: Path) -> None:
    rows = gold_pairs()
    once = calibration.calibrate(store_path(data), write_pairs(tmp_path / "once.csv", rows))
    again = calibration.calibrate(store_path(data), write_pairs(tmp_path / "again.csv", rows[::-1]))
    assert again == once


def test_labels_need_no_story_and_no_exact_spelling(data: Path, tmp_path: Path) -> None:
    rows = [
        {"local_url": f"{row['local_url']}/?utm_source=x", "state_url": row["state_url"], "verdict": row["verdict"]}
        for row in gold_pairs()
    ]
    found = calibration.calibrate(store_path(data), write_pairs(tmp_path / "pairs.csv", rows))
    assert (found.used >= 40, found.missing) == (True, 0)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (gold_pairs()[:9], "20 are needed, 5 of each"),
        ([row | {"local_url": "https://gone.example/1"} for row in gold_pairs()], "are not stored"),
        ([row for row in gold_pairs() if row["verdict"] == "amplification"], "0 that are not; 20 are needed"),
    ],
)
def test_too_few_pairs_are_refused(data: Path, tmp_path: Path, rows: list[dict[str, str]], says: str) -> None:
    with pytest.raises(InputError, match="pairs can be used") as error:
        calibration.calibrate(store_path(data), write_pairs(tmp_path / "pairs.csv", rows))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version = ", "no model that can be read"),
        ('version = "1"\n', "no model that can be read"),
        (as_toml(load()).replace('version = "', 'version = "0'), "another version"),
        (as_toml(load()).replace(next(iter(SHARED_TEXT)), "gone", 1), "another version"),
    ],
)
def test_a_model_that_cannot_be_used_is_never_used(tmp_path: Path, text: str, says: str) -> None:
    calibration.model_path(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="--reset") as error:
        calibration.model_of(tmp_path)
    assert says in str(error.value)
