"""How well the verdicts agree with labelled pairs, for `odjek evaluate`: as tables for a reader, or as one JSON object.

The figures are computed in `analysis.evaluate`; here they are only put in order.
"""

import json
from collections.abc import Iterator
from typing import IO, Any, Literal

from rich.text import Text

from analysis.calibration import CALIBRATED, Calibration
from analysis.evaluate import Evaluation, Finding, Rate, Score
from analysis.pairs import VERDICTS
from reports import words
from reports.terminal import console, table

MISSING_SHOWN = 3
SCORE_COLUMNS = ("precision", "95 %", "recall", "95 %", "F1", "labelled", "given")


def show_evaluation(
    found: Evaluation, form: Literal["table", "json"], stream: IO[str], trained: int | None = None
) -> None:
    """Write the figures of an evaluation; `trained` is how many of its pairs the model is known to have learnt from."""
    if form == "json":
        stream.write(json.dumps(as_json(found, trained), ensure_ascii=False, indent=1) + "\n")
        return
    screen = console(stream)
    for line in _opening(found, trained):
        screen.print(Text(line))
    screen.print(table(("", "value", "95 % interval", "pairs"), [(name, *_rate(rate)) for name, rate in _rates(found)]))
    screen.print(Text(f"F1 {found.f1:.3f}   Brier score {found.brier:.3f} (0.25 is a coin)"))
    screen.print(table(("verdict", *SCORE_COLUMNS), [(name, *_score(of)) for name, of in found.verdicts.items()]))
    if found.form_scores:
        forms = [(name, *_score(of)) for name, of in found.form_scores.items()]
        screen.print(table(("form", *SCORE_COLUMNS), forms, "Amplifications by form"))
    screen.print(table(*_confusion(found), title="Labels (down) and the verdicts given (across)"))
    kinds = [(name, *_rate(accepted), _short(accused)[0]) for name, (accepted, accused) in found.kinds.items()]
    if any(found.kinds):
        screen.print(table(("kind", "right", "95 % interval", "pairs", "called amplification"), kinds))
    if wrong := found.worst():
        screen.print(Text("Worst mistakes, false accusations first", style="italic"))
        for number, finding in enumerate(wrong, start=1):
            screen.print(Text(_mistake(number, finding)), soft_wrap=True)  # an address can be clicked, or copied, whole


def one_line(found: Evaluation) -> str:
    """Return precision, recall and false accusations with their intervals, as the demo's last lines say them."""
    shares = [f"{name} {_rate(rate)[0]} ({_rate(rate)[1]})" for name, rate in _rates(found)[:2]]
    wrong = f"{found.accused.hits} of {found.accused.of} others called amplification"
    return f"{len(found.findings)} labelled pairs: {', '.join(shares)}, {wrong}"


def calibrated(found: Calibration) -> str:
    """Return what `odjek calibrate` learnt from, and what it brought."""
    used = words.count(found.used, "pair")
    return (
        f"{used} used, {found.missing} not stored, {found.uncompared} without anything to learn\n"
        f"Brier score of these pairs: {found.brier_before:.3f}, calibrated {found.brier_after:.3f} (cross-validated)"
    )


def as_json(found: Evaluation, trained: int | None = None) -> dict[str, Any]:
    """Return all figures; a rate is value, low, high, hits and of."""
    return {
        "pairs": len(found.findings),
        "pairs_left_out": found.left_out,
        "missing_urls": found.missing,
        "model": found.model,
        "pairs_trained_on": trained if _is_calibrated(found) else 0,
        **{name.replace(" ", "_"): _numbers(rate) for name, rate in _rates(found)},
        "f1": found.f1,
        "brier": found.brier,
        "verdicts": {name: _numbers_of(score) for name, score in found.verdicts.items()},
        "forms": {name: {**_numbers(of.recall), **_numbers_of(of)} for name, of in found.form_scores.items()},
        "kinds": {name: {"right": _numbers(a), "accused": _numbers(b)} for name, (a, b) in found.kinds.items()},
        "confusion": [
            {"label": label, "verdict": verdict, "pairs": count} for (label, verdict), count in found.confusion.items()
        ],
        "reliability": [dict(zip(("from", "mean", "share", "pairs"), row, strict=True)) for row in found.reliability],
        "worst": [_finding(finding) for finding in found.worst(100)],
    }


def _opening(found: Evaluation, trained: int | None) -> Iterator[str]:
    yield words.count(len(found.findings), "labelled pair")
    if found.left_out:
        yield f"{words.count(found.left_out, 'more pair')} left out of all figures: an article of each is not stored"
    if found.missing:
        few = ", ".join(found.missing[:MISSING_SHOWN]) + (", …" if len(found.missing) > MISSING_SHOWN else "")
        yield f"not in the snapshot: {words.count(len(found.missing), 'address', 'addresses')}, {few}"
    if _is_calibrated(found) and trained != 0:
        which = f"{trained} of these pairs" if trained else "reviewed pairs, perhaps on these (its file is not here)"
        yield (
            f"model {found.model} was calibrated on {which}: figures over what it learnt from are no test of it; "
            "keep pairs apart that it never sees"
        )


def _is_calibrated(found: Evaluation) -> bool:
    return CALIBRATED in found.model


def _confusion(found: Evaluation) -> tuple[list[str], list[list[str]]]:
    """Heads and rows; a verdict that was never given has no column."""
    labels = [label for label in VERDICTS if any(label == of for of, _ in found.confusion)]
    given = [verdict for verdict in VERDICTS if any(verdict == of for _, of in found.confusion)]
    rows = [[label, *(str(found.confusion.get((label, verdict), "·")) for verdict in given)] for label in labels]
    return ["label", *(verdict.replace("_", "\n") for verdict in given)], rows


def _mistake(number: int, finding: Finding) -> str:
    pair = finding.pair
    form = f", {finding.form}" if finding.form else ""
    kind = f"  ({pair.kind})" if pair.kind else ""
    return (
        f"{number:>2}. {pair.verdict} called {finding.verdict}{form}, probability {finding.probability:.2f}{kind}\n"
        f"    {pair.local_url}\n    {pair.state_urls[0]}"
    )


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


def _score(score: Score) -> tuple[str, ...]:
    f1 = "–" if score.f1 is None else f"{score.f1:.3f}"
    return (*_narrow(score.precision), *_narrow(score.recall), f1, str(score.recall.of), str(score.precision.of))


def _narrow(rate: Rate) -> tuple[str, str]:
    if rate.value is None:
        return "–", ""
    low, high = rate.interval
    return f"{rate.value:.3f}", f"{low:.2f} – {high:.2f}"


def _short(rate: Rate) -> tuple[str, str]:
    return ("–" if rate.value is None else f"{rate.value:.2f}"), str(rate.of)


def _numbers(rate: Rate) -> dict[str, float | int | None]:
    low, high = rate.interval
    return {"value": rate.value, "low": low, "high": high, "hits": rate.hits, "of": rate.of}


def _numbers_of(score: Score) -> dict[str, Any]:
    return {"precision": _numbers(score.precision), "recall": _numbers(score.recall), "f1": score.f1}


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
