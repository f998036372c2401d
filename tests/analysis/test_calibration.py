"""Calibration on reviewed pairs: what is learnt, where it is kept, how to go back, what is refused."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analysis import calibration
from analysis.evaluate import evaluate
from analysis.features import SHARED_TEXT
from analysis.model import load
from analysis.pairs import read_pairs
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
    calibration.save(found, calibration.model_path(data))
    analyze(data)
    assert method(data)[1] == found.model.version
    assert method(data)[0].startswith(f"{found.model.version}-")
    calibrated = evaluate(store_path(data), tmp_path / "pairs.csv")
    assert calibrated.model == found.model.version
    pairs = read_pairs(tmp_path / "pairs.csv")
    stranger = replace(pairs[0], local_url="https://other.example/1")
    assert calibration.trained_on(data, calibrated.model, [stranger, *pairs]) == found.used
    assert calibration.trained_on(data, f"{calibrated.model}+sent-12345678", pairs) == found.used
    assert calibration.trained_on(data, "1+cal-12345678", pairs) is None
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
        (
            [row | ({"local_url": f"https://gone.example/{n}"} if n else {}) for n, row in enumerate(gold_pairs())],
            "53 are not stored",
        ),
        ([row for row in gold_pairs() if row["verdict"] == "amplification"], "0 that are not; 20 are needed"),
    ],
)
def test_too_few_pairs_are_refused(data: Path, tmp_path: Path, rows: list[dict[str, str]], says: str) -> None:
    with pytest.raises(InputError, match="pairs can be used") as error:
        calibration.calibrate(store_path(data), write_pairs(tmp_path / "pairs.csv", rows))
    assert says in str(error.value)


def test_labels_that_contradict_the_evidence_are_refused(data: Path, tmp_path: Path) -> None:
    turned = {"amplification": "independent"}
    rows = [
        row | {"verdict": turned.get(row["verdict"], "amplification"), "accept": "", "form": ""} for row in gold_pairs()
    ]
    pairs = write_pairs(tmp_path / "pairs.csv", rows)
    found = calibration.calibrate(store_path(data), pairs)
    with pytest.raises(InputError, match=r"no better than a coin.* --anyway"):
        calibration.refuse_worse(found, pairs)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (0.08, 0.07, None),
        (0.0704, 0.0701, None),
        (0.0701, 0.0704, None),  # the same, as it is printed
        (0.07, 0.08, "worse than the one that comes with odjek: Brier score 0.070 before, 0.080 calibrated"),
        (0.9, 0.3, "no better than a coin"),
    ],
)
def test_a_model_that_is_worse_is_refused(before: float, after: float, says: str | None) -> None:
    found = calibration.Calibration(load(), 20, 0, 0, before, after, ())
    if says is None:
        calibration.refuse_worse(found, Path("pairs.csv"))
        return
    with pytest.raises(InputError, match=says):
        calibration.refuse_worse(found, Path("pairs.csv"))


NAMED = re.sub(r'version = ".*"', f'version = "{calibration.named(load()).version}"', as_toml(load()))
"""The shipped weights as a calibrated model."""


def test_a_calibrated_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    calibration.model_path(tmp_path).write_text(NAMED, encoding="utf-8")
    assert calibration.model_of(tmp_path).parts == load().parts


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (as_toml(load()), "it was changed"),
        (re.sub("copied_share = .*", "copied_share = 2.5", NAMED), "it was changed"),
        (re.sub("copied_share = .*", "copied_share = nan", NAMED), r"\[shared_text.weights\] copied_share is nan"),
        (re.sub("bias = .*", "bias = 1e400", NAMED, count=1), r"\[shared_text\] bias is inf"),
        (NAMED[: NAMED.index("[unseen]")], r"\[unseen\] and \[unseen.weights\] are not both there"),
        ("version = ", "no model that can be read"),
        ('version = "1"\n', "no model that can be read"),
        (NAMED.replace('version = "', 'version = "0'), "another version"),
        (NAMED.replace(next(iter(SHARED_TEXT)), "gone", 1), "another version"),
    ],
)
def test_a_model_that_cannot_be_used_is_never_used(tmp_path: Path, text: str, says: str) -> None:
    calibration.model_path(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="--reset") as error:
        calibration.model_of(tmp_path)
    assert re.search(says, str(error.value))
