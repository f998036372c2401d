"""The commands `odjek evaluate` and `odjek calibrate`: what labelled pairs say of the verdicts, and teach the model.

They are a part of the command line (`odjek.py`), and only for its size in a file of their own. The figures are computed
in `analysis.evaluate` and `analysis.calibration`, and worded in `reports.score`.
"""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reports import options as option


def evaluate_pairs(
    context: typer.Context,
    pairs: Annotated[Path, typer.Argument(metavar="PAIRS.csv", help="Labelled pairs.")],
    form: Annotated[Literal["table", "json"], option.Form] = "table",
) -> None:
    """Score the verdicts of the snapshot against labelled pairs, with intervals."""
    from analysis.calibration import trained_on
    from analysis.evaluate import evaluate
    from reports.query import snapshot
    from reports.score import show_evaluation

    data = context.obj.data
    found = evaluate(snapshot(data), pairs)
    trained = trained_on(data, found.model, [finding.pair for finding in found.findings])
    show_evaluation(found, form, sys.stdout, trained)


def calibrate_model(
    context: typer.Context,
    pairs: Annotated[Path | None, typer.Argument(metavar="PAIRS.csv", help="Labelled pairs, as for evaluate.")] = None,
    output: Annotated[Path | None, option.Output] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write the model even if it is worse.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Go back to the model that comes with odjek.")] = False,
) -> None:
    """Fit the model to pairs that you have reviewed; later analyses of this data folder use it."""
    from analysis import calibration
    from reports.query import snapshot
    from reports.score import calibrated

    data = context.obj.data
    if reset == (pairs is not None) or (reset and (output or anyway)):
        raise typer.BadParameter("give PAIRS.csv, or --reset and nothing else.")
    if pairs is None:
        was_there = calibration.reset(data)
        print("the shipped model is used again; run 'odjek analyze'" if was_there else "no calibrated model was in use")
        return
    found = calibration.calibrate(snapshot(data), pairs)
    if not anyway:
        calibration.refuse_worse(found, pairs)
    path = output or calibration.model_path(data)
    calibration.save(found, path)
    print(f"{calibrated(found)}\nmodel {found.model.version}: {path}" + ("" if output else "; run 'odjek analyze'"))
