"""One crawl in this process: Scrapy's engine around the one spider, with the settings of spiders/settings.py.

The command line calls this; `scrapy crawl outlet` does the same without it. What became of each outlet stands in the
table `crawl` afterwards. Twisted's reactor starts once in a process, and so does this.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

COUNTED = ("discovered", "fetched", "stored", "refused", "failed")
"""What the stats count for each outlet, as odjek/<outlet>/<count>."""


def crawl(
    arguments: Mapping[str, str], settings: Mapping[str, Any], watch: Callable[[Counter[str]], None] | None = None
) -> str:
    """Crawl to the end and return Scrapy's finish reason; raises what kept the crawl from starting.

    `arguments` are those of `scrapy crawl outlet -a`, `settings` those of `-s`; `watch` is given the totals so far with
    every response.
    """
    project = Settings()
    project.setmodule("spiders.settings", priority="project")
    project.setdict(settings, priority="cmdline")
    process = AsyncCrawlerProcess(project)
    crawler = process.create_crawler("outlet")

    def tell() -> None:
        if watch:
            watch(totals(crawler))

    crawler.signals.connect(tell, signal=signals.response_received)
    task = process.crawl(crawler, **arguments)
    process.start()
    if not task.done():
        return "killed"
    if error := task.exception():
        raise error
    return str(crawler.stats.get_value("finish_reason"))


def totals(crawler: Crawler) -> Counter[str]:
    """Return the counts of all outlets together."""
    counts: Counter[str] = Counter()
    for key, value in crawler.stats.get_stats().items():
        parts = key.split("/")
        if len(parts) == 3 and parts[0] == "odjek" and parts[2] in COUNTED:
            counts[parts[2]] += value
    return counts
