"""How far a command is: a line that changes on a terminal, else a line at the start and the end of each step.

The command line gives the stream (stderr); nothing else uses this.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from reports.complaint import LOG

LIVE_SECONDS = 0.2
"""Between two changes of the line on a terminal."""

PLAIN_SECONDS = 15.0
"""Between two lines of one step where the stream is not a terminal: a log of the night stays short."""


class Progress:
    """The steps of one command, shown on a stream."""

    def __init__(self, stream: TextIO, *, is_quiet: bool = False, is_plain: bool = False) -> None:
        self._console = Console(file=stream, quiet=is_quiet, highlight=False, soft_wrap=True)
        self._is_live = self._console.is_terminal and not is_plain

    def line(self, text: str) -> None:
        """Show one line that stays."""
        self._console.print(text, markup=False)

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Show a step while it runs; the function that is yielded says how far it is."""
        started = monotonic()
        latest, shown_at = "", started
        status = self._console.status(name)

        def note(text: str) -> None:
            nonlocal latest, shown_at
            latest = text
            if monotonic() - shown_at >= (LIVE_SECONDS if self._is_live else PLAIN_SECONDS):
                shown_at = monotonic()
                if self._is_live:
                    status.update(Text(f"{name}: {text}"))  # an address in [brackets] is no markup
                else:
                    self.line(f"{name}: {text}")

        if self._is_live:
            status.start()
        else:
            self.line(f"{name} …")
        try:
            yield note
        finally:
            status.stop()
        end = f"{name}: {latest or 'done'} ({monotonic() - started:.0f} s)"
        LOG.info(end)
        self.line(end)

    @contextmanager
    def counting(self, name: str, noun: str) -> Iterator[Callable[[int], None]]:
        """Show a step that goes through many things; the function that is yielded is told how many more are done."""
        done = 0
        with self.step(name) as note:

            def tell(more: int) -> None:
                nonlocal done
                done += more
                note(in_words({noun: done}))

            yield tell


def crawl_note(counts: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the counts of a crawl, all outlets together, in one line."""
    total = {name: sum(of[name] for of in counts.values()) for name in ("fetched", "stored", "refused", "failed")}
    return in_words({"outlets": len(counts), **total})


def in_words(counts: Mapping[str, int]) -> str:
    """Return counts in one line, e.g. `1,200 stored, 3 refused`."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
