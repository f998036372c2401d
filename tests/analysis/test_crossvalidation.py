"""Cross-validation: nobody is judged by weights that saw his story."""

import pytest

from analysis.crossvalidation import cross_validated
from analysis.features import RIVALRY, SHARED_TEXT
from analysis.train import Example, train


def example(story: str, copied: float, verdict: str, retold: float = 0.0) -> Example:
    shared = dict.fromkeys(SHARED_TEXT, 0.0) | {"copied_share": copied, "retold_best": retold}
    return Example(story, verdict, "state_first", shared, dict.fromkeys(RIVALRY, 0.0) | {"margin": copied})


ROWS = [
    example("a", 0.9, "amplification", 0.2),
    example("a", 0.1, "unrelated"),
    example("b", 0.8, "amplification", 0.9),
    example("b", 0.2, "shared_origin"),
    example("c", 0.7, "unrelated", 0.4),
    example("c", 0.3, "amplification", 0.6),
]


@pytest.mark.parametrize("story", ["a", "b", "c"])
def test_a_story_is_judged_by_weights_of_the_others(story: str) -> None:
    model = cross_validated(ROWS)
    others = train([row for row in ROWS if row.story != story], version="others")
    for row in ROWS:
        if row.story == story:
            assert model.shared_text.probability(row.shared_text) == others.shared_text.probability(row.shared_text)
            assert model.rivalry.probability(row.rivalry or {}) == others.rivalry.probability(row.rivalry or {})


def test_what_two_stories_have_in_common_is_judged_without_both() -> None:
    rows = [*ROWS, example("b", 0.9, "unrelated", 0.2)]  # the features of a row of story a
    neither = train([row for row in rows if row.story == "c"], version="neither")
    features = ROWS[0].shared_text
    assert cross_validated(rows).shared_text.probability(features) == neither.shared_text.probability(features)


def test_what_belongs_to_no_story_is_judged_by_all() -> None:
    unknown = dict.fromkeys(SHARED_TEXT, 0.5)
    everything = train(ROWS, version="all")
    assert cross_validated(ROWS).shared_text.probability(unknown) == everything.shared_text.probability(unknown)


def test_a_feature_that_is_left_out_changes_nothing() -> None:
    model = cross_validated(ROWS, without=["copied_share"])
    unknown = dict.fromkeys(SHARED_TEXT, 0.5)
    more = unknown | {"copied_share": 9.0}
    assert model.shared_text.probability(unknown) == model.shared_text.probability(more)
    assert model.shared_text.probability(unknown) != cross_validated(ROWS).shared_text.probability(unknown)
