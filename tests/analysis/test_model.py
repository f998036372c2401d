"""The model: fitting finds what separates, never with a weight of the wrong sign; the file round-trips."""

import random
from pathlib import Path

import pytest

from analysis import model as model_file
from analysis.features import AGAINST, RIVALRY, SHARED_TEXT, UNSEEN
from analysis.model import Logistic, fit, load, read
from analysis.train import PRIOR, as_toml


def rows(count: int = 200) -> tuple[list[dict[str, float]], list[bool]]:
    chance = random.Random(7)
    made = [{"copied": chance.random(), "noise": chance.random(), "rival": chance.random()} for _ in range(count)]
    return made, [row["copied"] - row["rival"] + chance.gauss(0, 0.1) > 0 for row in made]


def test_fit_finds_what_separates() -> None:
    features, labels = rows()
    found = fit(features, labels, penalty=1.0, against={"rival"})
    right = sum((found.probability(row) > 0.5) == label for row, label in zip(features, labels, strict=True))
    assert right > 180
    assert found.weights["copied"] > 2
    assert found.weights["rival"] < -2


def test_a_weight_of_the_wrong_sign_is_left_out() -> None:
    features, labels = rows()
    found = fit(features, labels, penalty=1.0)  # "rival" may only speak for
    assert found.weights["rival"] == 0


def test_few_examples_stay_near_the_model_they_start_from() -> None:
    start = Logistic(-1.0, {"copied": 4.0, "noise": 0.0, "rival": 0.0})
    features, labels = rows(4)
    found = fit(features, labels, penalty=100.0, start=start)
    assert found.weights["copied"] == pytest.approx(4.0, rel=0.2)


def test_the_shipped_model_knows_every_feature_and_no_wrong_sign() -> None:
    shipped = load()
    assert [set(part.weights) for part in shipped.parts] == [set(SHARED_TEXT), set(RIVALRY), set(UNSEEN)]
    for name, weight in (item for part in shipped.parts for item in part.weights.items()):
        assert weight <= 0 if name in AGAINST else weight >= 0, name


def test_the_file_round_trips(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text(as_toml(PRIOR), encoding="utf-8")
    assert read(path) == PRIOR
    assert model_file.FILE.name == "model.toml"
