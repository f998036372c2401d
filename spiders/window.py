"""Whether an address can belong to the window that was asked for, before its page is fetched.

What is known before fetching is vague: a feed's date has a zone or not, a sitemap's date is often that of a change. So
a day is left on both sides, an address is kept unless every date known of it lies outside, and the page's own date
decides later (pipelines.validate). Exact reading of dates is not done here but in pipelines.dates.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import unquote

from spiders import clock
from spiders.page import Hint, Window

_SLACK = timedelta(days=1)  # the zones of the earth, and articles that are dated after midnight
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_IN_NAME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<sign>[-_/.]){_MONTH}(?P=sign){_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?P<sign>[-_/.]){_MONTH}(?P=sign){_YEAR}(?!\d)",
        rf"//\w+/{_YEAR}{_MONTH}{_DAY}\d{{6,}}-",  # Sputnik's oldest scheme: date and id in one
        rf"(?<!\d){_YEAR}[-_/.]?{_MONTH}(?!\d)",
        rf"(?<=[-_/=]){_YEAR}(?=[-_/.&]|$)",
    )
)
_QUERY = {"y": r"y{1,4}|year|godina", "m": r"m{1,2}|month|mesec", "d": r"d{1,2}|day|dan"}


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included."""

    first: date
    last: date


@lru_cache(maxsize=65_536)  # asked several times for each entry of a sitemap
def day_of(text: str | None) -> date | None:
    """The calendar day, in UTC, of an ISO or RFC 822 date; None where it is neither or no sane year."""
    if not text or not text.strip():
        return None
    text = text.strip()
    stated: datetime | None = None
    for read in (datetime.fromisoformat, parsedate_to_datetime, _leading_date):
        try:
            stated = read(text)
            break
        except (ValueError, IndexError, TypeError):  # parsedate_to_datetime raises all three
            continue
    if stated is None or not 1995 <= stated.year <= 2100:
        return None
    return (stated.astimezone(UTC) if stated.tzinfo else stated).date()


@lru_cache(maxsize=65_536)
def days_of_name(url: str) -> Days | None:
    """The day, month or year that an address of an article or a sitemap names, as the span of its days."""
    url = unquote(url)
    path, _, query = url.partition("?")
    found = next((match for pattern in _IN_NAME if (match := pattern.search(path))), None)
    numbers = found.groupdict() if found else _of_query(query)
    if not numbers.get("y"):
        return None
    return _span(int(numbers["y"] or 0), int(numbers.get("m") or 0), int(numbers.get("d") or 0))


def overlaps(days: Days, window: Window) -> bool:
    """Whether a span of days, widened by the slack, touches the window."""
    is_early = window.since is not None and days.last + _SLACK < window.since
    is_late = window.until is not None and days.first - _SLACK > window.until
    return not is_early and not is_late


def may_hold(lastmod: str | None, url: str, window: Window, earliest: date | None = None) -> bool:
    """Whether a part of a sitemap index can list articles of the window: by its name, else by when it last changed.

    A part of an older day, down to `earliest`, that has changed since holds what was added to that day later.
    """
    named, changed = days_of_name(url), day_of(lastmod)
    is_changed = changed is not None and window.since is not None and changed >= window.since
    if named is not None:
        is_late = earliest is not None and is_changed and overlaps(named, Window(earliest, window.until))
        return is_late or overlaps(named, window)
    return changed is None or window.since is None or changed + _SLACK >= window.since


def is_wanted(url: str, hint: Hint, window: Window) -> bool:
    """Whether an article can be of the window: true unless all dates known of it lie outside."""
    verdicts = [overlaps(days, window) for days in _known_days(url, hint)]
    changed = day_of(hint.modified)
    if changed is not None and window.since is not None and changed + _SLACK < window.since:
        verdicts.append(False)  # nothing is published after its last change
    return any(verdicts) or not verdicts


def is_dated(url: str, hint: Hint) -> bool:
    """Whether anything tells the day of an article before it is fetched."""
    return day_of(hint.modified) is not None or next(_known_days(url, hint), None) is not None


def is_newer(url: str, hint: Hint, than: datetime | None) -> bool:
    """Whether an article may have come since a time; true where nothing tells, or no time is given."""
    known = [stated for text in (hint.published, hint.modified) if (stated := _moment(text))]
    named = days_of_name(url)
    if than is None or (not known and named is None):
        return True
    if known:
        return max(known) >= than
    return named is not None and named.last >= than.date()


def _moment(text: str | None) -> datetime | None:
    """A stated time, aware; of a bare day its end; None where it is no date, or later than tomorrow."""
    day = day_of(text)
    if text is None or day is None or day > clock.now().date() + _SLACK:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            stated = read(text.strip())
        except (ValueError, IndexError, TypeError):
            continue
        if ":" in text:
            return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    return datetime.combine(day + _SLACK, time.min, UTC)


def _known_days(url: str, hint: Hint) -> Iterator[Days]:
    published = day_of(hint.published)
    if published is not None and published <= clock.now().date() + _SLACK:  # later than now is a mistake
        yield Days(published, published)
    named = days_of_name(url)
    if named is not None and (named.last - named.first).days < 31:  # a year in a headline says nothing of its day
        yield named


def _leading_date(text: str) -> datetime:
    return datetime.fromisoformat(text[:10])  # 2026-03-04 10:00:00 CET, 2026-03-04T10:00:00.000+01


def _of_query(query: str) -> dict[str, str]:
    numbers = {}
    for part, names in _QUERY.items():
        match = re.search(rf"(?:^|&)(?:{names})=(\d+)", query, re.IGNORECASE)
        if match:
            numbers[part] = match[1]
    return numbers


def _span(year: int, month: int, day: int) -> Days | None:
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day and month:
        return Days(first, first)
    return Days(first, date(year, month or 12, monthrange(year, month or 12)[1]))
