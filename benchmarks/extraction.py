"""Extraction on real pages: speed and text against plain trafilatura. `python -m benchmarks extraction`.

Speed: pages a second of odjek's worker processes, and of `trafilatura.bare_extraction(with_metadata=True)` in one
process, in turns over the same pages; the median of the ratios of all turns. Text: overlap of
words with the true text (F1), per page, averaged, beside plain `trafilatura.extract`.
"""

import json
import logging
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import trafilatura

from pipelines.article import Article
from pipelines.extract import extract
from pipelines.pool import ExtractionPool
from spiders.page import Page, Window
from spiders.refusal import Refusal
from spiders.warc import read_pages

ROUNDS = 3
SLICE = 143  # pages between which the two sides take turns: the end of a turn, with one worker idle, weighs little
TURN = 20  # the same where both sides run in one process
GOAL = 2.5
ZONE = "Europe/Belgrade"
_WORD = re.compile(r"\w+")

Result = Article | Refusal


def main() -> None:
    """Measure and print; a goal that is missed is said, not raised: a busy machine misses it too."""
    folder = Path(os.environ.get("ODJEK_SHARED", "../shared")) / "real"
    if not (folder / "pages.warc.gz").is_file():
        sys.exit(f"no real pages in {folder}; set ODJEK_SHARED to the folder that holds real/pages.warc.gz")
    logging.disable(logging.CRITICAL)  # trafilatura warns of pages without text
    pages = [item for item in read_pages(folder / "pages.warc.gz", {}) if isinstance(item, Page)]
    with ExtractionPool() as pool:
        list(_pooled(pool, pages[:8]))  # both sides start warm
        _single(pages[:8])
        results = _speed(pool, pages)
    _print_processor_time(pages)
    _print_refusals(results)
    _print_text(pages, results, json.loads((folder / "extraction_truth.json").read_text(encoding="utf-8")))


def _speed(pool: ExtractionPool, pages: list[Page]) -> list[Result]:
    """Times both on the same few pages in turn, so that what else the machine does falls on both."""
    pairs, results = [], []
    for number in range(1, ROUNDS + 1):
        results, own = [], []
        for start in range(0, len(pages), SLICE):
            part = pages[start : start + SLICE]
            single, _ = _timed(_single, part)
            pooled, found = _timed(partial(_pooled, pool), part)
            results += found
            own.append((single, pooled))
        pairs += own
        single, pooled = (sum(column) for column in zip(*own, strict=True))
        print(
            f"run {number}: trafilatura {len(pages) / single:5.1f} pages/s, odjek {len(pages) / pooled:5.1f} pages/s, "
            f"{single / pooled:.2f} times as many",
            flush=True,
        )
    median = statistics.median(single / pooled for single, pooled in pairs)
    print(f"median {median:.2f} times as many (goal {GOAL}: {'reached' if median >= GOAL else 'MISSED'})")
    return results


def _timed(work: Callable[[list[Page]], list[Result]], pages: list[Page]) -> tuple[float, list[Result]]:
    started = time.perf_counter()
    results = work(pages)
    return time.perf_counter() - started, results


def _print_processor_time(pages: list[Page]) -> None:
    """The same in processor seconds of one process: what a busy machine changes least."""
    totals = [0.0, 0.0]
    for start in range(0, len(pages), TURN):
        for side, work in enumerate((_single, _extracted)):
            started = time.process_time()
            work(pages[start : start + TURN])
            totals[side] += time.process_time() - started
    plain, own = (len(pages) / total for total in totals)
    print(f"a processor second: trafilatura {plain:.1f} pages, odjek {own:.1f} pages, {own / plain:.2f} times as many")


def _extracted(pages: list[Page]) -> list[Result]:
    return [extract(page, ZONE, Window()) for page in pages]


def _single(pages: list[Page]) -> list[Result]:
    for page in pages:
        trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)
    return []


def _pooled(pool: ExtractionPool, pages: list[Page]) -> list[Result]:
    return list(pool.map((page, ZONE, Window()) for page in pages))


def _print_refusals(results: list[Result]) -> None:
    counts = Counter(result.reason for result in results if isinstance(result, Refusal))
    refused = ", ".join(f"{count} {reason}" for reason, count in counts.most_common()) or "none"
    print(f"{len(results)} pages: {len(results) - counts.total()} articles, {counts.total()} refused ({refused})")


def _print_text(pages: list[Page], results: list[Result], truth: dict[str, str]) -> None:
    ours, plain = [], []
    for page, result in zip(pages, results, strict=True):
        if page.url in truth:
            ours.append(overlap(result.text if isinstance(result, Article) else "", truth[page.url]))
            plain.append(overlap(trafilatura.extract(page.body) or "", truth[page.url]))
    mean, plain_mean = statistics.mean(ours), statistics.mean(plain)
    verdict = "reached" if mean >= plain_mean else "MISSED"
    print(f"text F1 over {len(ours)} pages: odjek {mean:.4f}, plain trafilatura.extract {plain_mean:.4f} ({verdict})")


def overlap(found: str, true: str) -> float:
    """F1 of the words two texts share, each as often as it occurs."""
    left, right = (Counter(_WORD.findall(text.lower())) for text in (found, true))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0
