"""The prompt of `odjek sql` on a terminal: queries from the keyboard, each up to its semicolon.

The command line gives the two functions that show rows and complaints; nothing here prints.
"""

import readline
from collections.abc import Callable

import duckdb
import pyarrow as pa

from reports.query import select
from spiders.errors import InputError

GREETING = (
    "A query ends with a semicolon. SHOW TABLES; DESCRIBE match; SELECT * FROM amplification LIMIT 5; Ctrl-D ends."
)


def prompt(
    connection: duckdb.DuckDBPyConnection,
    show: Callable[[pa.RecordBatchReader], None],
    complain: Callable[[str], None],
) -> None:
    """Answer queries until the input ends."""
    readline.set_auto_history(True)
    text = ""
    while True:
        try:
            text += input("  ...> " if text else "odjek> ") + "\n"
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            text = ""
        elif text.rstrip().endswith(";"):
            try:
                if (reader := select(connection, text)) is not None:
                    show(reader)
            except InputError as error:
                complain(str(error))
            text = ""
