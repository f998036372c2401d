"""What a sentence model adds to the word lists: labelled pairs in two languages, judged with and without it.

    ODJEK_SENTENCE_MODEL=DIR python -m benchmarks translations

The lists were written with these stories at hand, so everything is judged once more with both of them emptied, as if
the stories were about something that they do not know. Pairs in one language must not move by a single digit; that is
measured, too. The model of odjek is the shipped one, which was trained on these stories.
"""

import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

import duckdb

from analysis import translation
from analysis.evaluate import read_pairs, spelling
from analysis.run import analyze
from benchmarks.gold import sets
from pipelines.database import store_path
from pipelines.importer import import_files

Judged = dict[tuple[str, str], tuple[bool, bool, float]]
"""Addresses of article and story → they are in two languages, called amplification, probability."""
QUERY = """
    SELECT l.url, s.url, ta.language <> tb.language, e.verdict = 'amplification', e.probability
    FROM evidence e
    JOIN text ta ON ta.text_no = e.text_no
    JOIN text tb ON tb.text_no = e.source_no
    JOIN article l ON l.article_id = ta.article_id
    JOIN article s ON s.article_id = tb.article_id
"""


def main() -> None:
    """Print what is found, and who is accused."""
    folder = os.environ.get("ODJEK_SENTENCE_MODEL")
    if not folder:
        print("set ODJEK_SENTENCE_MODEL to the folder of a model to measure it")
        return
    truth = _truth()
    variants = list(product((False, True), (None, Path(folder))))
    # A process for each: the words that one has looked up stay in its memory.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        judged = dict(zip(variants, pool.map(_judged, variants), strict=True))
    print(
        f"{'word lists':<10} {'model':<8} {'compared':>8} {'found':>6} {'accused':>8} {'mean probability of both':>26}"
    )
    for (is_emptied, model), found in judged.items():
        real = [found.get(pair, (True, False, 0.0)) for pair, is_real in truth.items() if is_real]
        other = [found.get(pair, (True, False, 0.0)) for pair, is_real in truth.items() if not is_real]
        compared = sum(pair in found for pair, is_real in truth.items() if is_real)
        print(
            f"{'emptied' if is_emptied else 'as shipped':<10} {'asked' if model else '-':<8} {compared:>8} "
            f"{sum(row[1] for row in real):>3}/{len(real)} {sum(row[1] for row in other):>5}/{len(other)} "
            f"{_mean(real):>17.3f} {_mean(other):>8.3f}"
        )
    moved = sum(
        not row[0] and judged[is_emptied, Path(folder)].get(pair) != row
        for is_emptied in (False, True)
        for pair, row in judged[is_emptied, None].items()
    )
    print(f"pairs in one language that moved: {moved}")


def _judged(variant: tuple[bool, Path | None]) -> Judged:
    """Every compared pair of the labelled sets."""
    is_emptied, folder = variant
    if is_emptied:
        translation.rows = lambda name: []
    found: Judged = {}
    for stories in sets().values():
        with tempfile.TemporaryDirectory() as data:
            import_files(Path(data), [stories / "articles.jsonl"], {})
            analyze(Path(data), sentence_model=folder)
            with duckdb.connect(str(store_path(Path(data))), read_only=True) as connection:
                found |= {(spelling(row[0]), spelling(row[1])): row[2:] for row in connection.execute(QUERY).fetchall()}
    return found


def _truth() -> dict[tuple[str, str], bool]:
    """Labelled pairs in two languages: whether the article was made from the story."""
    shipped = _judged((False, None))
    return {
        (spelling(pair.local_url), spelling(url)): pair.verdict == "amplification"
        for stories in sets().values()
        for pair in read_pairs(stories / "pairs.csv")
        for url in pair.state_urls
        if shipped.get((spelling(pair.local_url), spelling(url)), (False,))[0]
    }


def _mean(rows: list[tuple[bool, bool, float]]) -> float:
    return sum(row[2] for row in rows) / len(rows)


if __name__ == "__main__":
    main()
