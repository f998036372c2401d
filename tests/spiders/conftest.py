"""Crawls of a small web on loopback, each in a process of its own, as Scrapy's reactor starts only once."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Crawled:
    """What a crawl yielded and counted."""

    items: list[dict[str, Any]]
    stats: dict[str, Any]
    outlets: dict[str, dict[str, Any]]
    progress: list[dict[str, Any]]
    log: str

    def pages(self, outlet: str) -> dict[str, dict[str, Any]]:
        """Path → page of one outlet."""
        found = [item for item in self.items if item["kind"] == "Page" and item["outlet"] == outlet]
        assert len({item["url"] for item in found}) == len(found), "a page came twice"
        return {"/" + item["url"].split("/", 3)[3]: item for item in found}

    def refusals(self, outlet: str) -> set[tuple[str, str]]:
        """(address or path, reason) of one outlet's refusals."""
        found = [item for item in self.items if item["kind"] == "Refusal" and item["outlet"] == outlet]
        return {
            ("/" + item["url"].split("/", 3)[3] if "127.0.0.1:" in item["url"] else item["url"], item["reason"])
            for item in found
        }


Crawl = Callable[..., Crawled]


def write_outlet(folder: Path, name: str, hosts: list[str], **fields: Any) -> None:
    """An outlet's file for loopback."""
    values = {"name": name.title(), "role": "local", "country": "RS", "hosts": hosts, "allow_loopback": True, **fields}
    lines = [f"{field} = {json.dumps(value)}" for field, value in values.items()]
    (folder / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """A function that crawls the outlets of a folder and returns what came of it."""

    def run(
        outlets: Path,
        settings: dict[str, Any] | None = None,
        resolve: dict[str, str] | None = None,
        **arguments: Any,
    ) -> Crawled:
        out = tmp_path_factory.mktemp("crawl") / "result.json"
        crawl = {"outlets_dir": str(outlets), **arguments}
        asked = {"out": str(out), "settings": settings or {}, "resolve": resolve or {}, "crawl": crawl}
        command = [sys.executable, "-W", "error", "-m", "tests.spiders.collect", json.dumps(asked)]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
        assert out.is_file(), done.stderr[-3000:]
        return Crawled(**json.loads(out.read_text(encoding="utf-8")), log=done.stderr)

    return run
