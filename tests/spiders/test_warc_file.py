"""Finding records in WARC files: whole, broken, nested, padded; and that what is not wanted is not unpacked."""

import gzip
import zlib
from pathlib import Path

import pytest

from spiders.errors import InputError
from spiders.warc_file import Fields, Record, read_record, read_records

BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + b"Vest o mostu preko Drine. " * 4000


def head(name: str, length: int) -> bytes:
    lines = (
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: https://{name}.example/",
        f"Content-Length: {length}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def plain(name: str, block: bytes = BLOCK) -> bytes:
    return head(name, len(block)) + block + b"\r\n\r\n"


def packed(name: str, block: bytes = BLOCK, level: int = 6) -> bytes:
    return gzip.compress(plain(name, block), level)


def names(records: list[Record]) -> list[str]:
    return [record.fields["warc-target-uri"].removeprefix("https://").removesuffix(".example/") for record in records]


def is_all(_: Fields) -> bool:
    return True


def is_wanted(fields: Fields) -> bool:
    return "zeljena" in fields["warc-target-uri"]


INSIDE = packed("zeljena-unutra", b"krivotvoreno" * 50)
"""A WARC file inside of a page: its record is not one of the outer file's."""
SPOILED = bytearray(packed("pokvarena"))
SPOILED[200:260] = b"\x00" * 60

FILES = [
    # what, content, all records, wanted ones
    ("one by one", packed("a") + packed("zeljena") + packed("c"), ["a", "zeljena", "c"], ["zeljena"]),
    ("small ones", b"".join(packed(n, b"x") for n in ("a", "zeljena", "c")), ["a", "zeljena", "c"], ["zeljena"]),
    ("hardly packed", packed("a", level=1) + packed("zeljena", level=0), ["a", "zeljena"], ["zeljena"]),
    ("padded", packed("a") + packed("zeljena") + b"\0" * 512, ["a", "zeljena"], ["zeljena"]),
    ("not packed", plain("a") + plain("zeljena"), ["a", "zeljena"], ["zeljena"]),
    ("as one stream", gzip.compress(plain("a") + plain("zeljena")), ["a", "zeljena"], ["zeljena"]),
    ("two in a member", packed("a") + gzip.compress(plain("b") + plain("zeljena")), ["a", "b", "zeljena"], ["zeljena"]),
    ("one inside another", packed("a", INSIDE, level=0) + packed("zeljena"), ["a", "zeljena"], ["zeljena"]),
    ("no blank lines after", gzip.compress(head("a", 2) + b"ab") + packed("zeljena"), ["a", "zeljena"], ["zeljena"]),
]


@pytest.mark.parametrize(("content", "every", "wanted"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_records_are_found(tmp_path: Path, content: bytes, every: list[str], wanted: list[str]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    assert names(list(read_records(path, is_all))) == every
    found = list(read_records(path, is_wanted))
    assert names(found) == wanted
    assert not any(record.fault for record in found)


def test_one_record_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed("a") + packed("b"))
    _, second = read_records(path, is_all)
    assert read_record(path, second.offset).block == second.block == BLOCK
    with pytest.raises(InputError, match="no record at byte"):
        read_record(path, len(path.read_bytes()))


@pytest.mark.parametrize(
    "broken",
    [bytes(SPOILED), packed("pokvarena")[:300], gzip.compress(head("pokvarena", 10_000) + b"kratko")],
    ids=["spoiled", "cut", "too short"],
)
def test_a_broken_record_costs_itself_alone(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed("a") + broken + packed("zeljena"))
    records = list(read_records(path, is_all))
    assert names([record for record in records if not record.fault]) == ["a", "zeljena"]
    assert [bool(record.fault) for record in records] == [False, True, False]
    assert names(list(read_records(path, is_wanted))) == ["zeljena"]  # whose it was is known, and that nobody wants it


def test_a_record_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1024 * 1024)
    large = packer.compress(head("velika", 70 * len(zeros)))
    large += b"".join(packer.compress(zeros) for _ in range(70)) + packer.compress(b"\r\n\r\n") + packer.flush()
    path.write_bytes(large + packed("b"))
    first, second = read_records(path, is_all)
    assert "more than a page has" in first.fault
    assert names([second]) == ["b"]


def test_what_is_not_wanted_is_passed_over_by_its_first_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0
    make = zlib.decompressobj

    class Counting:
        def __init__(self, bits: int) -> None:
            self._inflater = make(bits)

        def decompress(self, data: bytes, size: int) -> bytes:
            nonlocal unpacked
            found = self._inflater.decompress(data, size)
            unpacked += len(found)
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(self._inflater, name)

    monkeypatch.setattr("spiders.warc_file.zlib.decompressobj", Counting)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed("a") * 50 + packed("zeljena"))
    assert names(list(read_records(path, is_wanted))) == ["zeljena"]
    assert unpacked < 3 * len(BLOCK)
