"""What one night of one outlet says beside its own history: one `Finding` per check. Pure.

`pipelines.monitor` reads the nights from the store and keeps the findings in the table `health`. How many articles are
usual is `pipelines.usual`; what each check means to a reader is in docs/health.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pipelines.usual import Usual

Level = Literal["ok", "warning", "alarm", "unknown"]

CHECKS = {
    "answer": "whether the outlet answered at all",
    "blocked": "whether walls (blocks, checks for machines, consent pages, paywalls) stand where articles should",
    "silent": "for how long nothing new has come",
    "dropped": "whether far fewer articles came than usual, in a day or in a week",
    "agency": "whether the items of a news agency were had, without which a shared origin looks like a copy",
}
"""Every check with its plain meaning."""

ALARM, WARNING = 0.001, 0.01
"""How improbable a healthy night must be. Forty outlets for a month make 1,200 nights: one false alarm, a dozen
warnings."""
FAR_FEWER = 0.5
"""What is not under half of the usual is no drop, however sure one can be of it."""
FEWEST_WALLS = 3
"""Articles behind walls from which all of them is an alarm; of fewer a warning."""


@dataclass(frozen=True, slots=True)
class Night:
    """One outlet in one crawl: a row of night.sql."""

    outlet: str
    name: str
    role: str
    expected_per_day: float | None
    local_at: datetime  # start of the crawl where the outlet is
    started_at: datetime
    is_backfill: bool  # asked for old days only
    is_stopped: bool
    first_on: date | None  # first crawl that the outlet answered
    status: str
    detail: str
    discovered_count: int
    stored_count: int
    day_count: int  # articles of the last 24 hours
    week_count: int
    new_count: int  # articles that this crawl saw first
    newest_at: datetime | None
    refused_count: int  # of articles
    wall_count: int
    wall: str | None  # the commonest of these reasons


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found of one outlet in one night."""

    outlet: str
    check_name: str
    level: Level
    detail: str = ""
    measured: float | None = None
    expected: float | None = None
    probability: float | None = None


def judge(night: Night, usual: Usual | None) -> Iterator[Finding]:
    """Every check of one night; what another one explains already is not said twice."""
    answer = answered(night)
    yield answer
    counts = [answer]
    if answer.level == "ok":
        counts.append(walled(night))
        if not night.is_backfill:
            silence = silent(night, usual)
            counts += [silence, dropped(night, usual)] if silence.level in ("ok", "unknown") else [silence]
        yield from counts[1:]
    if night.role == "agency" and not night.is_backfill:
        yield agency(night, counts)


def answered(night: Night) -> Finding:
    """Whether there was any answer that could be used."""
    if night.status != "failed":
        return Finding(night.outlet, "answer", "ok")
    if night.is_stopped:
        return Finding(night.outlet, "answer", "unknown", f"the crawl was stopped: {night.detail}")
    return Finding(night.outlet, "answer", "alarm", f"no usable answer: {night.detail}")


def walled(night: Night) -> Finding:
    """Whether walls stand where articles should; the store took none of those pages, and the outlet still `answers`."""
    asked = night.stored_count + night.refused_count
    if not night.wall_count:
        return Finding(night.outlet, "blocked", "ok", measured=0.0)
    share = night.wall_count / asked if asked else 1.0
    reason = (night.wall or "").replace("_", " ")
    detail = f"{night.wall_count} of {asked} articles refused, mostly as {reason}"
    level: Level = "ok" if share < 0.5 else "warning" if night.wall_count < FEWEST_WALLS or share < 0.8 else "alarm"
    return Finding(night.outlet, "blocked", level, detail if level != "ok" else "", share, 0.0)


def silent(night: Night, usual: Usual | None) -> Finding:
    """Whether nothing new has come for longer than the outlet's history makes probable."""
    if night.new_count:
        return Finding(night.outlet, "silent", "ok", measured=0.0)
    if usual is None:
        return _young(night, "silent")
    last = night.newest_at
    since = max(last, night.started_at - timedelta(days=28)) if last else night.started_at - timedelta(days=1)
    hours = (night.started_at - since) / timedelta(hours=1)
    mean = usual.expected(_parts(night.local_at, timedelta(hours=hours)))
    chance = usual.at_most(0, mean)
    ago = f"nothing new for {_span(hours)}" if last else "nothing has ever come"
    detail = f"{ago}, {mean:.0f} articles are usual in that time"
    level = _level(chance)
    return Finding(night.outlet, "silent", level, detail if level != "ok" else "", hours / 24, None, chance)


def dropped(night: Night, usual: Usual | None) -> Finding:
    """Whether the last day or the last week gave far fewer articles than usual; two looks double the chance."""
    if usual is None:
        return _young(night, "dropped")
    looks = [(night.day_count, "24 hours", usual.expected(_parts(night.local_at, timedelta(days=1))))]
    if usual.is_weekday_known:
        looks.append((night.week_count, "7 days", usual.expected(_parts(night.local_at, timedelta(days=7)))))
    chances = [usual.at_most(count, mean) for count, _, mean in looks]
    worst = min(range(len(looks)), key=chances.__getitem__)
    count, span, mean = looks[worst]
    chance = min(1.0, chances[worst] * len(looks))
    level = _level(chance) if count < FAR_FEWER * mean else "ok"
    detail = f"{count} articles in the last {span}, {mean:.0f} are usual" if level != "ok" else ""
    return Finding(night.outlet, "dropped", level, detail, float(count), mean, chance)


def agency(night: Night, found: list[Finding]) -> Finding:
    """An agency of which something is missing is an alarm, where another outlet would be a warning."""
    wrong = [finding for finding in found if finding.level in ("warning", "alarm")]
    if wrong:
        detail = f"{wrong[0].detail}: what it sent cannot be told from what was copied"
        return Finding(night.outlet, "agency", "alarm", detail)
    unknown = next((finding for finding in found if finding.level == "unknown"), None)
    return Finding(night.outlet, "agency", "unknown" if unknown else "ok", unknown.detail if unknown else "")


def _young(night: Night, check: str) -> Finding:
    return Finding(night.outlet, check, "unknown", "too young to judge: fewer than 3 whole days are known")


def _level(chance: float) -> Level:
    return "alarm" if chance < ALARM else "warning" if chance < WARNING else "ok"


def _parts(until: datetime, length: timedelta) -> Iterator[tuple[date, float]]:
    """The calendar days of a span that ends at `until`, each with how much of it the span holds."""
    since = until - length
    day = since.date()
    while day <= until.date():
        begins = datetime.combine(day, datetime.min.time())
        overlap = min(until, begins + timedelta(days=1)) - max(since, begins)
        yield day, overlap / timedelta(days=1)
        day += timedelta(days=1)


def _span(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
