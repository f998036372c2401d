"""Which words of a sentence only say who is speaking: "Ministar policije Ivica Dačić izjavio je danas da …".

Two reports of one press conference share the speaker, his office and the place, and may have nothing else in common;
two retellings of one sentence share what was said. So `similarity` lets these words count for less. On the pairs of
news sentences that people scored, this brings more than any other step (benchmarks/similarity.py).
"""

from collections.abc import Sequence

_THAT = frozenset(("da", "да", "kako", "како", "that", "что", "как"))
_ACCORDING = frozenset(("prema", "према", "kako", "како", "po", "по", "according", "согласно", "as", "как"))
_STOPS = frozenset('.!?;:"„“”«»')
_CLAUSE_STOPS = _STOPS | frozenset(",–—-")


def attributing(tokens: Sequence[str], verbs: Sequence[int]) -> list[range]:
    """Ranges of tokens (words and punctuation) that name the speaker, around the verbs of speech at `verbs`."""
    return [found for at in verbs if (found := _clause(tokens, at)) is not None]


def _clause(tokens: Sequence[str], verb: int) -> range | None:
    start = _back(tokens, verb, _STOPS)
    end = _ahead(tokens, verb, _STOPS)
    if end < len(tokens) and tokens[end].lower() in _THAT:
        return range(start, end)  # X izjavio je danas da …
    if end < len(tokens) and tokens[end] == ":":
        return range(start, end)  # X je rekao: „…“
    near = _back(tokens, verb, _CLAUSE_STOPS)
    if near > 0:
        return range(near, end)  # …, izjavio je X
    if tokens[start].lower() in _ACCORDING:
        return range(start, _ahead(tokens, verb, _CLAUSE_STOPS))  # Kako navodi X, … ; Prema rečima X, …
    return None


def _back(tokens: Sequence[str], at: int, stops: frozenset[str]) -> int:
    """First token of the stretch before `at` that no stop and no "da" breaks."""
    while at > 0 and tokens[at - 1] not in stops and tokens[at - 1].lower() not in ("da", "да", "that", "что"):
        at -= 1
    return at


def _ahead(tokens: Sequence[str], at: int, stops: frozenset[str]) -> int:
    """The token after `at` that ends the stretch: a stop, a conjunction, or the end of the text."""
    at += 1
    while at < len(tokens) and tokens[at] not in stops and tokens[at].lower() not in _THAT:
        at += 1
    return at
