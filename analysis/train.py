"""Trains the model on labelled pairs: rows of the table `evidence` are the features, the pairs' verdicts the labels.

Three regressions (see `model`): "one text?" learns from all labelled pairs, and from pairs of different labelled
stories, which cannot be one text; "from the story, not from the rival?" learns from the pairs that are one text, were
not first published locally, and have a rival; "not from an unseen text?" from those that have no rival and show a sign
of such a text. Cross-validation leaves out whole stories, because pairs of one story share words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from analysis.evaluate import FROM_STORY, Pair, spelling
from analysis.features import AGAINST, RIVALRY, SHARED_TEXT, UNSEEN
from analysis.model import Logistic, Model, fit
from analysis.verdict import ORDER_UNKNOWN

ONE_TEXT = frozenset({"amplification", "shared_origin", "local_first", "critical"})
CROSS_WEIGHT = 0.25
"""Weight of a pair of different stories: many and easy, they must not drown the labelled ones."""
PENALTY = 1.0

PRIOR = Model(
    "prior",
    Logistic(
        -5.0,
        {
            "copied_narration": 0.5,
            "copied_share": 1.0,
            "copied_quoted": 0.1,
            "retold_share": 3.0,
            "retold_best": 3.0,
            "reverse_share": 3.0,
            "shared_numbers": 2.0,
            "own_quotes": -0.3,
            "own_names": -1.0,
            "own_voice": -1.0,
            "public_speech": -1.0,
            "known": -1.0,
            "is_credited": 1.0,
        },
    ),
    Logistic(
        -0.5,
        {
            "margin": 1.5,
            "retold_margin": 1.5,
            "number_margin": 1.0,
            "credits_state": 1.0,
            "credits_rival": -1.0,
        },
    ),
    Logistic(2.0, {"document": -3.0, "carriers": -1.0, "soon": -1.0, "credited": 1.0}),
)
"""Where the weights are pulled to in want of examples: what each feature is worth by common sense."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row of evidence with its label; `verdict` is None for a pair of different stories."""

    story: str
    verdict: str | None
    direction: str
    shared_text: Mapping[str, float]
    rivalry: Mapping[str, float] | None
    unseen: Mapping[str, float] | None = None
    is_doubtful: bool = False  # it teaches nothing of whether the two are one text
    is_other_edition: bool = False  # another edition explains more: it teaches nothing of whose text it was
    pair: Pair | None = None

    @property
    def teaches_unseen(self) -> bool:
        """Whether it is one text without a rival, and surely from the story or surely not."""
        if (
            self.is_other_edition
            or self.unseen is None
            or self.rivalry is not None
            or self.direction == "local_first"
            or self.pair is None
        ):
            return False
        accept = self.pair.accept
        return not accept.isdisjoint(ONE_TEXT) and (accept <= FROM_STORY or accept.isdisjoint(FROM_STORY))


def examples(connection: duckdb.DuckDBPyConnection, pairs: Iterable[Pair]) -> list[Example]:
    """The labelled rows of the table evidence, and the rows between different labelled stories."""
    addresses = connection.execute("SELECT url, article_id FROM address").fetchall()
    articles = {spelling(url): str(article_id) for url, article_id in addresses}
    labels: dict[tuple[str, str], Pair] = {}
    story_of: dict[str, str] = {}
    for pair in pairs:
        local = articles.get(spelling(pair.local_url), "")
        for url in pair.state_urls:
            state = articles.get(spelling(url), "")
            labels[local, state] = pair
            story_of[state] = _story(pair)
        story_of[local] = _story(pair)
    rows = connection.sql(
        "SELECT l.article_id, s.article_id AS state_article_id, e.* FROM evidence e "
        "JOIN text l ON l.text_no = e.text_no JOIN text s ON s.text_no = e.source_no "
        "WHERE l.role <> 'agency' ORDER BY l.version_id, s.version_id"
    ).to_arrow_table()
    found = [(_example(row, labels, story_of), row["shared_share"]) for row in rows.to_pylist()]
    most: dict[int, float] = {}  # pair → how much of the article the edition that explains most does
    for example, share in found:
        if example and example.pair:
            most[id(example.pair)] = max(share, most.get(id(example.pair), 0.0))
    return [
        replace(example, is_other_edition=bool(example.pair) and share < most[id(example.pair)])
        for example, share in found
        if example is not None
    ]


