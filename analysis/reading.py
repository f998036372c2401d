"""A text read once for all its comparisons: words, sentences, what is quoted, the comparable terms of each sentence.

`Reading` holds plain arrays; comparing two of them is in `explanation`. The headline is read apart from the text,
because tabloids replace it and keep the body.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis.content import Range
from analysis.fold import fold_word, stem_word
from analysis.numbers import value_of
from analysis.passages import Mask
from analysis.rounding import rounded
from analysis.sentences import Span, quotations, sentences
from analysis.similarity import Content, Explainer, Sentences, Weights, content
from analysis.stopwords import reporting_verbs
from analysis.tokens import Vocabulary, Words

_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"\b[A-ZČĆĐŠŽ\u0400-\u042f][^\W\d_]{2,}")
_OPENING = re.compile(r"[„“”\"«»’'(–—-]\s*$")
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Reading:
    """One text. `title` is compared by itself; offsets are those of `text`."""

    text: str
    title: str
    language: str
    words: Words
    weights: Weights

    @classmethod
    def of(cls, text: str, title: str, language: str, vocabulary: Vocabulary, weights: Weights) -> "Reading":
        """Read a text; `weights` say what its terms are worth."""
        return cls(text, title, language, Words.of(text, vocabulary), weights)

    @cached_property
    def spans(self) -> list[Span]:
        """Offsets of the sentences that have words."""
        return [span for span in sentences(self.text) if any(letter.isalnum() for letter in self.text[slice(*span)])]

    @cached_property
    def contents(self) -> list[Content]:
        """Comparable terms of each sentence."""
        found = [content(self.text[start:end], self.language) for start, end in self.spans]
        for terms, (start, end) in zip(found, self.spans, strict=True):
            if any(term[0].isdigit() for term in terms):
                terms.rounded = rounded(self.text[start:end], self.language)
        return found

    @cached_property
    def explainer(self) -> Explainer:
        """The text's sentences, ready to explain those of others."""
        return Explainer(self.contents, self.weights)

    @cached_property
    def explainable(self) -> Sentences:
        """The text's sentences, ready to be explained."""
        return Sentences(self.contents, self.weights)

    @cached_property
    def title_content(self) -> Content:
        """Comparable terms of the headline."""
        return content(self.title, self.language)

    @cached_property
    def sentence_weights(self) -> npt.NDArray[np.float64]:
        """How much each sentence says; shape (sentences,)."""
        return np.fromiter(map(self.weights.total, self.contents), np.float64, len(self.contents))

    @cached_property
    def sentence_of(self) -> Numbers:
        """For each word the number of its sentence; shape (words,)."""
        starts = np.fromiter((start for start, _ in self.spans), np.int64, len(self.spans))
        return (np.searchsorted(starts, self.words.starts, "right") - 1).astype(np.int32)

    @cached_property
    def quoted(self) -> Mask:
        """Which words are quoted speech; shape (words,)."""
        mask = np.zeros(len(self.words.ids), np.bool_)
        for start, end in quotations(self.text):
            low, high = np.searchsorted(self.words.starts, [start, end])
            mask[low:high] = True
        return mask

    @cached_property
    def quoted_share(self) -> npt.NDArray[np.float64]:
        """For each sentence the share of its words that are quoted speech; shape (sentences,)."""
        count = len(self.spans)
        words = np.bincount(self.sentence_of, minlength=count)[:count]
        quoted = np.bincount(self.sentence_of, weights=self.quoted, minlength=count)[:count]
        return np.asarray(quoted / np.maximum(words, 1))

    @cached_property
    def is_said(self) -> Mask:
        """Which sentences report what somebody said; shape (sentences,)."""
        verbs = reporting_verbs(self.language)
        found = (
            any(fold_word(word) in verbs for word in _WORD.findall(self.text[slice(*span)])) for span in self.spans
        )
        return np.fromiter(found, np.bool_, len(self.spans)) | (self.quoted_share >= 0.5)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of headline and text, as comparable terms."""
        return frozenset(term for terms in (*self.contents, self.title_content) for term in terms if term[0].isdigit())

    @cached_property
    def values(self) -> list[float]:
        """The values of these numbers."""
        return [value for value in map(value_of, sorted(self.numbers)) if value is not None]

    @cached_property
    def rounded(self) -> dict[str, Range]:
        """The rounded numbers of the text, with what they stand for."""
        return {term: span for terms in self.contents for term, span in terms.rounded.items()}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words of headline and text."""
        return frozenset(map(stem_word, _WORD.findall(f"{self.title} {self.text}")))

    @cached_property
    def names(self) -> list[frozenset[str]]:
        """For each sentence the stems of its capitalised words that do not open it or a quotation."""
        return [
            frozenset(
                stem_word(match.group())
                for match in _NAME.finditer(self.text, start, end)
                if match.start() > start
                and not _OPENING.search(self.text, max(start, match.start() - 3), match.start())
            )
            for start, end in self.spans
        ]

    @cached_property
    def paragraphs(self) -> npt.NDArray[np.int32]:
        """For each sentence the number of its paragraph."""
        breaks = ["\n" in self.text[end:start] for (_, end), (start, _) in pairwise(self.spans)]
        return np.cumsum([0, *breaks])[: len(self.spans)].astype(np.int32)

    @cached_property
    def is_number(self) -> Mask:
        """Which words begin with a digit; shape (words,)."""
        return np.fromiter((self.text[start].isdigit() for start in self.words.starts), np.bool_, len(self.words.ids))
