"""Measures odjek on much news: 100,000 local and 20,000 state articles, generated, with copies planted in them.

python -m benchmarks scale                                    the full size
python -m benchmarks scale --local 10000 --state 2000         less of it
        … --runs 5          medians of so many interleaved runs
        … --keep FOLDER     keep the generated store there and use it again
        … --format json     one object
        … --part copies     only candidates and passages against rensa; --part whole: only analyze against tokenising
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

from benchmarks.scale import odjek
from benchmarks.scale.memory import peak, processor_seconds
from benchmarks.scale.news import Planted, Size
from benchmarks.scale.store import filled
from pipelines.database import connect

Result = TypeVar("Result")
Figures = dict[str, Any]


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        size = Size(options.local, options.state, options.days)
        data, planted = filled(options.keep or Path(scratch), size)
        figures = measure(data, planted, options.runs, options.part)
    figures = {"local": size.local, "state": size.state, "days": size.days, **figures}
    if options.format == "json":
        print(json.dumps(figures, indent=2))
    else:
        print(*table(figures), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale")
    parser.add_argument("--local", type=int, default=100_000)
    parser.add_argument("--state", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--part", choices=("all", "copies", "whole"), default="all")
    return parser.parse_args([word for word in sys.argv[1:] if word != "scale"])


class _Times:
    """Seconds by the clock and of the processors, and peak memory, of each thing that is measured, of all runs."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.processors: dict[str, list[float]] = {}
        self.memory: dict[str, float] = {}

    def of(self, name: str, work: Callable[[], Result]) -> Result:
        with peak() as memory:
            started, used = perf_counter(), processor_seconds()
            result = work()
            self.seconds.setdefault(name, []).append(perf_counter() - started)
            self.processors.setdefault(name, []).append(processor_seconds() - used)
        self.memory[name] = max([self.memory.get(name, 0.0), *memory])
        return result

    def figures(self, name: str) -> Figures:
        return {
            "seconds": round(median(self.seconds[name]), 2),
            "processor_seconds": round(median(self.processors[name]), 2),
            "peak_mb": round(self.memory[name]),
        }


def measure(data: Path, planted: list[Planted], runs: int, part: str = "all") -> Figures:
    """All figures of a store: medians of interleaved runs."""
    times = _Times()
    wanted = {(copy.url, copy.state_url) for copy in planted}
    figures: Figures = {"planted": len(wanted), "runs": runs}
    has_rensa = importlib.util.find_spec("rensa") is not None
    steps: list[dict[str, float]] = []
    for _ in range(runs):
        if part != "whole":
            found = times.of("odjek", lambda: odjek.find(data))
            steps.append(found.seconds)
            figures["odjek"] = {
                **_found(found.pairs, wanted, found.candidates),
                **times.figures("odjek"),
                "steps": {name: round(median(run[name] for run in steps), 2) for name in found.seconds},
            }
            if has_rensa:
                figures["rensa"] = _rensa(data, wanted, times)
        if part != "copies":
            figures["words"] = times.of("tokenise", lambda: odjek.tokenise(data))
            figures["tokenise"] = times.figures("tokenise")
            step_seconds = times.of("analyze", lambda: odjek.whole(data))
            figures["analyze"] = {
                **times.figures("analyze"),
                "steps": {name: round(value, 2) for name, value in step_seconds.items()},
                **_reported(data, wanted),
            }
    return figures


def _rensa(data: Path, wanted: set[tuple[str, str]], times: _Times) -> Figures:
    from benchmarks.scale import minhash  # an extra: `pip install rensa`

    def find() -> set[tuple[str, str]]:
        with connect(data) as connection:
            return minhash.find(connection)

    pairs = times.of("rensa", find)
    return {**_found(pairs, wanted, len(pairs)), **times.figures("rensa")}


def _found(pairs: set[tuple[str, str]], wanted: set[tuple[str, str]], candidates: int) -> Figures:
    return {
        "recall": round(len(wanted & pairs) / len(wanted), 4),
        "candidates": candidates,
        "pairs_not_planted": len(pairs - wanted),
    }


def _reported(data: Path, wanted: set[tuple[str, str]]) -> Figures:
    """How many planted copies the analysis reports, and how many articles wrongly."""
    with connect(data) as connection:
        pairs = set(connection.execute("SELECT article_url, state_url FROM amplification").fetchall())
    return {
        "reported": len(pairs),
        "reported_recall": round(len(pairs & wanted) / len(wanted), 4),
        "false": len(pairs - wanted),
    }


def table(figures: Figures) -> list[str]:
    """The figures as lines."""
    lines = [
        f"{figures['local']:,} local and {figures['state']:,} state articles of {figures['days']} days, "
        f"{figures['planted']:,} copies planted; medians of {figures['runs']} interleaved runs",
        f"{'':28} {'seconds':>9} {'processor':>10} {'peak MB':>9} {'recall':>8} {'candidates':>11} {'not planted':>12}",
    ]
    for name, label in {"odjek": "odjek: candidates, passages", "rensa": "rensa: 128 permutations"}.items():
        if name in figures:
            row = figures[name]
            lines.append(
                f"{label:28} {_cost(row)} {row['recall']:8.4f} {row['candidates']:11,} {row['pairs_not_planted']:12,}"
            )
    if "rensa" in figures:
        lines.append(f"odjek is {_ratio(figures, 'rensa', 'odjek')} times as fast as rensa")
    elif "odjek" in figures:
        lines.append("rensa is not installed (pip install rensa): no comparison")
    if "odjek" in figures:
        lines.append(f"  of this: {_steps(figures['odjek']['steps'])}")
    if "analyze" in figures:
        whole = figures["analyze"]
        lines += [
            f"{'tokenising once':28} {_cost(figures['tokenise'])} {figures['words']:,} words",
            f"{'analyze (reported)':28} {_cost(whole)} {whole['reported_recall']:8.4f} {whole['reported']:11,} "
            f"{whole['false']:12,}",
            f"analyze takes {_ratio(figures, 'analyze', 'tokenise')} times as long as tokenising",
            f"  of this: {_steps(whole['steps'])}",
        ]
    return lines


def _cost(row: Figures) -> str:
    return f"{row['seconds']:9.1f} {row['processor_seconds']:10.1f} {row['peak_mb']:9,}"


def _ratio(figures: Figures, one: str, other: str) -> str:
    clock, processors = (figures[one][key] / figures[other][key] for key in ("seconds", "processor_seconds"))
    return f"{clock:.2f} ({processors:.2f} of processor time)"


def _steps(seconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in seconds.items())
