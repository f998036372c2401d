"""Settling: `article` and `address` computed from `article_version`, for the outlets that have new versions.

What makes one article of several versions is in settle.sql, and in words in docs/tables.md. The store settles at the
end of a run; `analysis` settles what a killed run left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("settle.sql")
TWIN_DAYS = 3
"""Equal texts of one outlet this many days apart are one article: editions and late mirrors, not a yearly item."""
TWIN_WORDS = 30
"""Below this many words equal texts are no sign of one article: flashes and captions repeat."""


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Settle every outlet that has versions without an article; 110,000 new articles take 8 s, one night's a second."""
    if not connection.execute("SELECT 1 FROM article_version WHERE article_id IS NULL LIMIT 1").fetchall():
        return
    values = {"days": TWIN_DAYS, "words": TWIN_WORDS}
    with transaction(connection):
        for statement in connection.extract_statements(SQL.read_text(encoding="utf-8")):
            connection.execute(statement, {name: values[name] for name in statement.named_parameters})


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is written in the block, or nothing of it."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
