"""A crawl that is killed again and again over real HTTP: each article is asked for once, and all are stored."""

import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from pipelines.archive import FOLDER, WarcArchive
from pipelines.leftover import take_up
from pipelines.store import Store
from spiders.asked import Asked
from spiders.page import Hint, Window
from spiders.registry import Outlet
from spiders.warc_file import read_records
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, moved, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
COUNT = 9
MOVED = "/vesti/stara-adresa"


class Killer:
    """Kills a crawl once the n-th article that the site sends is in the archive, and so before it is in the store."""

    def __init__(self, site: Site, archive: Path, kill_after: int) -> None:
        self._site, self._archive, self._kill_after = site, archive, kill_after
        self._sent = 0
        self.process: subprocess.Popen[str] | None = None

    def page(self, answer: Answer) -> Callable[[int], Answer]:
        def give(_: int) -> Answer:
            self._sent += 1
            if self._sent == self._kill_after:
                threading.Thread(target=self._kill, args=(self._size(),)).start()
            return answer

        return give

    def _size(self) -> int:
        return sum(path.stat().st_size for path in self._archive.glob("*"))

    def _kill(self, before: int) -> None:
        assert self.process is not None
        while self._size() == before and self.process.poll() is None:
            signal.sigtimedwait([], 0.005)
        self.process.kill()


def pages(site: Site) -> dict[str, Answer]:
    found = {f"/vesti/{number}": Answer(news(number).encode()) for number in range(COUNT)}
    found[MOVED] = moved("/vesti/nova-adresa")
    found["/vesti/nova-adresa"] = Answer(news(77).encode())
    return found


@pytest.mark.parametrize("kill_points", [(2, 5)])
def test_a_crawl_that_is_killed_asks_for_no_article_twice(house: House, kill_points: tuple[int, ...]) -> None:
    site = Site()
    articles = pages(site)
    listed = [path for path in articles if path != "/vesti/nova-adresa"]
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in listed))}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])
    with ExitStack() as stack:
        stack.enter_context(site.serving())
        for kill_after in kill_points:
            killer = Killer(site, house.data / FOLDER, kill_after)
            site.pages |= articles | {path: killer.page(articles[path]) for path in listed if path != MOVED}
            killer.process = stack.enter_context(house.start(DOWNLOAD_DELAY=0.4, DOWNLOAD_DELAY_JITTER=0))
            _, said = killer.process.communicate(timeout=60)
            assert killer.process.returncode == -signal.SIGKILL, said[-3000:]
        house.crawl(DOWNLOAD_DELAY=0)
    asked = {path: times for path, times in site.asked.items() if path.startswith("/vesti/") and path != MOVED}
    assert asked == {path: 1 for path in articles if path != MOVED}
    stored = {url.removeprefix(site.url) for (url,) in house.rows("SELECT url FROM article")}
    assert stored == {path for path in articles if path != MOVED}
    runs = house.rows("SELECT status, detail->>'$.error', (detail->>'$.taken_up')::INT FROM run ORDER BY started_at")
    assert [run[:2] for run in runs] == [*[("failed", "killed")] * len(kill_points), ("ok", None)]
    assert sum(taken_up or 0 for _, _, taken_up in runs) >= 1
    # What was taken up is as if it had not been killed: when and how it was found, and where the archive holds it.
    how = "SELECT DISTINCT v.discovered_by, published_source, v.run_id = page.run_id"
    assert house.rows(f"{how} FROM article_version v JOIN page USING (warc_file, warc_offset)") == [
        ("feed", "meta", True)
    ]
    assert house.rows("SELECT count(*), count(DISTINCT url) FROM page WHERE kind = 'article'") == [
        (COUNT + 1, COUNT + 1)
    ]


