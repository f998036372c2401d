"""The other method: MinHash with locality-sensitive hashing as rensa (Rust) has it, on the same folded words.

rensa is fed what odjek compares, runs of words folded by odjek's own tokeniser, so that the second script does not hide
anything from it. 128 permutations; 64 bands of two rows find likeness from about 0.1, as a copy that makes up 30 % of
an article needs. Local articles are indexed and state articles looked up, both by rensa's batch calls. Its candidates
count as found without a check: that leaves it the recall, and spares it the time, of sorting out the wrong ones.
"""

from collections.abc import Iterator

import duckdb
from rensa import RMinHash, RMinHashLSH

from analysis.tokens import Vocabulary, grams

PERMUTATIONS = 128
BANDS = 64
GRAM_WORDS = 4
_SEED = 42
_BATCH = 5_000
_BYTES = 8
_TEXTS = (
    "SELECT v.url, v.text FROM article_version v JOIN outlet o USING (outlet) WHERE (o.role = 'state_media') = $state "
    "ORDER BY v.version_id"
)


def find(
    connection: duckdb.DuckDBPyConnection, *, bands: int = BANDS, gram_words: int = GRAM_WORDS
) -> set[tuple[str, str]]:
    """Addresses of local and state articles that look alike, whatever their days."""
    vocabulary = Vocabulary()
    index = RMinHashLSH(threshold=0.1, num_perm=PERMUTATIONS, num_bands=bands)
    urls: list[str] = []
    for names, sets in _batches(connection, vocabulary, gram_words, state=False):
        index.insert_matrix(RMinHash.digest_matrix_from_token_byte_sets(sets, PERMUTATIONS, _SEED), len(urls))
        urls.extend(names)
    pairs: set[tuple[str, str]] = set()
    for names, sets in _batches(connection, vocabulary, gram_words, state=True):
        found = index.query_all(RMinHash.from_token_sets(sets, PERMUTATIONS, _SEED))
        pairs.update((urls[key], name) for name, keys in zip(names, found, strict=True) for key in keys)
    return pairs


def _batches(
    connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, gram_words: int, *, state: bool
) -> Iterator[tuple[list[str], list[list[bytes]]]]:
    """Addresses and token sets of many articles at a time."""
    reader = connection.cursor()
    reader.execute(_TEXTS, {"state": state})
    while rows := reader.fetchmany(_BATCH):
        yield [url for url, _ in rows], [_tokens(vocabulary, text, gram_words) for _, text in rows]


def _tokens(vocabulary: Vocabulary, text: str, gram_words: int) -> list[bytes]:
    hashes = grams(vocabulary.ids(text), gram_words).tobytes()
    return [hashes[at : at + _BYTES] for at in range(0, len(hashes), _BYTES)]
