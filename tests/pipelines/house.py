"""Whole crawls into a real store, each in a process of its own, as Scrapy's reactor starts only once."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.database import connect
from tests.spiders.conftest import REPOSITORY

SINCE = "2026-03-01"
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ODJEK_RETRY_WAIT": 0,
    "RETRY_TIMES": 1,
    "ODJEK_WORKERS": 1,
    "ODJEK_CONTACT": "redakcija@merenje.example",
    "LOG_LEVEL": "WARNING",
}
CRAWL = """
import json, sys
from pathlib import Path
from datetime import date
from spiders.crawl import run_crawl
asked = json.loads(sys.argv[1])
days = {name: date.fromisoformat(asked[name]) for name in ("since", "until") if asked[name]}
stats = run_crawl(asked["settings"], outlets_dir=Path(asked["outlets"]), **days)
print(json.dumps(stats, default=str))
"""


def news(number: int, day: str = "2026-03-04", words: int = 60) -> str:
    """An article's page."""
    text = " ".join(f"Reč{number} {n} o mostu preko Drine." for n in range(words // 6))
    return (
        f"<html><head><title>Vest broj {number} o mostu</title>"
        f"<meta property='article:published_time' content='{day}T10:00:00+01:00'></head>"
        f"<body><article><h1>Vest broj {number} o mostu</h1><p>{text}</p></article></body></html>"
    )


@dataclass
class House:
    """Outlets, data folder, and crawls of them, each in a process of its own."""

    outlets: Path
    data: Path

    def start(
        self, since: str | None = SINCE, until: str | None = None, now: str = "", **settings: Any
    ) -> subprocess.Popen[str]:
        asked = {"settings": {**SETTINGS, "ODJEK_DATA": str(self.data), **settings}, "since": since, "until": until}
        argument = json.dumps({**asked, "outlets": str(self.outlets)})
        command = [sys.executable, "-W", "error", "-c", CRAWL, argument]
        environment = {**os.environ, "ODJEK_NOW": now}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=pipe, stderr=pipe, text=True)

    def crawl(self, since: str | None = SINCE, **asked: Any) -> dict[str, Any]:
        """The stats of a crawl that ends by itself and complains of nothing."""
        with self.start(since, **asked) as process:
            out, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints[-3000:]
        assert "Traceback" not in complaints, complaints[-3000:]
        stats: dict[str, Any] = json.loads(out)
        return stats

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with connect(self.data) as connection:
            return connection.execute(query).fetchall()
