"""Which sentences belong to a text that anybody may print: a law, a call, an address, a programme, a service.

Such a text is nobody's story. Whoever prints it word for word has it from the parliament, the speaker, the organiser,
as likely as from an outlet that printed it minutes before. Known by its form, sentence by sentence
(`lexicon/documents.tsv`); `unseen` asks how much of what two articles share is of this kind.
"""

import re
from functools import cache
from itertools import pairwise

import numpy as np

from analysis.fold import fold_characters
from analysis.passages import Mask
from analysis.reading import Reading
from analysis.wordlists import rows

LEAST = {"law": 2, "call": 2, "address": 1, "programme": 3, "service": 2}
"""Sentences that make a text of each kind: one clock time or one "stupa na snagu" stands in any report."""
GAP = 3
"""A sentence between two of a document, fewer than this many apart, belongs to it."""


def documents(reading: Reading) -> Mask:
    """Which sentences belong to such a text; shape (sentences,)."""
    folded = [fold_characters(reading.text[start:end])[0] for start, end in reading.spans]
    spoken = reading.quoted_share < 0.5
    found = np.zeros(len(folded), np.bool_)
    for kind, least in LEAST.items():
        marked = _matching(kind, folded)
        if kind == "address":
            marked &= spoken  # in quotation marks it is a quote
        if marked.sum() < least:
            continue
        if kind == "address":  # with an address, all that is said to "you" or by "us" outside quotation marks
            marked |= _matching("speech", folded) & spoken
        found |= marked
    places = np.flatnonzero(found)
    for start, end in pairwise(places):
        if end - start <= GAP:
            found[start:end] = True
    return found


def _matching(kind: str, folded: list[str]) -> Mask:
    expression = _expression(kind)
    return np.fromiter((expression.search(sentence) is not None for sentence in folded), np.bool_, len(folded))


@cache
def _expression(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for name, form in rows("documents.tsv") if name == kind))
