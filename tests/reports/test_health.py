"""What `odjek status` and the end of a crawl say, of the hand-written newsroom."""

import io
import json
from pathlib import Path

import duckdb
import pytest

from reports import exit_codes
from reports.health import Ended, ended, found, health
from reports.terminal import show_health
from tests.reports import sample


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    sample.full(folder / "odjek.duckdb")
    detail = {"amplification": 6, "findings": 6, "false_share": 0.168, "rate_low": 0.0, "rate_high": 0.667}
    with duckdb.connect(str(folder / "odjek.duckdb")) as store:
        store.execute("UPDATE run SET detail = ? WHERE command = 'analyze'", [json.dumps(detail)])
    return folder


def shown(data: Path, form: str) -> str:
    stream = io.StringIO()
    show_health(health(data), form, stream)  # type: ignore[arg-type]  # of a table of cases
    return stream.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "analyze 2026-03-05 02:12 4 min ok 6 about 17%, between 0% and 67%",
        "crawl 2026-03-05 02:00 4 min partial 17 6 1 2",
        "7 of 10 crawled outlets are well; 2 outlets with an alarm, 1 with a warning",
        "vestnik-agencija alarm nothing new for 30 hours, in which 58 articles are usual",
        "pali-server alarm no usable answer: connection refused at https://pali-server.example (3 crawls in a row)",
        "portal-kej warning 0 of 8 new articles have a byline, before it was 97%",
        "tihi-kanal empty",  # not judged, and not well
        "pali-server 2026-03-02 to 2026-03-04 none about 175",
        "vestnik-agencija 2026-03-03 thin about 54",
        "list_page 2 https://portal-kej.example/refused/0",
    ],
)
def test_status_at_a_glance(data: Path, words: str) -> None:
    assert words in " ".join(shown(data, "table").split())


@pytest.mark.parametrize(
    ("status", "detail", "told"),
    [
        ("running", None, "interrupted"),  # nobody has the store open
        ("failed", '{"error":"killed"}', "interrupted"),  # as the next run marks it
        ("failed", '{"error":"killed","taken_up":2}', "interrupted"),
        ("failed", "{}", "failed"),
    ],
)
def test_a_run_that_was_killed_is_interrupted(tmp_path: Path, status: str, detail: str | None, told: str) -> None:
    sample.full(tmp_path / "odjek.duckdb")
    with duckdb.connect(str(tmp_path / "odjek.duckdb")) as store:
        store.execute("UPDATE run SET status = ?, detail = ? WHERE command = 'crawl'", [status, detail])
    statuses = {run["status"] for run in health(tmp_path).runs if run["command"] == "crawl"}
    assert statuses == {told}


def test_an_agency_is_named_before_the_others(data: Path) -> None:
    assert [row["outlet"] for row in health(data).attention] == ["vestnik-agencija", "pali-server", "portal-kej"]


def test_status_as_json_is_whole(data: Path) -> None:
    told = json.loads(shown(data, "json"))
    assert set(told) == {"source", "is_busy", "total", "runs", "outlets", "attention", "holes", "refusals"}
    crawl = next(row for row in told["runs"] if row["command"] == "crawl")
    assert {name: crawl[name] for name in ("stored_count", "refused_count", "failed_count", "alarm_count")} == {
        "stored_count": 17,
        "refused_count": 6,
        "failed_count": 1,
        "alarm_count": 2,
    }
    analysis = next(row for row in told["runs"] if row["command"] == "analyze")
    assert (analysis["finding_count"], analysis["false_share_high"]) == (6, 0.667)
    assert [row["check_name"] for row in told["attention"]] == ["agency", "answer", "byline"]


def test_the_last_line_of_an_analysis_says_how_sure_it_is(data: Path) -> None:
    line = found(data / "odjek.duckdb")
    assert line.startswith("found: 6 articles of 6 outlets taken from")
    assert line.endswith("; false by its own estimate: about 17%, between 0% and 67%")


def test_one_article_of_one_outlet_is_singular(tmp_path: Path) -> None:
    sample.full(tmp_path / "odjek.duckdb")
    with duckdb.connect(str(tmp_path / "odjek.duckdb")) as store:
        only = store.execute("SELECT article_id FROM amplification ORDER BY article_id").fetchall()[0][0]
        store.execute("DELETE FROM match WHERE article_id <> ?", [only])
    assert found(tmp_path / "odjek.duckdb").startswith("found: 1 article of 1 outlet taken from 1 of state media (")


def test_the_end_of_a_crawl(data: Path) -> None:
    statuses = {"pali-server": "failed", "portal-kej": "ok", "vestnik-agencija": "ok"}
    left = ended(data, statuses)
    assert left.failed == ["pali-server"]
    assert set(left.alarms) == {"pali-server", "vestnik-agencija"}
    assert set(left.warnings) == {"portal-kej"}
    assert left.code == exit_codes.INCOMPLETE


@pytest.mark.parametrize(
    ("asked", "failed", "alarms", "warnings", "code"),
    [
        (3, [], {}, {}, exit_codes.DONE),
        (3, [], {}, {"reka": "no bylines"}, exit_codes.DONE),
        (3, [], {"reka": "nothing new"}, {}, exit_codes.INCOMPLETE),
        (3, ["reka"], {"reka": "timed out"}, {}, exit_codes.INCOMPLETE),
        (1, ["reka"], {"reka": "timed out"}, {}, exit_codes.UNREACHED),
        (0, [], {}, {}, exit_codes.DONE),
    ],
)
def test_what_ends_a_crawl_with_which_code(
    asked: int, failed: list[str], alarms: dict[str, str], warnings: dict[str, str], code: int
) -> None:
    assert Ended(asked, failed, alarms, warnings).code == code
