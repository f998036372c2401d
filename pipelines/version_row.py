"""An article as a row of `article_version`, and what becomes of two rows for one version.

Pure: no database here. `pipelines.store` writes the rows; which versions make one article is decided in settle.sql.
"""

import hashlib
import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.article import Article, Moment
from pipelines.normalise import fold
from spiders.address import article_key
from spiders.registry import Outlet

Row = dict[str, Any]

_WORD = re.compile(r"\w+")

_RANK = {"minute": 0, "day": 1}
"""Within one local day a minute says more than the day; which of two days is earlier needs neither."""


def naive(at: datetime | None) -> datetime | None:
    """An aware time as the database keeps it: UTC without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None) if at else None


def local_day(moment: Moment | None, timezone: str) -> date | None:
    """The calendar day of a moment where the outlet is; a moment of precision "day" names it already."""
    if moment is None:
        return None
    return moment.at.date() if moment.precision == "day" else moment.at.astimezone(ZoneInfo(timezone)).date()


def text_key(text: str) -> str:
    """16 hex digits of the words: a text in the other script, without diacritics or in other quotes has the same."""
    return hashlib.sha256(" ".join(_WORD.findall(fold(text))).encode()).hexdigest()[:16]


def version_row(article: Article, outlet: Outlet | None, timezone: str, run_id: str) -> Row:
    """The row of one article; `outlet` is None where the registry does not know it."""
    published = article.published
    return {
        "version_id": article.version_id,
        "outlet": article.outlet,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "byline": article.byline,
        "section": article.section,
        "language": article.language,
        "script": article.script,
        "published_at": naive(published.at) if published else None,
        "published_precision": published.precision if published else "none",
        "published_on": local_day(published, timezone),
        "published_source": published.source if published else None,
        "modified_at": naive(article.modified.at) if article.modified else None,
        "first_seen_at": naive(article.first_seen_at),
        "discovered_by": article.discovered_by,
        "content_sha256": article.content_sha256,
        "word_count": len(article.text.split()),
        "article_key": article_key(article.url, outlet),
        "text_key": text_key(article.text),
        "page_sha256": article.warc.sha256 if article.warc else None,
        "warc_file": article.warc.file if article.warc else None,
        "warc_offset": article.warc.offset if article.warc else None,
        "run_id": run_id,
    }


def placed_again(row: Row, outlet: Outlet | None, timezone: str) -> Row:
    """What a stored row's address and time say under a registry entry that has changed."""
    day = row["published_on"]
    if row["published_precision"] == "minute":
        day = row["published_at"].replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()
    return {"version_id": row["version_id"], "published_on": day, "article_key": article_key(row["url"], outlet)}


MERGED = (
    "published_at",
    "published_precision",
    "published_on",
    "published_source",
    "modified_at",
    "section",
    "first_seen_at",
)
"""What a version that is seen again may still change. Everything else is the version, or is where it was seen first."""


def merge(one: Row, other: Row) -> Row:
    """What MERGED is after both rows of one version, whichever came first: the earliest time, the latest change."""
    dated = min(one, other, key=_when)
    merged = {field: dated[field] for field in MERGED[:4]}
    merged["modified_at"] = max((row["modified_at"] for row in (one, other) if row["modified_at"]), default=None)
    merged["section"] = min((row["section"] for row in (one, other) if row["section"]), default=None)
    merged["first_seen_at"] = min(one["first_seen_at"], other["first_seen_at"])
    return merged


def _when(row: Row) -> tuple[date, int, float, str]:
    """Sorts times as settle.sql does: by local day, then the more precise, then the earlier; none at all comes last."""
    return (
        row["published_on"] or date.max,
        _RANK.get(row["published_precision"], 2),
        row["published_at"].replace(tzinfo=UTC).timestamp() if row["published_at"] else 0.0,
        row["published_source"] or "",
    )
