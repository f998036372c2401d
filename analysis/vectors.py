"""Vectors of sentences, kept in a file: a store of a year holds millions, a model takes some milliseconds for each.

Each analysis compares everything anew, so without this every night would encode every sentence again. The file
(`DATA/vectors.sqlite`) holds nothing that could not be computed again and may be removed at any time; several
processes may use it at once, which DuckDB's files do not allow. Vectors are rounded before they are used for the first
time, too: whether they come from the file changes nothing.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.encoder import encoder
from spiders.errors import StoreError

Vectors = npt.NDArray[np.float16]
"""One row a sentence. Half precision moves a cosine by less than 0.001 and halves the file: 0.8 KB a sentence."""
PATIENCE = 60.0
"""Seconds to wait while another worker writes."""
_REMEMBERED = 2_000


def encoded(folder: Path, sentences: Sequence[str]) -> Vectors:
    """Vectors of sentences by the model in a folder."""
    return np.array([encoder(folder).encode(sentence) for sentence in sentences]).astype(np.float16)


@lru_cache(maxsize=_REMEMBERED)
def vectors(folder: Path, digest: str, kept_in: Path, sentences: tuple[str, ...]) -> Vectors:
    """The same for the sentences of a text; those in the file are read, the others added. The last texts stay known."""
    keys = [blake2b(f"{digest} {sentence}".encode(), digest_size=16).digest() for sentence in sentences]
    try:
        with closing(sqlite3.connect(kept_in, timeout=PATIENCE)) as file:
            found = _looked_up(file, folder, dict(zip(keys, sentences, strict=True)))
    except sqlite3.Error as error:
        raise StoreError(f"{kept_in} cannot be used ({error}): remove it, it is made again") from error
    return np.array([np.frombuffer(found[key], np.float16) for key in keys])


def _looked_up(file: sqlite3.Connection, folder: Path, wanted: Mapping[bytes, str]) -> dict[bytes, bytes]:
    """The vector of each key, encoded where the file does not hold it yet."""
    file.execute("PRAGMA synchronous = OFF")  # what a crash loses is computed again
    file.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
    found: dict[bytes, bytes] = {}
    for key in wanted:
        row = file.execute("SELECT vector FROM vector WHERE key = ?", [key]).fetchone()
        if row:
            found[key] = row[0]
    missing = [key for key in wanted if key not in found]
    if missing:
        new = encoded(folder, [wanted[key] for key in missing])
        found |= {key: row.tobytes() for key, row in zip(missing, new, strict=True)}
        file.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", [(key, found[key]) for key in missing])
        file.commit()
    return found
