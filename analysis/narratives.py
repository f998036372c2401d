"""Which recurring narratives an article touches, by phrases of `narratives.toml`: a topic label, never a judgement."""

import re
import tomllib
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis import tables
from pipelines.normalise import fold

FILE = Path(__file__).with_name("narratives.toml")


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative's title, its phrases, and the folded words of each of them, which all must be in a text."""

    title: str
    phrases: re.Pattern[str]
    words: tuple[frozenset[str], ...]


@cache
def narratives() -> dict[str, Narrative]:
    """The narratives by name; in a phrase `*` stands for any ending of a word."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Narrative(
            str(row["title"]),
            re.compile("|".join(_expression(phrase) for phrase in row["phrases"])),
            tuple(frozenset(fold(phrase).split()) for phrase in row["phrases"]),
        )
        for name, row in raw.items()
    }


def _expression(phrase: str) -> str:
    words = [re.escape(fold(word)).replace(r"\*", r"\w*") for word in phrase.split()]
    return r"\b" + r"\W+(?:\w+\W+){0,2}".join(words) + r"\b"


def found_in(text: str) -> dict[str, int]:
    """Narrative → number of its phrases in a text; only those that are there."""
    folded = fold(text)
    counts = {name: len(narrative.phrases.findall(folded)) for name, narrative in narratives().items()}
    return {name: count for name, count in counts.items() if count}


@cache
def _words() -> frozenset[str]:
    """The words of all phrases."""
    return frozenset[str]().union(*(phrase for narrative in narratives().values() for phrase in narrative.words))


@cache
def _possible(beginning: str) -> tuple[str, ...]:
    """Words of phrases that a folded word with this beginning may be."""
    return tuple(
        word for word in _words() if word.startswith(beginning) or beginning.startswith(word.removesuffix("*"))
    )


def words_of_phrases(folded: str) -> frozenset[str]:
    """Which words of the phrases a folded word of a text can be: *kosova* is *kosov\\**."""
    return frozenset(
        word for word in _possible(folded[:3]) if folded == word or (word[-1] == "*" and folded.startswith(word[:-1]))
    )


def may_be_in(words: Set[str]) -> bool:
    """Whether a text with these words of phrases may have a whole phrase; one for which this says no has none."""
    return any(phrase <= words for narrative in narratives().values() for phrase in narrative.words)


def make_narratives(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table narrative: one row per narrative and article that has phrases of it."""
    found = connection.execute(
        "SELECT narrative, article_id, max(phrase_count) FROM narrative_text JOIN text USING (text_no) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    tables.create_from(
        connection,
        "narrative",
        {
            "narrative": pa.array([name for name, _, _ in found], pa.string()),
            "title": pa.array([narratives()[name].title for name, _, _ in found], pa.string()),
            "article_id": pa.array([article for _, article, _ in found], pa.string()),
            "phrase_count": pa.array([count for _, _, count in found], pa.int32()),
        },
    )
