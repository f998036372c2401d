"""One crawl in this process: Scrapy's engine around the one spider, with the settings of spiders/settings.py.

The command line calls this; `scrapy crawl outlet` does the same without it. What became of each outlet stands in the
table `crawl` afterwards. Twisted's reactor starts once in a process, and so does this.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from spiders.errors import InputError
from spiders.registry import load_outlets

COUNTED = ("fetched", "stored", "refused", "failed")
"""What the stats count for each outlet, as odjek/<outlet>/<count>, in the order it is shown."""

FINISHED = "finished"
"""Scrapy's reason for a crawl that came to its end."""


def check(names: Sequence[str], folder: Path | None, since: date | None, until: date | None) -> None:
    """Refuse what cannot be crawled before anything is touched: a bad registry, unknown outlets, a turned window."""
    known = load_outlets(folder)
    for name in names:
        if name not in known:
            near = ", ".join(get_close_matches(name, known)) or "'odjek outlets list' shows all"
            raise InputError(f"no outlet '{name}' in the registry; near it: {near}")
    if since and until and since > until:
        raise InputError(f"the window begins on {since}, after its end on {until}")


def crawl(
    data: Path,
    *,
    outlets: Path | None = None,
    names: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    log: Path | None = None,
    watch: Callable[[Counter[str]], None] | None = None,
) -> str:
    """Crawl to the end and return Scrapy's finish reason; raises what kept the crawl from starting.

    `outlets` is the registry's folder, `names` those to crawl (none: all), `log` a file that the log is added to (none:
    stderr); `watch` is given the totals so far with every response.
    """
    given = {"outlet": ",".join(names), "since": since, "until": until, "outlets_dir": outlets}
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict({"ODJEK_DATA": str(data), "LOG_FILE": log and str(log)}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler("outlet")

    def tell() -> None:
        if watch:
            watch(totals(crawler))

    crawler.signals.connect(tell, signal=signals.response_received)
    task = process.crawl(crawler, **{name: str(value) for name, value in given.items() if value})
    process.start()
    if not task.done():
        return "killed"
    if error := task.exception():
        raise error
    return str(crawler.stats.get_value("finish_reason"))


def totals(crawler: Crawler) -> Counter[str]:
    """Return the counts of all outlets together."""
    counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
    for key, value in crawler.stats.get_stats().items():
        first, _, last = key.rpartition("/")
        if first.startswith("odjek/") and last in COUNTED:
            counts[last] += value
    return counts
