"""Run by the tests in a process of its own: one crawl, its items and stats written as JSON.

python -m tests.spiders.collect '{"out": …, "settings": {…}, "crawl": {…}}'
"""

import json
import socket
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler

from spiders.crawl import run_crawl
from spiders.crawl_stats import by_outlet


class Collect:
    """An item pipeline that keeps what it sees."""

    items: list[dict[str, Any]] = []  # noqa: RUF012  one crawl in a process

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_item(self, item: Any) -> Any:
        kind = type(item).__name__
        self.items.append({"kind": kind, **asdict(item)})
        return item


def resolve_to(names: dict[str, str]) -> None:
    """Let names lead to numbers, for all who ask this process's resolver."""
    original = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *more, **named: original(names.get(host, host), *more, **named)
    socket.gethostbyname = lambda host: names.get(host, host)


def main(argument: str) -> None:
    """Crawl as the argument says."""
    asked = json.loads(argument)
    resolve_to(asked["resolve"])
    progress: list[dict[str, Any]] = []
    crawl = {
        name: date.fromisoformat(value) if name in ("since", "until") else value
        for name, value in asked["crawl"].items()
    }
    crawl["outlets_dir"] = Path(crawl["outlets_dir"])
    settings = {
        "ITEM_PIPELINES": {"tests.spiders.collect.Collect": 100},
        "SPIDER_MIDDLEWARES": {},
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "ODJEK_RETRY_WAIT": 0,
        "RETRY_TIMES": 2,
        "LOG_LEVEL": "WARNING",
        "ODJEK_CONTACT": "redakcija@merenje.example",
        **asked["settings"],
    }
    stats = run_crawl(settings, **crawl, on_progress=lambda counts: progress.append(json.loads(json.dumps(counts))))
    from tests.spiders.collect import Collect as Imported  # the pipeline's module, not __main__

    result = {"items": Imported.items, "stats": stats, "outlets": by_outlet(stats), "progress": progress}
    Path(asked["out"]).write_text(json.dumps(result, default=str), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
