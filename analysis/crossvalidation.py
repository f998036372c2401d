"""A model that judges each labelled story without having seen it, for honest figures from one analysis.

It looks up whose features it is asked about and answers with weights trained on all other stories. Features that
occur in several stories are judged by weights that saw none of them. What belongs to no labelled story, decoys for
example, is judged by weights trained on all. Nothing here is ever shipped or stored.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.model import Logistic, Model
from analysis.train import PENALTY, PRIOR, Example, train

Features = Mapping[str, float]
_SEVERAL = 5
"""Stories from which features are nobody's: judged by weights trained on all."""


@dataclass(frozen=True, slots=True)
class Withheld(Logistic):
    """One regression of the three: what it is asked about decides which stories its weights never saw."""

    stories: Mapping[tuple[float, ...], frozenset[str]]  # features → stories they occur in
    fitted: Callable[[frozenset[str]], Logistic]  # stories → weights trained on the others
    without: frozenset[str]  # features left out

    def log_odds(self, features: Features) -> float:
        """Natural log of the odds, by weights that never saw these features' stories."""
        seen = self.stories.get(tuple(features.values()), frozenset())
        return self.fitted(seen).log_odds(_left(features, self.without))


def cross_validated(
    rows: Sequence[Example],
    *,
    prior: Model = PRIOR,
    penalty: float = PENALTY,
    without: Iterable[str] = (),
    changed: Callable[[Model], Model] = lambda model: model,
) -> Model:
    """A model of many: each story judged by weights trained on all others.

    `without` are features that are left out, in training and in judging; `changed` alters each trained model.
    """
    left_out = frozenset(without)
    thin = [
        replace(
            row,
            shared_text=_left(row.shared_text, left_out),
            rivalry=_left(row.rivalry, left_out) if row.rivalry else None,
            unseen=_left(row.unseen, left_out) if row.unseen else None,
        )
        for row in rows
    ]

    @cache
    def trained(stories: frozenset[str]) -> Model:
        kept = [row for row in thin if row.story not in stories]
        return changed(train(kept, version="cross-validated", prior=prior, penalty=penalty))

    shared = _stories((row.story, row.shared_text) for row in rows)
    rivalry = _stories((row.story, row.rivalry) for row in rows if row.rivalry)
    unseen = _stories((row.story, row.unseen) for row in rows if row.unseen)
    return Model(
        "cross-validated",
        Withheld(0.0, {}, shared, lambda stories: trained(stories).shared_text, left_out),
        Withheld(0.0, {}, rivalry, lambda stories: trained(stories).rivalry, left_out),
        Withheld(0.0, {}, unseen, lambda stories: trained(stories).unseen, left_out),
    )


def _stories(found: Iterable[tuple[str, Features]]) -> dict[tuple[float, ...], frozenset[str]]:
    stories: dict[tuple[float, ...], set[str]] = defaultdict(set)
    for story, features in found:
        stories[tuple(features.values())].add(story)
    # What an agency's credit alone gives is the same in dozens of stories, and no single one of them taught it.
    return {features: frozenset(names) for features, names in stories.items() if len(names) <= _SEVERAL}


def _left(features: Features, without: frozenset[str]) -> dict[str, float]:
    """The features, with 0 for those left out: a weight cannot act on it."""
    return {name: 0.0 if name in without else value for name, value in features.items()}
