"""Fits the shipped model to pairs that a user has reviewed: `odjek calibrate`.

The weights start at the shipped ones and are pulled back to them, so that a few dozen pairs correct the model and do
not replace it. The calibrated model lies in the data folder and is used by every later analysis there, until it is
removed; the name of the method says so.
"""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import duckdb

from analysis import model as shipped
from analysis.crossvalidation import cross_validated
from analysis.evaluate import FROM_STORY, Pair, read_pairs, spelling
from analysis.features import RIVALRY, SHARED_TEXT, UNSEEN
from analysis.model import Model
from analysis.train import ONE_TEXT, Example, as_toml, examples, probability, train
from spiders.errors import InputError, StoreError

LEAST_PAIRS = 20
LEAST_OF_EACH = 5
"""With 25 pairs of three stories the Brier score fell in 10 of 12 trials, on average from 0.082 to 0.071; with fewer
than five pairs of one kind there is nothing to tell apart."""
PENALTY = 3.0
"""Of 0.3, 1, 3, 10 and 30 the one that helped most in those trials, at 25 pairs as at 130."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of it; both Brier scores are over the pairs used, the new one cross-validated by story."""

    model: Model
    used: int
    missing: int  # pairs with an address that is not stored
    uncompared: int  # pairs that teach nothing: they share too little to be compared, or their label allows both
    brier_before: float
    brier_after: float


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
    except (OSError, ValueError, KeyError, TypeError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"{path} is no model that can be read: {remedy}") from error
    known = [set(SHARED_TEXT), set(RIVALRY), set(UNSEEN)]
    base = model.version.split("+")[0]
    if [set(part.weights) for part in model.parts] != known or base != shipped.load().version:
        raise StoreError(f"{path} was calibrated for another version of the model: {remedy}")
    return model


def calibrate(database: Path, pairs: Path) -> Calibration:
    """Fit the shipped model to labelled pairs, with the evidence of an analysed database.

    InputError when the pairs are too few, StoreError when there is no evidence yet.
    """
    labelled = read_pairs(pairs)
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            addresses = connection.execute("SELECT url FROM address").fetchall()
            rows = examples(connection, labelled)
    except duckdb.CatalogException as error:
        raise StoreError(f"{database} holds no evidence yet: run 'odjek analyze'") from error
    except duckdb.Error as error:
        raise StoreError(f"{database} cannot be opened: {str(error).splitlines()[0]}") from error
    known = {spelling(url) for (url,) in addresses}
    missing = sum(
        spelling(pair.local_url) not in known or not any(spelling(url) in known for url in pair.state_urls)
        for pair in labelled
    )
    used = [row for row in rows if row.pair and not row.is_doubtful]
    learnt = {row.pair for row in used if row.pair}
    uncompared = len(labelled) - missing - len(learnt)
    _check(pairs, learnt, missing, uncompared)
    base = shipped.load()
    fitted = train(rows, version="", prior=base, penalty=PENALTY)
    digest = sha256(as_toml(fitted).encode()).hexdigest()[:8]
    judge = cross_validated(rows, prior=base, penalty=PENALTY)
    return Calibration(
        replace(fitted, version=f"{base.version}+cal-{digest}"),
        len(learnt),
        missing,
        uncompared,
        _brier(used, base),
        _brier(used, judge),
    )


def save(model: Model, path: Path) -> None:
    """Write a calibrated model."""
    path.write_text(as_toml(model, "odjek calibrate"), encoding="utf-8")


def reset(data: Path) -> bool:
    """Go back to the shipped model; False when it was in use already."""
    path = model_path(data)
    was_there = path.exists()
    path.unlink(missing_ok=True)
    return was_there


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
