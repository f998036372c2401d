"""From evidence to a verdict: one of seven, with a form and a probability.

`probability` is that of the statement "this article was made from this state story, directly or through others",
whatever the verdict. The rules below only name the case; where they are in doubt they do not accuse.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.explanation import Direction, Rivalry, Source, direction_of
from analysis.features import RIVALRY, exact
from analysis.model import Model
from analysis.passages import Passage
from analysis.reading import Reading

Verdict = Literal["amplification", "shared_origin", "local_first", "quote", "independent", "critical", "unrelated"]
Form = Literal["verbatim", "partial", "paraphrase", "translation"]

ORDER_UNKNOWN = {True: 0.95, False: 0.7}
"""Probability that the state story was first where the times do not tell, with and without a credit."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found for one article and one state story."""

    verdict: Verdict
    form: Form | None
    probability: float
    shared_probability: float
    direction: Direction
    copied_words: int
    longest_words: int
    shared_share: float
    state_share: float


@dataclass(frozen=True, slots=True)
class Case:
    """One article and one state story, with the best rival: all that a verdict needs."""

    reading: Reading
    story: Source
    story_reading: Reading
    rivalry: Rivalry | None
    unseen: Mapping[str, float] | None  # features of UNSEEN, where there is a sign of an uncollected text
    direction: Direction
    lag_days: int
    has_agency_credit: bool  # the article itself credits an agency
    is_named: bool  # the article names the state outlet, as a source or not
    role: str


TAKES_TEXT = frozenset({"amplification", "shared_origin", "local_first", "critical"})
"""Verdicts that say that text is shared: none of them without a passage to show."""


def judge(case: Case, model: Model, thresholds: Mapping[str, float], *, has_evidence: bool) -> Judged:
    """Decide one case."""
    shared = model.shared_text.probability(case.story.shared_text)
    seen = model.unseen.probability(case.unseen) if case.unseen else 1.0
    probability = shared * _from_story(case, model) * seen * _order(case)
    comparison = case.story.comparison
    copied = int(comparison.copied.sum())
    verdict = _verdict(case, shared, probability, thresholds)
    if verdict in TAKES_TEXT and not has_evidence:
        verdict = _not_shared(case, thresholds)
    return Judged(
        verdict=verdict,
        form=_form(case, thresholds) if verdict in TAKES_TEXT else None,
        probability=probability,
        shared_probability=shared,
        direction=case.direction,
        copied_words=copied,
        longest_words=max((passage.words for passage in comparison.passages), default=0),
        shared_share=exact(case.story.explained.total / _fresh_words(case)),
        state_share=float(comparison.source_copied.mean()) if len(comparison.source_copied) else 0.0,
    )


def rivalry_features(case: Case) -> dict[str, float] | None:
    """Features of RIVALRY, or None where nothing stands against the story: no rival and no agency credited."""
    if case.rivalry is None:
        if not case.has_agency_credit:
            return None
        # The agency's item was not collected: it may say all that the story says.
        return dict.fromkeys(RIVALRY, 0.0) | {"credits_state": float(case.story.is_credited), "credits_rival": 1.0}
    rival = case.rivalry.rival
    return {
        "margin": exact(case.rivalry.margin),
        "retold_margin": exact(case.story.shared_text["retold_share"] - rival.shared_text["retold_share"]),
        "number_margin": exact(case.story.shared_text["shared_numbers"] - rival.shared_text["shared_numbers"]),
        "credits_state": float(case.story.is_credited),
        "credits_rival": float(rival.is_credited or case.has_agency_credit),
    }


def _from_story(case: Case, model: Model) -> float:
    features = rivalry_features(case)
    if features is None:
        return 1.0
    probability = model.rivalry.probability(features)
    if case.rivalry is None or case.rivalry.is_certain:
        return probability
    # The rival's time does not tell whether it was first: it counts as far as it may have been.
    first = ORDER_UNKNOWN[case.story.is_credited]
    return first + (1.0 - first) * probability


def _order(case: Case) -> float:
    if case.direction == "unknown":
        return ORDER_UNKNOWN[case.story.is_credited]
    return 1.0 if case.direction == "state_first" else 0.0


