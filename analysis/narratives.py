"""Which recurring narratives an article touches, by phrases of `narratives.toml`: a topic label, never a judgement."""

import re
import tomllib
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis import tables
from analysis.grams import texts
from pipelines.normalise import fold

FILE = Path(__file__).with_name("narratives.toml")


@cache
def narratives() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Name → title and one expression over folded text; `*` at a phrase's word stands for any ending."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: (str(row["title"]), re.compile("|".join(_expression(phrase) for phrase in row["phrases"])))
        for name, row in raw.items()
    }


def _expression(phrase: str) -> str:
    words = [re.escape(fold(word)).replace(r"\*", r"\w*") for word in phrase.split()]
    return r"\b" + r"\W+(?:\w+\W+){0,2}".join(words) + r"\b"


def found_in(text: str) -> dict[str, int]:
    """Narrative → number of its phrases in a text; only those that are there."""
    folded = fold(text)
    counts = {name: len(expression.findall(folded)) for name, (_, expression) in narratives().items()}
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
            "title": pa.array([narratives()[name][0] for name, _ in keys], pa.string()),
            "article_id": pa.array([article for _, article in keys], pa.string()),
            "phrase_count": pa.array([best[key] for key in keys], pa.int32()),
        },
    )
