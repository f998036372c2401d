"""Does the sentence score agree with people? Pearson's r on three sets of Serbian news pairs, and the speed.

The sets lie beside the project (CC BY-NC-SA: measured here, never shipped, nothing is fitted to them): STS.news.sr,
pairs of sentences scored 0 to 5, and CLSS.news.sr, a phrase and a sentence, or a sentence and a paragraph, scored 0 to
4 (Batanović, Cvetanović, Nikolić 2018; Batanović, Miličević Petrović 2022). Document frequencies come from the pairs
themselves and from the tabloid articles in the same folder. Run: `python -m benchmarks similarity`.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

import analysis.similarity as scoring
from analysis.content import Content, content
from analysis.similarity import Explainer, Weights, similarity

SHARED = Path(os.environ.get("ODJEK_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
SETS = {
    "STS sentence–sentence": "STS.news.sr/STS.news.sr.txt",
    "CLSS phrase–sentence": "CLSS.news.sr/CLSS.news.sr.phrase-sentence.txt",
    "CLSS sentence–paragraph": "CLSS.news.sr/CLSS.news.sr.sentence-paragraph.txt",
}
MUST_REACH = {"STS sentence–sentence": 0.78, "CLSS phrase–sentence": 0.87, "CLSS sentence–paragraph": 0.89}

Pair = tuple[float, str, str]
Read = tuple[float, Content, Content]


def main() -> None:
    """Print the agreement of each score with people, what each ingredient brings, and the speed."""
    folder = SHARED / "real"
    if not folder.is_dir():
        raise SystemExit(f"no {folder}; set ODJEK_SHARED to the folder with the sentence pairs")
    pairs = {name: read_pairs(folder / path) for name, path in SETS.items()}
    with (folder / "alo_rs.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    read = {name: [(score, content(a), content(b)) for score, a, b in rows] for name, rows in pairs.items()}
    weights = _weights(read, articles)
    print(f"{'Pearson r':34}" + "".join(f"{name:>26}" for name in SETS))
    print(f"{'must reach':34}" + "".join(f"{MUST_REACH[name]:26.2f}" for name in SETS))
    _show("similarity", read, lambda a, b: similarity(a, b, weights))
    _show("coverage of the shorter", read, lambda a, b: Explainer([b], weights).explain(a).score)
    _show("  its square root", read, lambda a, b: Explainer([b], weights).explain(a).score ** 0.5)
    for name, changes in {
        "without: speaker counts less": {"WEAK": 1.0},
        "without: same root": {"SAME_ROOT": 0.0},
        "without: same sound": {"SAME_SOUND": 0.0},
        "without: synonyms": {"SYNONYM": 0.0},
    }.items():
        kept = {key: getattr(scoring, key) for key in changes}
        vars(scoring).update(changes)
        _show(name, read, lambda a, b: similarity(a, b, weights))
        vars(scoring).update(kept)
    flat = Weights(0, {})
    _show("without: rarity", read, lambda a, b: similarity(a, b, flat))
    _speed(articles, pairs, weights)


def read_pairs(path: Path) -> list[Pair]:
    """Score and both texts of every pair of one set."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    return [(float(row[0]), row[6], row[7]) for row in rows]


def _weights(read: dict[str, list[Read]], articles: Sequence[str]) -> Weights:
    frequencies: Counter[str] = Counter()
    count = 0
    texts = [text for rows in read.values() for _, a, b in rows for text in (a, b)]
    for text in (*texts, *map(content, articles)):
        frequencies.update(set(text))
        count += 1
    return Weights(count, frequencies)


def _show(name: str, read: dict[str, list[Read]], score: Callable[[Content, Content], float]) -> None:
    values = [
        np.corrcoef([mean for mean, _, _ in rows], [score(a, b) for _, a, b in rows])[0, 1] for rows in read.values()
    ]
    print(f"{name:34}" + "".join(f"{value:26.3f}" for value in values), flush=True)


def _speed(articles: Sequence[str], pairs: dict[str, list[Pair]], weights: Weights) -> None:
    words = sum(len(text.split()) for text in articles)
    sentences = [[content(line) for line in text.splitlines() if line][:15] for text in articles[:300]]
    began = time.perf_counter()
    for text in articles:
        content(text)
    print(f"content: {words / (time.perf_counter() - began):,.0f} words/s")
    began = time.perf_counter()
    explained = 0
    for mine, theirs in pairwise(sentences):
        explainer = Explainer(theirs, weights)
        for sentence in mine:
            explainer.explain(sentence)
            explained += 1
    print(f"coverage: {1e6 * (time.perf_counter() - began) / explained:.0f} µs a sentence, building included")


if __name__ == "__main__":
    main()
