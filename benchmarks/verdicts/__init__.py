"""Measures the verdicts on labelled stories, cross-validated by story, and trains the shipped model.

python -m benchmarks verdicts                   figures of all sets in tests/gold, by models that never saw the story
python -m benchmarks verdicts --ablation        and without each feature, each group of features; with other penalties
python -m benchmarks verdicts --write           and write analysis/model.toml, trained on all, and reliability.toml
python -m benchmarks verdicts --raise-floors    and raise tests/gold/floors.toml to what the shipped model reaches
        … --raise-floors --lower "reason"       lower what it no longer reaches, and say why in the file
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from analysis import model as model_file
from analysis.crossvalidation import cross_validated
from analysis.evaluate import Evaluation, Rate, evaluate, read_pairs
from analysis.model import Model
from analysis.run import analyze
from analysis.train import Example, as_toml, examples, train
from benchmarks.gold import GOLD, sets
from benchmarks.verdicts import floors
from benchmarks.verdicts.ablation import variants
from pipelines.database import connect, store_path
from pipelines.importer import import_files

HELD = "held"
"""The set that nothing is learnt from."""
VERSION = "1"
RELIABILITY = model_file.FILE.with_name("reliability.toml")

Sets = dict[str, Path]
"""Name → folder of each set of labelled stories, or of its data folder."""


def main() -> None:
    """Print the figures, and do what the options ask for."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        stores = {name: _store(Path(scratch) / name, folder) for name, folder in sets().items()}
        learnt = {name: data for name, data in stores.items() if name != HELD}
        rows = [row for name, data in learnt.items() for row in _examples(data, sets()[name])]
        stories = {name: {pair.story for pair in read_pairs(folder / "pairs.csv")} for name, folder in sets().items()}
        results = judged(stores, cross_validated(rows))
        for name, result in results.items():
            print(f"\n{name}, " + ("never learnt from" if name == HELD else "cross-validated by story"))
            print(*describe(result), sep="\n")
        print("\nall sets, cross-validated by story")
        print(*describe_all(together(results)), sep="\n")
        for name, data in learnt.items():
            strange = train([row for row in rows if row.story not in stories[name]], version="other sets")
            print(f"{name} by a model trained on the other sets only: {_figures(judged({name: data}, strange)[name])}")
        if options.ablation:
            _ablate(stores, rows)
        if options.write:
            model_file.FILE.write_text(as_toml(train(rows, version=VERSION)), encoding="utf-8")
            model_file.load.cache_clear()
            RELIABILITY.write_text(reliability(together(results)), encoding="utf-8")
            print(f"\nwrote {model_file.FILE.name}, trained on {len(rows)} rows, and {RELIABILITY.name}")
        if options.raise_floors:
            print(*floors.write(GOLD, judged(stores, model_file.load()), options.lower), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks verdicts")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--lower", metavar="REASON")
    options = parser.parse_args([word for word in sys.argv[1:] if word != "verdicts"])
    if options.lower is not None and not (options.raise_floors and options.lower.strip()):
        parser.error("--lower REASON goes with --raise-floors and needs a reason")
    return options


def _store(data: Path, folder: Path) -> Path:
    import_files(data, [folder / "articles.jsonl"], {})
    analyze(data)
    return data


def _examples(data: Path, folder: Path) -> list[Example]:
    with connect(data) as connection:
        return examples(connection, read_pairs(folder / "pairs.csv"))


def judged(stores: Sets, model: Model) -> dict[str, Evaluation]:
    """Each set judged with one model."""
    results = {}
    for name, data in stores.items():
        analyze(data, model=model)
        results[name] = evaluate(store_path(data), sets()[name] / "pairs.csv")
    return results


def together(results: dict[str, Evaluation]) -> Evaluation:
    """All sets as one."""
    return Evaluation([finding for result in results.values() for finding in result.findings])


def reliability(result: Evaluation) -> str:
    """The tenths of probability as the file that the report shows."""
    lines = [
        "# How far the probabilities of the shipped model can be believed: all labelled pairs of tests/gold, each",
        "# judged by a model that never saw its story, by tenths of probability. Written by",
        "# `python -m benchmarks verdicts --write`; do not edit by hand. The report shows it; `model` is the digest",
        "# of the model.toml that it was measured with.",
        f'model = "{sha256(model_file.FILE.read_bytes()).hexdigest()[:16]}"',
        f"pairs = {len(result.findings)}",
        f"brier = {result.brier:.4f}",
        "tenths = [",
    ]
    for low, mean, true, count in result.reliability:
        least, most = Rate(round(true * count), count).interval
        figures = f"mean = {mean:.2f}, true = {true:.2f}, least = {least:.2f}, most = {most:.2f}, pairs = {count}"
        lines.append(f"    {{ low = {low:.1f}, {figures} }},")
    return "\n".join([*lines, "]", ""])


def _ablate(stores: Sets, rows: list[Example]) -> None:
    print(f"\n{'':34} {'F1':>6} {'found':>8} {'accused':>8} {'accepted':>9} {'Brier':>7} {'error':>6}")
    for name, model in variants(rows):
        found = together(judged(stores, model))
        print(
            f"{name:34} {found.f1:6.3f} {_share(found.recall):>8} {_share(found.accused):>8} "
            f"{_share(found.accepted):>9} {found.brier:7.4f} {found.calibration_error:6.3f}",
            flush=True,
        )


def describe(result: Evaluation) -> Iterator[str]:
    """The figures of one set, a line each, and its mistakes."""
    yield _figures(result)
    yield "forms: " + ", ".join(f"{form} {_share(rate)}" for form, rate in result.forms.items())
    for kind, (accepted, accused) in result.kinds.items():
        yield f"  {kind:18} accepted {accepted.hits:3}/{accepted.of:<3} called amplification {accused.hits}"
    yield from _mistakes(result, 30)


def describe_all(result: Evaluation) -> Iterator[str]:
    """The figures of all sets as one, how far the probabilities can be believed, and the ten worst mistakes."""
    yield _figures(result)
    yield "how far the probabilities can be believed:"
    yield f"  {'probability':12} {'mean':>6} {'true':>6} {'95 % interval':>15} {'pairs':>6}"
    for low, mean, true, count in result.reliability:
        least, most = Rate(round(true * count), count).interval
        yield f"  {low:.1f} to {low + 0.1:.1f}   {mean:6.2f} {true:6.2f} {f'{least:.2f} to {most:.2f}':>15} {count:6}"
    yield f"  Brier score {result.brier:.4f}, expected calibration error {result.calibration_error:.3f}"
    yield "the ten worst mistakes:"
    yield from _mistakes(result, 10)


def _figures(result: Evaluation) -> str:
    return (
        f"F1 {result.f1:.3f}  precision {_share(result.precision)}  recall {_share(result.recall)}  "
        f"wrongly accused {_share(result.accused)}  accepted {_share(result.accepted)}  Brier {result.brier:.3f}  "
        f"credits {_share(result.credits)}  parents {_share(result.parents)}  "
        f"wrong parents {_share(result.wrong_parents)}"
    )


def _mistakes(result: Evaluation, count: int) -> Iterator[str]:
    for finding in result.worst(count):
        yield (
            f"  {finding.pair.kind}: {finding.pair.verdict} called {finding.verdict} "
            f"(p {finding.probability:.2f}, {finding.form}, {finding.direction}) {finding.pair.local_url}"
        )


def _share(rate: Rate) -> str:
    return f"{rate.hits}/{rate.of}"
