"""What the model looks at: three short lists of named numbers, for "same text?", "from whom?", "from a text unseen?".

`shared_text` describes a comparison by itself: would a careful reader say that the two are one text, copied or
retold? RIVALRY sets the state story against the best other explanation, UNSEEN (`unseen`) against a text that was never
collected. The names are the columns of the table `evidence` and the keys of `model.toml`; docs/method.md says what each
brings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.comparison import Comparison, Scores
from analysis.passages import Mask
from analysis.reading import Reading

SHARED_TEXT = {
    "copied_narration": "log of 1 + words copied word for word outside quotation marks",
    "copied_share": "share of the article's words outside quotation marks that are copied",
    "copied_quoted": "log of 1 + copied words inside quotation marks that nobody else quotes",
    "retold_share": "share of what the article says outside quotation marks that the story says too",
    "retold_best": "the same in its three best sentences",
    "reverse_share": "share of what the story says that the article says too",
    "shared_numbers": "share of the article's numbers that the story has too, shrunk when few or little is told",
    "own_quotes": "log of 1 + quoted words that the story does not have",
    "own_names": "log of 1 + names that the story does not have, in paragraphs that it tells in part",
    "own_voice": "log of 1 + sentences that tell of own reporting, and that the story does not tell",
    "public_speech": "square of the share of what the article has from the story that was said before everybody",
    "known": "root of the share of what the article has from the story that a witness with own reporting tells too",
    "is_credited": "the article credits the outlet of the story; less where it tells little of it: a credited quote",
}

RIVALRY = {
    "margin": "log of words only the state story explains over words only the best rival explains",
    "retold_margin": "retold_share of the state story less that of the rival",
    "number_margin": "shared_numbers of the state story less that of the rival",
    "credits_state": "the article credits the state outlet",
    "credits_rival": "the article credits the rival, or an agency",
}

UNSEEN = {
    "document": "share of what the article has from the story that is a law, an address, a programme, a service",
    "carriers": "log of 1 + outlets that print the same words within the hour and nothing of the story beyond them",
    "soon": "nearness in minutes, as far as the article is copied",
    "credited": "the article credits the state outlet",
}

CHANCE_TOLD = 0.1
"""Share of an article that a story tells by chance: up to here equal numbers say nothing, from twice as much all."""

AGAINST = frozenset(
    {"own_quotes", "own_names", "own_voice", "public_speech", "known", "credits_rival", "document", "carriers", "soon"}
)
"""Features that can only speak against; all others only for. The training refuses weights of the other sign."""


@dataclass(frozen=True, slots=True)
class Explained:
    """How many of an article's words one source accounts for: copied ones in full, retold ones in part."""

    words: Scores  # (words,), 0 to 1

    @property
    def total(self) -> float:
        """Words accounted for."""
        return float(self.words.sum())


def exact(value: float) -> float:
    """The value to nine digits: sums over sets differ in the last bit from process to process."""
    return round(float(value), 9)


def shared_text(
    article: Reading,
    source: Reading,
    comparison: Comparison,
    *,
    is_credited: bool,
    voice: Sequence[int] = (),
    said: float = 0.0,
    known: float = 0.0,
    public: Mask | None = None,
) -> dict[str, float]:
    """Features of one comparison, in the order of SHARED_TEXT.

    `voice` are the article's sentences of own reporting; `said` and `known` the shares of what it has from the source
    that was said before everybody, and that witnesses tell too; `public` are quoted words that others have too.
    """
    quoted = article.quoted
    exclusive = quoted if public is None else quoted & ~public
    narration = ~quoted & ~comparison.stale
    copied = comparison.copied
    copied_narration = int((copied & narration).sum())
    told = _told(article, comparison)
    retold = float(np.average(comparison.retold, weights=told)) if told.sum() else 0.0
    found = {
        "copied_narration": float(np.log1p(copied_narration)),
        "copied_share": copied_narration / max(1, int(narration.sum())),
        "copied_quoted": float(np.log1p(int((copied & exclusive).sum()))),
        "retold_share": retold,
        "retold_best": _best_sentences(comparison.retold, told),
        "reverse_share": comparison.reverse,
        "shared_numbers": comparison.number_share * float(np.clip((retold - CHANCE_TOLD) / CHANCE_TOLD, 0.0, 1.0)),
        "own_quotes": float(np.log1p(comparison.own_quotes)),
        "own_names": float(np.log1p(len(_strange_names(article, source, comparison)))),
        "own_voice": float(np.log1p(sum(comparison.retold[at] < 0.5 for at in voice))),
        "public_speech": said**2,
        "known": float(np.sqrt(known)),
        "is_credited": is_credited * min(1.0, retold / 0.3),
    }
    return {name: exact(value) for name, value in found.items()}


def explained(article: Reading, comparison: Comparison) -> Explained:
    """Which words a source accounts for: all of a passage, and of a retold sentence its score beyond chance.

    A sentence on the same subject reaches 0.3 by chance (measured on independent reports of one event), so only what
    lies above counts.
    """
    score = np.clip((comparison.retold - 0.3) / 0.7, 0.0, 1.0)
    words = score[article.sentence_of] if len(score) else np.zeros(len(article.words.ids))
    return Explained(np.where(comparison.stale, 0.0, np.where(comparison.copied, 1.0, words)))


def margin(state: Explained, rival: Explained, *, least_difference: float = 0.25, prior_words: float = 6.0) -> float:
    """Log ratio of the words that only one of the two accounts for; above 0 the state story does better."""
    difference = state.words - rival.words
    only_state = float(difference[difference > least_difference].sum())
    only_rival = float(-difference[difference < -least_difference].sum())
    return float(np.log((only_state + prior_words) / (only_rival + prior_words)))


def public_quotes(article: Reading, others: Iterable[Comparison]) -> Mask:
    """Quoted words that another text shares without sharing the narration: words spoken before everybody.

    Whoever was at the press conference has them; they say nothing of who took what from whom. A narration counts as
    shared from fifteen equal words.
    """
    public = np.zeros(len(article.words.ids), np.bool_)
    for other in others:
        if int((other.copied & ~article.quoted).sum()) < 15:
            public |= other.copied & article.quoted
    return public


def _told(article: Reading, comparison: Comparison) -> Scores:
    """Weights of the sentences, quoted speech left out."""
    return np.asarray(comparison.weights * (1.0 - article.quoted_share))


def _best_sentences(scores: Scores, weights: Scores, count: int = 3) -> float:
    weighty = weights >= np.median(weights) if len(weights) else np.zeros(0, np.bool_)
    best = np.sort(scores[weighty & (weights > 0)])[::-1][:count]
    return float(best.sum() / count) if len(best) else 0.0


def _strange_names(article: Reading, source: Reading, comparison: Comparison, least: float = 0.2) -> set[str]:
    """Names that the source does not have, in paragraphs of which it tells at least a fifth.

    Who retells a story invents no names, and who was there has names of his own beside what everybody has. Names in
    paragraphs about something else say nothing: a round-up, a copy with other matter.
    """
    paragraphs = article.paragraphs
    total = np.bincount(paragraphs, weights=comparison.weights)
    told = np.bincount(paragraphs, weights=comparison.weights * comparison.retold)
    near = (told >= least * total) & (total > 0)
    names = (article.names[at] for at in np.flatnonzero(near[paragraphs]))
    return set().union(*names) - source.stems
