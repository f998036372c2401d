"""One crawl from Python, as the command line needs it: starts Scrapy, shows progress, gives the stats back.

What is fetched is the spider's business. `scrapy crawl outlet` does the same without odjek.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from spiders import crawl_stats
from spiders.stop import StopOnSignal

Progress = Callable[[Mapping[str, Mapping[str, Any]]], None]


def run_crawl(
    settings_overrides: Mapping[str, Any],
    *,
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
    outlets_dir: Path | None = None,
    on_progress: Progress | None = None,
    every_seconds: float = 1.0,
) -> dict[str, Any]:
    """Crawl and return Scrapy's stats (`crawl_stats.by_outlet` sorts them). Only once in a process: Twisted's limit.

    A signal ends it in order (spiders/stop.py); the stats then hold its number under `stopped_by`.
    `on_progress` is called with the counts by outlet about every second, and once at the end. What the spider refuses
    to start with (an unknown outlet, a wrong date, a bad registry) is raised as an OdjekError.
    """
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict(dict(settings_overrides), priority="cmdline")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler("outlet")
    if on_progress is not None:
        _report(crawler, on_progress, every_seconds)
    failures: list[Failure] = []
    asked = {"outlet": outlet, "since": since, "until": until, "outlets_dir": outlets_dir}
    done = process.crawl(crawler, **{name: str(value) for name, value in asked.items() if value})
    done.addErrback(failures.append)
    with StopOnSignal(process, crawler) as stop:
        process.start(install_signal_handlers=False)
    if failures:
        try:
            failures[0].raiseException()
        except SystemExit as end:  # how the spider ends a `scrapy crawl` that cannot start
            raise end.__cause__ or end from None
    return {**crawler.stats.get_stats(), "stopped_by": stop.signum}


def _report(crawler: Any, on_progress: Progress, every_seconds: float) -> None:
    def tell() -> None:
        on_progress(crawl_stats.by_outlet(crawler.stats.get_stats()))

    def begin() -> None:
        ticker = create_looping_call(tell)  # there is no loop yet when the crawler is made
        ticker.start(every_seconds, now=True)
        crawler.signals.connect(ticker.stop, signal=signals.spider_closed, weak=False)

    crawler.signals.connect(begin, signal=signals.spider_opened, weak=False)
    crawler.signals.connect(tell, signal=signals.spider_closed, weak=False)
