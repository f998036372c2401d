"""Signs that article and story are both from a text that was never collected: a release, a law, a programme, a speech.

Nothing in the corpus stands for such a text. What is left of it: its form (`documents`), others that print the same
words within the hour and nothing of the story beyond, and an article that appears minutes after the story. Where there
is such a sign, a third regression of the model weighs them.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import numpy as np

from analysis.documents import documents
from analysis.explanation import Source, When
from analysis.features import exact
from analysis.passages import Mask
from analysis.reading import Reading

LEAST_COPIED = 15
"""Words copied outside quotation marks from which there is a text to speak of."""
FRAME = 4.0
"""Each word that the article has from the story beside the document counts so many times: it is the outlet's own."""
SAME = 0.6
"""Share of the article's copied words that another one must have to carry the same text."""
BEYOND = 10.0
"""Words of the story that no other carrier has and the article does: e times fewer carriers for each ten."""
CARRIED_WITHIN = timedelta(minutes=90)
LATEST = timedelta(minutes=240)
"""How long after the story others carry a text, and how late an article may be that is counted among them."""
SOON = 20.0
"""Minutes in which the chance falls to a third that somebody copied so fast."""
LEAST_SIGN = 0.05


def unseen(
    article: Reading, story: Source, story_reading: Reading, others: Iterable[Source], when: When
) -> Mapping[str, float] | None:
    """The features of UNSEEN for an article that was published at `when`; None without a sign of such a text."""
    copied = story.comparison.copied & ~article.quoted
    if int(copied.sum()) < LEAST_COPIED:
        return None
    lag = _lag(story.when, when)
    found = {
        "document": _document(article, story, story_reading),
        "carriers": _carriers(story, copied, others) if lag is not None and lag <= LATEST else 0.0,
        "soon": float(np.exp(-lag / timedelta(minutes=SOON))) * story.shared_text["copied_share"] if lag else 0.0,
    }
    if max(found.values()) < LEAST_SIGN:
        return None
    found["credited"] = float(story.is_credited)
    return {name: exact(value) for name, value in found.items()}


def _lag(story: When, article: When) -> timedelta | None:
    """Time from story to article where both are known to the minute and the story was first."""
    if story.earliest != story.latest or article.earliest != article.latest or article.latest <= story.latest:
        return None
    return article.latest - story.latest


def _document(article: Reading, story: Source, story_reading: Reading) -> float:
    """Share of what the article has from the story that is a document, the outlet's own words counted FRAME times."""
    is_document = documents(story_reading)
    if not is_document.any():
        return 0.0
    count = len(story_reading.spans)
    told = ~story_reading.quoted
    words = np.bincount(story_reading.sentence_of, weights=told, minlength=count)[:count]
    copied = np.bincount(story_reading.sentence_of, weights=told & story.comparison.source_copied, minlength=count)[
        :count
    ]
    retold = np.array([article.explainer.explain(terms).score >= 0.5 for terms in story_reading.contents])
    has = np.maximum(copied, np.where(retold, words, 0.0))
    document = float(has[is_document].sum())
    if document < LEAST_COPIED:
        return 0.0
    return document / (document + FRAME * float(has[~is_document].sum()))


def _carriers(story: Source, copied: Mask, others: Iterable[Source]) -> float:
    """Log of 1 + outlets that carry the same words at the same time, fewer where the story has more of the article."""
    outlets = set()
    best = np.zeros(len(copied))
    for other in others:
        if other.role not in {"local", "aggregator"} or other.is_credited or story.outlet in other.credits:
            continue
        if other.when.earliest != other.when.latest or other.when.latest > story.when.latest + CARRIED_WITHIN:
            continue
        if int((other.comparison.copied & copied).sum()) < SAME * int(copied.sum()):
            continue
        outlets.add(other.outlet)
        best = np.maximum(best, other.explained.words)
    difference = story.explained.words - best
    beyond = float(difference[difference > 0.25].sum())
    return float(np.log1p(len(outlets)) * np.exp(-beyond / BEYOND))
