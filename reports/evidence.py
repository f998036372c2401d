"""One match as a reader judges it: both texts cut at their passages, the credit, and what limits the finding."""

from dataclasses import dataclass

from reports.passages import CREDIT, Excerpt, Segment, Span, check, excerpt, paragraphs
from reports.snapshot import Row

MANY = 8
"""Passages shown at once; a longer list is folded, longest passages first."""


WEIGHTY = 0.05
"""Below this share of the local text another article explains nothing: names and set phrases alone reach it."""

LITTLE = 0.25
"""Below this share of the local text a reader is told that a taking rests on little text."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One passage as it stands in both texts."""

    passage: Row
    local: Excerpt
    state: Excerpt


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page of a match shows besides the summary row."""

    local: list[list[Segment]]
    state: list[list[Segment]]
    pairs: list[Pair]
    more_pairs: list[Pair]
    explained_count: int
    limits: list[str]
    weighty: float = WEIGHTY

    @property
    def kinds(self) -> set[str]:
        """The kinds of passages that there are."""
        return {pair.passage["kind"] for pair in [*self.pairs, *self.more_pairs]}


def evidence(match: Row, row: Row, *, is_changed: bool = False, is_edited: bool = False) -> Evidence:
    """Build the evidence of `match` (a row of matches.sql) from `row` (the same match in evidence.sql).

    `is_changed` says that one of the two pages is known to have been changed or taken away since; `is_edited` that one
    of the texts came to its page with a change.
    """
    passages = row["passages"]
    where = f"match {match['match_id']}"
    local = [_span(passage, "start_char", "end_char") for passage in passages]
    state = [_span(passage, "state_start_char", "state_end_char") for passage in passages]
    check(row["text"], local, where)
    check(row["state_text"], state, where)
    pairs = [
        Pair(passage, excerpt(row["text"], here), excerpt(row["state_text"], there))
        for passage, here, there in zip(passages, local, state, strict=True)
    ]
    longest = sorted(pairs, key=lambda pair: (-pair.passage["word_count"], pair.passage["passage_no"]))
    shown = {pair.passage["passage_no"] for pair in longest[:MANY]}
    return Evidence(
        paragraphs(row["text"], [*local, *_credit(row)]),
        paragraphs(row["state_text"], state),
        [pair for pair in pairs if pair.passage["passage_no"] in shown],
        [pair for pair in pairs if pair.passage["passage_no"] not in shown],
        sum(passage["is_explained"] for passage in passages),
        limits(match, row, is_changed=is_changed, is_edited=is_edited),
    )


def _span(passage: Row, start: str, end: str) -> Span:
    return Span(passage["passage_no"], passage[start], passage[end], passage["kind"], passage["is_explained"])


def _credit(row: Row) -> list[Span]:
    """The words that name the source, around the name at `credit_start`; nothing where the text has them otherwise."""
    credit, name = row["credit"], row["credit_start"]
    if not credit or name is None:
        return []
    start = row["text"].find(credit, max(0, name - len(credit) + 1), name + len(credit))
    return [] if start < 0 else [Span(CREDIT, start, start + len(credit), "credit")]


def limits(match: Row, row: Row, *, is_changed: bool = False, is_edited: bool = False) -> list[str]:
    """What a reader must keep in mind before using this match, in plain words."""
    result = []
    precisions = {match["published_precision"], match["state_published_precision"]}
    if "none" in precisions:
        result.append(
            "The publication time of at least one text is unknown, so the order of the two rests on other signs."
        )
    elif "day" in precisions:
        result.append("At least one text gives only a day, so the delay is known in days, not in minutes.")
    if match["direction"] == "unknown":
        result.append("Which text came first is not known. The match is left out of the headline figures.")
    if not match["is_credited"]:
        result.append(
            "No credit was found in the text or the byline. A credit in a picture, a link or a part of the page"
            " that was not stored as text would be missed."
        )
    if row["rival_share"] is not None and row["rival_share"] >= WEIGHTY:
        result.append("Another article also explains part of the shared text; compare it below.")
    if match["verdict"] == "amplification" and match["shared_share"] < LITTLE:
        result.append(
            "Little of the local text is shared: the reading rests on few passages, the credit and the times."
        )
    if match["form"] in ("paraphrase", "translation"):
        result.append("Retold passages are recognised by their content. Read both sides before relying on them.")
    if is_edited:
        result.append("At least one of the two pages carried another text before the one that is shown here.")
    if is_changed:
        result.append("At least one of the two pages was changed or taken away after the version that is shown here.")
    if not (is_edited or is_changed):
        result.append(
            "The texts are as they were published when the page was read; either outlet may have changed its page."
        )
    result.append(
        "A source that was not crawled cannot be seen: both texts may come from a third that is not listed here."
    )
    return result
