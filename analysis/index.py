"""Every text read once: its word n-grams, which show copies, and its terms, which show retellings, as rows to join.

`read` works on a batch of texts, in a worker process, and returns plain arrays; `make_index` collects them into the
tables gram, term and term_frequency. A spelling is folded, stemmed and looked up once, so that a text costs little more
than being cut into words. Which rows of two texts meet is decided in SQL (`sql/candidate.sql`) and in `nearness`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis import tables
from analysis.content import numbers_in, word_terms
from analysis.fold import fold_pronunciation
from analysis.narratives import found_in, may_be_in, words_of_phrases
from analysis.similarity import rarity
from analysis.spellings import Spellings, cut
from analysis.tokens import GRAM_BITS, Hashes, Ids, grams, number_of
from analysis.workers import Workers
from pipelines.normalise import fold
from spiders.errors import StoreError

BATCH = 2_000
"""Texts a worker reads at a time."""
_TEXT_BITS = 64 - GRAM_BITS

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a batch of texts."""

    grams: Hashes  # hash and text_no in one number, sorted
    terms: Ids
    texts: Numbers  # text_no of each term
    narratives: list[tuple[int, str, int]]  # text_no, narrative, phrases


class _Lexicon:
    """What is known of the spellings of a language, in arrays; a spelling's digest leads to its place in them.

    `words` is the number of the folded word, `terms` the place of its term in `numbers` (0: none).
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._places: dict[int, int] = {}
        self._terms: dict[str, int] = {"": 0}
        self.words = np.empty(0, np.uint64)
        self.terms = np.empty(0, np.int64)
        self.is_of_phrase = np.empty(0, np.bool_)
        self.phrases: dict[int, frozenset[str]] = {}  # words that are of a narrative's phrases, by place
        self.numbers = np.zeros(1, np.uint64)
        self.several: dict[int, list[int]] = {}  # the few terms that are several in truth: *Montenegro* is *Crna Gora*

    def places(self, spellings: Spellings) -> Numbers:
        """Where to look for each word of some texts; shape (words,)."""
        places = np.array([self._places.get(digest, -1) for digest in spellings.distinct.tolist()], np.int64)
        unknown = np.flatnonzero(places < 0)
        if len(unknown):
            places[unknown] = np.arange(len(self._places), len(self._places) + len(unknown))
            self._learn([spellings.written(at) for at in unknown.tolist()])
            self._places.update(zip(spellings.distinct[unknown].tolist(), places[unknown].tolist(), strict=True))
        return places[spellings.codes]

    def _learn(self, words: Sequence[str]) -> None:
        plain = list(map(fold, words))
        folded = list(map(fold_pronunciation, plain))
        phrases = list(map(words_of_phrases, plain))
        self.phrases.update((place, found) for place, found in enumerate(phrases, len(self._places)) if found)
        self.is_of_phrase = np.concatenate([self.is_of_phrase, np.fromiter(map(bool, phrases), np.bool_, len(words))])
        self.words = np.concatenate([self.words, np.fromiter(map(number_of, folded), np.uint64, len(words))])
        self.terms = np.concatenate([self.terms, self.terms_of(word_terms(words, folded, self._language))])

    def terms_of(self, terms: Sequence[str]) -> Numbers:
        """Places of terms in `numbers`, adding the new ones; what has blanks is several terms."""
        known = len(self._terms)
        places = np.array([self._terms.setdefault(term, len(self._terms)) for term in terms], np.int64)
        new = list(islice(self._terms, known, None))
        self.numbers = np.concatenate([self.numbers, np.fromiter(map(number_of, new), np.uint64, len(new))])
        for term in new:
            if " " in term:
                self.several[self._terms[term]] = self.terms_of(term.split(" ")).tolist()
        return places


@cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def read(task: tuple[int, pa.RecordBatch]) -> list[Batch]:
    """Read texts, given as `text_no, title, text, language`: runs of so many words, terms, narratives, by language."""
    size, rows = task
    languages = np.asarray(rows["language"].to_pylist(), np.str_)
    return [_read(size, rows.filter(pa.array(languages == language)), language) for language in np.unique(languages)]


def _read(size: int, rows: pa.RecordBatch, language: str) -> Batch:
    numbers = rows["text_no"].to_numpy()
    bodies, titles = rows["text"].to_pylist(), rows["title"].to_pylist()
    lexicon = _lexicon(language)
    spellings = cut(bodies + titles)
    places = lexicon.places(spellings)
    texts = spellings.texts % len(bodies)
    body = slice(0, np.searchsorted(spellings.texts, len(bodies)))
    written = list(numbers_in(spellings.joined, language))
    terms = _terms(
        lexicon,
        np.concatenate([texts, spellings.texts_at([at for at, _ in written]) % len(bodies)]),
        np.concatenate([lexicon.terms[places], lexicon.terms_of([terms for _, terms in written])]),
    )
    return Batch(
        distinct(_grams(lexicon.words[places[body]], numbers[texts[body]], size)),
        lexicon.numbers[terms & 0xFFFFFFFF],
        numbers[terms >> 32],
        [
            (int(numbers[text]), name, count)
            for text, words in _phrases(lexicon, texts, places).items()
            if may_be_in(words)
            for name, count in found_in(f"{titles[text]}. {bodies[text]}").items()
        ],
    )


def _terms(lexicon: _Lexicon, texts: Numbers, terms: Numbers) -> Numbers:
    """The distinct pairs of text and term, each in one number, sorted."""
    found = distinct(texts << 32 | terms)
    is_several = np.isin(found & 0xFFFFFFFF, list(lexicon.several))
    more = [
        pair >> 32 << 32 | term for pair in found[is_several].tolist() for term in lexicon.several[pair & 0xFFFFFFFF]
    ]
    found = found[~is_several & (found & 0xFFFFFFFF != 0)]
    return distinct(np.concatenate([found, np.array(more, np.int64)])) if more else found


def _phrases(lexicon: _Lexicon, texts: Numbers, places: Numbers) -> dict[int, set[str]]:
    """Words of phrases, by text."""
    found: dict[int, set[str]] = {}
    at = np.flatnonzero(lexicon.is_of_phrase[places])
    for text, place in zip(texts[at].tolist(), places[at].tolist(), strict=True):
        found.setdefault(text, set()).update(lexicon.phrases[place])
    return found


def _grams(words: Ids, texts: Numbers, size: int) -> Hashes:
    """The runs of `size` words of texts that stand one after the other, none of them over the end of a text."""
    found = grams(words, size)
    is_inside = texts[: len(found)] == texts[len(texts) - len(found) :]
    return found[is_inside] << np.uint64(_TEXT_BITS) | texts[: len(found)][is_inside].astype(np.uint64)


N = TypeVar("N", np.int64, np.uint64)


def distinct(numbers: npt.NDArray[N]) -> npt.NDArray[N]:
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
    batches = [batch for found in workers.map(read, _batches(connection, size)) for batch in found]
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


def _batches(connection: duckdb.DuckDBPyConnection, size: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The tasks of `read`: all texts in order; text_no counts them from 0."""
    rows = connection.sql(
        "SELECT t.text_no, v.title, v.text, t.language FROM text t JOIN article_version v USING (version_id) "
        "ORDER BY t.text_no"
    )
    yield from ((size, batch) for batch in rows.to_arrow_reader(BATCH))


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
    texts = np.concatenate([batch.texts for batch in batches]) if batches else np.empty(0, np.int64)
    count = connection.table("text").count("*").fetchall()[0][0]
    terms, uniques = pd.factorize(found, sort=True)
    # One order, whichever process read what: sums of floating-point numbers depend on it.
    pairs = np.sort(texts << 32 | terms)
    texts, terms = pairs >> 32, pairs & 0xFFFFFFFF
    frequency = np.bincount(terms, minlength=len(uniques))
    weights = rarity(count, frequency)
    norms = np.sqrt(np.bincount(texts, weights=weights[terms] ** 2, minlength=count))
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
