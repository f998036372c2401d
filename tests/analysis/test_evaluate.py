"""Figures over labelled pairs: what counts as found, accused, accepted; intervals; bad files."""

from pathlib import Path

import pytest

from analysis.evaluate import Evaluation, Finding, Pair, Rate, evaluate, read_pairs
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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("story,local_url\n", "the column state_url is missing"),
        (HEAD + "s,,https://b.example/1,,quote,,,,,\n", "line 2: local_url is empty"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,,,,,,\n", "line 2: verdict is empty"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,da,,,,,\n", "line 2: 'da' is no verdict; there are amplif"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,quote,qoute,,,,\n", "line 2: 'qoute' is no verdict"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,quote,,,da,,\n", "line 2: credited is 'da'; write yes, no"),
        ("", "the column local_url is missing"),
    ],
)
def test_bad_pairs_name_file_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_pairs(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_pairs_of_a_spreadsheet_are_read(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "pairs.csv"
    lines = ["local_url,state_url,verdict,credited", "https://a.example/1,https://b.example/1,quote,TRUE"]
    path.write_text("\r\n".join(lines).replace(",", separator), encoding="utf-8-sig")
    (pair,) = read_pairs(path)
    assert (pair.local_url, pair.verdict, pair.is_credited) == ("https://a.example/1", "quote", True)


def test_pairs_in_another_encoding_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes("local_url,state_url,verdict,kind\na,b,quote,čitano\n".encode("cp1250"))
    with pytest.raises(InputError, match="not UTF-8; save it as"):
        read_pairs(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        read_pairs(tmp_path / "none.csv")


def test_pairs_are_looked_up_by_any_address_of_the_story(analysed: Analysed, tmp_path: Path) -> None:
    story, copy, other = state(), local(), local("2026-03-04T13:00+01:00", OWN * 2, "dok")
    database = analysed([story, copy, other])
    path = Path(database.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchall()[0][0])
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        HEAD
        + f"s,{copy['url']},https://gone.example/1,{story['url']},amplification,,verbatim,no,,verbatim\n"
        + f"s,{other['url']},{story['url']},,unrelated,,,no,,sametopic\n",
        encoding="utf-8",
    )
    result = evaluate(path, pairs)
    assert [found.verdict for found in result.findings] == ["amplification", "unrelated"]
    assert result.missing == ["https://gone.example/1"]
