"""Records of JSONL, CSV and Parquet files, read one after the other: each a mapping with where it stands, or a refusal.

What a record must hold, and how it becomes an article, is in `pipelines.imported`; `spiders.warc` reads WARC.
A file that cannot be read from some point on raises InputError there: what was read before it stays.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from spiders.errors import InputError
from spiders.refusal import Refusal

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv", ".csv.gz", ".parquet")
_ROWS = 500
_UNREADABLE = (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error, pa.ArrowException)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file, and where it stands there."""

    where: str  # file name and line (or row)
    fields: Mapping[str, Any]


def records(path: Path) -> Iterator[Record | Refusal]:
    """Every record of the file in its order. InputError where the file breaks or nothing in it is a record."""
    name = path.name.lower()
    if not name.endswith(SUFFIXES):
        raise InputError(f"{path}: unknown kind of file; odjek imports {', '.join(SUFFIXES)}, .warc and .warc.gz")
    last = f"{path.name}:0"
    found = refused = 0
    try:
        for item in _parquet(path) if name.endswith(".parquet") else _text(path, name):
            last = item.where if isinstance(item, Record) else item.url
            found += isinstance(item, Record)
            refused += isinstance(item, Refusal)
            yield item
    except _UNREADABLE as error:
        raise InputError(
            f"{path} cannot be read further than {last}: {_reason(error)}; {found} records before it were"
        ) from error
    if refused and not found:
        raise InputError(f"{path}: not one of its {refused} lines is a JSON object; an import needs one article a line")


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8; save it in that encoding (in a spreadsheet: 'CSV UTF-8')"
    return " ".join(str(error).split()) or type(error).__name__


def _text(path: Path, name: str) -> Iterator[Record | Refusal]:
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) if name.endswith(".gz") else nullcontext(raw) as opened:
        file = cast("IO[bytes]", opened)
        yield from _csv(path, file) if ".csv" in name[-7:] else _jsonl(path, file)


def _jsonl(path: Path, file: IO[bytes]) -> Iterator[Record | Refusal]:
    for number, line in enumerate(file, 1):
        where = f"{path.name}:{number}"
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Refusal("", where, "bad_field", f"not JSON: {_reason(error)}")
            continue
        if isinstance(value, dict):
            yield Record(where, value)
        else:
            yield Refusal("", where, "bad_field", f"a JSON {type(value).__name__}, not an object")


def _csv(path: Path, file: IO[bytes]) -> Iterator[Record | Refusal]:
    csv.field_size_limit(1 << 27)  # an article's text is longer than the 131,072 characters that csv allows
    with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        header = text.readline()
        if not header.strip():
            raise InputError(f"{path} is empty; its first line must name the fields")
        separator = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=separator))
        if "url" not in names:
            raise InputError(f"{path}: its first line names no field url, but {', '.join(names)[:200]}")
        reader = csv.DictReader(text, names, delimiter=separator, restval=None)
        for fields in reader:
            yield Record(f"{path.name}:{reader.line_num + 1}", {k: v for k, v in fields.items() if k and v})


def _parquet(path: Path) -> Iterator[Record]:
    with pq.ParquetFile(path) as file:
        number = 0
        for batch in file.iter_batches(_ROWS):
            for fields in batch.to_pylist():
                number += 1
                yield Record(f"{path.name}:{number}", {k: v for k, v in fields.items() if v is not None})
