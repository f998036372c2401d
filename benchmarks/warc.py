"""How fast a CC-NEWS-like WARC file is searched for one page in a hundred: odjek, warcio, fastwarc where it is there.

`python -m benchmarks warc [--megabytes N]` writes a file of generated pages into a temporary folder (default 300 MB): a
request and a response for each page, each packed for itself, and prints gigabytes a minute, by turns, best of three.
"""

import argparse
import importlib.util
import random
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from warcio.archiveiterator import ArchiveIterator

from spiders.warc_file import Fields, read_records

WANTED = ".skela.example/"
TURNS = 3


def main() -> None:
    """Write the file, read it by turns, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks warc")
    parser.add_argument("--megabytes", type=int, default=300)
    megabytes = parser.parse_args(sys.argv[2:] if sys.argv[1:2] == ["warc"] else []).megabytes
    readers: dict[str, Callable[[Path], int]] = {"odjek": _odjek, "warcio": _warcio}
    if importlib.util.find_spec("fastwarc"):
        readers["fastwarc"] = _fastwarc
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.warc.gz"
        wanted = _write(path, megabytes * 1_000_000)
        size = path.stat().st_size / 1e9
        seconds = {name: [_timed(read, path, wanted) for _ in range(TURNS)] for name, read in readers.items()}
    for name, times in seconds.items():
        print(f"{name:10} {size / min(times) * 60:6.1f} GB/min, {wanted} pages wanted")


def _timed(read: Callable[[Path], int], path: Path, wanted: int) -> float:
    started = perf_counter()
    found = read(path)
    if found != wanted:
        raise RuntimeError(f"{found} of {wanted} pages were found")
    return perf_counter() - started


def _odjek(path: Path) -> int:
    def is_wanted(fields: Fields) -> bool:
        return fields["warc-type"] == "response" and WANTED in fields["warc-target-uri"]

    return sum(1 for _ in read_records(path, is_wanted))


def _warcio(path: Path) -> int:
    count = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            if record.rec_type == "response" and WANTED in record.rec_headers.get_header("WARC-Target-URI"):
                record.raw_stream.read()
                count += 1
    return count


def _fastwarc(path: Path) -> int:
    from fastwarc.warc import ArchiveIterator as Fast
    from fastwarc.warc import WarcRecordType

    count = 0
    with path.open("rb") as file:
        for record in Fast(file, record_types=WarcRecordType.response, parse_http=False):
            if WANTED in record.headers["WARC-Target-URI"]:
                record.reader.read()
                count += 1
    return count


def _write(path: Path, size: int) -> int:
    """Fill a file with pages of random words, one in a hundred of the wanted host; how many those are."""
    chance = random.Random(4)
    words = ["".join(chance.choices("abcčćdđefghijklmnoprsštuvzž", k=chance.randint(2, 11))) for _ in range(30_000)]
    bodies = [" ".join(chance.choices(words, k=15_000)).encode() for _ in range(40)]
    wanted = number = 0
    with path.open("wb") as file:
        while file.tell() < size:
            is_wanted = number % 100 == 37
            url = f"https://www{WANTED if is_wanted else f'.sajt{number % 900}.example/'}vesti/{number}"
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + bodies[number % len(bodies)]
            file.write(_record("request", url, b"GET / HTTP/1.1\r\nUser-Agent: a\r\n\r\n"))
            file.write(_record("response", url, answer))
            wanted += is_wanted
            number += 1
    return wanted


def _record(kind: str, url: str, block: bytes) -> bytes:
    lines = ("WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"Content-Length: {len(block)}")
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(("\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n") + packer.flush()


if __name__ == "__main__":
    main()
