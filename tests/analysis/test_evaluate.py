"""Figures over labelled pairs: what counts as found, accused, accepted; intervals; pairs that are not stored."""

from pathlib import Path

import duckdb
import pytest

from analysis.evaluate import Evaluation, Finding, Rate, Score, evaluate
from analysis.pairs import Pair
from spiders.errors import InputError
from tests.analysis.conftest import Analysed
from tests.analysis.test_verdict import OWN, local, state

HEAD = "story,local_url,state_url,also_state_urls,verdict,accept,form,credited,via_url,kind\n"


def finding(
    label: str, verdict: str, probability: float = 1.0, accept: str = "", via: str = "", found: str = ""
) -> Finding:
    pair = Pair("s", "l", ("s",), label, frozenset({label, *accept.split()}), "verbatim", False, via, "kind")
    return Finding(pair, verdict, "verbatim", probability, False, found or None, "state_first")


def test_precision_recall_and_the_accused() -> None:
    result = Evaluation(
        [
            finding("amplification", "amplification"),
            finding("amplification", "independent", 0.2),
            finding("quote", "amplification", 0.9),
            finding("shared_origin", "amplification", 0.9, accept="amplification"),
            finding("unrelated", "independent", 0.0, accept="independent"),
        ]
    )
    assert (result.precision, result.recall) == (Rate(2, 3), Rate(1, 2))
    assert result.accused == Rate(1, 2)
    assert result.accepted == Rate(3, 5)
    assert result.f1 == pytest.approx(4 / 7)
    assert result.brier == pytest.approx((0 + 0.64 + 0.81 + 0.81 + 0) / 5)
    assert result.confusion["quote", "amplification"] == 1
    assert [found.pair.verdict for found in result.worst()] == ["quote", "amplification"]


def test_the_calibration_error_is_how_far_said_and_true_lie_apart() -> None:
    sure = [finding("amplification", "amplification", 0.95)] * 3 + [finding("quote", "amplification", 0.95)]
    doubtful = [finding("quote", "quote", 0.1), finding("amplification", "quote", 0.3)]
    result = Evaluation([*sure, *doubtful])
    assert [count for *_, count in result.reliability] == [1, 1, 4]
    assert result.calibration_error == pytest.approx((4 * 0.2 + 0.1 + 0.7) / 6)
    assert Evaluation([]).calibration_error == 0.0


def test_chains_count_only_with_their_parent() -> None:
    result = Evaluation(
        [
            finding("amplification", "amplification", via="a", found="a"),
            finding("amplification", "amplification", via="a", found="b"),
            finding("amplification", "amplification", via="", found="c"),
            finding("amplification", "amplification", via=""),
        ]
    )
    assert result.parents == Rate(1, 2)
    assert result.wrong_parents == Rate(2, 3)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763)]
)
def test_wilson_interval(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=0.001)


def formed(label: str, labelled_form: str, verdict: str, form: str | None) -> Finding:
    pair = Pair("s", "l", ("s",), label, frozenset({label}), labelled_form, None, "", "")
    return Finding(pair, verdict, form, 0.9, False, None, None)


def test_each_form_and_each_verdict_has_precision_recall_and_f1() -> None:
    taken = "amplification"
    result = Evaluation(
        [
            formed(taken, "verbatim", taken, "verbatim"),
            formed(taken, "verbatim", taken, "partial"),
            formed(taken, "paraphrase", "quote", None),
            formed(taken, "", taken, "partial"),  # its form is not known: it says nothing of forms
            formed("quote", "", taken, "partial"),
            formed("quote", "", "quote", None),
        ]
    )
    assert result.form_scores == {
        "verbatim": Score(Rate(1, 1), Rate(1, 2)),
        "partial": Score(Rate(0, 2), Rate(0, 0)),
        "paraphrase": Score(Rate(0, 0), Rate(0, 1)),
    }
    assert result.forms == {"verbatim": Rate(1, 2), "paraphrase": Rate(0, 1)}
    assert [score.f1 for score in result.form_scores.values()] == [pytest.approx(2 / 3), None, 0.0]
    assert result.verdicts == {"amplification": Score(Rate(3, 4), Rate(3, 4)), "quote": Score(Rate(1, 2), Rate(1, 2))}
    assert result.verdicts["amplification"].f1 == result.f1 == 0.75


def path_of(database: duckdb.DuckDBPyConnection) -> Path:
    return Path(database.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchall()[0][0])


def test_pairs_are_looked_up_by_any_address_of_the_story(analysed: Analysed, tmp_path: Path) -> None:
    story, copy, other = state(), local(), local("2026-03-04T13:00+01:00", OWN * 2, "dok")
    database = analysed([story, copy, other])
    path = path_of(database)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        HEAD
        + f"s,{copy['url']},https://gone.example/1,{story['url']},amplification,,verbatim,no,,verbatim\n"
        + f"s,{other['url']},{story['url']},,unrelated,,,no,,sametopic\n",
        encoding="utf-8",
    )
    result = evaluate(path, pairs)
    assert [found.verdict for found in result.findings] == ["amplification", "unrelated"]
    assert (result.missing, result.left_out) == (["https://gone.example/1"], 0)


def test_a_pair_that_is_not_stored_is_left_out_and_is_no_miss(analysed: Analysed, tmp_path: Path) -> None:
    story, copy = state(), local()
    path, pairs = path_of(analysed([story, copy])), tmp_path / "pairs.csv"
    rows = [
        f"{copy['url']},{story['url']}",
        f"https://gone.example/1,{story['url']}",
        f"{copy['url']},https://gone.example/2",
    ]
    pairs.write_text(
        "local_url,state_url,verdict\n" + "".join(f"{row},amplification\n" for row in rows), encoding="utf-8"
    )
    result = evaluate(path, pairs)
    assert (result.recall, result.left_out) == (Rate(1, 1), 2)
    assert result.missing == ["https://gone.example/1", "https://gone.example/2"]


@pytest.mark.parametrize(
    ("local_url", "state_url", "message"),
    [
        (
            "https://gone.example/1",
            "https://gone.example/2",
            r"none of its pairs \(1\) .* https://gone.example/1 for ex",
        ),
        ("story", "copy", "local_url and state_url are swapped"),
    ],
)
def test_a_file_of_which_nothing_can_be_evaluated_is_refused(
    analysed: Analysed, tmp_path: Path, local_url: str, state_url: str, message: str
) -> None:
    story, copy = state(), local()
    address = {"story": str(story["url"]), "copy": str(copy["url"])}
    path, pairs = path_of(analysed([story, copy])), tmp_path / "pairs.csv"
    row = f"{address.get(local_url, local_url)},{address.get(state_url, state_url)},amplification"
    pairs.write_text(f"local_url,state_url,verdict\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        evaluate(path, pairs)
