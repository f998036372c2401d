"""What must have come of the month, computed from the newsrooms and the documented rules alone, not from odjek's code.

Each function yields one line for everything that is otherwise than it should be.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args

from tests.month.month import ATTEMPTS, Month
from tests.month.press import Paper, Story, Way
from tests.month.trouble import Trouble
from tests.month.web import Asked

CATCH_UP = timedelta(days=14)
REVISITS = tuple(timedelta(hours=hours) for hours in (6, 24, 72, 168, 720))
ASIDE, WEEK = ("back_dated", "late_in_sitemap"), 8
"""What stands beside the way that a crawl takes each night is found by the one that looks back a fortnight, once a week."""
EDGE = timedelta(minutes=20)
"""A crawl lasts, and one was killed and begun again: what falls due meanwhile is asked for by this one or the next."""
WALLS = ("captcha", "articles_captcha")


@dataclass(frozen=True)
class Chance:
    """A story that odjek could have had: the night from which a source listed it, and from which it could be fetched."""

    story: Story
    listed: int
    fetchable: int


def chances(month: Month, paper: Paper) -> Iterator[Chance]:
    """The stories that could be found and fetched on some night on which odjek ran."""
    for story in paper.stories:
        listed = next((night for night in month.ran if _is_listed(month, paper, story, night)), None)
        if listed is None or (story.flaw in ASIDE and listed > month.count - WEEK):
            continue
        late = month.times[listed] + CATCH_UP
        fit = (night for night in month.ran if night >= listed and month.times[night] <= late)
        fetchable = next((night for night in fit if _is_served(month, paper, story, night)), None)
        if fetchable is not None:
            yield Chance(story, listed, fetchable)


def _is_served(month: Month, paper: Paper, story: Story, night: int) -> bool:
    trouble = month.trouble(paper.slug, night)
    return story.is_up(month.times[night]) and not (trouble and trouble.stops("article"))


def _is_listed(month: Month, paper: Paper, story: Story, night: int) -> bool:
    """Whether a source lists it that night that can be asked; all but feeds are read for a fortnight back."""
    at, trouble = month.times[night], month.trouble(paper.slug, night)
    for way in get_args(Way):
        if way == "feed" and paper.drops_feed is not None and night >= paper.drops_feed:
            continue
        if way != "feed" and story.dated < at - CATCH_UP + timedelta(days=1):
            continue
        if not (trouble and trouble.stops(way)) and story in paper.listed_by(way, at):
            return True
    return False


def missing(month: Month) -> Iterator[str]:
    """Each story that could be had, and is neither stored nor refused for what it is."""
    stored = {(slug, number_of(url)) for slug, url in month.rows("SELECT outlet, url FROM article_version")}
    query = r"SELECT outlet, url, reason FROM refusal WHERE regexp_matches(url, '[-/]\d+$')"
    refused = {(slug, number_of(url)): reason for slug, url, reason in month.rows(query)}
    for paper in month.papers:
        for chance in chances(month, paper):
            key = (paper.slug, chance.story.number)
            is_bad = chance.story.flaw in ("too_short", "soft_404")
            if not (refused.get(key) == chance.story.flaw if is_bad else key in stored):
                yield f"{key}: listed in night {chance.listed}, refused as {refused.get(key)}: {chance.story}"


def number_of(url: str) -> int:
    """The site's number of an article."""
    found = re.search(r"(\d+)$", url)
    return int(found[1]) if found else 0


@dataclass(frozen=True)
class Address:
    """One address as the log of the web knows it, and what odjek knew of its article."""

    slug: str
    path: str
    asked: list[Asked]
    seen_at: datetime | None  # when its article was first stored; None: never
    published_at: datetime | None


def addresses(month: Month) -> Iterator[Address]:
    """All addresses of articles that were asked for."""
    query = "SELECT outlet, url, min(first_seen_at), min(published_at) FROM article_version GROUP BY ALL"
    known = {
        (outlet, url): [at and at.replace(tzinfo=UTC) for at in times] for outlet, url, *times in month.rows(query)
    }
    asked: dict[tuple[str, str], list[Asked]] = {}
    for one in month.web.log:
        if one.place == "article":
            asked.setdefault((one.slug, one.path.partition("?")[0]), []).append(one)
    for (slug, path), log in asked.items():
        yield Address(slug, path, log, *known.get((slug, f"http://{slug}.example{path}"), (None, None)))


