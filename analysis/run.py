"""The analysis, step after step: articles → texts → candidates → comparisons → matches → stories and cascades.

Every step leaves a table. All of it is computed anew each time, from everything that is stored, so that the order in
which articles arrived changes nothing. What a step computes is in its SQL file or its module; here is only the order.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from analysis import calibration, tables
from analysis.decoys import make_false_discovery
from analysis.index import make_index
from analysis.matching import Progress, make_candidates, make_matches
from analysis.model import Model
from analysis.narratives import make_narratives
from analysis.sentence_model import with_sentences
from analysis.workers import Workers
from pipelines.database import connect, end_killed
from pipelines.processes import cores
from pipelines.settle import settle
from spiders.errors import StoreError

log = logging.getLogger(__name__)
FEW = 5_000
"""Versions below which starting worker processes takes longer than they save."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every step gets."""

    connection: duckdb.DuckDBPyConnection
    parameters: dict[str, float]
    model: Model
    method: str
    run_id: str
    progress: Progress
    workers: Workers


def _sql(name: str, kind: str = "TABLE") -> tuple[str, Callable[[Context], object]]:
    return name, lambda context: tables.create(context.connection, name, context.parameters, kind=kind)


STEPS: tuple[tuple[str, Callable[[Context], object]], ...] = (
    _sql("text"),
    ("gram", lambda context: make_index(context.connection, context.parameters, context.workers)),
    _sql("gram_use", "TEMP TABLE"),
    _sql("common_gram", "TEMP TABLE"),
    _sql("stale_gram", "TEMP TABLE"),
    ("candidate", lambda context: make_candidates(context.connection, context.parameters)),
    (
        "evidence",
        lambda context: make_matches(
            context.connection, context.parameters, context.model, context.progress, context.workers
        ),
    ),
    _sql("match"),
    _sql("passage"),
    _sql("amplification", "VIEW"),
    _sql("story"),
    _sql("cascade"),
    _sql("agency_cover"),
    ("narrative", lambda context: make_narratives(context.connection)),
    (
        "false_discovery",
        lambda context: make_false_discovery(
            context.connection, context.parameters, context.model, context.progress, context.workers
        ),
    ),
)
"""Name of what a step makes, and the step; in order."""


def analyze(
    data: Path,
    *,
    overrides: dict[str, float] | None = None,
    model: Model | None = None,
    sentence_model: Path | None = None,
    progress: Progress | None = None,
) -> str:
    """Analyse everything stored in `data`; returns the run's id. StoreError when there is nothing to analyse.

    `overrides` replace thresholds by name; `model` replaces the shipped one, or the one that was calibrated on pairs of
    this store; `sentence_model` is the folder of a multilingual sentence model that is asked about translations, too.
    """
    parameters = {name: threshold.value for name, threshold in tables.thresholds().items()} | (overrides or {})
    model = model or calibration.model_of(data)
    if sentence_model:
        model = with_sentences(model, sentence_model, data)
    with connect(data) as connection:
        count = connection.table("article_version").count("*").fetchall()[0][0]
        if not count:
            raise StoreError(f"the store of {data} holds no article yet; 'odjek status' shows what became of the pages")
        started = datetime.now(UTC).replace(tzinfo=None)
        run_id = f"{started:%Y%m%dT%H%M%S%fZ}-analyze"
        method = method_name(model, parameters)
        with Workers(
            1 if connection.table("article_version").count("*").fetchall()[0][0] < FEW else cores()
        ) as workers:
            context = Context(connection, parameters, model, method, run_id, progress or (lambda *_: None), workers)
            _work(context, started)
    return run_id


def _work(context: Context, started: datetime) -> None:
    connection = context.connection
    _begin(context, started)
    settle(connection)  # what a crawl that was killed stored without settling
    connection.execute("BEGIN")
    try:
        for done, (name, step) in enumerate(STEPS):
            context.progress(name, done, len(STEPS))
            step(context)
        _describe(context)
    except BaseException:
        connection.execute("ROLLBACK")
        _end(context, "failed", {})
        raise
    connection.execute("COMMIT")
    _end(context, "ok", _totals(connection))
    connection.execute("CHECKPOINT")


def method_name(model: Model, parameters: dict[str, float]) -> str:
    """Version of the model and a digest of all thresholds: the same name, the same results."""
    digest = sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()[:8]
    return f"{model.version}-{digest}"


def _sentences(model: Model) -> dict[str, Any]:
    """What the run's arguments say of the sentence model; nothing where there is none."""
    sentences = model.sentences
    if sentences is None:
        return {}
    kept = ("digest", "strangers", "translations")
    return {"sentence_model": {"name": sentences.folder.name, **{name: getattr(sentences, name) for name in kept}}}


def _begin(context: Context, started: datetime) -> None:
    end_killed(context.connection)
    context.connection.execute(
        "INSERT INTO run VALUES ($run, 'analyze', $arguments, $version, $started, NULL, 'running', NULL)",
        {
            "run": context.run_id,
            "arguments": json.dumps({"thresholds": context.parameters, **_sentences(context.model)}, sort_keys=True),
            "version": version("odjek"),
            "started": started,
        },
    )
    context.connection.execute(
        "CREATE OR REPLACE TEMP TABLE current AS SELECT $run AS run_id, $method AS method",
        {"run": context.run_id, "method": context.method},
    )
    log.info("run %s begins", context.run_id, extra={"run_id": context.run_id})


def _end(context: Context, status: str, totals: dict[str, Any]) -> None:
    context.connection.execute(
        "UPDATE run SET status = $status, finished_at = $now, detail = $detail WHERE run_id = $run",
        {
            "status": status,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "detail": json.dumps(totals),
            "run": context.run_id,
        },
    )


def _describe(context: Context) -> None:
    """Store the thresholds under the method's name."""
    known = tables.thresholds()
    names = sorted(context.parameters)
    tables.create_from(
        context.connection,
        "threshold",
        {
            "method": pa.array([context.method] * len(names), pa.string()),
            "name": pa.array(names, pa.string()),
            "value": pa.array([context.parameters[name] for name in names], pa.float64()),
            "reason": pa.array([known[name].reason for name in names], pa.string()),
        },
    )
    tables.create(context.connection, "method", context.parameters)


def _totals(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How many pairs have each verdict; the articles that are reported, and the share of them that may be false."""
    rows = connection.execute("SELECT verdict, count(*) FROM match GROUP BY verdict ORDER BY verdict").fetchall()
    estimate = "SELECT amplifications AS findings, rate AS false_share, rate_low, rate_high FROM false_discovery"
    found = connection.execute(estimate)
    names = [column[0] for column in found.description]
    verdicts = {str(verdict): int(count) for verdict, count in rows}
    return {**verdicts, **dict(zip(names, found.fetchall()[0], strict=True))}