def _example(
    row: Mapping[str, Any], labels: Mapping[tuple[str, str], Pair], story_of: Mapping[str, str]
) -> Example | None:
    article, state = row["article_id"], row["state_article_id"]
    pair = labels.get((article, state))
    story, other = story_of.get(article), story_of.get(state)
    if story is None or other is None or (pair is None and story == other):
        return None  # two texts of one story that nobody labelled
    return Example(
        story,
        pair.verdict if pair else None,
        row["direction"],
        {name: row[f"shared_{name}"] for name in SHARED_TEXT},
        {name: row[f"rivalry_{name}"] for name in RIVALRY} if row["rivalry_margin"] is not None else None,
        {name: row[f"unseen_{name}"] for name in UNSEEN} if row["unseen_document"] is not None else None,
        # A careful reader may call the two one text or not.
        is_doubtful=pair is not None and not (pair.accept <= ONE_TEXT or pair.accept.isdisjoint(ONE_TEXT)),
        pair=pair,
    )


def _story(pair: Pair) -> str:
    """What is left out together; where the labels name no story, the pairs of one state article."""
    return pair.story or pair.state_urls[0]


def train(rows: Sequence[Example], *, version: str, prior: Model = PRIOR, penalty: float = PENALTY) -> Model:
    """Fit the regressions, pulled towards `prior`."""
    clear = [row for row in rows if not row.is_doubtful]
    shared = fit(
        [row.shared_text for row in clear],
        [row.verdict in ONE_TEXT for row in clear],
        penalty=penalty,
        start=prior.shared_text,
        importance=[1.0 if row.verdict else CROSS_WEIGHT for row in clear],
        against=AGAINST,
    )
    contested = [
        row
        for row in clear
        if row.verdict in ONE_TEXT and row.rivalry and row.direction != "local_first" and not row.is_other_edition
    ]
    alone = [row for row in rows if row.teaches_unseen]
    return Model(
        version,
        shared,
        _fit(contested, [row.rivalry or {} for row in contested], prior.rivalry, penalty),
        _fit(alone, [row.unseen or {} for row in alone], prior.unseen, penalty),
    )


def _fit(rows: Sequence[Example], features: list[Mapping[str, float]], prior: Logistic, penalty: float) -> Logistic:
    """Fit "from the story?"; the prior where there is nothing to tell apart."""
    labels = [row.verdict in FROM_STORY for row in rows]
    if len(set(labels)) < 2:
        return prior
    return fit(features, labels, penalty=penalty, start=prior, against=AGAINST)


def probability(row: Example, model: Model) -> float:
    """The probability that a model gives an example, as `verdict` computes it."""
    order = {"state_first": 1.0, "local_first": 0.0, "unknown": ORDER_UNKNOWN[row.shared_text["is_credited"] > 0]}
    shared = model.shared_text.probability(row.shared_text)
    rivalry = model.rivalry.probability(row.rivalry) if row.rivalry else 1.0
    return shared * order[row.direction] * rivalry * (model.unseen.probability(row.unseen) if row.unseen else 1.0)


def as_toml(model: Model, written_by: str = "python -m benchmarks verdicts --write") -> str:
    """The model as its file."""
    lines = [
        "# Weights of the three logistic regressions. What a feature is stands in features.py, what it brings in",
        f"# docs/method.md. Written by `{written_by}`; do not edit by hand.",
        f'version = "{model.version}"',
    ]
    for name, part in zip(("shared_text", "rivalry", "unseen"), model.parts, strict=True):
        lines += ["", f"[{name}]", f"bias = {part.bias:.6g}", "", f"[{name}.weights]"]
        lines += [f"{feature} = {weight:.6g}" for feature, weight in part.weights.items()]
    return "\n".join(lines) + "\n"
