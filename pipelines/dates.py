"""Times as pages, feeds and addresses write them → `Moment`: aware UTC with its precision and source.

Pure reading of strings, and the choice between several that disagree. Where on a page the strings stand is the
business of `pipelines.metadata`. A time without a zone is of the outlet's zone: in the hour that a clock change skips
it is read as if the clock had not changed, in the hour that comes twice it is the first. A time of exactly midnight
states a day. What is stated before 1995 or more than a day after the page was fetched is not believed.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pipelines.article import Moment
from pipelines.normalise import fold

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
YEARS = range(1900, 2200)
"""Other years are no dates: 0001-01-01 and 9999-12-31 stand in templates for "none", and overflow in another zone."""
LATENESS = timedelta(days=1)

_MONTHS = (
    # Serbian, Bosnian and Montenegrin; Croatian; Macedonian; English; Albanian: folded, without case endings.
    ("januar", "sijecanj", "sijecnj", "jan", "janar"),
    ("februar", "veljac", "fevruar", "feb", "shkurt"),
    ("mart", "ozujak", "ozujk", "march", "mar", "mars"),
    ("april", "travanj", "travnj", "apr", "prill"),
    ("maj", "svibanj", "svibnj", "may"),
    ("jun", "lipanj", "lipnj", "june", "qershor"),
    ("jul", "srpanj", "srpnj", "july", "korrik"),
    ("avgust", "august", "kolovoz", "avg", "aug", "gusht"),
    ("septembar", "septembr", "septemvr", "september", "rujan", "rujn", "sept", "sep", "shtator"),
    ("oktobar", "oktobr", "oktomvr", "october", "listopad", "okt", "oct", "tetor"),
    ("novembar", "novembr", "noemvr", "november", "studen", "nov", "nentor"),
    ("decembar", "decembr", "dekemvr", "december", "prosinac", "prosinc", "dec", "dhjetor"),
)
_MONTH_OF = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems}
_STEMS = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_MONTH = rf"(?P<month>{_STEMS})(?:a|u|e|i|y|om|em|ima|og|oga|ari|ary)?\b\.?"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?![\d.,:]\d)\s*(?P<half>[ap]\.?m\b)?"
_GAP = r"[\s,;|/@•·-]*"
_AFTER = rf"(?:{_GAP}(?:(?:u|at|ne|ora|vo|god(?:ine)?|g)\b\.?{_GAP})*{_CLOCK})?"
_BEFORE = rf"(?:{_CLOCK.replace('?P<', '?P<first_')}(?:h|casova)?{_GAP})?"
_FIGURES = r"(?<![\d.])(?P<day>\d{1,2})"
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEFORE}{_FIGURES}(?:\.|st|nd|rd|th)?[\s-]*{_MONTH}[\s,-]*(?P<year>(?:19|20)\d\d)\b\.?{_AFTER}",
        rf"{_BEFORE}\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b{_AFTER}",
        rf"{_BEFORE}{_FIGURES}\s?(?P<sign>[./-])\s?(?P<number>\d{{1,2}})\s?(?P=sign)\s?(?P<year>(?:19|20)\d\d)\b\.?{_AFTER}",
        rf"{_BEFORE}(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[./-])(?P<number>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})\b\.?{_AFTER}",
        # two figures are a year only where a clock follows
        rf"{_FIGURES}\.\s?(?P<number>\d{{1,2}})\.\s?(?P<year>\d\d)\.?(?:\s*[|,/-]\s*|\s+(?:u\s+)?){_CLOCK}",
    )
)
_ISO = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:(?:T|\s+|T\s)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?![\d:])",
    re.IGNORECASE,
)
_RFC_822 = re.compile(r"\s*(?:\w{3},\s*)?\d{1,2}\s+\w{3}\s+\d{2,4}\s+\d{1,2}:\d\d(?::\d\d)?\s+(?:[A-Z]{1,4}|[+-]\d{4})")
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*")
_IN_ADDRESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=[/._-]|$)",
        r"[/_-](?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=[/._-]|$)",
        r"[/_-](?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/._-]|$)",
        r"//\w+/(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{7,}-",  # Sputnik's oldest scheme: date and id in one
        r"[/_-](?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>(?:19|20)\d\d)(?=[/._-]|$)",
    )
)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _of_day(day: date, source: str) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), "day", source)


def _of_clock(stated: datetime, timezone_name: str, source: str) -> Moment:
    """From a wall-clock time, with its own zone or of the outlet's; midnight states no more than the day."""
    if (stated.hour, stated.minute, stated.second) == (0, 0, 0):
        return _of_day(stated.date(), source)
    aware = stated if stated.tzinfo else stated.replace(tzinfo=_zone(timezone_name))
    return Moment(aware.astimezone(UTC).replace(second=0, microsecond=0), "minute", source)


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if text[0] == "-" else size)


