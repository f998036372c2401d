"""Values become plain words: times with their certainty, lags, probabilities, verdicts.

Everything the report says in more than one place is worded here; layout is in templates/.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Belgrade")
"""Serbia, Bosnia and Herzegovina, Montenegro and Kosovo keep the same time: both sides of a match are shown in it."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Not strftime: the machine's locale must not change the report."""

VERDICTS = {
    "amplification": (
        "Took the state story",
        "What the two share is best explained by the local text being made from the state-media story.",
    ),
    "shared_origin": ("Shared origin", "Both texts took it from a third, such as an agency item or a press release."),
    "local_first": ("Local first", "A local outlet had the story before the state outlet published it."),
    "quote": ("Shared quotation", "Only a short public statement is the same in both; everybody may carry it."),
    "independent": ("Independent report", "Both report the same event, each in its own words."),
    "critical": ("Critical quotation", "The local text quotes the state story to refute or to discuss it."),
    "unrelated": ("Unrelated", "Nothing that was found connects the two texts."),
}
FORMS = {
    "verbatim": ("word for word", "The body stands in the local text almost unchanged."),
    "partial": ("in part", "Whole sentences were taken and mixed with other text."),
    "paraphrase": ("retold", "The story is told in other words, sentence by sentence."),
    "translation": ("translated", "The text is a translation of the state story."),
}
DIRECTIONS = {
    "state_first": ("State media first", "The state story was published before the local text."),
    "local_first": ("Local outlet first", "The local text was published before the state story."),
    "unknown": ("Order unknown", "The times do not show which of the two came first."),
}
ORIGINS = {
    "state_media": "state media",
    "agency": "a news agency",
    "local": "a local outlet",
    "unknown": "not known",
}
ROLES = {
    "state_media": "Russian state media",
    "mirror": "state-media mirror",
    "agency": "news agency",
    "local": "local outlet",
    "factchecker": "fact-checker",
    "aggregator": "aggregator",
    "unknown": "unregistered",
}
COUNTRIES = {
    "RS": "Serbia",
    "BA": "Bosnia and Herzegovina",
    "ME": "Montenegro",
    "XK": "Kosovo",
    "HR": "Croatia",
    "MK": "North Macedonia",
    "SI": "Slovenia",
    "RU": "Russia",
}
PRECISIONS = {"minute": "to the minute", "day": "day only", "none": "unknown"}
LIKELIHOODS = (
    (0.98, "almost certain"),
    (0.90, "very likely"),
    (0.75, "likely"),
    (0.60, "more likely than not"),
    (0.40, "cannot tell"),
    (0.25, "rather unlikely"),
    (0.10, "unlikely"),
    (0.02, "very unlikely"),
    (0.00, "almost certainly not"),
)
"""The lowest probability of each word, for the question whether the local text was made from the state story."""


@dataclass(frozen=True, slots=True)
class Time:
    """A publication time as a reader sees it. `iso` is for <time datetime>, empty where nothing is known."""

    words: str
    certainty: str
    iso: str


def time(at: datetime | None, precision: str, *, short: bool = False) -> Time:
    """ "4 March 2026, 10:15" and "to the minute"; a day of precision "day" is a local calendar day: never shifted."""
    if at is None or precision == "none":
        return Time("time unknown", PRECISIONS["none"], "")
    if precision == "day":
        return Time(_day(at, short), PRECISIONS["day"], at.date().isoformat())
    local = at.replace(tzinfo=UTC).astimezone(ZONE)
    return Time(f"{_day(local, short)}, {local:%H:%M}", PRECISIONS["minute"], f"{at:%Y-%m-%dT%H:%MZ}")


def _day(at: datetime, short: bool) -> str:
    month = MONTHS[at.month - 1]
    month = month[:3] if short else month
    return f"{at.day} {month} {at.year}"


def lag(minutes: float | None, days: int | None) -> str:
    """How long after the state story: in minutes where both times allow it, else in days."""
    if minutes is not None:
        if round(minutes) == 0:
            return "the same minute"
        return f"{duration(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"
    if days is None:
        return "unknown"
    if days == 0:
        return "the same day"
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def duration(minutes: float) -> str:
    """42 min · 2 h 10 min · 3 days 4 h."""
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    days, hours = divmod(hours, 24)
    if days:
        return count(days, "day") + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {rest} min" if rest else "")
    return f"{rest} min"


