"""Models that lack something, so that a measurement shows what it brings; and models held back more or less.

Each is cross-validated by story. A temperature above 1 makes all probabilities less sure, one below 1 surer.
"""

from collections.abc import Callable, Iterator, Sequence

from analysis.crossvalidation import cross_validated
from analysis.features import RIVALRY, SHARED_TEXT, UNSEEN
from analysis.model import Logistic, Model
from analysis.train import PENALTY, Example

PENALTIES = (0.1, 0.3, 3.0, 10.0)
TEMPERATURES = (0.8, 1.25, 1.5)


def groups() -> dict[str, list[str]]:
    """Features that belong together, by what they look at."""
    names = [*SHARED_TEXT, *RIVALRY, *UNSEEN]
    return {
        "copied words": [name for name in names if name.startswith("copied")],
        "retold sentences": [name for name in names if name.startswith(("retold", "reverse"))],
        "numbers": [name for name in names if "number" in name],
        "the article's own": [name for name in names if name.startswith("own")],
        "what others know": ["public_speech", "known"],
        "credits": [name for name in names if "credit" in name],
        "rivals": list(RIVALRY),
        "unseen texts": list(UNSEEN),
    }


def variants(rows: Sequence[Example]) -> Iterator[tuple[str, Model]]:
    """Name and model of each variant, the whole model first."""
    yield "all features", cross_validated(rows)
    for group, features in groups().items():
        if features:
            yield f"without {group}", cross_validated(rows, without=features)
    for feature in (*SHARED_TEXT, *RIVALRY, *UNSEEN):
        yield f"without {feature}", cross_validated(rows, without=[feature])
    for penalty in PENALTIES:
        yield f"penalty {penalty:g} instead of {PENALTY:g}", cross_validated(rows, penalty=penalty)
    for temperature in TEMPERATURES:
        yield f"temperature {temperature:g}", cross_validated(rows, changed=_cooled(temperature))


def _cooled(temperature: float) -> Callable[[Model], Model]:
    def part(logistic: Logistic) -> Logistic:
        weights = {name: weight / temperature for name, weight in logistic.weights.items()}
        return Logistic(logistic.bias / temperature, weights)

    return lambda model: Model(model.version, *map(part, model.parts))
