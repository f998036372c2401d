"""Measures the verdicts on labelled stories, cross-validated by story, and trains the shipped model.

python -m benchmarks verdicts            figures for each set in tests/gold, by models that never saw the story
python -m benchmarks verdicts --write    and write analysis/model.toml, trained on all of them
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis import model as model_file
from analysis.evaluate import Evaluation, Rate, evaluate, read_pairs
from analysis.run import analyze
from analysis.train import Example, as_toml, examples, folds, train
from pipelines.database import connect, store_path
from pipelines.importer import import_files

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
VERSION = "1"


def sets() -> dict[str, Path]:
    """Name → folder of each set of labelled stories."""
    return {folder.name: folder for folder in sorted(GOLD.iterdir()) if (folder / "pairs.csv").exists()}


def main() -> None:
    """Print the figures; with --write train on everything and store the model."""
    with tempfile.TemporaryDirectory() as scratch:
        stores = {name: _store(Path(scratch) / name, folder) for name, folder in sets().items()}
        rows = {name: _examples(data, sets()[name]) for name, data in stores.items()}
        everything = [row for found in rows.values() for row in found]
        for name, data in stores.items():
            print(f"\n{name}: {len(rows[name])} rows of evidence, cross-validated by story")
            for line in describe(_cross_validated(data, sets()[name], rows[name], everything)):
                print(line)
    if "--write" in sys.argv:
        model_file.FILE.write_text(as_toml(train(everything, version=VERSION)), encoding="utf-8")
        print(f"\nwrote {model_file.FILE.name}, trained on {len(everything)} rows")


def _store(data: Path, folder: Path) -> Path:
    import_files(data, [folder / "articles.jsonl"], {})
    analyze(data)
    return data


def _examples(data: Path, folder: Path) -> list[Example]:
    with connect(data) as connection:
        return examples(connection, read_pairs(folder / "pairs.csv"))


def _cross_validated(data: Path, folder: Path, rows: list[Example], everything: list[Example]) -> Evaluation:
    """Judge each story with a model trained on all the others, of every set."""
    pairs = folder / "pairs.csv"
    findings = []
    for story, _ in folds(rows):
        analyze(data, model=train([row for row in everything if row.story != story], version="fold"))
        findings += [found for found in evaluate(store_path(data), pairs).findings if found.pair.story == story]
    return Evaluation(findings)


def describe(result: Evaluation) -> Iterator[str]:
    """The figures of one set, a line each."""
    yield (
        f"F1 {result.f1:.3f}  precision {_share(result.precision)}  recall {_share(result.recall)}  "
        f"wrongly accused {_share(result.accused)}  accepted {_share(result.accepted)}  Brier {result.brier:.3f}  "
        f"credits {_share(result.credits)}  parents {_share(result.parents)}"
    )
    yield "forms: " + ", ".join(f"{form} {_share(rate)}" for form, rate in result.forms.items())
    for kind, (accepted, accused) in result.kinds.items():
        yield f"  {kind:18} accepted {accepted.hits:3}/{accepted.of:<3} called amplification {accused.hits}"
    for low, mean, true, count in result.reliability:
        yield f"  probability {low:.1f}-{low + 0.1:.1f}: mean {mean:.2f}, true {true:.2f} of {count}"
    for finding in result.worst(30):
        yield (
            f"  {finding.pair.kind}: {finding.pair.verdict} called {finding.verdict} "
            f"(p {finding.probability:.2f}, {finding.form}, {finding.direction}) {finding.pair.local_url}"
        )


def _share(rate: Rate) -> str:
    return f"{rate.hits}/{rate.of}"
