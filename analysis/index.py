"""Every text read once: its word n-grams, which show copies, and its terms, which show retellings, as rows to join.

`read` works on a batch of texts, in a worker process, and returns plain arrays; `make_index` collects them into the
tables gram, term and term_frequency. A spelling is folded, stemmed and looked up once, so that a text costs little more
than being cut into words. Which rows of two texts meet is decided in SQL (`sql/candidate.sql`) and in `nearness`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis import tables
from analysis.content import numbers_in, word_terms
from analysis.fold import fold_pronunciation
from analysis.narratives import found_in, may_be_in, words_of_phrases
from analysis.similarity import rarity
from analysis.spellings import Spellings, cut
from analysis.tokens import HASH_BITS, Hashes, Ids, grams, hash_of, number_of
from analysis.workers import Workers
from pipelines.normalise import fold
from pipelines.processes import cores
from spiders.errors import StoreError

BATCH = 2_000
"""Texts a worker reads at a time."""
_TEXT_BITS = np.uint64(64 - HASH_BITS)
_TEXT_MASK = np.uint64((1 << (64 - HASH_BITS)) - 1)
_SLICES = 4
"""All pairs are sorted in 2**4 slices, by the first bits of the hash."""

Numbers = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.uint64]
"""Hash and text_no in one number, distinct and sorted."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a batch of texts."""

    grams: Pairs
    terms: Pairs
    narratives: list[tuple[int, str, int]]  # text_no, narrative, phrases


