"""Run by the test in a process of its own: one crawl for each line of its input, each at the time the line names.

Thirty processes would take a minute to start. `clock.now` is asked anew for each crawl; all else of a crawl is made anew
by Scrapy itself.
"""

import asyncio
import json
import os
import sys
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from spiders import clock


async def crawls(arguments: dict[str, Any]) -> None:
    """Crawl as each line says, and answer with a line of stats."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        os.environ["ODJEK_NOW"] = line.strip()
        clock._ahead.cache_clear()
        settings = Settings()
        settings.setmodule("spiders.settings", priority="project")
        settings.setdict(arguments["settings"], priority="cmdline")
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler("outlet")
        await runner.crawl(crawler, outlets_dir=arguments["outlets"])
        assert crawler.stats is not None
        print(json.dumps(crawler.stats.get_stats(), default=str), flush=True)


def main(argument: str) -> None:
    """Start the reactor, and end it after the last crawl."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred

    done = Deferred.fromFuture(asyncio.ensure_future(crawls(json.loads(argument)), loop=reactor._asyncioEventloop))
    failures: list[Any] = []
    done.addErrback(failures.append).addBoth(lambda _: reactor.stop())
    reactor.run()
    for failure in failures:
        failure.raiseException()


if __name__ == "__main__":
    main(sys.argv[1])