def test_visits_that_a_kill_cut_off_are_taken_up_too(house: House) -> None:
    site = Site()
    fates: dict[str, Answer | str] = {
        "/vesti/ista": news(1),
        "/vesti/nova": news(2),
        "/vesti/nema": news(3),
        "/vesti/etag": Answer(news(4).encode(), headers={"ETag": '"prvi"'}),
    }
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in fates)), **fates}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])
    with ExitStack() as stack:
        stack.enter_context(site.serving())
        house.crawl(now="2026-03-04T12:00")
        site.pages |= {
            "/vesti/nova": news(2).replace("<p>", "<p>Prenosi Meridijan. "),
            "/vesti/nema": Answer(status=410),
        }
        before = Counter(site.asked)
        with house.start(now="2026-03-04T16:00", DOWNLOAD_DELAY=0.1) as process:
            until = monotonic() + 60
            while any(site.asked[path] == before[path] for path in fates):
                assert process.poll() is None, process.communicate()
                assert monotonic() < until
                signal.sigtimedwait([], 0.02)
            signal.sigtimedwait([], 0.3)
            process.kill()
        house.crawl(now="2026-03-04T16:30")
    assert {path: site.asked[path] for path in fates} == dict.fromkeys(fates, 2)
    outcomes = house.rows("SELECT split_part(url, '/vesti/', 2), outcome, http_status FROM revisit ORDER BY 1")
    assert outcomes == [
        ("etag", "unchanged", 304),
        ("ista", "unchanged", 200),
        ("nema", "gone", 410),
        ("nova", "changed", 200),
    ]
    assert house.rows("SELECT count(*) FROM article_version") == [(5,)]
    kinds: Counter[str] = Counter()
    for path in (house.data / FOLDER).iterdir():
        kinds.update(record.fields["warc-type"] for record in read_records(path, lambda _: True))
    assert kinds["revisit"] >= 3  # the feed, the same page, the page that was not modified


def test_after_a_loss_of_power_what_the_disk_holds_is_taken_up(tmp_path: Path) -> None:
    outlets = {"reka": Outlet("reka", "Reka", "local", "RS", ("reka.example",))}
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    with Store(tmp_path) as store:
        store.sync_outlets(outlets)
        run_id = store.begin_run("crawl", {"since": "2026-03-01", "until": None})
    headers = [("Content-Type", "text/html; charset=utf-8")]
    hint = Hint("Naslov", "Wed, 04 Mar 2026 09:00:00 GMT")
    asked = Asked("reka", "article", "feed", "https://reka.example/stara", hint)
    with WarcArchive(tmp_path / FOLDER, run_id) as archive:
        archive.write("https://reka.example/rss", 200, [], b"<rss/>", at, asked_for=Asked("reka", "feed", "feed"))
        for number, day in enumerate(("2026-03-04", "2026-02-01", "2026-03-04")):
            body = news(number, day).encode()
            archive.write(f"https://reka.example/vesti/{number}?utm_source=x", 200, headers, body, at, asked_for=asked)
        archive.write(
            "https://reka.example/nema", 404, headers, b"nema", at, asked_for=Asked("reka", "article", "feed")
        )
        last = archive.write("https://reka.example/vesti/9", 200, headers, news(9).encode(), at, asked_for=asked)
    path = tmp_path / FOLDER / last.file
    path.write_bytes(path.read_bytes()[:-30])
    with Store(tmp_path) as store:
        store.sync_outlets(outlets)
        assert take_up(store, outlets, workers=1) == 4
        assert take_up(store, outlets, workers=1) == 0
        query = "SELECT url, discovered_by, first_seen_at, run_id, warc_file FROM article_version ORDER BY url"
        expected = ("feed", at.replace(tzinfo=None), run_id, last.file)
        assert store.connection.execute(query).fetchall() == [
            (f"https://reka.example/vesti/{number}", *expected) for number in (0, 2)
        ]
        refused = store.connection.execute("SELECT url, reason FROM refusal ORDER BY url").fetchall()
        assert refused == [
            ("https://reka.example/nema", "http_error"),
            ("https://reka.example/vesti/1", "outside_window"),  # the window that was asked for still holds
        ]
        assert "https://reka.example/stara" in store.known_urls("reka", Window(), hours=[6], days=14)
