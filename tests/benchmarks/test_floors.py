"""The floors only rise; lowering one needs a reason, which stays in the file."""

import tomllib
from pathlib import Path

import pytest

from analysis.evaluate import Evaluation
from benchmarks.verdicts.floors import Floors, as_toml, raised, reach, write
from tests.analysis.test_evaluate import finding

OLD: Floors = {
    "digest": "one",
    "lowered": [],
    "f1": 0.9,
    "accepted": 90,
    "accused": 2,
    "brier": 0.05,
    "parents": 3,
    "forms": {"verbatim": 10, "partial": 4},
}


@pytest.mark.parametrize(
    ("reached", "reason", "expected"),
    [
        ({"f1": 0.95, "accused": 1, "brier": 0.04}, None, {"f1": 0.95, "accused": 1, "brier": 0.04}),
        ({"f1": 0.8, "accused": 5, "brier": 0.09, "accepted": 91}, None, {"accepted": 91}),
        ({"f1": 0.8, "accepted": 91}, "labels mended", {"f1": 0.8, "accepted": 91, "lowered": ["labels mended"]}),
        ({"f1": 0.95}, "nothing fell", {"f1": 0.95}),
        ({"forms": {"verbatim": 9, "partial": 5}}, None, {"forms": {"verbatim": 10, "partial": 5}}),
        ({"forms": {"verbatim": 9, "partial": 5}}, "why", {"forms": {"verbatim": 9, "partial": 5}, "lowered": ["why"]}),
        ({"digest": "two"}, None, {"digest": "two"}),
    ],
)
def test_floors_rise(reached: Floors, reason: str | None, expected: Floors) -> None:
    now = {name: value for name, value in OLD.items() if name != "lowered"}
    assert raised(OLD, {**now, **reached}, reason) == {**OLD, **expected}


def test_a_new_set_gets_what_it_reached() -> None:
    reached = {name: value for name, value in OLD.items() if name != "lowered"}
    assert raised({}, reached, None) == OLD


def test_the_file_round_trips() -> None:
    floors = {"dev": OLD, "more": {**OLD, "lowered": ['a "label"\nwas \\ wrong']}}
    read = tomllib.loads(as_toml(floors))
    assert read["dev"] == {name: value for name, value in OLD.items() if name != "lowered"}
    assert read["more"]["lowered"] == ['a "label" was \\ wrong']


def test_figures_leave_room_for_the_last_digits() -> None:
    result = Evaluation([finding("amplification", "amplification", 0.9), finding("quote", "quote", 0.1)])
    floors = reach(result)
    assert (floors["f1"], floors["accepted"], floors["accused"], floors["forms"]) == (0.998, 2, 0, {"verbatim": 1})
    assert floors["brier"] == pytest.approx(0.012, abs=0.0011)


def test_a_fall_is_said_and_the_floor_stays(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    for name in ("articles.jsonl", "pairs.csv"):
        (tmp_path / "dev" / name).write_text(name, encoding="utf-8")
    good = Evaluation([finding("amplification", "amplification"), finding("quote", "quote", 0.0)])
    bad = Evaluation([finding("amplification", "amplification"), finding("quote", "amplification")])
    assert "dev: accepted new → 2" in [*write(tmp_path, {"dev": good}, None)]
    first = (tmp_path / "floors.toml").read_text(encoding="utf-8")
    assert "dev: accepted is 1 and stays pinned at 2; lower it with --lower REASON" in [
        *write(tmp_path, {"dev": bad}, None)
    ]
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == first
    assert "dev: accepted 2 → 1" in [*write(tmp_path, {"dev": bad}, "a label was wrong")]
    assert "a label was wrong" in (tmp_path / "floors.toml").read_text(encoding="utf-8")
