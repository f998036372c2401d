"""Checked outlets as rows: a short one for the table and CSV, one with all that was asked for JSON and Parquet.

The command line writes them; what they mean is judged in `pipelines.checkup`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.article import Article
from reports.rows import Form

if TYPE_CHECKING:  # it brings the extraction along, which a listing of outlets does not need
    from pipelines.checkup import Checkup, Sample
    from spiders.answer import Answer
    from spiders.probe_outlet import SourceAnswer

BRIEF = pa.schema(
    [
        *((name, pa.string()) for name in ("outlet", "verdict", "robots", "found_by")),
        *(("newest_on", pa.date32()), ("articles", pa.string()), ("words", pa.int64())),
        *((name, pa.string()) for name in ("dates", "bylines", "script")),
    ]
)
_TEXTS = pa.schema([("weight", pa.string()), ("what", pa.string()), ("remedy", pa.string())])


def of_checkups(checkups: Sequence["Checkup"], form: Form) -> pa.RecordBatchReader:
    """Return one row per outlet; JSON and Parquet hold each problem, source and article besides."""
    rows = [_brief(checkup) for checkup in checkups] if form in ("table", "csv") else [_whole(it) for it in checkups]
    if form == "table":
        return pa.Table.from_pylist(rows, schema=BRIEF).to_reader()
    if form == "csv":
        advice = [{"advice": "; ".join(_advice(checkup))} for checkup in checkups]
        rows = [row | said for row, said in zip(rows, advice, strict=True)]
        return pa.Table.from_pylist(rows, schema=BRIEF.append(pa.field("advice", pa.string()))).to_reader()
    return pa.Table.from_pylist(rows).to_reader()


def advice(checkups: Sequence["Checkup"]) -> Iterator[str]:
    """One line for each problem: what is wrong, and what to do."""
    for checkup in checkups:
        yield from (f"{checkup.outlet.outlet}: {line}" for line in _advice(checkup))


def summary(checkups: Sequence["Checkup"]) -> str:
    """How many outlets are ok, weak, broken and blocked, in one line."""
    verdicts = [checkup.verdict for checkup in checkups]
    counts = {verdict: verdicts.count(verdict) for verdict in ("ok", "weak", "broken", "blocked")}
    return (
        ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) + f" of {len(verdicts)} outlets"
    )


def _advice(checkup: "Checkup") -> list[str]:
    return [f"{problem.what} → {problem.remedy}" for problem in checkup.problems]


def _brief(checkup: "Checkup") -> dict[str, Any]:
    articles, outlet = checkup.articles, checkup.outlet
    first = f"{checkup.verdict}: {checkup.problems[0].what}" if checkup.problems else "ok"
    more = f" (+{len(checkup.problems) - 1})" if len(checkup.problems) > 1 else ""
    precisions = {article.published.precision if article.published else "none" for article in articles}
    days = [day for found in checkup.probed.sources if (day := found.newest_on)]
    return {
        "outlet": outlet.outlet,
        "verdict": first + more,
        "robots": _robots(checkup),
        "found_by": ", ".join(f"{found.source.way} {len(found.entries)}" for found in _fruitful(checkup)),
        "newest_on": max(days, default=None),
        "articles": f"{len(articles)}/{len(checkup.samples)}",
        "words": round(median(len(article.text.split()) for article in articles)) if articles else None,
        "dates": ", ".join(sorted(precisions)),
        "bylines": f"{sum(article.byline is not None for article in articles)}/{len(articles)}",
        "script": ", ".join(sorted({article.script for article in articles})),
    }


def _whole(checkup: "Checkup") -> dict[str, Any]:
    return {
        **_brief(checkup),
        "problems": [asdict(problem) for problem in checkup.problems],
        "sources": [_source(found) for found in checkup.probed.sources],
        "samples": [
            _sample(answer, sample)
            for (*_, answer), sample in zip(checkup.probed.articles, checkup.samples, strict=True)
        ],
    }


def _source(found: "SourceAnswer") -> dict[str, Any]:
    return {
        "url": found.source.url,
        "way": found.source.way,
        "status": found.answer.status,
        "served": found.served,
        "listed": found.listed,
        "articles": len(found.entries),
        "newest_on": found.newest_on,
        "foreign_hosts": list(found.foreign_hosts),
        "problem": found.problem,
    }


def _sample(answer: "Answer", sample: "Sample") -> dict[str, Any]:
    row: dict[str, Any] = {"url": answer.url, "status": answer.status, "content_type": answer.content_type}
    if not isinstance(sample, Article):
        return row | {"refused": sample.reason, "detail": sample.detail}
    published = sample.published
    return row | {
        "title": sample.title,
        "words": len(sample.text.split()),
        "published_at": published.at if published else None,
        "precision": published.precision if published else "none",
        "time_from": published.source if published else None,
        "byline": sample.byline,
        "language": sample.language,
        "script": sample.script,
    }


def _fruitful(checkup: "Checkup") -> list["SourceAnswer"]:
    found = [source for source in checkup.probed.sources if source.entries]
    return found or list(checkup.probed.sources)[:2]


def _robots(checkup: "Checkup") -> str:
    robots = checkup.probed.robots
    if checkup.is_shut_by_robots:
        return "forbids"
    return "allows" if robots.is_good else "none" if robots.status and 300 <= robots.status < 500 else "no answer"
