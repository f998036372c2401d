"""A crawl in a process of its own, through a web on loopback, and what it left in the store."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.conftest import REPOSITORY
from tests.hostile.server import HostileWeb

SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 128,
    "DOWNLOAD_TIMEOUT": 8,
    "RETRY_TIMES": 1,
    "ODJEK_RETRY_WAIT": 0.1,
    "ODJEK_RETRY_WAIT_MAX": 5,
    "LOG_LEVEL": "WARNING",
    "ODJEK_CONTACT": "redakcija@merenje.example",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Crawled:
    """What a crawl left: rows of the store, and how it went."""

    seconds: float
    peak_bytes: int
    log: str
    versions: list[Row]
    refusals: list[Row]
    articles: list[Row]
    outlets: dict[str, Row]  # of the table `crawl`
    run: Row


def crawl(web: HostileWeb, folder: Path, since: str = "", until: str = "") -> Crawled:
    """Crawl the registry in `folder`/outlets into `folder`/data."""
    asked = {"settings": SETTINGS | {"ODJEK_DATA": str(folder / "data")}, "outlets_dir": str(folder / "outlets")}
    asked |= {"since": since, "until": until} if since else {}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.crawl", json.dumps(asked)],
        cwd=REPOSITORY, env=os.environ | web.environment(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    said = json.loads(done.stdout)
    with duckdb.connect(str(folder / "data" / "odjek.duckdb"), read_only=True) as store:
        return Crawled(
            seconds=time.monotonic() - began,
            peak_bytes=said["peak_bytes"],
            log=done.stderr,
            versions=_rows(store, "SELECT * FROM article_version"),
            refusals=_rows(store, "SELECT * FROM refusal"),
            articles=_rows(store, "SELECT outlet, url FROM article"),
            outlets={row["outlet"]: row for row in _rows(store, "SELECT * FROM crawl")},
            run=_rows(store, "SELECT * FROM run")[0],
        )


def _rows(store: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    cursor = store.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
