"""How many articles one outlet gave in one night, beside what is usual there: one `Finding` per check. Pure.

What is usual is `pipelines.usual`; what the pages carry is judged in `pipelines.page_checks`. `pipelines.monitor` reads
the nights from the store and keeps the findings. What each check means to a reader is in docs/health.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipelines.finding import CHECKS, Finding, Level, level_of
from pipelines.usual import Usual

FAR_FEWER = 0.5
"""What is not under half of the usual is no drop, however sure one can be of it."""
FLOOD, FLOOD_LEAST, FLOOD_CHANCE = 3.0, 20, 1e-4
"""A flood is three times the usual and 20 articles: an archive that is listed anew, a section that is no news."""
DAY = timedelta(days=1)
FEWEST_WALLS, WALLS_SHARE = 3, 0.8
"""Articles behind walls, and their share of those asked for, from which it is an alarm."""
SILENCE = timedelta(days=28)
"""A longer silence is a warning whatever was usual, as the past that it is compared with fades."""
NEVER = timedelta(days=3)
"""After which an outlet that never gave anything is not only young."""
HISTORY_OF_EXPECTED = 7
"""Whole days that an outlet needs before its file is doubted."""


@dataclass(frozen=True, slots=True)
class Night:
    """One outlet in one crawl: a row of night.sql."""

    outlet: str
    role: str
    expected_per_day: float | None
    local_at: datetime  # start of the crawl where the outlet is
    started_at: datetime
    is_backfill: bool  # asked for old days only
    is_stopped: bool
    first_on: date | None  # first crawl that the outlet answered
    status: str
    detail: str
    day_count: int  # articles of the last 24 hours
    week_count: int
    new_count: int  # articles that this crawl saw first
    newest_at: datetime | None
    asked_count: int  # articles that this crawl asked for and judged
    wall_count: int  # of these, walls
    wall: str | None  # the commonest of them
    is_walled_off: bool  # robots.txt or a source is behind one

    @property
    def is_whole(self) -> bool:
        """Whether the crawl asked for everything up to now and was let finish: else its numbers say nothing."""
        return not self.is_backfill and not self.is_stopped

    def span(self, length: timedelta) -> Iterator[tuple[date, float]]:
        """The calendar days of the time before the crawl, each with how much of it falls into that time."""
        since = self.local_at - length
        day = since.date()
        while day <= self.local_at.date():
            begins = datetime.combine(day, datetime.min.time())
            overlap = min(self.local_at, begins + timedelta(days=1)) - max(since, begins)
            yield day, overlap / timedelta(days=1)
            day += timedelta(days=1)


def judge(night: Night, usual: Usual | None) -> Iterator[Finding]:
    """What a night's numbers say; what one check explains already is not said again by the next."""
    answer, wall = answered(night), walled(night)
    yield from (answer, wall)
    if answer.level != "ok" or not night.is_whole:
        return
    silence = silent(night, usual)
    yield silence
    if not silence.is_wrong:
        yield dropped(night, usual)
        yield flooded(night, usual)
        if night.expected_per_day and usual:
            yield as_expected(night, usual, night.expected_per_day)


def answered(night: Night) -> Finding:
    """Whether there was any answer that could be used."""
    if night.status != "failed":
        return Finding(night.outlet, "answer", "ok")
    if night.is_stopped:
        return Finding(night.outlet, "answer", "unknown", f"the crawl was stopped: {night.detail}")
    return Finding(night.outlet, "answer", "alarm", f"no usable answer: {night.detail}")


def walled(night: Night) -> Finding:
    """Whether walls stand where articles should: pages that come with an answer of 200, and hold nothing."""
    if night.is_walled_off and night.status == "failed":
        return Finding(night.outlet, "blocked", "alarm", f"odjek is turned away: {night.detail}", 1.0, 0.0)
    if not night.wall_count:
        return Finding(night.outlet, "blocked", "ok", measured=0.0)
    share = night.wall_count / max(night.asked_count, night.wall_count)
    reason = (night.wall or "").replace("_", " ")
    level: Level = "alarm" if night.wall_count >= FEWEST_WALLS and share >= WALLS_SHARE else "warning"
    if share < FAR_FEWER:
        return Finding(night.outlet, "blocked", "ok", "", share, 0.0)
    detail = f"{reason} in place of {night.wall_count} of {night.asked_count} articles"
    return Finding(night.outlet, "blocked", level, detail, share, 0.0)


def silent(night: Night, usual: Usual | None) -> Finding:
    """Whether nothing new has come for longer than the outlet's history makes probable."""
    if night.new_count:
        return Finding(night.outlet, "silent", "ok", measured=0.0)
    if night.newest_at is None and night.first_on and night.first_on <= night.local_at.date() - NEVER:
        return Finding(night.outlet, "silent", "warning", f"nothing was ever stored, since {night.first_on}")
    if usual is None:
        return _young(night, "silent")
    silence = night.started_at - (night.newest_at or night.started_at - timedelta(days=1))
    mean = usual.expected(night.span(min(silence, SILENCE)))
    chance = usual.at_most(0, mean)
    level = level_of(chance)
    if level == "ok" and silence >= SILENCE:  # by now nothing at all has become usual
        level = "warning"
    detail = f"nothing new for {_words(silence)}, {_number(mean)} articles are usual in that time"
    return Finding(night.outlet, "silent", level, detail if level != "ok" else "", silence / DAY, None, chance)


