"""The records of a WARC file, read as fast as a disk gives them: only what is wanted is unpacked.

Each record of a WARC file is a gzip member of its own, and begins with its address. So a record that is not wanted is
unpacked only that far; the next one is found by its first bytes, and by the length that the member before it states at
its end. Where that does not fit, and in files that are not packed so, records are read one after the other.
What a record means is in `spiders.warc`.
"""

import contextlib
import gzip
import mmap
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from spiders.errors import InputError

MAX_BLOCK = 64 * 1024 * 1024 + 65536
"""A record with more is not read: a page of 64 MB is none."""
MAX_HEAD = 65536
_MEMBER = b"\x1f\x8b\x08"
_STEP, _STEPS = 1024, 65536  # bytes unpacked at once: for the head, for the rest

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it begins, its named fields (in small letters) and its block; why it is not whole."""

    offset: int
    fields: Fields
    block: bytes = b""
    fault: str = ""


Wanted = Callable[[Fields], bool]


class _FaultError(Exception):
    """A record cannot be read; the message says why."""


class _SeveralError(Exception):
    """A gzip member holds more than its first record."""


def read_records(path: Path, is_wanted: Wanted) -> Iterator[Record]:
    """The wanted records of a file, in its order, and any that is broken; InputError at the end where it breaks off."""
    try:
        with path.open("rb") as file:
            if file.read(2) == _MEMBER[:2]:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    yield from _packed(path, file, data, is_wanted)
            else:
                file.seek(0)
                yield from _Stream(path, file, is_wanted).records()
    except OSError as error:
        raise _broken(path, error.strerror or str(error), 0) from error


def read_record(path: Path, offset: int) -> Record:
    """The one record that begins at a byte of a file; InputError where none does."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            is_packed = file.read(2) == _MEMBER[:2]
            file.seek(offset)
            source = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if is_packed else file
            return next(_Stream(path, source, lambda _: True).records())
    except (OSError, StopIteration, InputError) as error:
        raise InputError(f"{path}: no record at byte {offset}") from error


def _packed(path: Path, file: IO[bytes], data: mmap.mmap, is_wanted: Wanted) -> Iterator[Record]:
    """The records of a file in which each is a gzip member, or of any other that is gzip."""
    start = count = 0
    while start < len(data):
        member = _Member(data, start)
        fields: Fields = {}
        try:
            fields = member.fields()
            found = Record(start, fields, member.block()) if is_wanted(fields) else None
            start = member.end()  # before the record is handed out: whether it is whole shows at its end
            count += 1
        except _SeveralError:
            file.seek(start)
            yield from _Stream(path, cast("IO[bytes]", gzip.GzipFile(fileobj=file)), is_wanted, count).records()
            return
        except (_FaultError, zlib.error) as error:
            following = _next_member(data, start + 1)
            if following < 0 and not data[start:].strip(b"\0"):
                return  # padding
            if following < 0:
                raise _broken(path, str(error), count) from error
            found = Record(start, fields, fault=str(error)) if not fields or is_wanted(fields) else None
            start = following
        if found:
            yield found