class _Lexicon:
    """What is known of the spellings of a language, in arrays; a spelling's digest leads to its place in them."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._places: dict[int, int] = {}
        self._hashes: dict[str, int] = {"": 0}
        self.words = np.empty(0, np.uint64)  # number of the folded word
        self.terms = np.empty(0, np.uint64)  # hash of its term; 0: none
        self.is_of_phrase = np.empty(0, np.bool_)
        self.phrases: dict[int, frozenset[str]] = {}  # words that are of a narrative's phrases, by place
        self.several: dict[int, list[int]] = {}  # the few terms that are several in truth: *Montenegro* is *Crna Gora*

    def places(self, spellings: Spellings) -> Numbers:
        """Where to look for each word of some texts; shape (words,)."""
        places = np.array([self._places.get(digest, -1) for digest in spellings.distinct.tolist()], np.int64)
        unknown = np.flatnonzero(places < 0)
        if len(unknown):
            places[unknown] = np.arange(len(self._places), len(self._places) + len(unknown))
            self._learn(spellings.written(unknown))
            self._places.update(zip(spellings.distinct[unknown].tolist(), places[unknown].tolist(), strict=True))
        return places[spellings.codes]

    def _learn(self, words: Sequence[str]) -> None:
        known = len(self._places)
        plain = list(map(fold, words))
        folded = list(map(fold_pronunciation, plain))
        phrases = {place: found for place, found in enumerate(map(words_of_phrases, plain), known) if found}
        for array in (self.words, self.terms, self.is_of_phrase):
            array.resize(known + len(words), refcheck=False)
        self.words[known:] = np.fromiter(map(number_of, folded), np.uint64, len(words))
        self.terms[known:] = self.hashes(word_terms(words, folded, self._language))
        self.is_of_phrase[list(phrases)] = True
        self.phrases |= phrases

    def hashes(self, terms: Sequence[str]) -> Hashes:
        """Hashes of terms; what has blanks is several terms."""
        return np.array([self._hashes[term] if term in self._hashes else self._hash(term) for term in terms], np.uint64)

    def _hash(self, term: str) -> int:
        self._hashes[term] = found = hash_of(term)
        if " " in term:
            self.several[found] = self.hashes(term.split(" ")).tolist()
        return found


@cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def read(task: tuple[int, pa.RecordBatch]) -> list[Batch]:
    """Read texts, given as `text_no, title, text, language`: runs of so many words, terms, narratives, by language."""
    size, rows = task
    languages = np.asarray(rows["language"].to_pylist(), np.str_)
    return [
        _read(size, rows.filter(pa.array(languages == language)), language)
        for language in np.unique(languages).tolist()
    ]


def _read(size: int, rows: pa.RecordBatch, language: str) -> Batch:
    numbers = rows["text_no"].to_numpy().astype(np.uint64)
    bodies, titles = rows["text"].to_pylist(), rows["title"].to_pylist()
    lexicon = _lexicon(language)
    spellings = cut(bodies + titles, is_folded=language == "sr")
    places = lexicon.places(spellings)
    rows_of_words = spellings.texts % len(numbers)
    texts = numbers[rows_of_words]
    body = slice(0, np.searchsorted(spellings.texts, len(bodies)))
    offsets, written = numbers_in(spellings.joined, language)
    return Batch(
        _grams(lexicon.words[places[body]], texts[body], size),
        _terms(
            lexicon.several,
            np.concatenate([lexicon.terms[places], lexicon.hashes(written)]),
            np.concatenate([texts, numbers[spellings.texts_at(offsets) % len(numbers)]]),
        ),
        [
            (int(numbers[text]), name, count)
            for text, words in _phrases(lexicon, rows_of_words, places).items()
            if may_be_in(words)
            for name, count in found_in(f"{titles[text]}. {bodies[text]}").items()
        ],
    )


def _grams(words: Ids, texts: Ids, size: int) -> Pairs:
    """The runs of `size` words of texts that stand one after the other, none of them over the end of a text."""
    hashes = grams(words, size)
    is_inside = texts[: len(hashes)] == texts[len(texts) - len(hashes) :]
    return _distinct(hashes[is_inside] << _TEXT_BITS | texts[: len(hashes)][is_inside])


def _terms(several: Mapping[int, Sequence[int]], hashes: Hashes, texts: Ids) -> Pairs:
    """The distinct terms of texts."""
    pairs = _distinct((hashes << _TEXT_BITS | texts)[hashes != 0])
    if not several:
        return pairs
    hashes = pairs >> _TEXT_BITS
    is_several = np.isin(hashes, np.array(list(several), np.uint64))
    parts = [several[number] for number in hashes[is_several].tolist()]
    more = np.array([number for numbers in parts for number in numbers], np.uint64)
    of_texts = np.repeat(pairs[is_several] & _TEXT_MASK, [len(numbers) for numbers in parts])
    return _distinct(np.concatenate([pairs[~is_several], more << _TEXT_BITS | of_texts]))


def _phrases(lexicon: _Lexicon, texts: Numbers, places: Numbers) -> dict[int, set[str]]:
    """Words of phrases, by text."""
    found: dict[int, set[str]] = {}
    at = np.flatnonzero(lexicon.is_of_phrase[places])
    for text, place in zip(texts[at].tolist(), places[at].tolist(), strict=True):
        found.setdefault(text, set()).update(lexicon.phrases[place])
    return found


def _distinct(numbers: Pairs) -> Pairs:
    """The distinct numbers, sorted; numpy's own `unique` looks them up in a table, which takes forty times as long."""
    numbers = np.sort(numbers)
    return numbers[_is_first(numbers)]


def _is_first(numbers: Pairs) -> npt.NDArray[np.bool_]:
    """Where, of sorted numbers, another one begins."""
    is_first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    return is_first


