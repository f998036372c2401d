"""Quality is a pinned number: the shipped model on the labelled stories, and the floors it may not fall below.

The floors are in tests/gold/floors.toml with the digest of the data; `python -m benchmarks verdicts --raise-floors`
raises them. These figures are of the shipped model, which was trained on these stories; what it does on stories it
never saw is measured by `python -m benchmarks verdicts`.
"""

import tomllib
from pathlib import Path

import pytest

from analysis.evaluate import Evaluation, evaluate
from analysis.run import analyze
from benchmarks.verdicts.floors import digest
from pipelines.database import store_path
from pipelines.importer import import_files

GOLD = Path(__file__).parent.parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=sorted(FLOORS))
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Evaluation]:
    folder, data = GOLD / request.param, tmp_path_factory.mktemp(request.param)
    import_files(data, [folder / "articles.jsonl"], {})
    analyze(data)
    return request.param, evaluate(store_path(data), folder / "pairs.csv")


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_floors_belong_to_this_data(name: str) -> None:
    assert digest(GOLD / name) == FLOORS[name]["digest"]


def test_every_set_has_floors() -> None:
    assert {path.parent.name for path in GOLD.glob("*/pairs.csv")} == set(FLOORS)


def test_quality_does_not_fall(result: tuple[str, Evaluation]) -> None:
    name, found = result
    floors = FLOORS[name]
    assert found.missing == []
    assert found.f1 >= floors["f1"]
    assert found.accepted.hits >= floors["accepted"]
    assert found.accused.hits <= floors["accused"]
    assert found.brier <= floors["brier"]
    assert {
        form: found.forms[form].hits for form, least in floors["forms"].items() if found.forms[form].hits < least
    } == {}
    assert found.parents.hits >= floors["parents"]
