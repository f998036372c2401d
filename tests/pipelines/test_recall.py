"""What is due for another visit: times given by hand, the schedule of the settings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.article import Moment
from pipelines.recall import recall
from pipelines.store import Store
from pipelines.version_row import naive
from spiders.page import WarcRecord
from spiders.refusal import Refusal
from spiders.revisit import Due, Visit
from tests.pipelines.given import HOST, OTHER, OUTLET, TEXT, article, day, minute

HOURS = [6, 24, 72, 168, 720]
URL = f"{HOST}/vesti/most"
NINE = "2026-03-04T09:00+00:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def put(store: Store, seen_at: datetime, published: Moment | None, text: str = TEXT, by: str = "feed") -> str:
    """Store a version and its page; the version's id."""
    record = WarcRecord("a.warc.gz", int(seen_at.timestamp()), "5a")
    row = {
        "outlet": "reka",
        "url": f"{URL}?utm_source=rss",
        "kind": "article",
        "http_status": 200,
        "etag": f'"{seen_at.hour}"',
        "sha256": "5a",
        "warc_file": record.file,
        "warc_offset": record.offset,
        "fetched_at": naive(seen_at),
    }
    item = article(URL, text, published, first_seen_at=seen_at, discovered_by=by, warc=record)
    store.add_pages([row])
    store.add([item])
    return item.version_id


def visited(store: Store, when: str, outcome: str = "unchanged", status: int | None = 304) -> None:
    store.add_visits([Visit("reka", URL, None, at(when), at(when), status, outcome)])  # type: ignore[arg-type]  # of a table


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.sync_outlets({"reka": OUTLET})
    store.begin_run("crawl", {})
    return store


def due(store: Store, now: str, hours: list[int] | None = None) -> tuple[Due, ...]:
    found = recall(store.connection, ["reka"], at(now), hours=HOURS if hours is None else hours, days=14)
    return found["reka"].due


@pytest.mark.parametrize(
    ("published", "seen", "visits", "now", "expected"),
    [
        # known to the minute: hours after publication
        (minute(NINE), "2026-03-04T10:00", [], "2026-03-04T14:59", None),
        (minute(NINE), "2026-03-04T10:00", [], "2026-03-04T15:00", "2026-03-04T15:00"),
        (minute(NINE), "2026-03-04T10:00", ["2026-03-04T15:10"], "2026-03-05T08:59", None),
        (minute(NINE), "2026-03-04T10:00", ["2026-03-04T15:10"], "2026-03-05T09:00", "2026-03-05T09:00"),
        # what passed before it was first fetched is not made up for
        (minute(NINE), "2026-03-05T02:15", [], "2026-03-05T02:20", None),
        (minute(NINE), "2026-03-05T02:15", [], "2026-03-06T02:15", "2026-03-05T09:00"),
        (minute("2024-05-01T10:00+00:00"), "2026-03-05T02:15", [], "2026-03-20T02:15", None),
        # nights that were missed make one visit
        (minute(NINE), "2026-03-04T10:00", [], "2026-03-12T02:15", "2026-03-11T09:00"),
        (minute(NINE), "2026-03-04T10:00", ["2026-03-12T02:15"], "2026-03-13T02:15", None),
        (minute(NINE), "2026-03-04T10:00", ["2026-03-12T02:15"], "2026-04-04T02:15", "2026-04-03T09:00"),
        # a bare day counts from its end, no day and a day to come from when it was first seen
        (day("2026-03-04"), "2026-03-04T10:00", [], "2026-03-04T15:59", None),
        (day("2026-03-04"), "2026-03-04T10:00", [], "2026-03-04T16:00", "2026-03-04T16:00"),
        (day("2026-03-02"), "2026-03-04T10:00", [], "2026-03-05T23:00", None),
        (day("2026-03-02"), "2026-03-04T10:00", [], "2026-03-06T00:00", "2026-03-06T00:00"),
        (None, "2026-03-04T10:00", [], "2026-03-04T16:00", "2026-03-04T16:00"),
        (minute("2026-09-04T09:00+00:00"), "2026-03-04T10:00", [], "2026-03-04T16:00", "2026-03-04T16:00"),
        # the end of the schedule, and of what is made up for
        (minute(NINE), "2026-03-04T10:00", ["2026-04-04T02:15"], "2026-04-20T02:15", None),
        (minute(NINE), "2026-03-04T10:00", [], "2026-05-03T09:00", "2026-04-03T09:00"),
        (minute(NINE), "2026-03-04T10:00", [], "2026-05-03T09:01", None),
    ],
)
def test_when_an_address_is_due(
    store: Store, published: Moment | None, seen: str, visits: list[str], now: str, expected: str | None
) -> None:
    put(store, at(seen), published)
    for when in visits:
        visited(store, when)
    assert [found.due_at for found in due(store, now)] == ([at(expected)] if expected else [])
    store.close()