def articles_out_of_turn(month: Month) -> Iterator[str]:
    """Each request that the documented schedule does not explain, and each that it asks for and that did not come."""
    for address in addresses(month):
        yield from _out_of_turn(month, address)


def _out_of_turn(month: Month, address: Address) -> Iterator[str]:
    seen = begins = None
    is_moved = False
    for night in month.ran:
        at = month.times[night].astimezone(UTC)
        answers = _answers(month, address, night)
        surely = seen and begins and any(seen + EDGE < begins + wait <= at - EDGE for wait in REVISITS)
        perhaps = seen is None or any(seen - EDGE < begins + wait <= at + EDGE for wait in REVISITS if begins)
        most = ATTEMPTS if any(map(_is_failure, answers)) or month.is_slow(night) else 1
        most += night == month.killed  # what a host was answering when the crawl was killed is sent again
        if len(answers) > (most if perhaps else 0):
            yield f"{address.slug}{address.path}: asked {len(answers)} times in night {night}, seen {seen}"
        if surely and address.seen_at and not is_moved and not answers and _is_reached(month, address.slug, night):
            yield f"{address.slug}{address.path}: not visited in night {night}, last seen {seen}"
        if answers and not _is_failure(answers[-1]):
            begins = begins or min(address.seen_at or at, address.published_at or at)
            is_moved = is_moved or answers[-1] == 301
            seen = at


def _answers(month: Month, address: Address, night: int) -> list[int]:
    """The answers of a night; a check for machines is none."""
    trouble = month.trouble(address.slug, night)
    is_walled = trouble is not None and trouble.kind in WALLS
    return [0 if is_walled else asked.status for asked in address.asked if asked.night == night]


def _is_reached(month: Month, slug: str, night: int) -> bool:
    trouble = month.trouble(slug, night)
    return not (trouble and trouble.stops("robots"))


def _is_failure(status: int) -> bool:
    return status == 0 or status >= 500 or status in (403, 429)


def sources_out_of_turn(month: Month) -> Iterator[str]:
    """Each source that was asked twice in one night, and each night on which too many were asked of an outlet."""
    asked = Counter(
        (one.slug, one.night, one.path)
        for one in month.web.log
        if one.place != "article" and not _is_failure(one.status)
    )
    totals: Counter[tuple[str, int]] = Counter()
    for (slug, night, path), times in asked.items():
        totals[slug, night] += 1
        if times > 1 + (night == month.killed) + month.is_slow(night):
            yield f"{slug}{path}: asked {times} times in night {night}"
    for (slug, night), count in totals.items():
        if count > 40:
            yield f"{slug}: {count} sources in night {night}"
    quiet = [count for (slug, night), count in totals.items() if is_quiet(month, slug, night)]
    if sum(quiet) > 6 * len(quiet):
        yield f"{sum(quiet) / len(quiet):.1f} sources of an outlet on a quiet night"


def unconditional(month: Month) -> Iterator[str]:
    """Each visit to an outlet that gives its pages a state, without that state in the request."""
    papers = {paper.slug: paper for paper in month.papers}
    for address in addresses(month):
        if not papers[address.slug].stamp or address.seen_at is None:
            continue
        walled = {one for one in month.ran if (trouble := month.trouble(address.slug, one)) and trouble.kind in WALLS}
        fetched = [asked for asked in address.asked if asked.status in (200, 304) and asked.night not in walled]
        for asked in fetched[1:]:
            if not asked.is_conditional and asked.night != month.killed:
                yield f"{address.slug}{address.path}: visited in night {asked.night} without its state"


