"""A signal while a crawl runs: it ends soon, keeps what it has, and the next crawl fetches the rest once."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

from tests.spiders.conftest import REPOSITORY, write_outlet
from tests.spiders.web import Answer, Site, rss

PARAGRAPH = "Na desnoj obali otvoren je novi most, kojim će od ponedeljka saobraćati i autobusi i vozila do tri tone. "
ARTICLES = 12
CRAWL = """
import json, sys
from datetime import date
from pathlib import Path
from spiders.crawl import run_crawl
data, outlets, delay = sys.argv[1:]
settings = {"ODJEK_DATA": data, "DOWNLOAD_DELAY": float(delay), "AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "WARNING"}
stats = run_crawl(settings, since=date(2026, 3, 1), outlets_dir=Path(outlets))
print(json.dumps({key: stats.get(key) for key in ("stopped_by", "finish_reason", "odjek/skela/stored", "odjek/skela/refused")}))
"""


def start(data: Path, outlets: Path, delay: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CRAWL, str(data), str(outlets), str(delay)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def news(site: Site) -> dict[str, str]:
    paths = [f"/vesti/novi-most-na-reci-{1000 + number}" for number in range(ARTICLES)]
    site.pages["/robots.txt"] = Answer(b"", "text/plain")
    site.pages["/rss"] = rss(*((path, "Wed, 04 Mar 2026 10:00:00 +0100") for path in paths))
    return {
        path: f"<html><head><title>{path}</title></head><body><h1>Most {path}</h1><p>{PARAGRAPH * 4}{path}</p></body></html>"
        for path in paths
    }


def test_a_stopped_crawl_ends_soon_and_the_next_one_goes_on(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    with Site().serving() as site:
        pages = news(site)

        def answer(path: str) -> Answer:
            if sum(site.asked[known] for known in pages) == 3:
                first.send_signal(signal.SIGTERM)  # while this answer is on its way
            return Answer(pages[path].encode())

        for path in pages:
            site.pages[path] = lambda _count, path=path: answer(path)
        write_outlet(tmp_path / "outlets", "skela", [site.host], feeds=[f"{site.url}/rss"])
        first = start(tmp_path / "data", tmp_path / "outlets", 0.3)
        out, err = first.communicate(timeout=60)
        asked = {path for path in pages if site.asked[path]}
        second = start(tmp_path / "data", tmp_path / "outlets", 0.0)
        rest = json.loads(second.communicate(timeout=60)[0])
    ended = json.loads(out)
    assert (ended["stopped_by"], ended["finish_reason"]) == (signal.SIGTERM, "shutdown"), err
    assert len(asked) == ended["odjek/skela/stored"] == 3, "what was on its way is kept, what waited is not asked for"
    assert not ended["odjek/skela/refused"]
    assert "Traceback" not in err
    assert rest["odjek/skela/stored"] == ARTICLES - 3
    assert {site.asked[path] for path in pages} == {1}


def test_a_second_signal_waits_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    is_over = threading.Event()
    with Site().serving() as site:

        def never(_count: int) -> Answer:
            crawl.send_signal(signal.SIGTERM)
            is_over.wait(0.3)  # until it has begun to wait for this answer
            crawl.send_signal(signal.SIGTERM)
            is_over.wait(60)
            return Answer()

        site.pages["/robots.txt"] = never
        write_outlet(tmp_path / "outlets", "skela", [site.host], feeds=[f"{site.url}/rss"])
        crawl = start(tmp_path / "data", tmp_path / "outlets", 0.0)
        out, err = crawl.communicate(timeout=30)
        is_over.set()
    assert json.loads(out)["stopped_by"] == signal.SIGTERM, err