def likelihood(probability: float) -> str:
    """The word for a probability, from the table on the method page; not for what it is rounded to."""
    return next(word for floor, word in LIKELIHOODS if probability >= floor)


def decimal(probability: float) -> str:
    """0.97; never 1.00 or 0.00, which no method can promise."""
    if probability > 0.99:
        return "over 0.99"
    if probability < 0.01:
        return "under 0.01"
    return f"{probability:.2f}"


def share(value: float | None) -> str:
    """0.874 → "87%"; a share that is not quite all or not quite nothing is not rounded to it."""
    if value is None:
        return "–"
    if 0 < value < 0.01:
        return "under 1%"
    if 0.99 < value < 1:
        return "over 99%"
    return f"{value:.0%}"


def part(some: int, whole: int) -> str:
    """The share of `some` in `whole`, or a dash where there is nothing to share."""
    return share(some / whole) if whole else "–"


def false_share(rate: float | None, low: float, high: float) -> str:
    """How many of the reported are false: "about 3%, between 1% and 7%" · "none seen, at most 5%"."""
    if rate is None:
        return "not known"
    if 0 < high < 0.01:
        return f"{'' if rate else 'none seen, '}{share(high)}"
    if not rate:
        return f"none seen, at most {share(high)}"
    about = share(rate) if rate < 0.01 or 0.99 < rate < 1 else f"about {share(rate)}"
    return f"{about}, at most {share(high)}" if 0 < low < 0.01 else f"{about}, between {share(low)} and {share(high)}"


def doubtful(rate: float, reported: int) -> str:
    """How many of the reported that share is: "about 3 articles"."""
    return f"about {count(round(rate * reported), 'article')}" if rate * reported >= 0.5 else "less than one article"


def number(value: int) -> str:
    """12,345."""
    return f"{value:,}"


def count(value: int, noun: str, plural: str | None = None) -> str:
    """1 story · 2 stories: the number with its noun."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def language_tag(language: str | None, script: str | None) -> str:
    """The lang attribute of a text, so that a screen reader and the font choose the right Serbian."""
    if language is None or language == "und":
        return ""
    suffix = {"cyrl": "-Cyrl", "latn": "-Latn"}.get(script or "", "") if language == "sr" else ""
    return language + suffix


def margin(value: float) -> str:
    """How far the state story explains more than the best other one; `value` is the log of their ratio of words."""
    times = math.exp(abs(value))
    if times < 1.25:
        return "What only one of the two accounts for is about as much on either side."
    more, less = ("the state story", "this one") if value > 0 else ("this one", "the state story")
    ratio = "over 50" if times > 50 else f"{times:.1f}"
    return f"For each word that only {less} accounts for, {ratio} are accounted for only by {more}."


def house(outlet: str) -> str:
    """The outlet that a channel belongs to; an outlet itself."""
    return outlet.removesuffix("-telegram")


def absence(status: int | None, detail: str | None) -> str:
    """What a site did when its article was gone: "answered 404" · "led to the front page of the site"."""
    if status in (404, 410):
        return f"answered {status} ({'not found' if status == 404 else 'gone'})"
    if detail and detail.startswith("front_page"):
        return "led to the front page of the site"
    if detail and detail.startswith("the channel"):
        return "was no longer among the posts that the channel shows"
    return f"was not there ({detail or 'no detail'})"


LINKS = {
    "link": "links to",
    "forward": "forwards",
    "reply": "replies to",
    "embed": "shows",
}
"""What an article or a post does with the address that it leads to."""

WAYS = {
    "feed": "feed",
    "sitemap": "sitemap",
    "alternate": "announced feed",
    "wordpress": "WordPress",
    "listing": "listing page",
    "archive": "archive page",
    "telegram": "channel preview",
    "retry": "second attempt",
    "revisit": "visit again",
    "import": "import",
}
"""How the address of an article was found, as in page.discovered_by."""