def _verdict(case: Case, shared: float, probability: float, thresholds: Mapping[str, float]) -> Verdict:
    if shared < thresholds["shared_text"] or (
        case.story.comparison.is_template and probability < thresholds["amplification"]
    ):
        return _not_shared(case, thresholds)
    if _is_one_quote(case, thresholds):
        return _not_shared(case, thresholds)
    if probability >= thresholds["amplification"]:
        return "critical" if _is_critical(case) else "amplification"
    if _is_public_speech(case):
        return _not_shared(case, thresholds)
    rival = case.rivalry.rival if case.rivalry else None
    is_wire = case.has_agency_credit or (rival is not None and (rival.role == "agency" or rival.has_agency_credit))
    if case.direction == "local_first":
        return "shared_origin" if is_wire else "local_first"
    if is_wire and (case.rivalry is None or case.rivalry.margin < 1.0):
        return "shared_origin"
    if case.rivalry is not None and case.rivalry.margin < 1.0:
        return "local_first"
    if case.unseen is not None:
        return "shared_origin"
    return _not_shared(case, thresholds)


def _not_shared(case: Case, thresholds: Mapping[str, float]) -> Verdict:
    comparison = case.story.comparison
    quoted = [passage for passage in comparison.passages if _quoted(case, passage) > 0.5]
    is_near = abs(case.lag_days) <= thresholds["same_event_days"]
    if quoted and max(passage.words for passage in quoted) >= thresholds["quote_words"]:
        # Who reports on the same event has what was said there, and more of it than a statement.
        is_report = is_near and case.story.shared_text["retold_share"] >= thresholds["chance_share"]
        return "independent" if is_report or len(quoted) > 1 else "quote"
    if case.story.comparison.is_template:
        return "unrelated"
    return "independent" if is_near and case.story.shared_text["retold_share"] >= 0.08 else "unrelated"


def _is_critical(case: Case) -> bool:
    """A fact-checker; or what is copied is mostly put in quotation marks here and was not there, the outlet named."""
    copied = case.story.comparison.copied
    if case.role == "factchecker":
        return True
    if not copied.any() or not case.is_named or float(copied.mean()) >= 0.65:
        return False
    here = float(case.reading.quoted[copied].mean())
    there = float(case.story_reading.quoted[case.story.comparison.source_copied].mean())
    return here >= 0.5 and here - there >= 0.3


def _is_one_quote(case: Case, thresholds: Mapping[str, float]) -> bool:
    """One short quotation is all that is copied, and the rest is hardly told by the story: credited or not, a quote."""
    comparison, features = case.story.comparison, case.story.shared_text
    if len(comparison.passages) != 1 or features["retold_share"] >= thresholds["chance_share"]:
        return False
    passage = comparison.passages[0]
    return passage.words <= thresholds["quote_most"] and _quoted(case, passage) > 0.8


def _quoted(case: Case, passage: Passage) -> float:
    """Share of a passage that stands inside quotation marks in the article."""
    return float(case.reading.quoted[passage.start : passage.end].mean())


def _is_public_speech(case: Case) -> bool:
    """All that is copied was spoken before everybody: others quote it too, and the narration is the article's own."""
    copied, quoted = case.story.comparison.copied, case.reading.quoted
    narration = int((copied & ~quoted).sum())
    return narration < 15 <= int(copied.sum()) and case.story.shared_text["copied_quoted"] < np.log1p(6)


def _fresh_words(case: Case) -> int:
    """Words of the article that may prove something."""
    return max(1, int((~case.story.comparison.stale).sum()))


def _own_words(case: Case) -> int:
    """Words of the sentences that the story explains hardly at all: the article's own matter."""
    words, stale, sentence = case.story.explained.words, case.story.comparison.stale, case.reading.sentence_of
    count = len(case.reading.spans)
    all_words = np.bincount(sentence, weights=~stale, minlength=count)[:count]
    has = np.bincount(sentence, weights=words, minlength=count)[:count]
    return int(all_words[has < 0.3 * all_words].sum())


def _form(case: Case, thresholds: Mapping[str, float]) -> Form | None:
    if case.reading.language != case.story_reading.language:
        return "translation"
    comparison = case.story.comparison
    copied = int(comparison.copied.sum())
    own = _own_words(case)
    if own <= thresholds["own_words"] and copied >= thresholds["verbatim_share"] * (_fresh_words(case) - own):
        return "verbatim"
    longest = max((passage.words for passage in comparison.passages), default=0)
    is_mostly_copied = copied >= 0.55 * case.story.explained.total
    if copied >= thresholds["partial_words"] and longest >= thresholds["partial_longest"] and is_mostly_copied:
        return "partial"
    return "paraphrase"


__all__ = ["Case", "Form", "Judged", "Verdict", "direction_of", "judge", "rivalry_features"]
