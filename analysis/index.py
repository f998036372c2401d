"""Every text read once: its word n-grams, which show copies, and its terms, which show retellings, as rows to join.

`read` works on a batch of texts, in a worker process, and returns plain arrays; `make_index` collects them into the
tables gram, term and term_frequency. A spelling is folded, stemmed and looked up once, so that a text costs little more
than being cut into words. Which rows of two texts meet is decided in SQL (`sql/candidate.sql`) and in `nearness`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis import tables
from analysis.content import number_terms, word_terms
from analysis.fold import fold_word
from analysis.narratives import found_in, may_be_in, words_of_phrases
from analysis.similarity import rarity
from analysis.tokens import GRAM_BITS, WORD, Hashes, Ids, grams, number_of
from analysis.workers import Workers
from spiders.errors import StoreError

BATCH = 2_000
"""Texts a worker reads at a time."""
_TEXT_BITS = 64 - GRAM_BITS

Counts = npt.NDArray[np.int64]
Text = tuple[int, str, str, str]
"""text_no, headline, text, language."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a batch of texts."""

    grams: Hashes  # hash and text_no in one number, sorted
    terms: Ids
    term_counts: Counts  # terms of each text
    narratives: list[tuple[int, str, int]]  # text_no, narrative, phrases


class _Lexicon(dict[str, int]):
    """Spelling → its place in the arrays `words` (number of the folded word) and `terms` (0: none)."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.words = np.zeros(1 << 16, np.uint64)
        self.terms = np.zeros(1 << 16, np.uint64)
        self.is_of_phrase = np.zeros(1 << 16, np.bool_)
        self.several: dict[int, tuple[int, ...]] = {}  # the few words that are several terms, by place
        self.phrases: dict[int, frozenset[str]] = {}  # words that are of a narrative's phrases, by place

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self)
        if place == len(self.words):
            self.words, self.terms, self.is_of_phrase = (
                np.concatenate([array, np.zeros_like(array)]) for array in (self.words, self.terms, self.is_of_phrase)
            )
        self.words[place] = number_of(fold_word(word))
        if phrases := words_of_phrases(word):
            self.phrases[place] = phrases
            self.is_of_phrase[place] = True
        numbers = () if word[0].isdigit() else tuple(map(number_of, word_terms(word, self._language)))
        if len(numbers) == 1:
            self.terms[place] = numbers[0]
        elif numbers:
            self.several[place] = numbers
        return place

    def places(self, text: str) -> npt.NDArray[np.int64]:
        """Places of a text's words, in order; shape (words,)."""
        return np.fromiter(map(self.__getitem__, WORD.findall(text)), np.int64)


@cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def read(task: tuple[int, Sequence[Text]]) -> Batch:
    """Read a batch of texts: runs of so many words, terms, narratives."""
    size, texts = task
    found_grams, found_terms = [], []
    narratives: list[tuple[int, str, int]] = []
    for text_no, title, text, language in texts:
        lexicon = _lexicon(language)
        body, head = lexicon.places(text), lexicon.places(title)
        both = np.concatenate([body, head])
        found_grams.append(grams(lexicon.words[body], size) << np.uint64(_TEXT_BITS) | np.uint64(text_no))
        found_terms.append(_terms(lexicon, both, f"{title}\n{text}", language))
        of_phrases = both[lexicon.is_of_phrase[both]].tolist()
        if of_phrases and may_be_in(frozenset().union(*map(lexicon.phrases.__getitem__, of_phrases))):
            narratives.extend((text_no, name, count) for name, count in found_in(f"{title}. {text}").items())
    return Batch(
        distinct(np.concatenate(found_grams)),
        np.concatenate(found_terms),
        np.fromiter(map(len, found_terms), np.int64, len(texts)),
        narratives,
    )


def _terms(lexicon: _Lexicon, places: npt.NDArray[np.int64], text: str, language: str) -> Ids:
    """A text's distinct terms."""
    more = list(map(number_of, number_terms(text, language)))
    if lexicon.several:
        more += [number for place in places.tolist() for number in lexicon.several.get(place, ())]
    found = distinct(np.concatenate([lexicon.terms[places], np.array(more, np.uint64)]))
    return found[1:] if len(found) and not found[0] else found


