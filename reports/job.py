"""A command that writes a data folder, as a job: alone there, with a log of its own, ended in order, heard of outside.

What the job does is handed in by the command line, which also turns what is raised here into an exit code.
"""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType

from pipelines.lock import alone
from reports.complaint import LOG, complain
from reports.exit_codes import HEALTHY, ending
from reports.options import House
from reports.ping import Ping
from spiders import clock
from spiders.errors import StoppedError

LOGS = "logs"
LOGS_KEPT = 30
"""Files in DATA/logs: a month of nights."""


def run_job(house: House, command: str, work: Callable[[], int], *, ping: str = "", has_log: bool = False) -> int:
    """Do the work and return its exit code; what ends it otherwise is raised again, after it was logged and told."""
    watcher = Ping(ping, complain)
    said = _Said()
    LOG.addHandler(said)
    try:
        with (
            _stoppable(),
            alone(house.data, command, wait_seconds=house.wait_minutes * 60, on_wait=complain),
            _logged(house, command) if has_log else nullcontext() as path,
        ):
            watcher.start()
            code = _logging_errors(work)
            if code and path:
                complain(f"exit code {code}; the log is {path}")
    except BaseException as error:
        code, line = ending(error) or (1, f"crashed: {type(error).__name__}: {error}")
        watcher.end(is_good=False, body=f"exit code {code}\n{line}")
        raise
    finally:
        LOG.removeHandler(said)
    watcher.end(is_good=code in HEALTHY, body="\n".join([f"exit code {code}", *said.lines]))
    return code


def _logging_errors(work: Callable[[], int]) -> int:
    try:
        with _stoppable():
            code = work()
    except BaseException as error:
        known = ending(error)
        if known:
            LOG.error("exit code %d: %s", *known)
        else:
            LOG.exception("crashed")
        raise
    LOG.info("exit code %d", code)
    return code


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn SIGTERM and SIGINT into an error that says what is kept; a crawl handles them itself while it runs."""
    received: list[int] = []

    def stop(signum: int, _frame: FrameType | None) -> None:
        received.append(signum)
        raise KeyboardInterrupt  # nothing on the way takes it for an error; only DuckDB makes one of its own of it

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except BaseException as error:
        if not received:
            raise
        raise StoppedError(
            "stopped; what was stored is kept, and the last report stays: the same command goes on", received[0]
        ) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Said(logging.Handler):
    """Keeps what was complained of, for the watcher."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _logged(house: House, command: str) -> Iterator[Path]:
    """Log to a file of this job in DATA/logs, with -v on stderr too; the oldest files go."""
    from spiders.log_lines import JsonLines, TextLines

    folder = house.data / LOGS
    folder.mkdir(exist_ok=True)
    suffix, formatter = (".jsonl", JsonLines()) if house.log_format == "json" else (".log", TextLines())
    path = folder / f"{clock.now():%Y%m%dT%H%M%SZ}-{command}{suffix}"
    handlers: list[logging.Handler] = [logging.FileHandler(path, encoding="utf-8")]
    if house.is_verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.NOTSET)  # as Scrapy sets it; each handler has its own
    for handler in handlers:
        handler.setLevel(logging.INFO)
        handler.setFormatter(formatter)
        root.addHandler(handler)
    for old in sorted([*folder.glob("*.log"), *folder.glob("*.jsonl")])[:-LOGS_KEPT]:
        old.unlink(missing_ok=True)
    try:
        yield path
    finally:
        root.setLevel(level)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
