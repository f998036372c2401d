"""Which recurring narratives an article touches, by phrases of `narratives.toml`: a topic label, never a judgement."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis import tables
from analysis.grams import texts
from pipelines.normalise import fold

FILE = Path(__file__).with_name("narratives.toml")


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative's title and phrases; no text without one of `openings`, the phrases' longest words, has a phrase."""

    title: str
    phrases: re.Pattern[str]
    openings: tuple[str, ...]


@cache
def narratives() -> dict[str, Narrative]:
    """The narratives by name; in a phrase `*` stands for any ending of a word."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Narrative(
            str(row["title"]),
            re.compile("|".join(_expression(phrase) for phrase in row["phrases"])),
            tuple(sorted({max(fold(phrase).replace("*", "").split(), key=len) for phrase in row["phrases"]})),
        )
        for name, row in raw.items()
    }


def _expression(phrase: str) -> str:
    words = [re.escape(fold(word)).replace(r"\*", r"\w*") for word in phrase.split()]
    return r"\b" + r"\W+(?:\w+\W+){0,2}".join(words) + r"\b"


def found_in(text: str) -> dict[str, int]:
    """Narrative → number of its phrases in a text; only those that are there."""
    folded = fold(text)
    counts = {
        name: len(narrative.phrases.findall(folded))
        for name, narrative in narratives().items()
        if any(opening in folded for opening in narrative.openings)
    }
    return {name: count for name, count in counts.items() if count}


def make_narratives(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table narrative: one row per narrative and article that has phrases of it."""
    articles = dict(connection.execute("SELECT text_no, article_id FROM text").fetchall())
    best: dict[tuple[str, str], int] = {}
    for text_no, title, text, _ in texts(connection):
        for name, count in found_in(f"{title}. {text}").items():
            key = (name, str(articles[text_no]))
            best[key] = max(best.get(key, 0), count)
    keys = sorted(best)
    tables.create_from(
        connection,
        "narrative",
        {
            "narrative": pa.array([name for name, _ in keys], pa.string()),
            "title": pa.array([narratives()[name].title for name, _ in keys], pa.string()),
            "article_id": pa.array([article for _, article in keys], pa.string()),
            "phrase_count": pa.array([best[key] for key in keys], pa.int32()),
        },
    )
