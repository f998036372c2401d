"""Which texts of two groups are near each other in what they tell: cosines of rare terms, a day's texts at a time.

A text is compared with the texts of the other group that were published inside the window. All cosines of one day are
one product of two sparse matrices; only those that reach a threshold are kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_array

from analysis import tables

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reach:
    """How near two texts must be: a cosine, another one for texts farther apart than `near_days`."""

    window_days: int
    near_days: int
    near: float
    later: float


def make_near(connection: duckdb.DuckDBPyConnection, name: str, reach: Reach) -> None:
    """Make the temporary table near_`name` (text_no, source_no, shared_weight).

    Reads `name`_text, which says what texts are in the two groups (a text may be in both), and `term`.
    """
    group = connection.table(f"{name}_text").filter("is_text OR is_source").order("day, text_no")
    texts = group.fetchnumpy()
    numbers, days = np.asarray(texts["text_no"], np.int64), np.asarray(texts["day"], np.int64)
    matrix = _matrix(connection, numbers)
    mine, theirs = (np.flatnonzero(np.asarray(texts[column], np.bool_)) for column in ("is_text", "is_source"))
    found = list(_near(matrix, days, mine, theirs, reach))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)] if found else [np.empty(0)] * 3
    tables.create_from(
        connection,
        f"near_{name}",
        {
            "text_no": pa.array(numbers[columns[0].astype(np.int64)], pa.int64()),
            "source_no": pa.array(numbers[columns[1].astype(np.int64)], pa.int64()),
            "shared_weight": pa.array(columns[2], pa.float64()),
        },
    )


def _matrix(connection: duckdb.DuckDBPyConnection, numbers: Numbers) -> csr_array:
    """Weights of the rare terms of the texts `numbers`, a row each."""
    rows = connection.execute("SELECT text_no, term, weight FROM term ORDER BY text_no, term").fetchnumpy()
    texts, terms = np.asarray(rows["text_no"], np.int64), np.asarray(rows["term"], np.int64)
    place = np.full(max(numbers.max(initial=-1), texts.max(initial=-1)) + 1, -1, np.int64)
    place[numbers] = np.arange(len(numbers))
    wanted = place[texts] >= 0
    shape = (len(numbers), int(terms.max(initial=-1)) + 1)
    return csr_array((np.asarray(rows["weight"])[wanted], (place[texts[wanted]], terms[wanted])), shape=shape)


def _near(
    matrix: csr_array, days: Numbers, mine: Numbers, theirs: Numbers, reach: Reach
) -> Iterator[tuple[Numbers, Numbers, npt.NDArray[np.float64]]]:
    """Places of the texts of either group that are near each other, and their cosines, day after day."""
    their_days = days[theirs]
    for day in np.unique(days[mine]):
        rows = mine[days[mine] == day]
        low, high = np.searchsorted(their_days, [day - reach.window_days, day + reach.window_days + 1])
        columns = theirs[low:high]
        product = (matrix[rows] @ matrix[columns].T).tocoo()
        cosines = np.round(product.data, 9)
        possible = cosines >= min(reach.near, reach.later)
        at, other, cosines = rows[product.coords[0][possible]], columns[product.coords[1][possible]], cosines[possible]
        is_later = np.abs(days[other] - day) > reach.near_days
        is_near = (cosines >= np.where(is_later, reach.later, reach.near)) & (at != other)
        yield at[is_near], other[is_near], cosines[is_near]
