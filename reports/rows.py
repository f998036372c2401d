"""The rows of a query as CSV, JSON, Parquet or a table for the terminal.

Nothing here opens a database or prints: the caller gives an Arrow reader and a stream, or gets a rich renderable back.
Every format shows times as ISO 8601; a column of the store whose name ends in `_at` is UTC.
"""

import csv
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Literal, TextIO

import pyarrow as pa

from spiders.errors import InputError
from spiders.registry import Outlet

Form = Literal["table", "csv", "json", "parquet"]

ROWS_SHOWN = 500
"""A table for the terminal ends here; the other formats have no end."""

CELL_SHOWN = 100
"""Characters of one value that a table for the terminal shows."""


def of_outlets(outlets: Iterable[Outlet]) -> pa.RecordBatchReader:
    """Return one row per outlet of the registry, in the form that the writers below take."""
    return pa.Table.from_pylist([_outlet_row(outlet) for outlet in outlets]).to_reader()


def _outlet_row(outlet: Outlet) -> dict[str, object]:
    ways = {"feed": outlet.feeds, "sitemap": outlet.sitemaps, "listing": outlet.listings, "telegram": outlet.telegram}
    return {
        "outlet": outlet.outlet,
        "name": outlet.name,
        "role": outlet.role,
        "country": outlet.country,
        "host": outlet.hosts[0],
        "script": outlet.script,
        "found_by": ", ".join(way for way, addresses in ways.items() if addresses) or "search",
        "is_crawled": outlet.is_crawled,
        "verified_on": outlet.verified_on.isoformat() if outlet.verified_on else "never",
    }


def plain(value: Any) -> Any:
    """One value as JSON can hold it: times as ISO text, whole decimals as integers, what is no number as null."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, pa.MonthDayNano):
        return f"P{value.months}M{value.days}DT{value.nanoseconds / 1e9:g}S"
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def names(reader: pa.RecordBatchReader) -> list[str]:
    """Return the column names; a name that comes twice gets its number, so that no column is lost."""
    seen: Counter[str] = Counter()
    result = []
    for name in reader.schema.names:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result


def batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Yield the batches; a query that fails half way fails with its own message."""
    while True:
        try:
            batch = reader.read_next_batch()
        except StopIteration:
            return
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"query: {' '.join(str(error).split())}") from error
        yield batch


def _values(reader: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in batches(reader):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def rows(reader: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    """Yield each row as plain values, batch by batch: a large result is never held whole."""
    for row in _values(reader):
        yield tuple(map(plain, row))


def deliver(reader: pa.RecordBatchReader, form: Form, output: Path | None, stdout: TextIO) -> None:
    """Write the rows to a file, or to stdout where none is named; a terminal is spared Parquet."""
    if output:
        write_file(reader, form, output)
    elif form == "parquet" and stdout.isatty():
        raise InputError("Parquet is not for a terminal: give --output FILE")
    else:
        write(reader, form, stdout.buffer if form == "parquet" else stdout)


def form_of(path: Path | None, usual: Form) -> Form:
    """Return the format that a file's ending asks for, `usual` where it asks for none; others cannot be written."""
    ending = path.suffix.lower() if path else ""
    endings: dict[str, Form] = {"": usual, ".txt": usual, ".csv": "csv", ".json": "json", ".parquet": "parquet"}
    if ending not in endings:
        raise InputError(f"{path}: odjek writes .csv, .json and .parquet; name such a file, or give --format")
    return endings[ending]


def write(reader: pa.RecordBatchReader, form: Form, stream: IO[Any]) -> None:
    """Write the rows in one of the four formats; Parquet needs a stream of bytes."""
    if form == "table":
        from reports.terminal import show  # it needs `Head` from here

        show(head(reader), stream)
    elif form == "csv":
        write_csv(reader, stream)
    elif form == "json":
        write_json(reader, stream)
    else:
        write_parquet(reader, stream)


def write_file(reader: pa.RecordBatchReader, form: Form, path: Path) -> None:
    """Write the rows to a file that appears under its name only when it is complete."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") if form == "parquet" else draft.open("w", encoding="utf-8", newline="") as stream:
            write(reader, form, stream)
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def write_csv(reader: pa.RecordBatchReader, stream: IO[str]) -> int:
    """Write a header line and the rows; null is an empty field, a list or struct is JSON. Returns the rows written."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names(reader))
    count = 0
    for row in rows(reader):
        writer.writerow([_field(value) for value in row])
        count += 1
    return count


def write_json(reader: pa.RecordBatchReader, stream: IO[str]) -> int:
    """Write one array of objects, one object a line. Returns the rows written."""
    columns = names(reader)
    stream.write("[")
    count = 0
    for row in rows(reader):
        stream.write(",\n " if count else "\n ")
        stream.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count


def write_parquet(reader: pa.RecordBatchReader, stream: IO[bytes]) -> int:
    """Write Parquet with the types the query gave. Returns the rows written."""
    import pyarrow.parquet as pq  # 0.1 s that the other formats need not wait for

    schema = pa.schema([field.with_name(name) for field, name in zip(reader.schema, names(reader), strict=True)])
    count = 0
    try:
        with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
            for batch in batches(reader):
                writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
                count += batch.num_rows
    except pa.ArrowNotImplementedError as error:
        raise InputError(f"Parquet cannot hold a column of this query, cast it to TEXT: {error}") from error
    return count


@dataclass(frozen=True, slots=True)
class Head:
    """What a terminal can show: column names, the first rows as short texts, and whether more rows follow."""

    columns: list[str]
    rows: list[list[str]]
    has_more: bool


def head(reader: pa.RecordBatchReader) -> Head:
    """Return the first rows of a query."""
    shown: list[list[str]] = []
    for row in _values(reader):
        if len(shown) == ROWS_SHOWN:
            return Head(names(reader), shown, has_more=True)
        shown.append([cell(value) for value in row])
    return Head(names(reader), shown, has_more=False)


def _field(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def cell(value: Any) -> str:
    """Return one value as a terminal can show it: one line, not too long, nothing that commands the terminal."""
    if value is None:
        return ""
    if isinstance(value, float):
        value = f"{value:.4g}"
    elif isinstance(value, datetime):
        value = value.isoformat(timespec="seconds")
    text = "".join(sign if sign.isprintable() else "�" for sign in " ".join(str(_field(plain(value))).split()))
    return text if len(text) <= CELL_SHOWN else text[: CELL_SHOWN - 1] + "…"