def unrecorded(month: Month) -> Iterator[str]:
    """Each visit that saw another state of an article than the one before, and left another row than it should."""
    query = "SELECT outlet, url, visited_at, outcome FROM revisit"
    visits = {(slug, url, month.night_of(at)): outcome for slug, url, at, outcome in month.rows(query)}
    versions = month.rows("SELECT outlet, url, first_seen_at FROM article_version")
    stored = {(slug, url, month.night_of(at)) for slug, url, at in versions}
    papers = {paper.slug: paper for paper in month.papers}
    for address in addresses(month):
        story = next(one for one in papers[address.slug].stories if one.number == number_of(address.path))
        url = f"http://{address.slug}.example{address.path}"
        before: int | None = None
        for night in month.ran:
            answers = _answers(month, address, night)
            if address.seen_at is None or not answers or _is_failure(answers[-1]):
                continue
            at = month.times[night]
            state = story.state(at) if answers[-1] in (200, 304) else -1
            if before is not None and night != month.killed:
                expected = "changed" if state not in (before, -1) else "unchanged"
                if state == -1:
                    expected = "gone" if not story.is_up(at) else "moved"
                if visits.get((address.slug, url, night)) != expected:
                    yield f"{url}: {visits.get((address.slug, url, night))} in night {night}, not {expected}"
                if expected == "changed" and (address.slug, url, night) not in stored:
                    yield f"{url}: no version of night {night}"
            before = state
    yield from _unrecorded_posts(month, visits, stored)


def _unrecorded_posts(
    month: Month, visits: dict[tuple[str, str, int], str], stored: set[tuple[str, str, int]]
) -> Iterator[str]:
    """Each stored post that was edited or taken away, and not seen to be within a week."""
    for paper in (paper for paper in month.papers if paper.telegram):
        for story in paper.stories:
            url = paper.url + paper.path(story, month.times[0])
            first = min((night for slug, one, night in stored if (slug, one) == (paper.slug, url)), default=None)
            ends = [story.gone_at] if story.gone_at else []
            for at, what in [*((edit.at, "edited") for edit in story.edits), *((end, "gone") for end in ends)]:
                fit = [night for night in month.ran if first is not None and night > first and month.times[night] > at]
                fit = [night for night in fit if month.times[night] < at + timedelta(days=WEEK)]
                if len(fit) < WEEK or (what == "edited" and ends and ends[0] < at + timedelta(days=WEEK)):
                    continue
                seen = [night for night in fit if visits.get((paper.slug, url, night)) == "gone"]
                seen = [night for night in fit if (paper.slug, url, night) in stored] if what == "edited" else seen
                if len(seen) != 1:
                    yield f"{url}: {what} at {at}, seen in nights {seen}"


def health(month: Month) -> Iterator[tuple[str, int, str, str, str]]:
    """What the monitor said: outlet, night, check, level, detail."""
    query = "SELECT outlet, started_at, check_name, level, health.detail FROM health JOIN run USING (run_id) ORDER BY run_id"
    for slug, at, check, level, detail in month.rows(query):
        yield slug, month.night_of(at), check, level, detail


def is_quiet(month: Month, slug: str, night: int) -> bool:
    """Whether nothing has befallen an outlet: no trouble now or within the week before, no other make, odjek there."""
    paper = next(paper for paper in month.papers if paper.slug == slug)
    changed = [at for at in (paper.moves_feed, paper.drops_feed, paper.redesigned) if at is not None]
    is_disturbed = any(one.slug == slug and one.first <= night <= one.last + 7 for one in month.troubles)
    is_after_absence = any(night - 7 <= absent <= night for absent in month.absent)
    return not is_disturbed and not is_after_absence and all(night < at for at in changed)


REPORTED: dict[str, tuple[set[str], set[str]]] = {
    "down": ({"alarm"}, {"answer", "blocked"}),
    "dropped": ({"alarm"}, {"answer", "blocked"}),
    "slow": ({"alarm"}, {"answer", "blocked"}),
    "forbidden": ({"alarm"}, {"answer", "blocked"}),
    "captcha": ({"alarm"}, {"answer", "blocked"}),
    "busy_long": ({"alarm"}, {"answer", "blocked"}),
    "robots_500": ({"alarm"}, {"answer", "blocked"}),
    "articles_503": ({"alarm", "warning"}, {"answer", "blocked", "refused"}),
    "articles_captcha": ({"alarm", "warning"}, {"answer", "blocked", "refused"}),
    "feed_503": ({"alarm", "warning"}, {"source"}),
    "feed_html": ({"alarm", "warning"}, {"source"}),
    "feed_empty": ({"alarm", "warning"}, {"source"}),
    "feed_broken": ({"alarm", "warning"}, {"source"}),
    "sitemap_503": ({"alarm", "warning"}, {"source", "answer", "blocked"}),
    "feed_stale": ({"warning"}, {"source"}),
}
"""Kind of trouble → levels and checks, one of which must say so on each of its nights."""
STALE = "feed_stale"
"""A feed that stands still is reported on its first night, as one that gave nothing; then another way is the usual one."""


