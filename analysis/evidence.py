"""What is stored of a comparison: the columns of `evidence`, the passages of `evidence_passage`.

A reader must be able to check every verdict: the passages carry offsets into both texts as published.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from analysis.comparison import Comparison
from analysis.corpus import Corpus
from analysis.features import RIVALRY, SHARED_TEXT, UNSEEN, exact
from analysis.reading import Reading
from analysis.verdict import Case

Row = dict[str, Any]

_WHOLE, _REAL, _WORDS = pa.int64(), pa.float64(), pa.string()
EVIDENCE = pa.schema(
    {
        "text_no": _WHOLE,
        "source_no": _WHOLE,
        "verdict": _WORDS,
        "form": _WORDS,
        "probability": _REAL,
        "shared_probability": _REAL,
        "direction": _WORDS,
        "copied_words": _WHOLE,
        "longest_words": _WHOLE,
        "shared_share": _REAL,
        "state_share": _REAL,
        "credit": _WORDS,
        "credit_start": _WHOLE,
        "title_similarity": _REAL,
        "origin": _WORDS,
        "via_article_id": _WORDS,
        "rival_no": _WHOLE,
        "rival_share": _REAL,
        **{f"shared_{name}": _REAL for name in SHARED_TEXT},
        **{f"rivalry_{name}": _REAL for name in RIVALRY},
        **{f"unseen_{name}": _REAL for name in UNSEEN},
    }.items()
)
PASSAGE = pa.schema(
    {
        "text_no": _WHOLE,
        "source_no": _WHOLE,
        "passage_no": _WHOLE,
        "kind": _WORDS,
        "start_char": _WHOLE,
        "end_char": _WHOLE,
        "state_start_char": _WHOLE,
        "state_end_char": _WHOLE,
        "word_count": _WHOLE,
        "score": _REAL,
        "is_explained": pa.bool_(),
    }.items()
)


def passages(corpus: Corpus, case: Case, text_no: int) -> Iterator[Row]:
    """Copied passages, then retold sentences that lie outside them, in the order of the article."""
    mine, theirs = case.reading, case.story_reading
    comparison = case.story.comparison
    rival = case.rivalry.rival.explained.words if case.rivalry else None
    found: list[Row] = []
    for passage in comparison.passages:
        found.append(
            {
                "kind": "copied",
                "start_char": int(mine.words.starts[passage.start]),
                "end_char": int(mine.words.ends[passage.end - 1]),
                "state_start_char": int(theirs.words.starts[passage.other_start]),
                "state_end_char": int(theirs.words.ends[passage.other_end - 1]),
                "word_count": passage.words,
                "score": passage.score,
                "is_explained": bool(rival is not None and rival[passage.start : passage.end].mean() > 0.8),
            }
        )
    for sentence in _retold_sentences(corpus, mine, comparison):
        inside = mine.sentence_of == sentence
        start, end = mine.spans[sentence]
        place = theirs.spans[comparison.retold_in[sentence][0]]
        found.append(
            {
                "kind": "retold",
                "start_char": start,
                "end_char": end,
                "state_start_char": place[0],
                "state_end_char": place[1],
                "word_count": int(inside.sum()),
                "score": exact(comparison.retold[sentence]),
                "is_explained": bool(rival is not None and rival[inside].mean() > 0.5),
            }
        )
    for number, row in enumerate(sorted(found, key=lambda row: (row["start_char"], row["kind"])), 1):
        yield {"text_no": text_no, "source_no": case.story.text_no, "passage_no": number, **row}


def _retold_sentences(corpus: Corpus, article: Reading, comparison: Comparison) -> list[int]:
    """Sentences shown as retold: those above the threshold; of a freely retold text at least its three best."""
    possible = [
        at
        for at, terms in enumerate(article.contents)
        if len(terms) >= 4
        and comparison.weights[at] > 0
        and comparison.retold_in[at]
        and comparison.retold[at] >= corpus.parameters["retold_least"]
        and comparison.copied[article.sentence_of == at].mean() <= 0.3
    ]
    possible.sort(key=lambda at: -comparison.retold[at])
    sure = sum(comparison.retold[at] >= corpus.limits.retold_score for at in possible)
    least = 0 if comparison.passages else 3
    return sorted(possible[: max(sure, least)])
