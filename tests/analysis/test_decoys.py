"""The false-discovery rate: who changes places, what decoys prove, and when nothing can be said."""

from typing import Any

import duckdb
import numpy as np
import pytest

from analysis.decoys import Counts, Share, exchange, false_share
from tests.analysis.conftest import Analysed, Record
from tests.analysis.test_verdict import BODY, LEAD, OWN, STORY, local, state


@pytest.mark.parametrize(
    ("days", "far", "partners"),
    [
        ([], 21, []),
        ([0], 21, [-1]),
        ([0, 20], 21, [-1, -1]),
        ([0, 21], 21, [1, 0]),
        ([0, 30, 60], 21, [2, -1, 0]),
        ([0, 10, 20, 30], 21, [3, -1, -1, 0]),  # the middle is near everybody
        ([0, 10, 40, 50], 21, [2, 3, 0, 1]),
        ([0, 0, 1, 100, 100], 21, [3, 4, -1, 0, 1]),
    ],
)
def test_stories_change_places_with_those_that_are_far(days: list[int], far: int, partners: list[int]) -> None:
    assert exchange(np.asarray(days, np.int64), far).tolist() == partners


def test_of_two_months_all_change_places() -> None:
    days = np.repeat(np.arange(60), 300)
    partner = exchange(days, 21)
    assert (partner >= 0).all()
    assert sorted(partner.tolist()) == list(range(len(days)))
    assert np.abs(days[partner] - days).min() >= 21


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        (Counts(100, 0, 0, 10), Share(None, 0.0, 1.0)),
        (Counts(100, 100, 0, 0), Share(None, 0.0, 1.0)),
        (Counts(100, 100, 0, 100), Share(0.0, 0.0, 0.05)),  # five false ones beside no decoy: 1/64
        (Counts(100, 100, 10, 100), Share(0.1, 0.03, 0.22)),
        (Counts(100, 50, 5, 100), Share(0.1, 0.03, 0.26)),  # half the decoys, more doubt
        (Counts(100, 1, 0, 100), Share(None, 0.0, 1.0)),  # one decoy says nothing
        (Counts(300, 11, 0, 20), Share(None, 0.0, 1.0)),
        (Counts(100, 100, 0, 5), Share(None, 0.0, 1.0)),
        (Counts(100, 100, 0, 6), Share(0.0, 0.0, 5 / 6)),
        (Counts(10**9, 10**9, 3000, 60000), Share(0.05, 0.0474, 0.0526)),
        (Counts(100, 100, 30, 10), Share(1.0, 1.0, 1.0)),
    ],
)
def test_what_decoys_say_of_the_reported(counts: Counts, share: Share) -> None:
    found = false_share(counts)
    assert found.rate == (None if share.rate is None else pytest.approx(share.rate))
    assert found.high == pytest.approx(share.high, abs=0.0005)
    assert found.low <= (found.rate or 0.0) <= found.high
    if share.rate:
        assert found.low == pytest.approx(share.low, abs=0.0005)


def test_the_interval_holds_the_true_share_as_often_as_it_says() -> None:
    chance = np.random.default_rng(5)
    for mean in (0.5, 3.0, 20.0):
        false, decoys = chance.poisson(mean, 2000), chance.poisson(mean, 2000)
        shares = [false_share(Counts(1000, 1000, int(hits), 200)) for hits in decoys]
        held = np.mean([one.low * 200 <= many <= one.high * 200 for one, many in zip(shares, false, strict=True)])
        assert held >= 0.94


def row(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    (found,) = database.execute("FROM false_discovery").fetchall()
    return dict(zip([column for column, *_ in database.description or ()], found, strict=True))


COPY = f"{OWN}\n\nIzvor: Vidik"


def own(day: str, outlet: str) -> Record:
    return state(f"{day}T08:00+01:00", f"{OWN} {day}", outlet)


def test_copies_are_no_decoys_and_the_decoys_leave_nothing_behind(analysed: Analysed) -> None:
    database = analysed([state(), local(), own("2026-06-01", "vidik"), local("2026-06-01T09:00+01:00", COPY, "dok")])
    found = row(database)
    assert (found["judged_pairs"], found["decoy_pairs"], found["decoy_hits"], found["amplifications"]) == (2, 2, 0, 2)
    assert (found["rate"], found["rate_low"], found["rate_high"]) == (None, 0.0, 1.0)
    assert found["note"].startswith("cannot be estimated: 2 pairs")
    assert found["note"].endswith("too few to say anything of 2 reported")
    assert 0 < found["probability_rate"] < 0.4
    assert found["probability_rate"] == round(found["probability_rate"], 9)  # sums differ in the last digit
    assert found["run_id"].endswith("-analyze")
    assert database.execute("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall() == [("main",)]
    assert database.execute("SELECT DISTINCT published_on::TEXT FROM text WHERE role = 'state_media'").fetchall() == [
        ("2026-03-04",),
        ("2026-06-01",),
    ]


def test_what_is_alike_at_any_time_is_a_decoy_hit(analysed: Analysed) -> None:
    """A text that every state outlet prints again: nobody can say from which a copy is."""
    records = [state(), local(), state("2026-06-01T10:00+02:00", outlet="vidik")]
    found = row(analysed(records))
    assert (found["decoy_hits"], found["amplifications"], found["rate"]) == (1, 1, 1.0)


@pytest.mark.parametrize(
    ("records", "says"),
    [
        ([local()], "no state article was compared"),
        ([state(), local()], "and these are from 2026-03-04 to 2026-03-04"),
        ([state(), local(), own("2026-03-20", "vidik")], "need"),
        ([state(), own("2026-06-01", "vidik")], "cannot be estimated"),
    ],
)
def test_a_short_corpus_is_not_estimated(analysed: Analysed, records: list[Record], says: str) -> None:
    found = row(analysed(records))
    assert found["note"].startswith("cannot be estimated")
    assert says in found["note"]
    assert (found["decoy_pairs"], found["rate"], found["rate_low"], found["rate_high"]) == (0, None, 0.0, 1.0)


def test_the_order_of_import_changes_no_estimate(analysed: Analysed) -> None:
    days = [f"2026-{month:02}-11" for month in (1, 3, 5, 7, 9)]
    records = [
        record
        for day in days
        for record in (
            state(f"{day}T10:00+01:00", f"{LEAD} {day} {BODY if day < '2026-06' else OWN}"),
            local(f"{day}T12:00+01:00", f"{LEAD} {day} {STORY[-200:]}", "dok"),
        )
    ]
    once, reverse = row(analysed(records)), row(analysed(records[5:], records[:5]))
    assert {**once, "run_id": None} == {**reverse, "run_id": None}
