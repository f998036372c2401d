"""How well the verdicts agree with labelled pairs, for `odjek evaluate`: as tables for a reader, or as one JSON object.

The figures are computed in `analysis.evaluate`; here they are only put in order.
"""

import json
from typing import IO, Any, Literal

from rich.text import Text

from analysis.calibration import Calibration
from analysis.evaluate import Evaluation, Finding, Rate
from reports.terminal import console, table

MISSING_SHOWN = 3


def show_evaluation(found: Evaluation, form: Literal["table", "json"], stream: IO[str]) -> None:
    """Write the figures of an evaluation."""
    if form == "json":
        stream.write(json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n")
        return
    screen = console(stream)
    screen.print(Text(_opening(found)))
    screen.print(table(("", "value", "95 % interval", "pairs"), [(name, *_rate(rate)) for name, rate in _rates(found)]))
    screen.print(Text(f"F1 {found.f1:.3f}   Brier score {found.brier:.3f} (0.25 is a coin)"))
    verdicts = [
        (name, *_short(of_said), *_short(of_labelled)) for name, (of_said, of_labelled) in found.verdicts.items()
    ]
    screen.print(table(("verdict", "precision", "of", "recall", "of"), verdicts))
    screen.print(table(("form", "found", "95 % interval", "pairs"), [(n, *_rate(r)) for n, r in found.forms.items()]))
    kinds = [(name, *_rate(accepted), _short(accused)[0]) for name, (accepted, accused) in found.kinds.items()]
    screen.print(table(("kind", "right", "95 % interval", "pairs", "called amplification"), kinds))
    if wrong := found.worst():
        rows = [(w.pair.verdict, w.verdict, f"{w.probability:.2f}", w.pair.kind, w.pair.local_url) for w in wrong]
        screen.print(table(("label", "verdict", "probability", "kind", "article"), rows, "Worst"))


def one_line(found: Evaluation) -> str:
    """Return precision, recall and false accusations with their intervals, as the demo's last lines say them."""
    shares = [f"{name} {_rate(rate)[0]} ({_rate(rate)[1]})" for name, rate in _rates(found)[:2]]
    wrong = f"{found.accused.hits} of {found.accused.of} others called amplification"
    return f"{len(found.findings)} labelled pairs: {', '.join(shares)}, {wrong}"


def calibrated(found: Calibration) -> str:
    """Return what `odjek calibrate` learnt from, and what it brought."""
    is_worse = found.brier_after > found.brier_before
    return (
        f"{found.used} pairs used, {found.missing} not stored, {found.uncompared} without anything to learn\n"
        f"Brier score of these pairs: {found.brier_before:.3f}, calibrated {found.brier_after:.3f} (cross-validated)"
        + ("\nthat is worse than before: 'odjek calibrate --reset' goes back to the shipped model" if is_worse else "")
    )


def as_json(found: Evaluation) -> dict[str, Any]:
    """Return all figures; a rate is value, low, high, hits and of."""
    return {
        "pairs": len(found.findings),
        "missing_urls": found.missing,
        **{name.replace(" ", "_"): _numbers(rate) for name, rate in _rates(found)},
        "f1": found.f1,
        "brier": found.brier,
        "verdicts": {
            name: {"precision": _numbers(p), "recall": _numbers(r)} for name, (p, r) in found.verdicts.items()
        },
        "forms": {name: _numbers(rate) for name, rate in found.forms.items()},
        "kinds": {name: {"right": _numbers(a), "accused": _numbers(b)} for name, (a, b) in found.kinds.items()},
        "confusion": [
            {"label": label, "verdict": verdict, "pairs": count} for (label, verdict), count in found.confusion.items()
        ],
        "reliability": [dict(zip(("from", "mean", "share", "pairs"), row, strict=True)) for row in found.reliability],
        "worst": [_finding(finding) for finding in found.worst(100)],
    }


def _opening(found: Evaluation) -> str:
    text = f"{len(found.findings)} labelled pairs"
    if found.missing:
        few = ", ".join(found.missing[:MISSING_SHOWN]) + (", …" if len(found.missing) > MISSING_SHOWN else "")
        text += f"; {len(found.missing)} of their addresses are not in the snapshot: {few}"
    return text


def _rates(found: Evaluation) -> list[tuple[str, Rate]]:
    return [
        ("precision", found.precision),
        ("recall", found.recall),
        ("wrongly accused", found.accused),
        ("right verdict", found.accepted),
        ("right credit", found.credits),
        ("right parent", found.parents),
    ]


def _rate(rate: Rate) -> tuple[str, str, str]:
    if rate.value is None:
        return "–", "", "0"
    low, high = rate.interval
    return f"{rate.value:.3f}", f"{low:.3f} – {high:.3f}", f"{rate.hits}/{rate.of}"


def _short(rate: Rate) -> tuple[str, str]:
    return ("–" if rate.value is None else f"{rate.value:.2f}"), str(rate.of)


def _numbers(rate: Rate) -> dict[str, float | int | None]:
    low, high = rate.interval
    return {"value": rate.value, "low": low, "high": high, "hits": rate.hits, "of": rate.of}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "local_url": finding.pair.local_url,
        "state_url": finding.pair.state_urls[0],
        "kind": finding.pair.kind,
        "label": finding.pair.verdict,
        "verdict": finding.verdict,
        "form": finding.form,
        "probability": finding.probability,
    }