def _machine(text: str) -> datetime | date | None:
    """ISO 8601 in its usual shapes, seconds since 1970, RFC 822."""
    if found := _ISO.match(text):
        year, month, day, hour, minute, second, zone = found.groups()
        try:
            if hour is None:
                return date(int(year), int(month), int(day))
            aware = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001 - zone follows
            return aware.replace(tzinfo=_offset(zone.upper())) if zone else aware
        except ValueError:
            return None
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    try:
        return parsedate_to_datetime(text) if _RFC_822.match(text) else None
    except ValueError:
        return None


def _written(text: str) -> datetime | date | None:
    """The first date in words or figures as people write them, with the time beside it."""
    folded = fold(text)
    found = min(
        (match for pattern in _WRITTEN if (match := pattern.search(folded))),
        key=lambda match: match.start(),
        default=None,
    )
    if found is None:
        return None
    part = found.groupdict()
    month = _MONTH_OF[part["month"]] if part.get("month") else int(part["number"])
    hour, minute, half = part["hour"], part["minute"], part["half"]
    if hour is None:
        hour, minute, half = part.get("first_hour"), part.get("first_minute"), part.get("first_half")
    try:
        year = int(part["year"])
        day = date(year if year > 99 else 2000 + year, month, int(part["day"]))
        if hour is None:
            return day
        twelve = {"a": 0, "p": 12}
        full_hour = int(hour) % 12 + twelve[half[0]] if half else int(hour)
        return datetime(day.year, day.month, day.day, full_hour, int(minute))  # noqa: DTZ001 - of the outlet's zone
    except ValueError:
        return None


def moment(text: str, timezone_name: str, source: str) -> Moment | None:
    """The time a string states, or None. A bare date has day precision."""
    stated = _machine(text) or _written(text)
    if stated is None or stated.year not in YEARS:
        return None
    if isinstance(stated, datetime):
        return _of_clock(stated, timezone_name, source)
    return _of_day(stated, source)


def moment_of_address(url: str) -> Moment | None:
    """The day that an address carries, as in /2026/03/04/, /20260304/ or -4-3-2026."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    for pattern in _IN_ADDRESS:
        for found in pattern.finditer(path):
            try:
                return _of_day(date(*(int(found[name]) for name in ("year", "month", "day"))), "url")
            except ValueError:
                continue
    return None


def is_believable(stated: Moment, fetched_at: datetime) -> bool:
    """Neither before there were news sites nor later than the page was fetched, a day of slack for zones."""
    return EARLIEST <= stated.at <= fetched_at + LATENESS


def choose(stated: Sequence[Moment | None], timezone_name: str, fetched_at: datetime) -> Moment | None:
    """The first believable moment in order of trust, made more precise by a later one that names the same day.

    It is overruled where the address and a later source (visible text, feed, sitemap) agree on another day: a
    template that prints one date on every page is commoner than two sources mistaken in the same way. Where nothing
    is believable but what machines read and what people read agree, the time of the fetch is wrong: archives have such.
    """
    known = [item for item in stated if item is not None and item.at >= EARLIEST]
    believed = [item for item in known if is_believable(item, fetched_at)]
    if not believed:
        later = {item.source in ("url", "text", "feed", "sitemap") for item in known}
        days = [local_day(item, timezone_name) for item in known]
        believed = known if later == {True, False} and max(days) - min(days) <= LATENESS else []
    if not believed:
        return None
    best, days = believed[0], [local_day(item, timezone_name) for item in believed]
    for index, item in enumerate(believed):
        is_confirmed = any(abs(day - days[index]) <= LATENESS for day in days[index + 1 :])
        if item.source == "url" and abs(days[0] - days[index]) > LATENESS and is_confirmed:
            best = item
    if best.precision == "minute":
        return best
    same_day = (item for item, day in zip(believed, days, strict=True) if day == best.at.date())
    return next((item for item in same_day if item.precision == "minute"), best)


def local_day(stated: Moment, timezone_name: str) -> date:
    """Calendar day of a moment where the outlet is."""
    return stated.at.date() if stated.precision == "day" else stated.at.astimezone(_zone(timezone_name)).date()
