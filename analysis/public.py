"""What the story is not needed for: said before everybody, or told by others who were there.

Whoever was at a press conference, in a session, or read it on a social network has the same words without the story.
Words in quotation marks that others quote too are left out already (`features.public_quotes`). Here is what a text
reports as said, quoted or not, where one of the two texts names such an occasion; what the story's outlet was told
alone is not public. And here are witnesses: articles with reporting of their own that share no narration with the
story. What they tell of it was there to be learned elsewhere. Articles that took the story are no witnesses, however
many they are.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.comparison import Comparison, Scores
from analysis.fold import fold_characters
from analysis.passages import Mask
from analysis.reading import Reading

_OCCASION = re.compile(
    r"\b(?:konferencij[aeiu] za (?:novinare|medije|stampu)|pres+[ -]?konferen[ck]\w+|press conference|news conference"
    r"|(?:novinar|zurnalist|medij|odbornic|poslanic|okupljen|prisutn)ima|reporters|brifing\w*|sednic\w*|sjednic\w*|skupu"
    r"|predstavljanju|otvaranju|otvorenju|svecanosti|tribini|obracanju|obrati(?:o|la) se|samitu|forumu"
    r"|drustvenim mrezama|drustvenoj mrezi|mrezi (?:iks|x|fejsbuk)|fejsbuku|tviteru|instagramu)\b"
)
CHANCE = 0.3
"""How much of a sentence another text explains by chance; only what lies above counts."""


LEAST_COPIED = 15
"""Words of narration in common with the story from which an article is no witness: so many make one text."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An article that tells of the event from its own knowledge; `told` says how much of each sentence of the story."""

    told: Scores  # (story sentences,)


def witness(article: Reading, story: Reading, comparison: Comparison, voice: Sequence[int]) -> Witness | None:
    """The article as a witness; None where it shows no reporting of its own (`voice`) or shares narration."""
    if int((comparison.source_copied & ~story.quoted).sum()) >= LEAST_COPIED:
        return None
    return Witness(comparison.back) if any(comparison.retold[at] < 0.5 for at in voice) else None


def known(story: Reading, comparison: Comparison, witnesses: Iterable[Witness]) -> float:
    """Share of what the article has from the story, copied narration apart, that a witness tells too."""
    told = np.zeros(len(comparison.back))
    beyond = np.maximum(comparison.back - CHANCE, 0.1)
    for found in witnesses:
        told = np.maximum(told, np.clip((found.told - CHANCE) / beyond, 0.0, 1.0))
    return _share(story, comparison, told)


def names_occasion(text: str) -> bool:
    """Whether a text names an occasion on which something was said before everybody."""
    return _OCCASION.search(fold_characters(text)[0]) is not None


def public_speech(story: Reading, comparison: Comparison, exclusive: Collection[int]) -> float:
    """Share of what the article has from the story that the story reports as said, copied narration apart.

    `exclusive` are sentences of the story that name its outlet.
    """
    return _share(story, comparison, story.is_said & ~np.isin(np.arange(len(story.spans)), list(exclusive)))


def _share(story: Reading, comparison: Comparison, of: Scores | Mask) -> float:
    """Share of what the article has from the story, by how much each sentence counts; copied narration never does."""
    if not len(comparison.back):
        return 0.0
    has = story.sentence_weights * np.clip(comparison.back - CHANCE, 0.0, 1.0)
    if not has.sum():
        return 0.0
    count = len(story.spans)
    words = np.bincount(story.sentence_of, minlength=count)[:count]
    copied = np.bincount(story.sentence_of, weights=comparison.source_copied & ~story.quoted, minlength=count)[:count]
    return float((has * of * (1.0 - copied / np.maximum(words, 1))).sum() / has.sum())
