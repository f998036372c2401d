"""What one outlet's new articles carry, beside what its earlier ones do: fields, length, reasons of refusal. Pure.

A share is compared with the outlet's own by the beta-binomial distribution, which allows for a past of few articles:
the chance of so few new articles with a byline, given how many of the past ones have one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

from pipelines.finding import ALARM, WARNING, Finding, Level

FEWEST, FEWEST_PAST = 5, 20
"""New and past articles without which a share is not judged."""
PAST_WEIGHT = 60
"""More past articles count as so many: those of one night are alike, and so tell less than their number."""
LEAST_CHANGE = 0.3
"""A share that moved by less is no change of the template, however sure one can be of it."""
NEARLY_ALL = 0.8
"""Share of the pages that must be refused for one reason, on a night that stored nothing, to make it an alarm."""
COLLAPSED, SHORTER, LONGER = 0.4, 0.6, 1.8
"""Median length beside the usual one: under the first texts are cut off, under the second or over the third changed."""

_LOST = {
    "byline": "{recent} of {count} new articles have a byline, before it was {share:.0%}",
    "time": "{recent} of {count} new articles tell the minute of their publication, before it was {share:.0%}",
    "language": "{recent} of {count} new articles are in the usual language ({usual}), before it was {share:.0%}",
    "script": "{recent} of {count} new articles are in the usual script ({usual}), before it was {share:.0%}",
}
_MEANINGS = {
    "front_page": "lead to the front page",
    "gone": "are gone",
    "http_error": "end in an error",
    "fetch_failed": "gave no answer",
}


@dataclass(frozen=True, slots=True)
class Fields:
    """What new and past articles of one outlet carry: a row of night_field.sql."""

    outlet: str
    language: str | None  # the usual one
    script: str | None
    recent_count: int
    past_count: int
    recent_byline: int
    past_byline: int
    recent_minute: int
    past_minute: int
    recent_at_sight: int  # dated on the moment they were fetched
    past_at_sight: int
    recent_language: int
    past_language: int
    recent_script: int
    past_script: int
    recent_short: int  # shorter than the past ones' lower quartile
    recent_long: int
    recent_words: float | None  # median
    past_words: float | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Of how many pages one outlet's were refused for one reason: a row of night_refusal.sql."""

    outlet: str
    reason: str
    tonight_count: int
    tonight_total: int
    past_count: int
    past_total: int


def judge_fields(fields: Fields) -> Iterator[Finding]:
    """One finding for each field, and one for the length."""
    outlet, count, past = fields.outlet, fields.recent_count, fields.past_count
    if count < FEWEST or past < FEWEST_PAST:
        for check in (*_LOST, "dated", "length"):
            yield Finding(outlet, check, "unknown", f"too few articles to judge: {count} new, {past} before")
        return
    shares = {
        "byline": (fields.recent_byline, fields.past_byline, None),
        "time": (fields.recent_minute, fields.past_minute, None),
        "language": (fields.recent_language, fields.past_language, fields.language),
        "script": (fields.recent_script, fields.past_script, fields.script),
    }
    for check, (recent, before, usual) in shares.items():
        chance = at_most_of(recent, count, before, past)
        is_lost = chance < ALARM and before / past - recent / count >= LEAST_CHANGE
        detail = _LOST[check].format(recent=recent, count=count, share=before / past, usual=usual) if is_lost else ""
        yield Finding(outlet, check, "warning" if is_lost else "ok", detail, recent / count, before / past, chance)
    yield _dated(fields)
    yield _length(fields)


