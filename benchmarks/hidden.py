"""Hides the labelled plain stories among much other news of the same days: what is still found, and who is accused?

python -m benchmarks hidden                       50,000 articles of each kind of background
        … --background 5000 --kind generated      fewer, one kind
        … --set hard_dev                          other stories
        … --json FILE                             the figures as JSON too

Kinds of background: `generated` (benchmarks/scale/language.py), `real` (sentences of a real tabloid, read from
../shared, half of their words exchanged; they leave nothing behind), `gold` (pieces of the labelled stories
themselves, strung together: nearly every run of four words of what is hidden is printed by others on other days).
A background article copied nothing, so every one that is reported is false.
"""

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from analysis.evaluate import Evaluation, Finding, evaluate, read_pairs
from analysis.run import analyze
from benchmarks.gold import GOLD, gold_texts, serbian, texts_of
from benchmarks.scale.language import Language, Speaker
from benchmarks.scale.news import Outlet, drafted
from benchmarks.scale.recombined import Pieces, Recombined
from benchmarks.scale.store import SEED, write
from pipelines.database import connect, store_path
from pipelines.importer import import_files

SHARED = Path(os.environ.get("ODJEK_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
KINDS = ("generated", "real", "gold")
STATE_SHARE = 0.1
PAIR = """
    SELECT
        c.shared_grams, c.shared_weight, e.shared_probability, e.copied_words, e.shared_copied_share,
        e.shared_retold_share, e.rivalry_margin
    FROM candidate c
    JOIN text l ON l.text_no = c.text_no
    JOIN text s ON s.text_no = c.source_no
    JOIN article_version here ON here.version_id = l.version_id
    JOIN article_version there ON there.version_id = s.version_id
    LEFT JOIN evidence e ON e.text_no = c.text_no AND e.source_no = c.source_no
    WHERE here.url = ? AND there.url IN (SELECT unnest(?))
    ORDER BY e.probability DESC NULLS LAST
"""
REAL_EXCHANGED = 0.5


@dataclass(frozen=True, slots=True)
class Counted:
    """What an analysis reported, and how much of it is false."""

    reported: int
    false: int
    background: int
    unlabelled: int
    estimate: tuple[float | None, float, float]

    @property
    def rate(self) -> float:
        """Share of the reported that is false; of the labelled ones and the background."""
        return self.false / max(1, self.reported - self.unlabelled)


Figures = dict[str, Any]
Result = tuple[Evaluation, Counted]


def main() -> None:
    """Print the figures without a background and with each kind of it."""
    options = _options()
    found: dict[str, Result] = {}
    print(_head(), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for kind in ("alone", *(options.kind or KINDS)):
            speaker = _speaker(kind, options.set)
            if speaker is None and kind != "alone":
                print(f"{kind:10} {SHARED}/real/alo_rs.jsonl is not there")
                continue
            data = Path(scratch) / kind
            found[kind] = hide(data, options.set, speaker, options.background)
            print(_line(kind, *found[kind]), flush=True)
            for line in _changed(data, found["alone"][0], found[kind][0]):
                print(f"  {line}", flush=True)
    if options.json:
        options.json.write_text(json.dumps({kind: _figures(*result) for kind, result in found.items()}, indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks hidden")
    parser.add_argument("--background", type=int, default=50_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--set", default="dev")
    parser.add_argument("--json", type=Path)
    return parser.parse_args([word for word in sys.argv[1:] if word != "hidden"])


def _speaker(kind: str, hidden: str) -> Speaker | None:
    if kind == "alone":
        return None
    if kind == "generated":
        return Language(gold_texts(without=hidden), SEED)
    if kind == "gold":
        return Pieces(gold_texts())
    file = SHARED / "real" / "alo_rs.jsonl"
    return Recombined(serbian(texts_of(file)), REAL_EXCHANGED) if file.exists() else None


def hide(data: Path, name: str, speaker: Speaker | None, count: int) -> Result:
    """Analyse a set of stories with a background; what became of its pairs, and of everything that was reported."""
    folder = GOLD / name
    paths = [folder / "articles.jsonl"]
    if speaker is not None:
        data.mkdir()
        paths.append(data / "background.jsonl")
        write(paths[1], ((record, None) for record in background(folder / "articles.jsonl", speaker, count)), [])
    import_files(data, paths, {})
    for path in paths[1:]:
        path.unlink()
    analyze(data)
    return evaluate(store_path(data), folder / "pairs.csv"), _count(data, folder)


def background(articles: Path, speaker: Speaker, count: int) -> Iterator[dict[str, str]]:
    """News of the outlets and the days of given articles: nine in ten of local outlets, one in ten of state media."""
    draw = random.Random(f"background {SEED}")
    records = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    days = [datetime.fromisoformat(record["published_at"]).astimezone(UTC) for record in records]
    named = sorted({(record["role"], record["outlet"]) for record in records})
    outlets = [Outlet(outlet, role, at % 2 == 0, at % 5 == 0) for at, (role, outlet) in enumerate(named)]
    local = [outlet for outlet in outlets if outlet.role == "local"]
    state = [outlet for outlet in outlets if outlet.role == "state_media"]
    for number in range(count):
        outlet = draw.choice(state if draw.random() < STATE_SHARE else local)
        at = draw.choice(days).replace(hour=0, minute=0) + timedelta(minutes=draw.randrange(24 * 60))
        draft = drafted(draw, speaker, outlet, at, number)
        yield {**draft.record(), "url": f"https://{outlet.name}.example/background/{number}"}


def _count(data: Path, folder: Path) -> Counted:
    taken = {
        (pair.local_url, state): "amplification" in pair.accept
        for pair in read_pairs(folder / "pairs.csv")
        for state in pair.state_urls
    }
    with connect(data) as connection:
        rows = connection.execute("SELECT article_url, state_url FROM amplification").fetchall()
        estimate = connection.execute("SELECT rate, rate_low, rate_high FROM false_discovery").fetchall()[0]
    known = {pair for pair in rows if any("/background/" in url for url in pair)}
    false = [pair for pair in rows if pair in known or taken.get(pair) is False]
    unlabelled = sum(pair not in known and pair not in taken for pair in rows)
    return Counted(len(rows), len(false), len(known), unlabelled, estimate)


def _figures(result: Evaluation, counted: Counted) -> Figures:
    rate, low, high = counted.estimate
    return {
        "f1": round(result.f1, 4),
        "found": result.recall.hits,
        "accused": result.accused.hits,
        "accepted": result.accepted.hits,
        "reported": counted.reported,
        "background": counted.background,
        "false": counted.false,
        "unlabelled": counted.unlabelled,
        "true_rate": round(counted.rate, 4),
        "estimate": rate,
        "low": low,
        "high": high,
        "is_inside": low <= counted.rate <= high,
    }


def _head() -> str:
    return (
        f"{'background':10} {'F1':>6} {'found':>6} {'accused':>8} {'accepted':>9} {'reported':>9} "
        f"{'of background':>14} {'false':>6} {'true rate':>10} {'estimated':>10} {'interval':>17} inside"
    )


def _line(kind: str, result: Evaluation, counted: Counted) -> str:
    row = _figures(result, counted)
    shown = "unknown" if row["estimate"] is None else f"{row['estimate']:.4f}"
    return (
        f"{kind:10} {row['f1']:6.3f} {row['found']:6} {row['accused']:8} {row['accepted']:9} {row['reported']:9,} "
        f"{row['background']:14,} {row['false']:6,} {row['true_rate']:10.4f} {shown:>10} "
        f"{row['low']:8.4f} {row['high']:8.4f} {'yes' if row['is_inside'] else 'NO'}"
    )


def _changed(data: Path, alone: Evaluation, found: Evaluation) -> Iterator[str]:
    """The pairs that are judged otherwise than without the background, and what each step knows of them."""
    with connect(data) as connection:
        for before, after in zip(alone.findings, found.findings, strict=True):
            if (before.verdict == "amplification") != (after.verdict == "amplification"):
                yield (
                    f"{after.pair.kind} ({after.pair.verdict}): {before.verdict} {before.probability:.2f} → "
                    f"{after.verdict} {after.probability:.2f}; {_step(connection, after)}"
                )


def _step(connection: duckdb.DuckDBPyConnection, finding: Finding) -> str:
    """What the steps know of a pair."""
    found = connection.execute(PAIR, [finding.pair.local_url, list(finding.pair.state_urls)]).fetchone()
    if found is None:
        return "no candidate"
    runs, terms, *rest = found
    if rest[0] is None:
        return f"candidate by {runs} runs, {terms:.3f} terms; not compared"
    names = ("one text", "copied words", "copied share", "retold share", "margin to the rival")
    shown = ", ".join(f"{name} {value:.2f}" for name, value in zip(names, rest, strict=True) if value is not None)
    return f"candidate by {runs} runs, {terms:.3f} terms; {shown}"
