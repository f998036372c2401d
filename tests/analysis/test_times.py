"""Who was first: days, edited pages, pages that were read again; a text counts from when its page is known to carry it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analysis.run import analyze
from pipelines.article import Article, Moment
from pipelines.database import store_path
from pipelines.store import Store
from spiders.revisit import Visit
from tests.analysis.conftest import Analysed, Record
from tests.analysis.test_verdict import OWN, STORY, local, state

DAY = "2026-03-04"
LATER = f"{OWN}\n\n{STORY}"
FOUND = (
    "SELECT v.outlet, m.verdict, m.direction, m.lag_minutes FROM match m JOIN article v ON v.article_id = m.article_id "
    "WHERE m.verdict IN ('amplification', 'local_first') ORDER BY ALL"
)


def edited(record: Record, text: str, modified_at: str | None = None) -> Record:
    """The same page with another text."""
    return {**record, "text": text, "modified_at": modified_at}


@pytest.mark.parametrize(
    ("state_at", "local_at", "direction"),
    [
        (DAY, "2026-03-05", "state_first"),
        (DAY, "2026-03-05T00:00+01:00", "state_first"),
        ("2026-03-04T23:59+01:00", "2026-03-05", "state_first"),
        (DAY, DAY, "unknown"),
        (DAY, "2026-03-04T23:59+01:00", "unknown"),
        ("2026-03-05", DAY, "local_first"),
        ("2026-03-05T00:00+01:00", DAY, "local_first"),
    ],
)
def test_a_day_ends_before_the_next_begins(analysed: Analysed, state_at: str, local_at: str, direction: str) -> None:
    rows = analysed([state(state_at), local(local_at)]).execute("SELECT verdict, direction FROM match").fetchall()
    assert rows == [("local_first" if direction == "local_first" else "amplification", direction)]


OLD_PAGE, COPY = state(f"{DAY}T08:15+01:00", OWN), local(f"{DAY}T15:00+01:00")
LOCAL_PAGE, COPIED = local(f"{DAY}T07:00+01:00", OWN), state(f"{DAY}T08:15+01:00")


@pytest.mark.parametrize(
    ("name", "records", "expected"),
    [
        (
            "a state page has the local text since the evening",
            [OLD_PAGE, COPY, edited(OLD_PAGE, LATER, f"{DAY}T20:00+01:00")],
            ("amplification", "unknown", None),
        ),
        (
            "it has it since noon",
            [OLD_PAGE, COPY, edited(OLD_PAGE, LATER, f"{DAY}T12:00+01:00")],
            ("amplification", "state_first", None),
        ),
        (
            "it has it since that day, says a date",
            [OLD_PAGE, COPY, edited(OLD_PAGE, LATER, DAY)],
            ("amplification", "unknown", None),
        ),
        (
            "a local page has the state text since noon",
            [LOCAL_PAGE, COPIED, edited(LOCAL_PAGE, LATER, f"{DAY}T12:00+01:00")],
            ("amplification", "unknown", None),
        ),
        (
            "a local page was changed twice, the second time with the state text",
            [
                LOCAL_PAGE,
                COPIED,
                edited(LOCAL_PAGE, f"{OWN}\n\nDopuna sledi.", f"{DAY}T09:00+01:00"),
                edited(LOCAL_PAGE, LATER, f"{DAY}T12:00+01:00"),
            ],
            ("amplification", "state_first", None),
        ),
        (
            "nothing tells which of two texts a page had first",
            [LOCAL_PAGE, COPIED, edited(LOCAL_PAGE, LATER)],
            ("amplification", "unknown", None),
        ),
        (
            "a page that was published again has its new text since then",
            [LOCAL_PAGE, COPIED, {**edited(LOCAL_PAGE, LATER), "published_at": f"{DAY}T09:15+01:00"}],
            ("amplification", "state_first", None),
        ),
        (
            "a page that was changed, known in one version alone",
            [COPIED, {**COPY, "modified_at": f"{DAY}T18:00+01:00"}],
            ("amplification", "state_first", 405),
        ),
        (
            "a correction takes no time from the first version",
            [COPIED, COPY, edited(COPY, OWN, f"{DAY}T18:00+01:00")],
            ("amplification", "state_first", 405),
        ),
    ],
)
def test_an_edited_page_of_an_import(
    analysed: Analysed, name: str, records: list[Record], expected: tuple[str, str, int | None]
) -> None:
    for order in (records, records[::-1]):
        assert analysed(order[:1], order[1:]).execute(FOUND).fetchall() == [("kej", *expected)], name


def read(outlet: str, published: str, seen: str, text: str, modified: str | None = None) -> Article:
    """A page as it was read at a time of DAY."""

    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=UTC)

    return Article(
        outlet=outlet,
        url=f"https://{outlet}.example/1",
        title=f"Vest portala {outlet}",
        text=text,
        byline=None,
        section=None,
        language="sr",
        script="latn",
        published=Moment(at(published), "minute", "json-ld"),
        modified=Moment(at(modified), "minute", "json-ld") if modified else None,
        first_seen_at=at(seen),
        discovered_by="feed",
    )


def store_and_analyze(data: Path, articles: list[Article], visits: Sequence[Visit] = ()) -> None:
    """Store what a crawl has read."""
    with Store(data) as store:
        store.begin_run("crawl", {})
        store.add_unregistered("meridijan", "Meridijan", "state_media")
        store.add_unregistered("kej", "Kej", "local")
        store.add(articles)
        store.add_visits(visits)
        store.settle()
        store.end_run("ok", {})
    analyze(data)


def found(data: Path) -> list[tuple[str, str]]:
    """Which outlets have a match, and in which direction."""
    with duckdb.connect(str(store_path(data)), read_only=True) as database:
        return [(outlet, direction) for outlet, _, direction, _ in database.execute(FOUND).fetchall()]


STATE_OWN, STATE_LATER = ("meridijan", "08:15", "08:30", OWN), ("meridijan", "08:15", "20:00", LATER)


@pytest.mark.parametrize(
    ("name", "pages", "expected"),
    [
        ("read once, long after", [("meridijan", "08:15", "20:00", STORY), ("kej", "15:00", "21:00", STORY)], "state_first"),
        ("the text came to the state page after it was read", [STATE_OWN, STATE_LATER, ("kej", "15:00", "15:10", STORY)], "unknown"),
        ("the local text was there before", [STATE_OWN, STATE_LATER, ("kej", "08:20", "15:10", STORY)], "local_first"),
        ("the local text came after both", [STATE_OWN, STATE_LATER, ("kej", "20:30", "20:40", STORY)], "state_first"),
        ("the page says when it was changed", [STATE_OWN, (*STATE_LATER, "14:00"), ("kej", "15:00", "15:10", STORY)], "state_first"),
        ("it was changed before it was read first", [STATE_OWN, (*STATE_LATER, "08:20"), ("kej", "15:00", "15:10", STORY)], "unknown"),
        (
            "the local page took it later",
            [("meridijan", "08:15", "08:30", STORY), ("kej", "07:00", "08:40", OWN), ("kej", "07:00", "21:00", LATER)],
            "state_first",
        ),
        (
            "a page that dates itself anew, and had another text then",
            [("meridijan", "08:15", "08:30", STORY), ("kej", "07:00", "08:40", OWN), ("kej", "08:10", "21:00", LATER)],
            "state_first",
        ),
    ],
)  # fmt: skip
def test_a_page_that_was_read_again(
    tmp_path: Path, name: str, pages: list[tuple[str, str, str, str]], expected: str
) -> None:
    store_and_analyze(tmp_path, [read(*page) for page in pages])
    assert found(tmp_path) == [("kej", expected)], name


def test_the_last_visit_that_found_the_old_text_counts(tmp_path: Path) -> None:
    old, new = read(*STATE_OWN), read(*STATE_LATER)
    at = old.first_seen_at + timedelta(hours=8)
    store_and_analyze(
        tmp_path,
        [old, new, read("kej", "15:00", "15:10", STORY)],
        [Visit(old.outlet, old.url, old.version_id, at, at, 200, "unchanged")],
    )
    assert found(tmp_path) == [("kej", "local_first")]
