"""Hides the labelled plain stories among much other news of the same days: what is still found, and who is accused?

python -m benchmarks hidden                       50,000 articles of each kind of background
        … --background 5000 --kind generated      fewer, one kind
        … --set hard_dev                          other stories
        … --format json

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

from analysis.evaluate import Evaluation, Finding, evaluate, read_pairs
from analysis.run import analyze
from benchmarks.scale.language import Language, Speaker
from benchmarks.scale.news import Outlet, drafted
from benchmarks.scale.recombined import Pieces, Recombined
from benchmarks.scale.store import GOLD, SEED, gold_texts, serbian, texts_of, write
from pipelines.database import connect, store_path
from pipelines.importer import import_files

SHARED = Path(os.environ.get("ODJEK_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
KINDS = ("generated", "real", "gold")
STATE_SHARE = 0.1
REAL_EXCHANGED = 0.5
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an analysis reported, and how much of it is false."""

    reported: int
    false: int
    false_background: int
    unlabelled: int
    estimate: tuple[float | None, float, float]

    @property
    def rate(self) -> float:
        """Share of the reported that is false; of the labelled ones and the background."""
        return self.false / max(1, self.reported - self.unlabelled)


def main() -> None:
    """Print the figures without a background and with each kind of it."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        alone = _hide(Path(scratch) / "alone", options.set, None, 0)
        results = {}
        print(f"{'':10} {_head()}\n{'alone':10} {_line(*alone)}", flush=True)
        for kind in options.kind or KINDS:
            speaker = _speaker(kind, options.set)
            if speaker is None:
                print(f"{kind}: {SHARED}/real/alo_rs.jsonl is not there")
                continue
            found = results[kind] = _hide(Path(scratch) / kind, options.set, speaker, options.background)
            print(f"{kind:10} {_line(*found)}", flush=True)
            for line in _lost(Path(scratch) / kind, alone[0], found[0]):
                print(f"  {line}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks hidden")
    parser.add_argument("--background", type=int, default=50_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--set", default="dev")
    return parser.parse_args([word for word in sys.argv[1:] if word != "hidden"])


def _speaker(kind: str, hidden: str) -> Speaker | None:
    if kind == "generated":
        return Language(gold_texts(without=hidden), SEED)
    if kind == "gold":
        return Pieces(gold_texts())
    file = SHARED / "real" / "alo_rs.jsonl"
    return Recombined(serbian(texts_of(file)), REAL_EXCHANGED) if file.exists() else None


def _hide(data: Path, name: str, speaker: Speaker | None, count: int) -> tuple[Evaluation, Counted]:
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


def _head() -> str:
    return (
        f"{'F1':>6} {'found':>7} {'accused':>8} {'accepted':>9} {'reported':>9} {'background':>11} {'false':>7} "
        f"{'true rate':>10} {'estimate':>24} inside"
    )


def _line(result: Evaluation, counted: Counted) -> str:
    rate, low, high = counted.estimate
    shown = "unknown" if rate is None else f"{rate:.4f}"
    return (
        f"{result.f1:6.3f} {f'{result.recall.hits}/{result.recall.of}':>7} "
        f"{f'{result.accused.hits}/{result.accused.of}':>8} {f'{result.accepted.hits}/{result.accepted.of}':>9} "
        f"{counted.reported:9,} {counted.false_background:11,} {counted.false:7,} {counted.rate:10.4f} "
        f"{f'{shown} ({low:.4f} to {high:.4f})':>24} {'yes' if low <= counted.rate <= high else 'NO'}"
    )


def _lost(data: Path, alone: Evaluation, found: Evaluation) -> Iterator[str]:
    """The pairs that are judged otherwise than without the background, and at which step they changed."""
    with connect(data) as connection:
        for before, after in zip(alone.findings, found.findings, strict=True):
            if (before.verdict == "amplification") == (after.verdict == "amplification"):
                continue
            yield (
                f"{after.pair.kind} ({after.pair.verdict}): {before.verdict} {before.probability:.2f} → "
                f"{after.verdict} {after.probability:.2f}; {_step(connection, after)}"
            )


def _step(connection: Any, finding: Finding) -> str:
    """What the steps know of a pair."""
    here, there = (
        f"(SELECT text_no FROM text t JOIN article_version v USING (version_id) WHERE v.url {urls})"
        for urls in ("= ?", "IN (SELECT unnest(?))")
    )
    row = connection.execute(
        f"SELECT shared_grams, shared_weight FROM candidate WHERE text_no IN {here} AND source_no IN {there}",
        [finding.pair.local_url, list(finding.pair.state_urls)],
    ).fetchone()
    if row is None:
        return "no candidate"
    features = connection.execute(
        "SELECT shared_probability, copied_words, shared_copied_share, shared_retold_share, rivalry_margin "
        f"FROM evidence WHERE text_no IN {here} AND source_no IN {there}",
        [finding.pair.local_url, list(finding.pair.state_urls)],
    ).fetchone()
    return f"candidate by {row[0]} runs, {row[1]:.3f} terms; shared p, copied words, share, retold, margin: {features}"


if __name__ == "__main__":
    main()
