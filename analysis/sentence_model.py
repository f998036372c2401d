"""Lets a multilingual sentence model say what a translation retells, where our word lists do not know its words.

Only pairs of which one text is English or Russian and the other is in another language are asked about; pairs in one
language never meet the model. It is optional, lies in a folder of the user's (`encoder`), and is measured before it
is used: `lexicon/yardstick.tsv` holds sentences with their translations and others on the same subject. Where the
cosines of the two lie differs from model to model, so a cosine counts by its place between them, and a model that
cannot tell them apart is refused. The scores join those of `similarity` in `comparison`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.encoder import digest
from analysis.model import Model
from analysis.reading import Reading
from analysis.similarity import Content, Coverage
from analysis.translation import LANGUAGES
from analysis.vectors import encoded, vectors
from analysis.wordlists import rows
from pipelines.normalise import fold
from spiders.errors import InputError

Cosines = npt.NDArray[np.float64]

FROM = 0.65
"""Place between strangers (0) and translations (1) from which a sentence is taken to say the same. With a small model
(multilingual-e5-small) sentences of independent reports on one event reach 0.64, translations lie about 1."""
TOP = 0.6
"""Score of a sure translation: what the word lists give a translated sentence in the middle (0.3 to 0.9), so that the
weights of the model, which were trained on these, keep their meaning."""
LEAST_TERMS = 4
"""Terms that both sentences must have: *He declined to comment* is near to anybody's."""
LEAST_KNOWN = 0.7
"""Share of the yardstick's translations that a model must tell from everything else, to be used at all."""


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """A measured model: where it lies, what it is, and what its cosines mean. Small enough to hand to every worker."""

    folder: Path
    digest: str
    kept_in: Path  # the file that keeps vectors
    strangers: float  # the middle cosine of a sentence with the nearest of many that say something else
    translations: float  # the middle cosine of a sentence with its translation

    def is_for(self, article: Reading, source: Reading) -> bool:
        """Whether two texts are in different languages, one of them English or Russian."""
        languages = {article.language, source.language}
        return len(languages) > 1 and not languages.isdisjoint(LANGUAGES)

    def joined(self, article: Reading, source: Reading, found: Sequence[Coverage]) -> list[Coverage]:
        """What the source explains of each sentence, by our own scores or by the model's, whichever is higher."""
        if not article.spans or not source.spans:
            return list(found)
        scores = self.scores(article, source)
        best = scores.argmax(axis=1).tolist()
        return [
            Coverage(float(scores[at, place]), place, None) if scores[at, place] > ours.score else ours
            for at, (place, ours) in enumerate(zip(best, found, strict=True))
        ]

    def scores(self, article: Reading, source: Reading) -> Cosines:
        """How far each sentence of the source says what each one of the article says; 0 to TOP, (sentences, theirs)."""
        cosines = np.round(self._vectors(article) @ self._vectors(source).T, 6)
        place = (cosines - self.strangers) / (self.translations - self.strangers)
        return np.clip((place - FROM) / (1 - FROM), 0.0, 1.0) * TOP * _agreement(article.contents, source.contents)

    def _vectors(self, text: Reading) -> Cosines:
        spelled = tuple(_spelled(text.text[slice(*span)], text.language) for span in text.spans)
        return vectors(self.folder, self.digest, self.kept_in, spelled).astype(np.float64)


def with_sentences(model: Model, folder: Path, data: Path) -> Model:
    """A model that also asks the sentence model in a folder; its version says so. Vectors are kept in `data`."""
    sentences = SentenceModel(folder.resolve(), digest(folder), data.resolve() / "vectors.sqlite", *measured(folder))
    return replace(model, version=f"{model.version}+sent-{sentences.digest[:8]}", sentences=sentences)


@cache
def measured(folder: Path) -> tuple[float, float]:
    """Where cosines of strangers and of translations lie; InputError where there is no model, or it tells them not."""
    folder = folder.resolve()
    known = rows("yardstick.tsv")
    foreign = encoded(folder, [sentence for _, sentence, _, _ in known]).astype(np.float64)
    serbian = encoded(folder, [fold(sentence) for _, *pair in known for sentence in pair[1:]]).astype(np.float64)
    cosines = serbian @ foreign.T  # of each translation, and of what another report says, in turns
    numbers = np.arange(len(known))
    own = cosines[2 * numbers, numbers]
    cosines[2 * numbers, numbers] = -1.0
    strange = cosines.max(axis=1)
    strangers, translations = round(float(np.median(strange)), 6), round(float(np.median(own)), 6)
    if float((own > strange.max()).mean()) < LEAST_KNOWN:
        raise InputError(
            f"the sentence model in {folder} does not tell Serbian translations of English and Russian sentences from "
            "other sentences: it needs to be a multilingual one"
        )
    return strangers, translations


def _spelled(sentence: str, language: str) -> str:
    """As it is shown to the model: of Serbian the folded form, the same in both scripts and without diacritics."""
    return sentence if language in LANGUAGES else fold(sentence)


def _agreement(article: Sequence[Content], source: Sequence[Content]) -> Cosines:
    """1 less what numbers speak against it: models are blind to these; 0 for sentences that say too little."""
    factors = np.zeros((len(article), len(source)))
    theirs = [_numbers(terms) for terms in source]
    for at, terms in enumerate(article):
        numbers = _numbers(terms)
        for place, others in enumerate(theirs):
            if min(len(terms), len(source[place])) >= LEAST_TERMS:
                factors[at, place] = (1 + len(numbers & others)) / (1 + len(numbers))
    return factors


def _numbers(terms: Content) -> frozenset[str]:
    return frozenset(term for term in terms if term[0].isdigit())
