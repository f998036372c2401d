"""How a signal ends a crawl: what is on its way may arrive, what waits for its turn is dropped; a second one ends all.

Scrapy alone would go on to send what stands in the queue of each host, with all pauses: minutes, where a machine that
shuts down allows 90 seconds. What is dropped was not fetched, is counted nowhere, and is found again by the next crawl.
"""

import contextlib
import logging
import signal
from types import FrameType, TracebackType
from typing import Any, Self

from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.exceptions import IgnoreRequest

log = logging.getLogger(__name__)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopOnSignal:
    """Handles SIGINT and SIGTERM while a crawl runs; `signum` is the one that came, if any."""

    def __init__(self, process: CrawlerProcess, crawler: Crawler) -> None:
        self.signum: int | None = None
        self._process = process
        self._crawler = crawler
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _on_signal(self, signum: int, _frame: FrameType | None) -> None:
        from twisted.internet import reactor  # the reactor is chosen by the crawler's settings: not before

        is_first, self.signum = self.signum is None, signum
        reactor.callFromThread(self._end if is_first else self._halt)  # nothing is logged or done inside a handler

    def _end(self) -> None:
        log.info("stopping: what is on its way may arrive; send the signal again to end at once")
        self._process.stop().addBoth(self._halt)
        engine = self._crawler.engine
        for slot in engine.downloader.slots.values() if engine else ():
            while slot.queue:
                request, waiting = slot.queue.popleft()
                request.errback = None  # an outlet is not to blame for it
                waiting.errback(IgnoreRequest("the crawl was stopped"))

    def _halt(self, _result: object = None) -> None:
        from twisted.internet import reactor

        with contextlib.suppress(RuntimeError):  # it is stopped already
            reactor.stop()  # type: ignore[misc]  # Twisted types it as an attribute of its interface
