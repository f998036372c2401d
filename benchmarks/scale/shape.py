"""How alike generated news and a real tabloid are, in numbers: `python -m benchmarks.scale.shape`.

Read from ../shared (or ODJEK_SHARED); near-duplicates that the tabloid printed itself are left out, and generated
articles are made as long as its own. The figures are in docs/benchmarks.md.
"""

import random
from collections.abc import Sequence

import numpy as np

from analysis.sentences import sentences
from analysis.tokens import Vocabulary, grams
from benchmarks.gold import gold_texts, serbian, texts_of
from benchmarks.hidden import SHARED
from benchmarks.scale.language import Language
from benchmarks.scale.store import SEED

SIZES = (250, 500, 1000, 2000)
NEAR = 0.5
"""An article that shares this part of its runs of four words with one before it is left out as its duplicate."""


def main() -> None:
    """Print both shapes."""
    file = SHARED / "real" / "alo_rs.jsonl"
    if not file.exists():
        print(f"{file} is not there")
        return
    real = _without_duplicates(serbian(texts_of(file)))
    random.Random(SEED).shuffle(real)
    draw = random.Random(SEED)
    language = Language(gold_texts(), SEED)
    generated = [_as_long(draw, language, len(text.split())) for text in real]
    for name, texts in (("real", real), ("generated", generated)):
        print(f"{name}: {_sentence_lengths(texts)}")
        print(f"{'texts':>8} {'words':>9} {'different':>10} {'in one text':>12} {'4 words shared':>15} {'by five':>8}")
        for size in (size for size in SIZES if size <= len(texts) + 250):
            print("{:8,} {:9,} {:10,} {:12.2f} {:15.4f} {:8.4f}".format(*shape(texts[:size])))


def shape(texts: Sequence[str]) -> tuple[int, int, int, float, float, float]:
    """Texts, words, different words, share of these that stand in one text; of runs of four in several, in five."""
    vocabulary = Vocabulary()
    ids = [vocabulary.ids(text) for text in texts]
    _, holders = np.unique(np.concatenate([np.unique(found) for found in ids]), return_counts=True)
    runs = np.concatenate([np.unique(grams(found, 4)) for found in ids])
    _, run_holders = np.unique(runs, return_counts=True)
    shared, common = (float(run_holders[run_holders >= least].sum() / len(runs)) for least in (2, 5))
    return len(texts), sum(map(len, ids)), len(holders), float((holders == 1).mean()), shared, common


def _without_duplicates(texts: Sequence[str]) -> list[str]:
    vocabulary = Vocabulary()
    seen: set[int] = set()
    kept = []
    for text in texts:
        runs = set(grams(vocabulary.ids(text), 4).tolist())
        if runs and len(runs & seen) < NEAR * len(runs):
            kept.append(text)
        seen |= runs
    return kept


def _as_long(draw: random.Random, language: Language, words: int) -> str:
    subject = language.subject(draw)
    found: list[str] = []
    while sum(len(sentence.split()) for sentence in found) < words:
        found.append(language.sentence(draw, subject))
    return " ".join(found)


def _sentence_lengths(texts: Sequence[str]) -> str:
    lengths = [len(text[start:end].split()) for text in texts[:500] for start, end in sentences(text)]
    quarter, middle, three, most = np.percentile(lengths, (25, 50, 75, 95))
    return f"words in a sentence: median {middle:.0f}, quartiles {quarter:.0f} and {three:.0f}, 95 % {most:.0f}"


if __name__ == "__main__":
    main()
