"""Stored articles visited again over real HTTP, the clock set by hand: edits, deletions, and nothing out of turn."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime

from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, moved, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
STAMPED = Answer(news(1).encode(), headers={"ETag": '"prvi"', "Last-Modified": "Wed, 04 Mar 2026 09:00:00 GMT"})


def softened(number: int) -> str:
    return news(number).replace("o mostu</h1>", "o mostu, ispravka</h1>").replace("<p>", "<p>Prenosi Meridijan. ")


def advertised(times: int) -> Answer:
    """The same text between other advertisements each time."""
    return Answer(news(3).replace("</body>", f"<footer>Oglas broj {times}</footer></body>").encode())


def newsroom(site: Site) -> list[str]:
    """The articles as they are at first; what becomes of them is done by `later`."""
    names = ["etag", "ista", "oglasi", "izmenjena", "obrisana", "na-naslovnu", "preseljena", "nedostupna", "odgovor"]
    site.pages |= {f"/vesti/{name}": news(number) for number, name in enumerate(names, 1)}
    site.pages |= {"/vesti/etag": STAMPED, "/vesti/oglasi": advertised}
    return [f"/vesti/{name}" for name in names]


def later(site: Site) -> None:
    site.pages |= {
        "/vesti/izmenjena": softened(4),
        "/vesti/obrisana": Answer(b"nema", status=410),
        "/vesti/na-naslovnu": moved("/"),
        "/": news(0),
        "/vesti/preseljena": moved("/vesti/nova-adresa"),
        "/vesti/nova-adresa": news(7),
        "/vesti/nedostupna": Answer(b"", status=500),
        "/vesti/odgovor": "<html><body><h1>Stranica nije dostupna</h1></body></html>",
    }


def test_stored_articles_are_visited_when_due_and_never_else(house: House) -> None:
    site = Site()
    with ExitStack() as stack:
        stack.enter_context(site.serving())
        paths = newsroom(site)
        site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in paths))}
        write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])

        def crawl(now: str) -> set[str]:
            """The articles asked for by a crawl at a time."""
            before = Counter(site.asked)
            house.crawl(now=now, RETRY_TIMES=0)
            return {path for path in site.asked if path.startswith("/vesti/") and site.asked[path] > before[path]}

        assert crawl("2026-03-04T12:00") == set(paths)
        later(site)
        assert crawl("2026-03-04T14:30") == set()
        assert crawl("2026-03-04T16:00") == {*paths, "/vesti/nova-adresa"}
        assert crawl("2026-03-04T17:00") == {"/vesti/nedostupna"}
        site.pages["/vesti/nedostupna"] = news(8)
        site.pages["/vesti/izmenjena"] = news(4)
        assert crawl("2026-03-05T10:00") == {*paths, "/vesti/nova-adresa"} - {"/vesti/preseljena"}
        assert site.unmodified == {"/vesti/etag": 2}

    visits = house.rows("SELECT split_part(url, '/vesti/', 2), outcome, http_status FROM revisit ORDER BY visited_at")
    found = {name: [(outcome, status) for seen, outcome, status in visits if seen == name] for name, _, _ in visits}
    assert found == {
        "etag": [("unchanged", 304)] * 2,
        "ista": [("unchanged", 200)] * 2,
        "oglasi": [("unchanged", 200)] * 2,
        "izmenjena": [("changed", 200)] * 2,  # edited, and edited back
        "obrisana": [("gone", 410)] * 2,
        "na-naslovnu": [("gone", None)] * 2,
        "preseljena": [("moved", 200)],  # the new address is stored by then, and visited itself
        "nova-adresa": [("unchanged", 200)],
        "nedostupna": [("failed", 500)] * 2 + [("unchanged", 200)],
        "odgovor": [("failed", 200)] * 2,
    }
    # An edit is a version, a deletion deletes nothing, and what has not changed leaves no trace.
    versions = "SELECT count(*), count(DISTINCT url) FROM article_version"
    assert house.rows(versions) == [(len(paths) + 2, len(paths) + 1)]
    assert house.rows("SELECT version_count FROM article WHERE url LIKE '%izmenjena'") == [(2,)]
    edit = "FROM article_version WHERE discovered_by = 'revisit' AND url LIKE '%izmenjena'"
    [(is_edited, seen_at)] = house.rows(f"SELECT starts_with(text, 'Prenosi Meridijan.'), first_seen_at {edit}")
    assert is_edited
    assert (
        datetime(2026, 3, 4, 16, tzinfo=UTC) <= seen_at.replace(tzinfo=UTC) <= datetime(2026, 3, 4, 16, 2, tzinfo=UTC)
    )
    assert house.rows("SELECT count(*) FROM article WHERE url LIKE '%obrisana'") == [(1,)]
    assert house.rows("SELECT url FROM refusal WHERE url LIKE '%/vesti/%'") == []
    counts = "SELECT discovered_count, stored_count, revisited_count, changed_count, gone_count, status FROM crawl"
    assert house.rows(f"{counts} ORDER BY run_id") == [
        (9, 9, 0, 0, 0, "ok"),
        (0, 0, 0, 0, 0, "ok"),
        (0, 2, 9, 1, 2, "ok"),
        (0, 0, 1, 0, 0, "ok"),
        (0, 0, 9, 1, 2, "ok"),
    ]
    assert house.rows("SELECT min(started_at) FROM run")[0][0].replace(tzinfo=UTC) >= datetime(
        2026, 3, 4, 12, tzinfo=UTC
    )
