"""The month as it is lived: the web's clock and odjek's go from night to night, and what each crawl left is kept."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.database import connect
from tests.conftest import REPOSITORY
from tests.month.press import Paper, nights
from tests.month.trouble import Trouble
from tests.month.web import PressWeb
from tests.pipelines.house import SETTINGS as OF_TESTS

SETTINGS = {**OF_TESTS, "CONCURRENT_REQUESTS_PER_DOMAIN": 2, "DOWNLOAD_TIMEOUT": 10, "ODJEK_RETRY_WAIT_MAX": 5}
ATTEMPTS = 2
"""Of one request: RETRY_TIMES more than one."""


ENOUGH = 60
"""Articles after which a crawl is killed: about half of a night's."""


@dataclass
class Month:
    """Outlets, what befalls them, and the nights on which odjek runs."""

    papers: list[Paper]
    troubles: list[Trouble]
    absent: set[int]
    killed: int
    count: int
    folder: Path
    web: PressWeb = field(init=False)
    stats: dict[int, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.times = nights(self.count)
        for paper in self.papers:
            paper.end = self.times[-1]
        self.troubles = [one for one in self.troubles if one.first < self.count]
        self.web = PressWeb(self.papers, self.troubles)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def complaints(self) -> Path:
        """What the crawls logged."""
        return self.folder / "complaints.log"

    @property
    def ran(self) -> list[int]:
        """The nights on which odjek ran."""
        return [night for night in range(self.count) if night not in self.absent]

    def live(self) -> None:
        """Crawl each night."""
        outlets = self.folder / "outlets"
        outlets.mkdir()
        for paper in self.papers:
            write_file(paper, outlets)
        with self.web:
            self._live([night for night in self.ran if night < self.killed], outlets)
            if self.killed < self.count:
                self._kill(outlets)
            self._live([night for night in self.ran if night >= self.killed], outlets)

    def _live(self, nights: list[int], outlets: Path) -> None:
        with self._crawler(outlets) as crawler:
            for night in nights:
                self.web.turn(night, self.times[night])
                _ask(crawler, self.times[night] + timedelta(minutes=10) * (night == self.killed))
                assert crawler.stdout
                line = crawler.stdout.readline()
                assert line, self.complaints.read_text(encoding="utf-8")[-3000:]
                self.stats[night] = json.loads(line)

    def _kill(self, outlets: Path) -> None:
        """Begin the crawl of a night, and kill it when it has fetched some articles."""
        self.web.turn(self.killed, self.times[self.killed])
        with self._crawler(outlets) as crawler:
            _ask(crawler, self.times[self.killed])
            while sum(one.night == self.killed and one.place == "article" for one in self.web.log) < ENOUGH:
                time.sleep(0.02)
                assert crawler.poll() is None
            crawler.kill()

    @contextmanager
    def _crawler(self, outlets: Path) -> Iterator[subprocess.Popen[str]]:
        asked = {"settings": {**SETTINGS, "ODJEK_DATA": str(self.data)}, "outlets": str(outlets)}
        command = [sys.executable, "-W", "error", "-m", "tests.month.crawling", json.dumps(asked)]
        environment, pipe = os.environ | self.web.environment(), subprocess.PIPE
        with (
            self.complaints.open("w") as complaints,
            subprocess.Popen(
                command, cwd=REPOSITORY, env=environment, stdin=pipe, stdout=pipe, stderr=complaints, text=True
            ) as crawler,
        ):
            yield crawler
            crawler.communicate(timeout=60)
        said = self.complaints.read_text(encoding="utf-8")
        if crawler.returncode != -signal.SIGKILL:
            assert crawler.returncode == 0, said[-3000:]
            assert "Traceback" not in said, said[-3000:]

    def is_slow(self, night: int) -> bool:
        """Whether an answer came too late, as it does on a busy machine: then it was asked for again."""
        return "retry/reason_count/scrapy.exceptions.DownloadTimeoutError" in self.stats[night]

    def night_of(self, at: datetime) -> int:
        """The night in which something was written."""
        return max(night for night in self.ran if self.times[night] <= at.replace(tzinfo=UTC) + timedelta(seconds=30))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with connect(self.data) as connection:
            return connection.execute(query).fetchall()

    def trouble(self, slug: str, night: int) -> Trouble | None:
        """What was wrong with an outlet on a night."""
        return next((one for one in self.troubles if one.slug == slug and one.first <= night <= one.last), None)


def _ask(crawler: subprocess.Popen[str], at: datetime) -> None:
    assert crawler.stdin
    crawler.stdin.write(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}\n")
    crawler.stdin.flush()


def write_file(paper: Paper, folder: Path) -> None:
    """The outlet's file, with the sources that it names."""
    values: dict[str, object] = {
        "name": paper.name, "role": paper.role, "country": "RS", "hosts": [paper.host], "allow_loopback": True,
        "script": paper.script, "timezone": paper.zone, "expected_per_day": paper.per_day,
    }  # fmt: skip
    named = {"feed": ("feeds", "/rss"), "sitemap": ("sitemaps", "/sitemap.xml"), "listing": ("listings", "/vesti/")}
    for way in paper.named:
        if getattr(paper, way) and not (way == "sitemap" and paper.robots_sitemap):
            key, path = named[way]
            values[key] = [paper.url + path]
    if paper.telegram:
        values |= {"telegram": "kanal", "path_prefix": "/kanal/"}
    lines = [f"{name} = {json.dumps(value)}" for name, value in {**values, **paper.fields}.items()]
    (folder / f"{paper.slug}.toml").write_text("\n".join(lines), encoding="utf-8")
