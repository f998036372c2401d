"""Extraction in worker processes, so that neither Scrapy's reactor nor an import waits for one page.

Each worker is led by a thread that hands it pages. A worker that dies or takes too long costs that page a
refusal and is replaced; the others go on. `concurrent.futures` cannot do this: there one dead worker breaks the pool.
"""

import contextlib
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from types import TracebackType
from typing import Self

from pipelines.article import Article
from pipelines.extract import extract
from pipelines.processes import cores, start_context
from spiders.page import Page, Window
from spiders.refusal import Refusal

PAGE_SECONDS = 30.0
"""A page that takes longer is given up: the slowest of 429 real pages took 0.4 s."""
START_SECONDS = 120.0
AHEAD = 4
"""Pages per worker that `map` reads before their turn: enough to keep all busy, few enough to stay in memory."""

DEPTH = 2
"""Pages a worker holds: the next lies ready when one is done, so that no worker waits for the parent."""

Result = Article | Refusal
Job = tuple[Page, str, Window]
Extract = Callable[[Page, str, Window], Result]


class ExtractionPool:
    """Worker processes (as many as there are cores, unless said otherwise) as a context manager.

    `submit` never blocks: whoever calls it bounds what is in flight, as Scrapy does and `map` does itself.
    """

    def __init__(
        self, workers: int | None = None, *, page_seconds: float = PAGE_SECONDS, function: Extract = extract
    ) -> None:
        self._count = workers or cores()
        self._jobs: queue.SimpleQueue[tuple[Future[Result], Job] | None] = queue.SimpleQueue()
        leaders = (_Leader(self._jobs, function, page_seconds) for _ in range(self._count))
        self._threads = [threading.Thread(target=leader.run, name="extraction", daemon=True) for leader in leaders]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._cancel_waiting()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def submit(self, page: Page, timezone: str, window: Window) -> Future[Result]:
        """Extract one page when a worker is free."""
        future: Future[Result] = Future()
        self._jobs.put((future, (page, timezone, window)))
        return future

    def map(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Results in the order of the jobs, which are read only a few ahead."""
        waiting: deque[Future[Result]] = deque()
        for page, timezone, window in jobs:
            waiting.append(self.submit(page, timezone, window))
            if len(waiting) >= self._count * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _cancel_waiting(self) -> None:
        while True:
            try:
                waiting = self._jobs.get_nowait()
            except queue.Empty:
                return
            if waiting is not None:
                waiting[0].cancel()


class _Leader:
    """Leads one worker process after another through the jobs of the common queue."""

    def __init__(
        self, jobs: queue.SimpleQueue[tuple[Future[Result], Job] | None], function: Extract, page_seconds: float
    ) -> None:
        self._jobs, self._function, self._page_seconds = jobs, function, page_seconds
        self._worker: _Worker | None = None
        self._sent: deque[tuple[Future[Result], Job]] = deque()  # the first is being worked on
        self._is_closing = False

    def run(self) -> None:
        while self._fill():
            future = self._sent[0][0]
            try:
                future.set_result(self._receive())
            except BaseException as error:  # noqa: BLE001 - whoever waits for the result gets the error
                future.set_exception(error)
                self._sent.popleft()
        self._stop()

    def _fill(self) -> bool:
        """Send the worker jobs up to DEPTH, waiting for one where it has none; False when there will be no more."""
        while len(self._sent) < DEPTH and not self._is_closing:
            try:
                waiting = self._jobs.get(block=not self._sent)
            except queue.Empty:
                break
            if waiting is None:
                self._is_closing = True
            elif waiting[0].set_running_or_notify_cancel():
                self._sent.append(waiting)
                if self._worker is not None:
                    self._worker.send(waiting[1])
        return bool(self._sent)

    def _receive(self) -> Result:
        if self._worker is None:
            self._worker = _Worker(self._function)
            for _, job in self._sent:
                self._worker.send(job)
        try:
            if self._worker.connection.poll(self._page_seconds):
                result: Result = self._worker.connection.recv()
                self._sent.popleft()
                return result
            trouble = f"took longer than {self._page_seconds:g} s"
        except (EOFError, OSError):
            trouble = f"its worker died ({self._worker.ending()})"
        self._stop()
        page = self._sent.popleft()[1][0]
        return Refusal(page.outlet, page.url, "extraction_failed", trouble)

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


class _Worker:
    """One process that extracts what is sent to it, ready when this is made."""

    def __init__(self, function: Extract) -> None:
        context = _context()
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, function), daemon=True)
        self._process.start()
        theirs.close()
        if not self.connection.poll(START_SECONDS) or self.connection.recv() != "ready":
            raise RuntimeError(f"a worker of the extraction did not start in {START_SECONDS:g} s")

    def send(self, job: Job) -> None:
        """Hand over a job; that the process is dead shows when its result is asked for."""
        with contextlib.suppress(OSError):
            self.connection.send(job)

    def ending(self) -> str:
        """How the process ended, in words."""
        self._process.join(5)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def stop(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _work(connection: Connection, function: Extract) -> None:
    """The loop of a worker process: pages in, results out, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the connection
    with contextlib.suppress(BrokenPipeError):  # the parent was killed; reading ends at once
        connection.send("ready")
    jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    # Read beside the work: else a long result and a long next page would wait for each other for ever.
    threading.Thread(target=_read, args=(connection, jobs), daemon=True).start()
    while (job := jobs.get()) is not None:
        page, timezone, window = job
        try:
            result: Result = function(page, timezone, window)
        except Exception as error:  # noqa: BLE001 - any page can break a parser; the page is refused, named and archived
            result = Refusal(page.outlet, page.url, "extraction_failed", f"{type(error).__name__}: {error}"[:200])
        with contextlib.suppress(BrokenPipeError):
            connection.send(result)


def _read(connection: Connection, jobs: queue.SimpleQueue[Job | None]) -> None:
    try:
        while True:
            jobs.put(connection.recv())
    except (EOFError, OSError):
        jobs.put(None)


@cache
def _context() -> ForkServerContext | SpawnContext:
    context = start_context()
    if isinstance(context, ForkServerContext):
        context.set_forkserver_preload(["pipelines.extract"])  # a replaced worker is ready in milliseconds
    return context