def distinct(numbers: Ids) -> Ids:
    """The distinct numbers, sorted; numpy's own `unique` looks them up in a table, which takes forty times as long."""
    numbers = np.sort(numbers)
    is_new = np.ones(len(numbers), np.bool_)
    is_new[1:] = numbers[1:] != numbers[:-1]
    return numbers[is_new]


def make_index(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float], workers: Workers) -> None:
    """Make gram(text_no, gram, is_repeated), term(text_no, term, weight), term_frequency and narrative_text.

    `gram` holds the runs of `gram_words` words that more texts than one may have (of one outlet where `is_repeated`),
    `term` the terms that are in at least two and at most `term_texts` texts. Weights are inverse document frequencies,
    scaled so that the squares over all of a text's terms sum to 1: the sum of products over two texts is their cosine,
    as far as rare terms make it up.
    """
    size = int(parameters["gram_words"])
    if connection.table("text").count("*").fetchall()[0][0] >> _TEXT_BITS:
        raise StoreError(
            f"an analysis takes {1 << _TEXT_BITS:,} texts at most; import a part of them into another folder"
        )
    batches = list(workers.map(read, ((size, texts) for texts in _batches(connection))))
    _make_grams(connection, batches)
    _make_terms(connection, batches, int(parameters["term_texts"]))
    found = [row for batch in batches for row in batch.narratives]
    columns = list(zip(*found, strict=True)) if found else [(), (), ()]
    tables.create_from(
        connection,
        "narrative_text",
        {
            "text_no": pa.array(columns[0], pa.int64()),
            "narrative": pa.array(columns[1], pa.string()),
            "phrase_count": pa.array(columns[2], pa.int64()),
        },
    )


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Text]]:
    """Number, headline, text and language of all texts, in order; text_no counts them from 0."""
    reader = connection.execute(
        "SELECT t.text_no, v.title, v.text, t.language FROM text t JOIN article_version v USING (version_id) "
        "ORDER BY t.text_no"
    )
    while texts := reader.fetchmany(BATCH):
        yield texts


def _make_grams(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    pairs = np.sort(np.concatenate([batch.grams for batch in batches])) if batches else np.empty(0, np.uint64)
    found, texts = shared(pairs)
    outlets = connection.execute("SELECT outlet FROM text ORDER BY text_no").fetchnumpy()["outlet"]
    codes = np.unique(np.asarray(outlets, np.str_), return_inverse=True)[1]
    # Texts are numbered outlet after outlet: those of one outlet stand side by side.
    is_same = (found[1:] == found[:-1]) & (codes[texts[1:]] == codes[texts[:-1]])
    is_repeated = np.zeros(len(found), np.bool_)
    is_repeated[1:] = is_same
    is_repeated[:-1] |= is_same
    tables.create_from(connection, "gram", pa.table({"text_no": texts, "gram": found, "is_repeated": is_repeated}))


def shared(pairs: Hashes) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Of sorted, distinct numbers of hash and text, those whose hash more than one text has: hashes and text numbers.

    Nine in ten runs of words stand in one text only; sorting plain numbers is the fastest way to leave them out.
    """
    hashes = pairs >> np.uint64(_TEXT_BITS)
    is_same = hashes[1:] == hashes[:-1]
    several = np.zeros(len(pairs), np.bool_)
    several[1:] = is_same
    several[:-1] |= is_same
    return hashes[several], (pairs[several] & np.uint64((1 << _TEXT_BITS) - 1)).astype(np.int64)


def _make_terms(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch], most_texts: int) -> None:
    found = np.concatenate([batch.terms for batch in batches]) if batches else np.empty(0, np.uint64)
    counts = np.concatenate([batch.term_counts for batch in batches]) if batches else np.empty(0, np.int64)
    texts = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    terms, uniques = pd.factorize(found, sort=True)
    frequency = np.bincount(terms, minlength=len(uniques))
    weights = rarity(len(counts), frequency)
    norms = np.sqrt(np.bincount(texts, weights=weights[terms] ** 2, minlength=len(counts)))
    rare = (frequency[terms] > 1) & (frequency[terms] <= most_texts)
    kept_terms, kept_texts = terms[rare], texts[rare]
    tables.create_from(
        connection,
        "term",
        pa.table(
            {
                "text_no": kept_texts,
                "term": kept_terms.astype(np.int32),
                "weight": weights[kept_terms] / norms[kept_texts],
            }
        ),
    )
    tables.create_from(connection, "term_frequency", pa.table({"term": uniques, "text_count": frequency}))
