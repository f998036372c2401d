"""One job at a time in a data folder: a lock of the system on DATA/odjek.lock, gone with the process that holds it.

The store itself is locked only while it is open; a job opens it several times, and writes a snapshot and a report
besides. Readers of the snapshot and the report need no lock and are never asked for one.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from spiders import clock
from spiders.errors import BusyError, StoreError

FILE = "odjek.lock"
POLL_SECONDS = 1.0
_held: set[Path] = set()


@contextmanager
def alone(
    data: Path, command: str, *, wait_seconds: float = 0.0, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the data folder for `command`; BusyError when another process still has it after `wait_seconds`.

    A folder that this process holds already is not locked twice, and one that does not exist not at all. The file is
    left behind: to remove it would let two processes hold a lock of the same name.
    """
    folder = data.resolve()
    if folder in _held or not folder.exists():
        yield
        return
    with (folder / FILE).open("a+", encoding="utf-8") as file:  # no process that is started inherits it
        _acquire(file, data, wait_seconds, on_wait)
        _held.add(folder)
        _write(file, {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": clock.now()})
        try:
            yield
        finally:
            file.truncate(0)
            _held.discard(folder)


def _acquire(file: IO[str], data: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> None:
    give_up_at = time.monotonic() + wait_seconds
    while not _try(file, data):
        holder = _holder(file)
        if time.monotonic() >= give_up_at:
            raise BusyError(
                f"{data} is in use: {holder} works there; wait for it to end (or start with --wait MINUTES)"
            )
        if on_wait is not None:
            on_wait(f"{data} is in use: waiting for {holder}")
            on_wait = None
        time.sleep(min(POLL_SECONDS, max(0.0, give_up_at - time.monotonic())))


def _try(file: IO[str], data: Path) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # some network and FUSE file systems
        raise StoreError(
            f"{data}: its file system cannot lock files ({error.strerror}); keep the data folder on a local disk"
        ) from error
    return True


def _write(file: IO[str], holder: dict[str, object]) -> None:
    file.truncate(0)
    file.write(json.dumps(holder, default=lambda at: at.isoformat(timespec="seconds")) + "\n")
    file.flush()


def _holder(file: IO[str]) -> str:
    """Who has the lock, in words; what it wrote may be missing in the moment after it took the lock."""
    file.seek(0)
    try:
        holder = json.loads(file.read())
        since = datetime.fromisoformat(holder["since"])
        place = "" if holder["host"] == socket.gethostname() else f" on {holder['host']}"
        return f"'odjek {holder['command']}' (process {holder['pid']}{place}, since {since:%Y-%m-%d %H:%M} UTC)"
    except (ValueError, KeyError, TypeError):
        return "another process"