def dropped(night: Night, usual: Usual | None) -> Finding:
    """Whether the last day or the last week gave far fewer articles than usual; two looks double the chance."""
    if usual is None:
        return _young(night, "dropped")
    looks = [(night.day_count, "24 hours", usual.expected(night.span(timedelta(days=1))))]
    if usual.is_weekday_known:
        looks.append((night.week_count, "7 days", usual.expected(night.span(timedelta(days=7)))))
    chances = [usual.at_most(count, mean) for count, _, mean in looks]
    worst = min(range(len(looks)), key=chances.__getitem__)
    count, span, mean = looks[worst]
    chance = min(1.0, chances[worst] * len(looks))
    level = level_of(chance) if count < FAR_FEWER * mean else "ok"
    detail = f"{count} articles in the last {span}, {_number(mean)} are usual" if level != "ok" else ""
    return Finding(night.outlet, "dropped", level, detail, float(count), mean, chance)


def flooded(night: Night, usual: Usual | None) -> Finding:
    """Whether the last day gave far more articles than usual."""
    if usual is None:
        return _young(night, "flood")
    mean = usual.expected(night.span(timedelta(days=1)))
    chance = usual.at_least(night.day_count, mean)
    is_flood = night.day_count >= max(FLOOD_LEAST, FLOOD * mean) and chance < FLOOD_CHANCE
    detail = f"{night.day_count} articles in the last 24 hours, {_number(mean)} are usual" if is_flood else ""
    level: Level = "warning" if is_flood else "ok"
    return Finding(night.outlet, "flood", level, detail, float(night.day_count), mean, chance)


def as_expected(night: Night, usual: Usual, expected: float) -> Finding:
    """Whether what the outlet usually gives is what its file says; else a source lists a part, or the file is wrong."""
    if usual.day_count < HISTORY_OF_EXPECTED:
        return Finding(night.outlet, "expected", "unknown", "too young to judge", usual.per_day, expected)
    is_off = not FAR_FEWER <= usual.per_day / expected <= FLOOD
    detail = f"{_number(usual.per_day)} articles a day, its file expects {_number(expected)}" if is_off else ""
    return Finding(night.outlet, "expected", "warning" if is_off else "ok", detail, usual.per_day, expected)


def agency(night: Night, found: Sequence[Finding]) -> Finding:
    """An agency of which something is missing is an alarm, where another outlet would be a warning."""
    looks = ("answer", "blocked", "silent", "dropped", "source", "refused", "length")
    of_counts = [finding for finding in found if finding.check_name in looks]
    wrong = next((finding for finding in of_counts if finding.is_wrong), None)
    if wrong:
        detail = f"{wrong.detail}; who copied, and who had it from this agency, cannot be told apart for these days"
        return Finding(night.outlet, "agency", "alarm", detail)
    unknown = next((finding for finding in of_counts if finding.level == "unknown"), None)
    return Finding(night.outlet, "agency", "unknown" if unknown else "ok", unknown.detail if unknown else "")


def holes(night: Night, open_days: Sequence[date]) -> Finding:
    """Days of the last week that were not fully covered, by the table `outlet_day`."""
    listed = ", ".join(f"{day:%Y-%m-%d}" for day in open_days)
    level: Level = "warning" if open_days else "ok"
    detail = f"not fully covered: {listed}" if open_days else ""
    return Finding(night.outlet, "days", level, detail, float(len(open_days)), 0.0)


def beside_before(found: Sequence[Finding], before: Sequence[Finding]) -> Iterator[Finding]:
    """The findings with the number of crawls in a row that they stand; and whether an alarm is over."""
    known = {finding.check_name: finding for finding in before}
    for finding in found:
        last = known.get(finding.check_name)
        again = last.night_count + 1 if last and last.level == finding.level else 1
        yield replace(finding, night_count=again)
    over = [known[check] for check in CHECKS if check != "agency" and check in known and known[check].level == "alarm"]
    if over and not any(finding.level == "alarm" for finding in found):
        worst = over[0]
        nights = "1 crawl" if worst.night_count == 1 else f"{worst.night_count} crawls"
        yield Finding(found[0].outlet, "recovered", "ok", f"after {nights}: {worst.detail}", float(worst.night_count))


def _young(night: Night, check: str) -> Finding:
    return Finding(night.outlet, check, "unknown", "too young to judge: fewer than 3 whole days are known")


def _words(length: timedelta) -> str:
    hours = length / timedelta(hours=1)
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _number(count: float) -> str:
    return f"{count:.0f}" if count >= 10 else f"{count:.1f}"
