"""Fits the shipped model to pairs that a user has reviewed: `odjek calibrate`.

The weights start at the shipped ones and are pulled back to them, so that a few dozen pairs correct the model and do
not replace it. The calibrated model lies in the data folder and is used by every later analysis there, until it is
removed; the name of the method says so. Its file also holds which pairs it learnt from, so that nobody takes figures
over these for a test.
"""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import duckdb

from analysis import model as shipped
from analysis.crossvalidation import cross_validated
from analysis.evaluate import FROM_STORY
from analysis.features import RIVALRY, SHARED_TEXT, UNSEEN
from analysis.model import PARTS, Model
from analysis.pairs import Pair, known_pairs, read_pairs, spelling
from analysis.train import ONE_TEXT, Example, as_toml, examples, probability, train
from spiders.errors import InputError, StoreError

WRITER = "odjek calibrate"
CALIBRATED, SENTENCES = "+cal-", "+sent-"
"""What the version of a method says of a calibrated model, and of a sentence model that was asked."""
LEAST_PAIRS = 20
LEAST_OF_EACH = 5
"""With 25 pairs of three stories the Brier score fell in 10 of 12 trials, on average from 0.082 to 0.071; with fewer
than five pairs of one kind there is nothing to tell apart."""
PENALTY = 3.0
"""Of 0.3, 1, 3, 10 and 30 the one that helped most in those trials, at 25 pairs as at 130."""
COIN = 0.25
"""Brier score of a model that says 0.5 of each pair. Calibrated on two labelled sets with each label turned round the
models had 0.36 and 0.47, with labels drawn by lot 0.34 and 0.39, with every fifth label wrong 0.20 and 0.27."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of it; both Brier scores are over the pairs used, the new one cross-validated by story."""

    model: Model
    used: int
    missing: int  # pairs with an address that is not stored
    uncompared: int  # pairs that teach nothing: they share too little to be compared, or their label allows both
    brier_before: float
    brier_after: float
    learnt_from: tuple[str, ...]  # digests of the pairs used


def model_path(data: Path) -> Path:
    """Where the calibrated model of a data folder lies."""
    return data / "model.toml"


def model_of(data: Path) -> Model:
    """The model that analyses of this folder use: the calibrated one where there is one, else the shipped one."""
    path = model_path(data)
    if not path.exists():
        return shipped.load()
    remedy = "run 'odjek calibrate' again, or 'odjek calibrate --reset' to go back to the shipped model"
    try:
        model = shipped.read(path)
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} is no model that can be read ({error}): {remedy}") from error
    known = [set(SHARED_TEXT), set(RIVALRY), set(UNSEEN)]
    base = model.version.split("+")[0]
    if [set(part.weights) for part in model.parts] != known or base != shipped.load().version:
        raise StoreError(f"{path} was calibrated for another version of the model: {remedy}")
    if model != named(model):  # the same name, the same results
        raise StoreError(f"{path} is not the model that its version, {model.version}, names; it was changed: {remedy}")
    return model


def trained_on(data: Path, version: str, pairs: Iterable[Pair]) -> int | None:
    """How many of these pairs the calibrated model of that version learnt from; None where its file is not there."""
    try:
        raw = tomllib.loads(model_path(data).read_text(encoding="utf-8"))
        learnt = {str(digest) for digest in raw["learnt_from"]["pairs"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if raw.get("version") != version.split(SENTENCES)[0]:
        return None
    return sum(_digest(pair) in learnt for pair in pairs)


def calibrate(database: Path, pairs: Path) -> Calibration:
    """Fit the shipped model to labelled pairs, with the evidence of an analysed database.

    InputError when the pairs are too few, StoreError when there is no evidence yet.
    """
    labelled = read_pairs(pairs)
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            known = known_pairs(connection, pairs, labelled)
            rows = examples(connection, known.pairs)
    except duckdb.CatalogException as error:
        raise StoreError(f"{database} holds no evidence yet: run 'odjek analyze'") from error
    except duckdb.Error as error:
        raise StoreError(f"{database} cannot be opened: {str(error).splitlines()[0]}") from error
    used = [row for row in rows if row.pair and not row.is_doubtful]
    learnt = {row.pair for row in used if row.pair}
    uncompared = len(known.pairs) - len(learnt)
    _check(pairs, learnt, known.left_out, uncompared)
    base = shipped.load()
    fitted = train(rows, version="", prior=base, penalty=PENALTY)
    judge = cross_validated(rows, prior=base, penalty=PENALTY)
    return Calibration(
        named(replace(fitted, version=base.version)),
        len(learnt),
        known.left_out,
        uncompared,
        _brier(used, base),
        _brier(used, judge),
        tuple(sorted(map(_digest, learnt))),
    )


def named(model: Model) -> Model:
    """The model under its name as a calibrated one: the shipped version, a digest of the weights as a file has them."""
    weights = "\n".join(
        f"{name} {key} {value:.6g}"
        for name, part in zip(PARTS, model.parts, strict=True)
        for key, value in sorted({"bias": part.bias, **part.weights}.items())
    )
    digest = sha256(weights.encode()).hexdigest()[:8]
    return replace(model, version=f"{model.version.split('+')[0]}{CALIBRATED}{digest}")


def refuse_worse(found: Calibration, pairs: Path) -> None:
    """InputError where the calibrated model is worse than the shipped one, or than a coin, in the digits shown."""
    before, after = round(found.brier_before, 3), round(found.brier_after, 3)
    if after <= before and after < COIN:
        return
    reason = "no better than a coin, which has 0.250" if after >= COIN else "worse than the one that comes with odjek"
    raise InputError(
        f"{pairs}: a model calibrated on these pairs would be {reason}: Brier score {before:.3f} before, {after:.3f} "
        "calibrated (cross-validated). Nothing was written and the model in use stays; are the labels right? "
        "--anyway writes it all the same"
    )


def save(found: Calibration, path: Path) -> None:
    """Write a calibrated model, and digests of the pairs that it learnt from."""
    pairs = "".join(f'    "{digest}",\n' for digest in found.learnt_from)
    path.write_text(f"{as_toml(found.model, WRITER)}\n[learnt_from]\npairs = [\n{pairs}]\n", encoding="utf-8")


def reset(data: Path) -> bool:
    """Go back to the shipped model; False when it was in use already."""
    path = model_path(data)
    was_there = path.exists()
    path.unlink(missing_ok=True)
    return was_there


def _digest(pair: Pair) -> str:
    """A pair, whatever its label: its two addresses."""
    addresses = f"{spelling(pair.local_url)} {spelling(pair.state_urls[0])}"
    return sha256(addresses.encode()).hexdigest()[:12]


def _check(path: Path, learnt: Collection[Pair], missing: int, uncompared: int) -> None:
    one_text = sum(pair.verdict in ONE_TEXT for pair in learnt)
    if len(learnt) < LEAST_PAIRS or min(one_text, len(learnt) - one_text) < LEAST_OF_EACH:
        raise InputError(
            f"{path}: {len(learnt)} pairs can be used, {one_text} that are one text and {len(learnt) - one_text} that "
            f"are not; {LEAST_PAIRS} are needed, {LEAST_OF_EACH} of each. Of the others, {missing} are not stored and "
            f"{uncompared} teach nothing: they share too little to be compared, or their label allows both"
        )


def _brier(rows: Sequence[Example], model: Model) -> float:
    errors = [(probability(row, model) - (row.verdict in FROM_STORY)) ** 2 for row in rows]
    return sum(errors) / len(errors)
