"""How many of the reported amplifications are false? Each analysis asks its own method, with decoys.

State stories change places in time: those of the corpus's first part stand where those of its last part stood, and the
other way round, each farther from its own day than a copy ever follows. Against this corpus the same articles are
matched once more, with the same candidates, rivals, model and thresholds. Whatever is called an amplification here is
false, and the real corpus offers chance as many opportunities. This is the target–decoy approach (Elias, Gygi, Nature
Methods 4, 2007). What is the same only on the same day, an agency item or a press conference, no decoy has.

To save time only decoys are compared that share nearly as much as the weakest finding: the others could not be among
the findings. Nine in ten candidates share less; the estimate takes a sixteenth of the analysis (measured on 3,100 texts
put together by chance, beside 156 of labelled stories).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis import tables
from analysis.matching import Progress, make_candidates, make_matches
from analysis.model import Model
from analysis.workers import Workers

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: pairs that could have been called amplification, and articles that were."""

    judged_pairs: int
    decoy_pairs: int
    decoy_hits: int
    amplifications: int


@dataclass(frozen=True, slots=True)
class Share:
    """Share of the reported that is false, with a 95 % interval; nothing is known where `rate` is None."""

    rate: float | None
    low: float
    high: float


def make_false_discovery(
    connection: duckdb.DuckDBPyConnection,
    parameters: Mapping[str, float],
    model: Model,
    progress: Progress,
    workers: Workers,
) -> None:
    """Make the table false_discovery: one row, the estimate of this analysis."""
    counts, note = _count(connection, parameters, model, progress, workers)
    share = false_share(counts)
    if note is None and share.rate is None and counts.amplifications:
        note = (
            f"cannot be estimated: {counts.decoy_pairs:,} pairs with state stories of other weeks beside "
            f"{counts.judged_pairs:,} real ones are too few to say anything of {counts.amplifications:,} reported"
        )
    tables.create_from(
        connection,
        "false_discovery",
        {
            "judged_pairs": pa.array([counts.judged_pairs], pa.int64()),
            "decoy_pairs": pa.array([counts.decoy_pairs], pa.int64()),
            "decoy_hits": pa.array([counts.decoy_hits], pa.int64()),
            "amplifications": pa.array([counts.amplifications], pa.int64()),
            "rate": pa.array([share.rate], pa.float64()),
            "rate_low": pa.array([share.low], pa.float64()),
            "rate_high": pa.array([share.high], pa.float64()),
            "note": pa.array([note], pa.string()),
        },
    )


def false_share(counts: Counts) -> Share:
    """Estimate the false share of the reported from what decoys showed.

    Had real and decoy pairs the same number, each false match would be as likely to fall on either side; so beside D
    decoy hits the number of false ones among the reported follows a negative binomial distribution of D + 1 and 1/2
    (Levitsky et al., Journal of Proteome Research 16, 2017), in general of D + 1 and the decoys' share of all pairs.
    Its middle 95 % are the interval. Where no decoy was hit and yet all of the reported may be false, nothing is known.
    """
    if not counts.amplifications or not counts.decoy_pairs:
        return Share(None, 0.0, 1.0)
    expected = counts.decoy_hits * counts.judged_pairs / counts.decoy_pairs
    chance = counts.decoy_pairs / (counts.decoy_pairs + counts.judged_pairs)
    false = np.arange(1, counts.amplifications + 1)
    steps = np.log((false + counts.decoy_hits) / false) + np.log1p(-chance)
    logs = (counts.decoy_hits + 1) * np.log(chance) + np.concatenate([[0.0], np.cumsum(steps)])
    below = np.cumsum(np.exp(logs))
    low, high = (min(int(np.searchsorted(below, part)), counts.amplifications) for part in (0.025, 0.975))
    if not counts.decoy_hits and high == counts.amplifications:
        return Share(None, 0.0, 1.0)
    rate = min(1.0, expected / counts.amplifications)
    return Share(rate, min(rate, low / counts.amplifications), max(rate, high / counts.amplifications))