def test_what_is_asked_and_compared(store: Store) -> None:
    put(store, at("2026-03-04T10:00"), minute(NINE))
    edited = put(store, at("2026-03-04T16:00"), minute(NINE), OTHER)
    visited(store, "2026-03-04T16:00", "changed", 200)
    expected = Due(URL, f"{URL}?utm_source=rss", edited, at("2026-03-05T09:00"), '"16"', None, "5a")
    assert due(store, "2026-03-05T10:00") == (expected,)
    store.close()


@pytest.mark.parametrize(
    ("outcome", "status", "is_due"),
    [
        ("gone", 404, False),
        ("moved", 200, False),
        ("failed", 200, False),  # it answered, with a page that holds no article
        ("failed", 503, True),
        ("failed", None, True),
    ],
)
def test_an_address_that_did_not_answer_stays_due(store: Store, outcome: str, status: int | None, is_due: bool) -> None:
    put(store, at("2026-03-04T10:00"), minute(NINE))
    visited(store, "2026-03-04T15:30", outcome, status)
    assert bool(due(store, "2026-03-04T16:00")) == is_due
    store.close()


def test_what_was_imported_is_never_due_and_no_schedule_asks_for_nothing(store: Store) -> None:
    put(store, at("2026-03-04T10:00"), minute(NINE), by="import")
    assert due(store, "2026-03-04T16:00") == ()
    put(store, at("2026-03-04T10:00") + timedelta(minutes=1), minute(NINE), OTHER)
    assert len(due(store, "2026-03-04T16:00")) == 1
    assert due(store, "2026-03-04T16:00", []) == ()
    store.close()


def ended(store: Store, started_at: str, since_on: str, *, is_covered: bool = True, broken: str = "") -> None:
    """A crawl of the past."""
    run_id = f"{started_at}-crawl"
    row = [run_id, "crawl", "{}", "1", started_at, started_at, "ok"]
    store.connection.execute(
        "INSERT INTO run BY NAME SELECT $1 AS run_id, $2 AS command, $3 AS arguments, $4 AS odjek_version, $5::TIMESTAMP AS started_at, $6::TIMESTAMP AS finished_at, $7 AS status",
        row,
    )
    store.run_id = run_id
    counts = {"discovered_count": 1, "fetched_count": 1, "stored_count": 1, "refused_count": 0, "detail": ""}
    about = {"since_on": datetime.fromisoformat(since_on).date(), "is_covered": is_covered, "status": "ok"}
    store.add_crawl([{"outlet": "reka", **counts, **about}])
    store.add([Refusal("reka", broken, "bad_source", "no feed", "feed")] if broken else [])


def test_what_is_known_of_the_crawls_before(store: Store) -> None:
    ended(store, "2026-03-01T02:15", "2026-02-15", broken=f"{URL}/rss")
    ended(store, "2026-03-02T02:15", "2026-03-01", broken=f"{URL}/rss")
    ended(store, "2026-03-03T02:15", "2026-03-02", is_covered=False)
    past = recall(store.connection, ["reka"], at("2026-03-04T02:15"), hours=HOURS, days=14)["reka"]
    assert (past.covered_at, past.looked_back_at) == (at("2026-03-02T02:15"), at("2026-03-01T02:15"))
    assert past.dead == frozenset()
    for night in ("2026-03-04T02:15", "2026-03-05T02:15", "2026-03-06T02:15"):
        ended(store, night, "2026-03-02", is_covered=False, broken=f"{URL}/rss")
    past = recall(store.connection, ["reka"], at("2026-03-07T02:15"), hours=HOURS, days=14)["reka"]
    assert past.dead == {f"{URL}/rss"}
    store.close()