def judge_refused(rows: Iterable[Refused], *, is_empty: bool) -> Finding | None:
    """The reason whose share rose most improbably, if any; an alarm where nothing at all was stored."""
    worst: Finding | None = None
    for row in rows:
        if row.tonight_total < FEWEST:
            continue
        share, before = row.tonight_count / row.tonight_total, row.past_count / max(row.past_total, 1)
        chance = at_most_of(
            row.tonight_total - row.tonight_count, row.tonight_total, row.past_total - row.past_count, row.past_total
        )
        is_young, is_all = row.past_total < FEWEST_PAST, is_empty and row.reason != "gone" and share >= NEARLY_ALL
        is_risen = (chance < WARNING and share - before >= LEAST_CHANGE) or (is_young and is_all)
        level: Level = "ok" if not is_risen else "alarm" if is_all and not is_young else "warning"
        what = "visited again" if row.reason == "gone" else "asked for"
        meaning = _MEANINGS.get(row.reason, f"were refused as {row.reason.replace('_', ' ')}")
        detail = f"{row.tonight_count} of {row.tonight_total} articles {what} {meaning}; before it was {before:.0%}"
        found = Finding(row.outlet, "refused", level, detail if is_risen else "", share, before, chance)
        if worst is None or (found.is_wrong, -chance) > (worst.is_wrong, -(worst.probability or 0.0)):
            worst = found
    return worst


def judge_sources(outlet: str, problems: Sequence[tuple[str, str, str]]) -> Finding:
    """Sources that are broken or give nothing any more: kind, address, problem of each; a broken kind gives nothing."""
    broken = {kind for kind, url, _ in problems if url}
    problems = [(kind, url, problem) for kind, url, problem in problems if url or kind not in broken]
    if not problems:
        return Finding(outlet, "source", "ok", measured=0.0)
    kind, url, problem = problems[0]
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    place = f"{kind} {url}: " if url else f"the {kind} "
    return Finding(outlet, "source", "warning", f"{place}{problem}{more}", float(len(problems)), 0.0)


def at_most_of(count: int, total: int, past_count: int, past_total: int) -> float:
    """Chance that at most `count` of `total` have what `past_count` of `past_total` had."""
    weight = min(1.0, PAST_WEIGHT / past_total) if past_total else 1.0
    has, lacks = past_count * weight + 0.5, (past_total - past_count) * weight + 0.5
    base = _log_beta(has, lacks)
    terms = (exp(_log_choices(total, k) + _log_beta(k + has, total - k + lacks) - base) for k in range(count + 1))
    return min(1.0, sum(terms))


def _dated(fields: Fields) -> Finding:
    recent, count, before, past = fields.recent_at_sight, fields.recent_count, fields.past_at_sight, fields.past_count
    chance = at_most_of(count - recent, count, past - before, past)
    is_risen = chance < ALARM and recent / count - before / past >= LEAST_CHANGE
    detail = (
        f"{recent} of {count} new articles are dated on the moment they were fetched, before it was {before / past:.0%}"
        if is_risen
        else ""
    )
    level: Level = "warning" if is_risen else "ok"
    return Finding(fields.outlet, "dated", level, detail, recent / count, before / past, chance)


def _length(fields: Fields) -> Finding:
    """By a sign test: how many new articles are shorter than three quarters of the past ones, or longer."""
    words, usual = fields.recent_words or 0.0, fields.past_words or 0.0
    tails = [_at_least(number, fields.recent_count, 0.25) for number in (fields.recent_short, fields.recent_long)]
    chance = min(1.0, 2 * min(tails))
    ratio = words / usual if usual else 1.0
    is_changed = chance < ALARM and not SHORTER <= ratio <= LONGER
    level: Level = "ok" if not is_changed else "alarm" if ratio < COLLAPSED else "warning"
    detail = f"new articles have {words:.0f} words in the middle, before it was {usual:.0f}" if is_changed else ""
    return Finding(fields.outlet, "length", level, detail, words, usual, chance)


def _at_least(count: int, total: int, share: float) -> float:
    terms = (
        exp(_log_choices(total, k) + k * log(share) + (total - k) * log(1 - share)) for k in range(count, total + 1)
    )
    return min(1.0, sum(terms))


def _log_choices(total: int, count: int) -> float:
    return lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
