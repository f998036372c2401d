"""What a user is told of an evaluation or a calibration."""

import io
import json

import pytest

from analysis import model
from analysis.calibration import Calibration
from analysis.evaluate import Evaluation, Finding
from analysis.pairs import VERDICTS, Pair
from reports.score import calibrated, show_evaluation


def finding(label: str, verdict: str, form: str | None = None, kind: str = "", labelled_form: str = "") -> Finding:
    pair = Pair(
        "s",
        f"https://a.example/{label}",
        ("https://b.example/1",),
        label,
        frozenset({label}),
        labelled_form,
        None,
        "",
        kind,
    )
    return Finding(pair, verdict, form, 0.9, False, None, None)


def shown(found: Evaluation, trained: int | None = None, form: str = "table") -> str:
    stream = io.StringIO()
    show_evaluation(found, form, stream, trained)  # type: ignore[arg-type]  # of a table of cases
    return stream.getvalue()


TAKEN = "amplification"
MIXED = Evaluation(
    [
        *[finding(TAKEN, TAKEN, "verbatim", "plain", "verbatim")] * 3,
        finding(TAKEN, "shared_origin", "partial", "plain", "partial"),
        finding("local_first", TAKEN, "paraphrase", "reverse"),
    ]
)


@pytest.mark.parametrize(
    "line",
    [
        "5 labelled pairs",
        "verdict precision 95 % recall 95 % F1 labelled given",
        "amplification 0.750 0.30 – 0.95 0.750 0.30 – 0.95 0.750 4 4",
        "shared_origin 0.000 0.00 – 0.79 – – 0 1",
        "form precision 95 % recall 95 % F1 labelled given",
        "verbatim 1.000 0.44 – 1.00 1.000 0.44 – 1.00 1.000 3 3",
        "partial – 0.000 0.00 – 0.79 0.000 1 0",
        "label amplification origin",
        "amplification 3 1",
        "local_first 1 ·",
        "1. local_first called amplification, paraphrase, probability 0.90 (reverse)",
        "https://a.example/local_first",
        "2. amplification called shared_origin, partial, probability 0.90 (plain)",
    ],
)
def test_an_evaluation_at_a_glance(line: str) -> None:
    assert line in [" ".join(line.split()) for line in shown(MIXED).splitlines()]


def test_all_of_it_fits_a_terminal_of_100_columns() -> None:
    every = Evaluation(
        [finding(label, verdict, "verbatim", "", "verbatim") for label in VERDICTS for verdict in VERDICTS]
    )
    assert max(map(len, shown(every).splitlines())) <= 100


def test_json_has_the_same_figures() -> None:
    told = json.loads(shown(MIXED, form="json"))
    assert {name: told["verdicts"][TAKEN][name]["hits"] for name in ("precision", "recall")} == {
        "precision": 3,
        "recall": 3,
    }
    assert told["verdicts"][TAKEN]["f1"] == 0.75
    assert (told["forms"]["verbatim"]["value"], told["forms"]["verbatim"]["precision"]["of"]) == (1.0, 3)
    assert (told["pairs"], told["pairs_left_out"], told["pairs_trained_on"]) == (5, 0, 0)


def test_pairs_that_are_left_out_are_counted() -> None:
    told = shown(Evaluation(MIXED.findings, ["https://gone.example/1"], 2))
    assert "2 more pairs left out of all figures" in told
    assert "not in the snapshot: 1 address, https://gone.example/1\n" in told


@pytest.mark.parametrize(
    ("version", "trained", "says"),
    [
        ("1", None, None),
        ("1+cal-0a1b2c3d", 0, None),
        (
            "1+cal-0a1b2c3d",
            5,
            "model 1+cal-0a1b2c3d was calibrated on 5 of these pairs: figures over what it learnt from",
        ),
        ("1+cal-0a1b2c3d", None, "was calibrated on reviewed pairs, perhaps on these"),
    ],
)
def test_figures_over_what_the_model_learnt_from_are_called_that(
    version: str, trained: int | None, says: str | None
) -> None:
    told = shown(Evaluation(MIXED.findings, model=version), trained)
    assert (says or "5 labelled pairs") in told
    assert ("calibrated" in told) == (says is not None)


def test_a_calibration_says_what_it_brought() -> None:
    told = calibrated(Calibration(model.load(), 20, 1, 2, 0.03, 0.02, ()))
    assert told.startswith("20 pairs used, 1 not stored, 2 without anything to learn")
    assert told.endswith("0.030, calibrated 0.020 (cross-validated)")
