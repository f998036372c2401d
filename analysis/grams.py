"""Texts become rows that DuckDB can join: hashes of word n-grams for copies, weighted rare terms for retellings."""

from collections import Counter
from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa

from analysis import tables
from analysis.similarity import Weights, content
from analysis.tokens import Vocabulary, grams

_BATCH = 10_000


def texts(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, str, str, str]]:
    """text_no, headline, text and language of every text that is compared, in order."""
    for low in range(0, connection.table("text").count("*").fetchall()[0][0], _BATCH):
        # In ranges, not as a stream: the caller writes over the same connection while it reads.
        yield from connection.execute(
            "SELECT t.text_no, v.title, v.text, t.language FROM text t JOIN article_version v USING (version_id) "
            "WHERE t.text_no >= $low AND t.text_no < $high ORDER BY t.text_no",
            {"low": low, "high": low + _BATCH},
        ).fetchall()


def make_grams(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Make the table gram(text_no, gram): each text's distinct runs of `size` words, hashed to 64 bits."""
    connection.execute("CREATE OR REPLACE TEMP TABLE gram (text_no BIGINT, gram UBIGINT)")
    vocabulary = Vocabulary()
    numbers: list[np.ndarray] = []
    hashes: list[np.ndarray] = []
    waiting = 0
    for text_no, _, text, _ in texts(connection):
        found = np.unique(grams(vocabulary.ids(text), size))
        numbers.append(np.full(len(found), text_no, np.int64))
        hashes.append(found)
        waiting += 1
        if waiting == _BATCH:
            _flush(connection, "gram", {"text_no": numbers, "gram": hashes})
            numbers, hashes, waiting = [], [], 0
    _flush(connection, "gram", {"text_no": numbers, "gram": hashes})


def make_terms(connection: duckdb.DuckDBPyConnection, most_texts: int) -> None:
    """Make term(text_no, term, weight) of rare terms, and term_frequency(term, text_count) of all.

    Weights are inverse document frequencies, scaled so that the squares over all of a text's terms sum to 1: the sum of
    products over two texts is their cosine, as far as rare terms make it up.
    """
    frequencies: Counter[str] = Counter()
    contents: list[tuple[int, list[str]]] = []
    for text_no, title, text, language in texts(connection):
        terms = sorted(set(content(f"{title}. {text}", language)))
        frequencies.update(terms)
        contents.append((text_no, terms))
    weights = Weights(len(contents), frequencies)
    numbers: list[int] = []
    names: list[str] = []
    values: list[float] = []
    for text_no, terms in contents:
        norm = sum(weights.of(term) ** 2 for term in terms) ** 0.5
        for term in terms:
            if 1 < frequencies[term] <= most_texts:
                numbers.append(text_no)
                names.append(term)
                values.append(weights.of(term) / norm)
    tables.create_from(
        connection,
        "term",
        {
            "text_no": pa.array(numbers, pa.int64()),
            "term": pa.array(names, pa.string()),
            "weight": pa.array(values, pa.float64()),
        },
    )
    tables.create_from(
        connection,
        "term_frequency",
        {
            "term": pa.array(list(frequencies), pa.string()),
            "text_count": pa.array(list(frequencies.values()), pa.int64()),
        },
    )


def _flush(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[np.ndarray]]) -> None:
    if columns["text_no"]:
        arriving = pa.table({name: np.concatenate(parts) for name, parts in columns.items()})
        connection.register("arriving", arriving)
        connection.execute(f"INSERT INTO {table} FROM arriving")
        connection.unregister("arriving")
