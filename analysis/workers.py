"""Worker processes for the steps that read every text: as many as there are cores, none where there is little to do.

A task is a function of a module and what it is called with, both picklable; results come in the order of the tasks.
What every task needs (the model, the frequencies) is shared once, as a file that each worker reads when it first
meets it. Words that a worker has folded stay in its memory for the tasks to come, so one pool serves all steps.
"""

import gc
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pipelines.processes import start_context

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """A value that all tasks of a step need."""

    value: T | None
    path: Path | None = None

    def get(self) -> T:
        """The value; a worker reads it once."""
        return self.value if self.path is None else _read(self.path)  # type: ignore[return-value] # either is given


@lru_cache(maxsize=2)
def _read(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301 - written by this analysis, in a folder only its user can read


class Workers:
    """Processes that work through tasks, or nothing but this process where `count` is 1; a context manager."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._shared = 0
        self._was_collecting = False

    def __enter__(self) -> Self:
        # Millions of words and rows live long and point in no circles; looking for circles took a third of the time.
        self._was_collecting = gc.isenabled()
        gc.disable()
        if self._count > 1:
            self._folder = tempfile.TemporaryDirectory(prefix="odjek-")
            self._pool = ProcessPoolExecutor(self._count, mp_context=start_context(), initializer=gc.disable)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()
        if self._was_collecting:
            gc.enable()

    def share(self, value: T) -> Shared[T]:
        """Make a value known to every worker."""
        if self._folder is None:
            return Shared(value)
        self._shared += 1
        path = Path(self._folder.name) / f"{self._shared}.pickle"
        with path.open("wb") as file:
            pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
        return Shared(None, path)

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Results in the order of the tasks, which are made only a few ahead of the work."""
        if self._pool is None:
            yield from map(function, tasks)
            return
        waiting: list[Future[R]] = []
        for task in tasks:
            waiting.append(self._pool.submit(function, task))
            if len(waiting) > 2 * self._count:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
