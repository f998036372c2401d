"""The published database as the report sees it: opened read-only, one SELECT per file of queries/.

No figure is computed anywhere else; the rows go to `pages`, which gives them to the templates.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from spiders.errors import StoreError

QUERIES = Path(__file__).parent / "queries"
BATCH = 200

Row = dict[str, Any]
"""One row by column name."""


class Snapshot:
    """DATA/published/odjek.duckdb, opened read-only; raises StoreError where it is missing or incomplete."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise StoreError(f"{path}: no published snapshot; run `odjek analyze` first")
        self.path = path
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error as error:
            raise StoreError(f"{path}: not a database that can be read ({_first_line(error)})") from error

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """All rows of queries/<query>.sql."""
        return list(self.stream(query, **parameters))

    def row(self, query: str, **parameters: object) -> Row:
        """The one row of queries/<query>.sql."""
        (row,) = self.rows(query, **parameters)
        return row

    def stream(self, query: str, **parameters: object) -> Iterator[Row]:
        """The rows of queries/<query>.sql, a batch at a time, so that all texts are never in memory at once."""
        cursor = self._connection.cursor()
        statement = (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
        try:
            cursor.execute(statement, parameters or None)
        except duckdb.CatalogException as error:
            raise StoreError(
                f"{self.path}: the snapshot is incomplete ({_first_line(error)}); run `odjek analyze` again"
            ) from error
        names = [column[0] for column in cursor.description or ()]
        while batch := cursor.fetchmany(BATCH):
            for values in batch:
                yield dict(zip(names, values, strict=True))
        cursor.close()


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]
