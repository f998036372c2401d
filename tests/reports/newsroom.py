"""Writes snapshots for the report's tests: rows with defaults, tables from the real schema.

Shared passages are marked in the texts themselves, `⟦1 …⟧` on both sides, so that no offset is counted by hand.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

TESTS = Path(__file__).parent
SCHEMA = TESTS.parent.parent / "pipelines" / "schema.sql"
START = datetime(2026, 3, 2, 6, 0)  # noqa: DTZ001 - the store keeps UTC without a zone
MARK = re.compile(r"⟦(\d+) ([^⟧]*)⟧")


def marked(text: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text without its marks, and where each numbered passage stands in it."""
    plain, places, at = "", {}, 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        places[int(match[1])] = (len(plain), len(plain) + len(match[2]))
        plain += match[2]
        at = match.end()
    return plain + text[at:], places


class Newsroom:
    """Writes rows into a new database file, with defaults for what a test does not care about."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = duckdb.connect(str(path))
        self.connection.execute(SCHEMA.read_text(encoding="utf-8"))
        self.connection.execute((TESTS / "analysis_tables.sql").read_text(encoding="utf-8"))
        self.texts: dict[str, dict[int, tuple[int, int]]] = {}

    def insert(self, table: str, **row: Any) -> None:
        columns = ", ".join(row)
        places = ", ".join(f"${name}" for name in row)
        self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)

    def outlet(self, outlet: str, name: str, role: str = "local", **row: Any) -> None:
        defaults: dict[str, Any] = {
            "country": "RS",
            "hosts": [f"{outlet}.example"],
            "language": "sr",
            "script": "latn",
            "dialect": "ekavian",
            "timezone": "Europe/Belgrade",
            "credited_as": [],
            "is_eu_sanctioned": False,
            "is_registered": True,
        }
        self.insert("outlet", outlet=outlet, name=name, role=role, **(defaults | row))

    def run(self, run_id: str, command: str, hours: float, status: str = "ok") -> None:
        started = START + timedelta(hours=hours)
        self.insert(
            "run",
            run_id=run_id,
            command=command,
            arguments="{}",
            odjek_version="0.1.0",
            started_at=started,
            finished_at=started + timedelta(minutes=4),
            status=status,
        )

    def crawl(
        self, run_id: str, outlet: str, stored: int, refused: int = 0, status: str = "ok", detail: str = ""
    ) -> None:
        found = stored + refused
        self.insert(
            "crawl",
            run_id=run_id,
            outlet=outlet,
            discovered_count=found,
            fetched_count=found,
            stored_count=stored,
            refused_count=refused,
            status=status,
            detail=detail,
        )

    def article(
        self,
        article_id: str,
        outlet: str,
        title: str,
        text: str,
        hours: float | None,
        precision: str = "minute",
        **row: Any,
    ) -> None:
        plain, self.texts[article_id] = marked(text)
        published = None if hours is None else START + timedelta(hours=hours)
        if precision == "day" and published is not None:
            published = published.replace(hour=0, minute=0)
        shared = {
            "url": f"https://{outlet}.example/{article_id}",
            "outlet": outlet,
            "title": title,
            "text": plain,
            "byline": None,
            "section": None,
            "language": "sr",
            "script": "cyrl" if re.search("[а-я]", plain) else "latn",
            "published_at": published,
            "published_precision": precision if published else "none",
            "modified_at": None,
            "first_seen_at": START + timedelta(hours=(hours or 0) + 5),
            "version_id": f"v-{article_id}",
        } | row
        self.insert(
            "article",
            article_id=article_id,
            published_on=published.date() if published else None,
            word_count=len(plain.split()),
            version_count=1,
            address_count=1,
            **shared,
        )
        self.insert(
            "article_version",
            article_id=article_id,
            published_source="json-ld",
            discovered_by="feed",
            content_sha256="0" * 64,
            article_key=article_id,
            text_key=article_id,
            word_count=len(plain.split()),
            run_id="20260316T020000Z-crawl",
            **shared,
        )

    def plain(self, article_id: str) -> str:
        rows = self.connection.execute("SELECT text FROM article WHERE article_id = ?", [article_id]).fetchall()
        return str(rows[0][0])

    def match(self, article_id: str, state_article_id: str, verdict: str = "amplification", **row: Any) -> str:
        match_id = f"{article_id}-{state_article_id}"
        local, state = self.texts[article_id], self.texts[state_article_id]
        kinds = row.pop("kinds", {})
        explained = row.pop("explained", ())
        credit = row.get("credit")
        text = self.plain(article_id)
        numbers = [number for number in local if number in state]
        lengths = {number: len(text[slice(*local[number])].split()) for number in numbers}
        for number in numbers:
            self.insert(
                "passage",
                match_id=match_id,
                passage_no=number,
                kind=kinds.get(number, "copied"),
                start_char=local[number][0],
                end_char=local[number][1],
                state_start_char=state[number][0],
                state_end_char=state[number][1],
                word_count=lengths[number],
                score=0.81 if kinds.get(number) == "retold" else 1.0,
                is_explained=number in explained,
            )
        words = sum(lengths.values())
        defaults: dict[str, Any] = {
            "form": "verbatim" if verdict == "amplification" else None,
            "probability": 0.97,
            "direction": "state_first",
            "lag_minutes": None,
            "lag_days": 0,
            "is_credited": False,
            "credit": None,
            "credit_start": text.find(credit) if credit and credit in text else None,
            "origin": "state_media",
            "shared_share": words / len(text.split()),
            "state_share": 0.8 if words else 0.0,
            "shared_words": words,
            "longest_words": max(lengths.values(), default=0),
            "passage_count": len(numbers),
            "title_similarity": 0.62,
            "method": "alignment",
            "run_id": "20260316T021000Z-analyze",
        }
        self.insert(
            "match",
            match_id=match_id,
            article_id=article_id,
            state_article_id=state_article_id,
            version_id=f"v-{article_id}",
            state_version_id=f"v-{state_article_id}",
            verdict=verdict,
            **(defaults | row),
        )
        return match_id

    def story(self, story_id: str, state_article_id: str, taken: list[tuple[str, str | None]]) -> None:
        """A story and its cascade: (article, the article it was taken from, or None for the state story)."""
        self.connection.execute(
            """
            INSERT INTO story
            SELECT $story_id, title, article_id, published_at, published_precision, outlet, 1, $count, $count
            FROM article WHERE article_id = $state_article_id
            """,
            {"story_id": story_id, "state_article_id": state_article_id, "count": len(taken)},
        )
        for article_id, parent in taken:
            self.connection.execute(
                """
                INSERT INTO cascade
                SELECT $story_id, a.article_id, $parent, $depth, a.outlet, article.published_at, a.form, a.probability,
                    a.lag_minutes, a.lag_days
                FROM amplification AS a JOIN article USING (article_id) WHERE a.article_id = $article_id
                """,
                {
                    "story_id": story_id,
                    "article_id": article_id,
                    "parent": parent or state_article_id,
                    "depth": 2 if parent else 1,
                },
            )

    def close(self) -> Path:
        self.connection.close()
        return self.path