def _like_a_neighbour(count: int, is_same: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which of `count` are the same as the one before or after; `is_same` compares each with the next."""
    found = np.zeros(count, np.bool_)
    found[1:] = is_same
    found[:-1] |= is_same
    return found


def make_index(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float], workers: Workers) -> None:
    """Make gram(text_no, gram, is_repeated), term(text_no, term, weight), term_frequency and narrative_text.

    `gram` holds the runs of `gram_words` words that more texts than one may have (of one outlet where `is_repeated`),
    `term` the terms that are in at least two and at most `term_texts` texts. Weights are inverse document frequencies,
    scaled so that the squares over all of a text's terms sum to 1: the sum of products over two texts is their cosine,
    as far as rare terms make it up.
    """
    size = int(parameters["gram_words"])
    count = connection.table("text").count("*").fetchall()[0][0]
    if count > _TEXT_MASK:
        raise StoreError(
            f"an analysis takes {1 << (64 - HASH_BITS):,} texts at most; import a part of them into another folder"
        )
    tasks = _batches(connection, size, int(parameters["most_characters"]))
    batches = [batch for found in workers.map(read, tasks) for batch in found]
    with ThreadPoolExecutor(cores()) as threads:
        _make_grams(connection, threads.map(shared, _slices([batch.grams for batch in batches])))
        merged = threads.map(_merged, _slices([batch.terms for batch in batches]))
        _make_terms(connection, merged, count, int(parameters["term_texts"]))
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


def _batches(connection: duckdb.DuckDBPyConnection, size: int, most: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The tasks of `read`: all texts in order, each up to `most` characters; text_no counts them from 0."""
    rows = connection.sql(
        "SELECT t.text_no, v.title, left(v.text, $most) AS text, t.language "
        "FROM text t JOIN article_version v USING (version_id) ORDER BY t.text_no",
        params={"most": most},
    )
    yield from ((size, batch) for batch in rows.to_arrow_reader(BATCH))


def _slices(parts: Sequence[Pairs]) -> Iterator[list[Pairs]]:
    """The same parts by ranges of the hash, the lowest first."""
    edges = np.arange(1, 1 << _SLICES, dtype=np.uint64) << np.uint64(64 - _SLICES)
    for slices in zip(*(np.split(part, np.searchsorted(part, edges)) for part in parts), strict=True):
        yield list(slices)


def _make_grams(connection: duckdb.DuckDBPyConnection, slices: Iterable[Pairs]) -> None:
    pairs = np.concatenate(list(slices) or [np.empty(0, np.uint64)])
    found, texts = pairs >> _TEXT_BITS, (pairs & _TEXT_MASK).astype(np.int64)
    outlets = connection.execute("SELECT outlet FROM text ORDER BY text_no").fetchnumpy()["outlet"]
    codes = np.unique(np.asarray(outlets, np.str_), return_inverse=True)[1]
    # Texts are numbered outlet after outlet: those of one outlet stand side by side.
    is_same = (found[1:] == found[:-1]) & (codes[texts[1:]] == codes[texts[:-1]])
    is_repeated = _like_a_neighbour(len(found), is_same)
    tables.create_from(connection, "gram", pa.table({"text_no": texts, "gram": found, "is_repeated": is_repeated}))


def _merged(parts: Sequence[Pairs]) -> Pairs:
    return np.sort(np.concatenate(parts))


def shared(parts: Sequence[Pairs]) -> Pairs:
    """Of all parts together, the pairs whose hash more than one text has: one in ten of the runs of words of the news.

    Plain numbers are sorted, which is the fastest way to find them.
    """
    pairs = _merged(parts)
    hashes = pairs >> _TEXT_BITS
    return pairs[_like_a_neighbour(len(hashes), hashes[1:] == hashes[:-1])]


def _make_terms(connection: duckdb.DuckDBPyConnection, slices: Iterable[Pairs], count: int, most_texts: int) -> None:
    pairs = np.concatenate(list(slices) or [np.empty(0, np.uint64)])
    hashes, texts = pairs >> _TEXT_BITS, (pairs & _TEXT_MASK).astype(np.int64)
    begins = np.flatnonzero(_is_first(hashes))
    frequency = np.diff(begins, append=len(pairs))
    weights = rarity(count, frequency)
    norms = np.sqrt(np.bincount(texts, np.repeat(weights**2, frequency), count))
    is_rare = (frequency > 1) & (frequency <= most_texts)
    terms = np.repeat(np.flatnonzero(is_rare), frequency[is_rare])
    of_texts = texts[np.repeat(is_rare, frequency)]
    tables.create_from(
        connection,
        "term",
        pa.table({"text_no": of_texts, "term": terms.astype(np.int32), "weight": weights[terms] / norms[of_texts]}),
    )
    tables.create_from(connection, "term_frequency", pa.table({"term": hashes[begins], "text_count": frequency}))
