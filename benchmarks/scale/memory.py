"""What a piece of work takes of memory and of the processors: this process and all that it starts."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
_PAUSE = 0.2


@contextmanager
def peak() -> Iterator[list[float]]:
    """The largest sum of proportional memory (pages shared by processes counted once) seen inside the block, in MB.

    Nothing where the system does not tell (it is Linux that does).
    """
    found: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        most = 0.0
        while not ended.wait(_PAUSE):
            most = max(most, sum(map(_megabytes, _family("self"))))
        if most:
            found.append(most)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        ended.set()
        watcher.join()


def processor_seconds() -> float:
    """What this process, those it started and those that have ended have used; other work does not count.

    Read of each process: workers are children of a server that nobody waits for, so `os.times` does not know them.
    """
    used = [_ticks(process) for process in _family("self")]
    return sum(used) / os.sysconf("SC_CLK_TCK") if any(used) else sum(os.times()[:4])


def _ticks(process: str) -> int:
    try:
        fields = (PROC / process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def _family(process: str) -> Iterator[str]:
    yield process
    try:
        tasks = list((PROC / process / "task").iterdir())
        for task in tasks:
            for child in (task / "children").read_text().split():
                yield from _family(child)
    except OSError:  # it ended meanwhile
        return


def _megabytes(process: str) -> float:
    try:
        lines = (PROC / process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
