"""The model: three logistic regressions, small enough to read (`model.toml`), and how they are trained.

The first says whether an article and a story are one text (copied or retold), the second whether the article has it
from the story rather than from the best rival, the third whether from the story rather than from a text that was never
collected. Their product is the probability of an amplification. Weights apply to
features as they are, not standardised, so that a reader can follow a single verdict by hand.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from analysis.sentence_model import SentenceModel

FILE = Path(__file__).with_name("model.toml")
PARTS = ("shared_text", "rivalry", "unseen")
TOO_MUCH = 1e6
"""No fit gives such a weight, and with a larger one the sum of two may not be a number."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: bias and one weight a feature."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability, 0 to 1; a feature the weights name must be there."""
        return float(1.0 / (1.0 + np.exp(-self.log_odds(features))))

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Natural log of the odds."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Model:
    """The regressions and the version they are stored under; optionally what scores translated sentences."""

    version: str
    shared_text: Logistic
    rivalry: Logistic
    unseen: Logistic
    sentences: "SentenceModel | None" = None

    @property
    def parts(self) -> tuple[Logistic, Logistic, Logistic]:
        """The regressions, in the order of the questions."""
        return self.shared_text, self.rivalry, self.unseen


@cache
def load() -> Model:
    """The shipped model."""
    return read(FILE)


def read(path: Path) -> Model:
    """Read a model's file; ValueError names the section and the key that cannot be used."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    shared_text, rivalry, unseen = (_logistic(part, raw.get(part)) for part in PARTS)
    return Model(str(raw.get("version", "")), shared_text, rivalry, unseen)


def _logistic(part: str, raw: Any) -> Logistic:
    if not isinstance(raw, dict) or not isinstance(raw.get("weights"), dict):
        raise ValueError(f"[{part}] and [{part}.weights] are not both there")
    weights = {name: _number(f"{part}.weights", name, value) for name, value in raw["weights"].items()}
    return Logistic(_number(part, "bias", raw.get("bias")), weights)


def _number(section: str, key: str, value: object) -> float:
    """A bias or a weight; TOML knows nan and inf, and reads 1e400 as inf."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < TOO_MUCH:
        raise ValueError(f"[{section}] {key} is {value}, not a number below {TOO_MUCH:,.0f}")
    return float(value)


def fit(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    *,
    penalty: float,
    start: Logistic | None = None,
    importance: Sequence[float] | None = None,
    against: Collection[str] = (),
) -> Logistic:
    """Logistic regression by Newton's method, with an L2 penalty on standardised weights.

    With `start` the weights are pulled towards that model instead of towards zero: a user's few reviewed pairs shift
    the shipped model and do not replace it. A weight of the wrong sign (above 0 for a feature in `against`, below 0 for
    any other) is an accident of few examples: the feature is left out and the rest fitted again.
    """
    names = list(rows[0])
    matrix = np.array([[row[name] for name in names] for row in rows], np.float64)
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    design = np.column_stack([np.ones(len(rows)), matrix / scale])
    target = np.asarray(labels, np.float64)
    weight = np.ones(len(rows)) if importance is None else np.asarray(importance, np.float64)
    prior = np.zeros(design.shape[1])
    if start is not None:
        prior = np.array([start.bias, *(start.weights[name] * by for name, by in zip(names, scale, strict=True))])
    sign = np.array([0.0, *(-1.0 if name in against else 1.0 for name in names)])
    free = np.ones(design.shape[1], np.bool_)
    solution = np.zeros(design.shape[1])
    while True:
        solution[:] = 0.0
        solution[free] = _newton(design[:, free], target, weight, prior[free], penalty)
        wrong = solution * sign < 0
        if not wrong.any():
            break
        free &= ~wrong
    return Logistic(
        float(solution[0]),
        {name: float(value / by) for name, value, by in zip(names, solution[1:], scale, strict=True)},
    )


def _newton(
    design: npt.NDArray[np.float64],
    target: npt.NDArray[np.float64],
    weight: npt.NDArray[np.float64],
    prior: npt.NDArray[np.float64],
    penalty: float,
) -> npt.NDArray[np.float64]:
    ridge = np.full(design.shape[1], penalty)
    ridge[0] = penalty / 100  # the bias is hardly held back

    def loss(at: npt.NDArray[np.float64]) -> float:
        odds = design @ at
        return float(weight @ (np.logaddexp(0.0, odds) - target * odds) + ridge @ (at - prior) ** 2 / 2)

    solution = prior.copy()
    for _ in range(200):
        predicted = 1.0 / (1.0 + np.exp(-np.clip(design @ solution, -30, 30)))
        gradient = design.T @ (weight * (predicted - target)) + ridge * (solution - prior)
        curvature = (design.T * (weight * predicted * (1 - predicted))) @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        length = 1.0
        while length > 1e-6 and loss(solution - length * step) > loss(solution):
            length /= 2
        solution = solution - length * step
        if np.abs(length * step).max() < 1e-9:
            break
    return np.asarray(solution)