def exchange(days: Whole, far: int) -> Whole:
    """With whom each story changes places, by position; -1 for one that nobody is far enough from.

    `days` ascend. The first k stories change with the last k, one for one in order of time, with the k for which most
    of them are at least `far` days apart.
    """
    partner = np.full(len(days), -1, np.int64)
    half = len(days) // 2
    best, found = np.zeros(0, np.int64), half
    for size in range(half, 0, -max(1, half // 64)):
        if len(best) >= size:
            break
        moved = np.flatnonzero(days[len(days) - size :] - days[:size] >= far)
        if len(moved) > len(best):
            best, found = moved, size
    partner[best] = best + len(days) - found
    partner[partner[best]] = best
    return partner


def _count(
    connection: duckdb.DuckDBPyConnection,
    parameters: Mapping[str, float],
    model: Model,
    progress: Progress,
    workers: Workers,
) -> tuple[Counts, str | None]:
    far = int(parameters["window_days"] + parameters["decoy_gap_days"])
    judged_pairs, amplifications = _pairs(connection, parameters), _rows(connection, "amplification")
    tables.create(connection, "weakest_finding", {}, kind="TEMP TABLE")
    moved = _moved(connection, far)
    if not judged_pairs or not moved.num_rows:
        return Counts(judged_pairs, 0, 0, amplifications), _why_not(connection, far)
    # The same SQL and the same code read and write here: a schema of the same names that lies before the real one.
    connection.execute("CREATE SCHEMA decoy")
    connection.execute("SET search_path = 'decoy,main'")
    try:
        tables.create_from(connection, "decoy_text", moved)
        connection.execute("CREATE VIEW text AS FROM decoy_text")
        decoy_pairs = _pairs(connection, parameters)
        hits = _hits(connection, parameters, model, progress, workers)
    finally:
        connection.execute("SET search_path = 'main'")
    _drop(connection)
    note = None if decoy_pairs else _why_not(connection, far)
    return Counts(judged_pairs, decoy_pairs, hits, amplifications), note


def _hits(
    connection: duckdb.DuckDBPyConnection,
    parameters: Mapping[str, float],
    model: Model,
    progress: Progress,
    workers: Workers,
) -> int:
    """Match the articles with the decoys, as they were matched with the stories."""
    make_candidates(connection, parameters)
    connection.execute(
        "DELETE FROM candidate WHERE shared_grams + 100 * shared_weight < (SELECT strength FROM weakest_finding)"
    )
    make_matches(connection, parameters, model, progress, workers)
    return tables.create(connection, "decoy_hit", parameters)


def _moved(connection: duckdb.DuckDBPyConnection, far: int) -> pa.Table:
    """text_no of each state text that changes places, and of the one in whose place it stands."""
    found = connection.execute(
        "SELECT text_no, (published_on - DATE '1970-01-01')::BIGINT AS day FROM text "
        "WHERE role IN ('state_media', 'mirror') ORDER BY published_on, version_id"
    ).fetchnumpy()
    numbers = np.asarray(found["text_no"], np.int64)
    partner = exchange(np.asarray(found["day"], np.int64), far)
    return pa.table({"text_no": numbers[partner >= 0], "place_no": numbers[partner[partner >= 0]]})


def _drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the schema, table after table: DuckDB 2.0 cannot commit a CASCADE over tables of the same transaction."""
    tables_there = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'decoy'").fetchall()
    connection.execute("DROP VIEW decoy.text")
    for (name,) in tables_there:
        connection.execute(f"DROP TABLE decoy.{name}")
    connection.execute("DROP SCHEMA decoy")


def _why_not(connection: duckdb.DuckDBPyConnection, far: int) -> str:
    first, last = connection.execute(
        "SELECT min(published_on), max(published_on) FROM text WHERE role IN ('state_media', 'mirror')"
    ).fetchall()[0]
    if first is None:
        return "cannot be estimated: no state article was compared"
    return (
        f"cannot be estimated: that needs state articles {far} days apart beside articles that could have taken them, "
        f"and these are from {first} to {last}"
    )


def _pairs(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float]) -> int:
    tables.create(connection, "opportunity", parameters, kind="TEMP TABLE")
    return int(connection.table("opportunity").fetchall()[0][0])


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.table(table).count("*").fetchall()[0][0])
