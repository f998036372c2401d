"""What odjek does, in parts that can be timed: candidates and passages; tokenising; the whole analysis.

Candidates and passages are the steps of `analysis.run.STEPS` up to `candidate`, and the alignment of every candidate
pair; all of it is rolled back. The whole analysis is `analyze`, from opening the store to the last table.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis import calibration, tables
from analysis.passages import align
from analysis.run import FEW, STEPS, Context, analyze
from analysis.tokens import Vocabulary, Words
from analysis.workers import Workers
from pipelines.database import connect
from pipelines.processes import cores

_BATCH = 5_000
_PAIRS = 1_500


@dataclass(frozen=True, slots=True)
class Found:
    """Candidate pairs with a passage (or a likeness of terms), by address; seconds of each step."""

    pairs: set[tuple[str, str]]
    candidates: int
    seconds: dict[str, float]


def find(data: Path) -> Found:
    """Candidates and passages of a store, by the analysis's own steps."""
    parameters = {name: threshold.value for name, threshold in tables.thresholds().items()}
    seconds: dict[str, float] = {}
    with connect(data) as connection, Workers(_processes(connection)) as workers:
        model = calibration.model_of(data)
        context = Context(connection, parameters, model, "scale", "scale", lambda *_: None, workers)
        connection.execute("BEGIN")
        try:
            for name, step in STEPS:
                started = time.perf_counter()
                step(context)
                seconds[name] = time.perf_counter() - started
                if name == "candidate":
                    break
            started = time.perf_counter()
            candidates = connection.table("candidate").count("*").fetchall()[0][0]
            pairs = _aligned(connection, parameters, workers)
            seconds["align"] = time.perf_counter() - started
        finally:
            connection.execute("ROLLBACK")
    return Found(pairs, candidates, seconds)


def _processes(connection: duckdb.DuckDBPyConnection) -> int:
    """As many as `analyze` takes."""
    return 1 if connection.table("article_version").count("*").fetchall()[0][0] < FEW else cores()


def _aligned(
    connection: duckdb.DuckDBPyConnection, parameters: dict[str, float], workers: Workers
) -> set[tuple[str, str]]:
    """Addresses of the candidates that have a passage in common."""
    rows = connection.execute(
        "SELECT l.url, l.text, s.url, s.text FROM candidate c "
        "JOIN text lt USING (text_no) JOIN article_version l ON l.version_id = lt.version_id "
        "JOIN text st ON st.text_no = c.source_no JOIN article_version s ON s.version_id = st.version_id "
        "ORDER BY c.text_no, c.source_no"
    ).fetchall()
    sizes = {f"{name}_words": int(parameters[f"{name}_words"]) for name in ("gram", "gap", "passage")}
    tasks = ((sizes, rows[at : at + _PAIRS]) for at in range(0, len(rows), _PAIRS))
    return {pair for pairs in workers.map(_align, tasks) for pair in pairs}


def _align(task: tuple[dict[str, int], list[tuple[str, str, str, str]]]) -> list[tuple[str, str]]:
    sizes, rows = task
    vocabulary = Vocabulary()
    return [
        (url, source_url)
        for url, text, source_url, source in rows
        if align(vocabulary.ids(text), vocabulary.ids(source), **sizes)
    ]


def tokenise(data: Path) -> int:
    """Read every text from the store and cut it, once, into folded words with their offsets; returns the words."""
    words = 0
    with connect(data) as connection:
        vocabulary = Vocabulary()
        reader = connection.execute("SELECT text FROM article_version ORDER BY version_id")
        while rows := reader.fetchmany(_BATCH):
            words += sum(len(Words.of(text, vocabulary).ids) for (text,) in rows)
    return words


def whole(data: Path) -> dict[str, float]:
    """Analyse a store; seconds of each step."""
    seconds: dict[str, float] = {}
    names = {name for name, _ in STEPS}
    last, since = "begin", time.perf_counter()

    def progress(name: str, _done: int, _of: int) -> None:
        nonlocal last, since
        if name in names and name != last:
            seconds[last] = time.perf_counter() - since
            last, since = name, time.perf_counter()

    analyze(data, progress=progress)
    seconds[last] = time.perf_counter() - since
    return seconds