class _Member:
    """One gzip member, unpacked as far as it is asked for."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data, self._start, self._position = data, start, start
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._rest = b""
        self._out = bytearray()
        self._head = 0  # bytes
        self._length = 0  # of the block

    def fields(self) -> Fields:
        """The fields of its record."""
        while (end := self._out.find(b"\r\n\r\n")) < 0 and not self._inflater.eof:
            if len(self._out) > MAX_HEAD:
                raise _FaultError("the head of the record does not end")
            self._fill(len(self._out) + 2 * _STEP, _STEP)
        self._head = end + 4 if end >= 0 else len(self._out)
        fields, self._length = _fields(bytes(self._out[: self._head]))
        return fields

    def block(self) -> bytes:
        """The block of its record."""
        if self._length > MAX_BLOCK:
            raise _FaultError(f"{self._length:,} bytes, more than a page has")
        whole = self._head + self._length
        self._fill(whole + 4, _STEPS)
        if len(self._out) < whole:
            raise _FaultError("shorter than it says")
        return bytes(memoryview(self._out)[self._head : whole])

    def end(self) -> int:
        """Where the next member begins."""
        whole = self._head + self._length + 4
        if not self._inflater.eof and len(self._out) < whole:
            following = _next_member(self._data, self._start + 18)
            if following > 0 and int.from_bytes(self._data[following - 4 : following], "little") == whole % 2**32:
                return following
        total = len(self._out)
        after = bytes(self._out[whole - 4 : whole + 16])
        while not self._inflater.eof and len(after) < 20:
            self._out.clear()
            self._fill(_STEPS, _STEPS)
            after += self._out[max(0, whole - 4 - total) :][:20]
            total += len(self._out)
        if total < whole - 4:
            raise _FaultError("shorter than it says")
        if after.strip(b"\r\n") or not self._inflater.eof:
            raise _SeveralError if after.lstrip(b"\r\n").startswith(b"WARC/") else _FaultError("longer than it says")
        return self._position - len(self._inflater.unused_data)

    def _fill(self, size: int, step: int) -> None:
        """Unpack until there are `size` bytes or the member ends."""
        inflater, out = self._inflater, self._out
        while len(out) < size and not inflater.eof:
            packed = self._rest
            if not packed:
                packed = self._data[self._position : self._position + step]
                self._position += len(packed)
            if not packed:
                raise _FaultError("cut off in the middle of a record")
            out += inflater.decompress(packed, size - len(out))
            self._rest = inflater.unconsumed_tail


def _next_member(data: mmap.mmap, position: int) -> int:
    """Where the next gzip member begins that holds a record; -1 where none does."""
    while (position := data.find(_MEMBER, position)) >= 0:
        with contextlib.suppress(zlib.error):
            if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[position : position + 512], 5) == b"WARC/":
                return position
        position += 1
    return -1


class _Stream:
    """Records one after the other, in a file that is not packed, or as one gzip stream."""

    def __init__(self, path: Path, file: IO[bytes], is_wanted: Wanted, count: int = 0) -> None:
        self._path, self._file, self._is_wanted, self._count = path, file, is_wanted, count

    def records(self) -> Iterator[Record]:
        """The wanted ones; InputError where they break off."""
        try:
            while (line := self._line()) is not None:
                offset = self._file.tell() - len(line)
                fields, length = _fields(line + self._head())
                is_wanted = self._is_wanted(fields)
                block = self._block(length, keep=is_wanted)
                if is_wanted:
                    fault = "" if length <= MAX_BLOCK else f"{length:,} bytes, more than a page has"
                    yield Record(offset, fields, block, fault)
                self._count += 1
        except (_FaultError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _broken(self._path, str(error), self._count) from error
        if not self._count:
            raise InputError(f"{self._path}: holds no record; name a WARC file")

    def _line(self) -> bytes | None:
        """The first line of the next record; None at the end."""
        while line := self._file.readline(MAX_HEAD):
            if line.strip(b"\r\n\0"):
                return line
        return None

    def _head(self) -> bytes:
        lines = []
        while (line := self._file.readline(MAX_HEAD)).strip():
            lines.append(line)
        return b"".join(lines)

    def _block(self, length: int, *, keep: bool) -> bytes:
        parts, left = [], length
        while left:
            part = self._file.read(min(left, _STEPS * 16))
            if not part:
                raise _FaultError("cut off in the middle of a record")
            left -= len(part)
            if keep and length <= MAX_BLOCK:
                parts.append(part)
        return b"".join(parts)


def _fields(head: bytes) -> tuple[dict[str, str], int]:
    """The fields of a record's head, and how long its block is."""
    version, *lines = head.decode("utf-8", "replace").splitlines()
    if not version.startswith("WARC/"):
        raise _FaultError(f"no record begins with {version[:40]!r}")
    pairs = (line.partition(":") for line in lines if line)
    fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = fields.get("content-length", "")
    if not length.isdecimal():
        raise _FaultError(f"Content-Length is {length[:40]!r}")
    return fields, int(length)


def _broken(path: Path, reason: str, count: int) -> InputError:
    reason = " ".join(reason.split())[:160]
    if not count:
        return InputError(f"{path}: cannot be read as a WARC file: {reason}")
    return InputError(f"{path}: broken after {count} records, which were read: {reason}")