def unreported(month: Month) -> Iterator[str]:
    """Each night of a trouble that the monitor did not report on that night."""
    said: dict[tuple[str, int], set[tuple[str, str]]] = {}
    for slug, night, check, level, _ in health(month):
        said.setdefault((slug, night), set()).add((level, check))
    for trouble in month.troubles:
        for night in (night for night in month.ran if trouble.first <= night <= trouble.last):
            if trouble.kind not in REPORTED or not _is_met(month, trouble, night):
                continue
            if trouble.kind == STALE and night > trouble.first:
                continue
            levels, checks = REPORTED[trouble.kind]
            found = said.get((trouble.slug, night), set())
            if not any(level in levels and check in checks for level, check in found):
                wrong = sorted(one for one in found if one[0] in ("alarm", "warning"))
                yield f"{trouble.slug}: {trouble.kind} in night {night} was reported as {wrong}"
    yield from _silent_agencies(month, said)


def _is_met(month: Month, trouble: Trouble, night: int) -> bool:
    """Whether the crawl came upon the trouble: it does not ask for a sitemap where the feed is enough."""
    place = trouble.kind.partition("_")[0]
    places = {"sitemap": "sitemap", "articles": "article", "feed": "feed"}
    if place not in places:
        return True
    return any(
        one.slug == trouble.slug
        and one.night == night
        and one.place == places[place]
        and (one.status != 200 or place != "sitemap")
        for one in month.web.log
    )


def _silent_agencies(month: Month, said: dict[tuple[str, int], set[tuple[str, str]]]) -> Iterator[str]:
    for trouble in month.troubles:
        paper = next(paper for paper in month.papers if paper.slug == trouble.slug)
        for night in (night for night in month.ran if trouble.first <= night <= trouble.last):
            if paper.role == "agency" and ("alarm", "agency") not in said.get((paper.slug, night), set()):
                yield f"{paper.slug}: an agency was not had in night {night}, and no alarm was given"


def unfinished(month: Month) -> Iterator[str]:
    """Each outlet without trouble whose crawl did not end well, and each that has a gap at the end of the month."""
    query = "SELECT outlet, started_at, crawl.status, is_covered, crawl.detail FROM crawl JOIN run USING (run_id)"
    counts: Counter[int] = Counter()
    for slug, at, status, is_covered, detail in month.rows(query):
        night = month.night_of(at)
        counts[night] += 1
        if month.trouble(slug, night) is None and (status == "failed" or (night == month.ran[-1] and not is_covered)):
            yield f"{slug}: {status} in night {night}, without a gap: {is_covered}; {detail}"
    yield from (
        f"{counts[night]} outlets in night {night}" for night in month.ran if counts[night] != len(month.papers)
    )


def misdated(month: Month) -> Iterator[str]:
    """Each article whose stored time is not the one that its page stated, in whatever zone and form."""
    papers = {paper.slug: {story.number: story for story in paper.stories} for paper in month.papers}
    query = "SELECT outlet, url, published_at, published_precision FROM article_version"
    for slug, url, at, precision in month.rows(query):
        story = papers[slug][number_of(url)]
        stated = story.dated.astimezone(UTC).replace(second=0, microsecond=0)
        if story.flaw == "future" and at is None:
            continue  # far ahead it is a mistake
        if at is None or at.replace(tzinfo=UTC, second=0, microsecond=0) != stated or precision != "minute":
            yield f"{url}: {at} ({precision}), not {stated}"
