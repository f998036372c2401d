"""A crawl that is killed again and again over real HTTP: each article is asked for once, and all are stored."""

import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from pipelines.archive import FOLDER
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
