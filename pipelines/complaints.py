"""What is wrong with an outlet, in a few words, each with one line on what to do. Pure: answers in, problems out.

`pipelines.checkup` asks; the verdict is the weight of the worst problem. *blocked*: the site does not let odjek in.
*broken*: nothing could be stored as things stand. *weak*: it works, and something would work better.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from pipelines.article import Article
from spiders import clock
from spiders.answer import Answer
from spiders.feed import is_html
from spiders.outlet_fields import bare
from spiders.probe_outlet import Probed, SourceAnswer, addresses, answers
from spiders.refusal import Refusal
from spiders.registry import Outlet
from spiders.robots import MAX_CRAWL_DELAY

Weight = Literal["blocked", "broken", "weak"]
_ORDER = ("blocked", "broken", "weak")
_BLOCKS = frozenset(("blocked", "bot_check", "robots", "paywall", "consent_page"))
LONG_DELAY = 10.0
"""Seconds between two requests from which a crawl of a busy outlet takes all night."""
SILENT_DAYS = 3
"""Without a new article for so long, or for three times its usual pause, an outlet counts as silent."""

ASK = "odjek evades no barrier: ask the outlet for access, or set is_crawled = false"
REMEDIES = {
    "blocked": ASK,
    "bot_check": ASK,
    "robots": "robots.txt is obeyed: ask the outlet for access, or set is_crawled = false",
    "paywall": "only subscribers can read it: set is_crawled = false, or be content with what is free",
    "consent_page": "the site shows nobody a page without consent: set is_crawled = false, or ask for access",
    "script_shell": 'write fetcher = "browser" (docs/crawling.md), or set is_crawled = false',
    "fetch_failed": "open it in a browser: if it is gone, correct hosts in the file; if it is slow, check again later",
    "http_error": "open it in a browser; check again later, or correct the address in the file",
    "off_site": "if that is the outlet's new home, put that host first in hosts",
    "private_address": "the name leads to this machine or its network: correct hosts",
    "front_page": "the addresses found are stale: name another feed, sitemap or listing",
    "soft_404": "the addresses found are stale: name another feed, sitemap or listing",
    "list_page": "what was found are lists: write an article_pattern that only articles match",
    "bad_source": "name another feed, sitemap or listing",
}
WORDS = {
    "blocked": "the site turns odjek away",
    "bot_check": "a check for machines",
    "robots": "robots.txt forbids it",
    "paywall": "a paywall",
    "consent_page": "a consent page",
    "script_shell": "no text before scripts run",
    "fetch_failed": "no answer",
    "http_error": "an error",
    "off_site": "moved",
    "soft_404": "a page that says there is nothing",
    "list_page": "a list, not an article",
    "not_html": "not an HTML page",
    "no_text": "no text found",
    "too_short": "too few words",
    "no_title": "no headline",
}
"""Reasons of refusals in fewer words than `spiders.refusal` has, for a table."""
GENERAL = "open one of them in a browser; docs/outlets.md says which field helps"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what to do."""

    weight: Weight
    what: str
    remedy: str


def problems_of(probed: Probed, samples: Sequence[Article | Refusal]) -> list[Problem]:
    """Everything that is wrong with an outlet, the worst first."""
    if not answers(probed.robots):
        return [_of_silence_at_the_door(probed)]
    articles = [sample for sample in samples if isinstance(sample, Article)]
    found = [*_of_robots(probed), *_of_sources(probed), *_of_samples(samples)]
    if not any(given.entries for given in probed.sources) and not any(it.weight != "weak" for it in found):
        remedy = "name a feed, a sitemap or a listing in the file, or write an article_pattern"
        found.append(Problem("broken", "no article address was found", remedy))
    found += [*_of_silence(probed), *_of_texts(articles, probed.outlet), *_of_patterns(probed)]
    return sorted(found, key=lambda problem: _ORDER.index(problem.weight))


def _weight(reason: str) -> Weight:
    return "blocked" if reason in _BLOCKS else "broken"


def _remedy(reason: str, detail: str = "") -> str:
    if "429" in detail:
        return "it wants fewer requests: check again later, and crawl it less often"
    return REMEDIES.get(reason, GENERAL)


def _of_silence_at_the_door(probed: Probed) -> Problem:
    """Why not even robots.txt could be had: a crawl asks such a host nothing more."""
    robots = probed.robots
    if robots.reason == "off_site":
        return _moved("robots.txt", robots)
    return Problem(
        _weight(robots.reason),
        f"robots.txt: {said(robots.reason, robots.detail)}",
        _remedy(robots.reason, robots.detail),
    )


def _of_robots(probed: Probed) -> Iterator[Problem]:
    robots = probed.robots
    if robots.is_good and is_html(robots.body):
        yield Problem(
            "weak",
            "robots.txt is an HTML page",
            "it forbids nothing so; name the outlet's sitemaps in the file, as it names none",
        )
    delay = crawl_delay(robots.body)
    if delay > LONG_DELAY:
        most = "" if delay <= MAX_CRAWL_DELAY else f"; odjek waits {MAX_CRAWL_DELAY:.0f} s at most"
        what = f"robots.txt asks for {delay:g} s between requests"
        yield Problem("weak", what, f"crawl it on its own, it takes long{most}")


def crawl_delay(robots: bytes) -> float:
    """The longest pause that a robots.txt asks of everybody, in seconds."""
    found = re.findall(rb"(?im)^\s*crawl-delay\s*:\s*(\d+(?:\.\d+)?)", robots)
    return max(map(float, found), default=0.0)


def _of_sources(probed: Probed) -> Iterator[Problem]:
    """Places that the file names, or the front page where it names none, and that give nothing."""
    has_articles = any(found.entries for found in probed.sources)
    named = [found for found in probed.sources if found.source.way not in ("alternate", "wordpress")]
    for found in named or [found for found in [probed.front] if found]:
        if found.source.is_guess and (has_articles or not found.answer.reason):
            continue
        name = f"{found.source.kind} {found.source.url}"
        if found.answer.reason == "off_site":
            yield _moved(name, found.answer, "weak" if has_articles else "broken")
        elif found.problem:
            yield _of_failed(found, probed, name, has_articles=has_articles)
        elif not found.listed and named:
            yield Problem("weak" if has_articles else "broken", f"{name}: it is empty", "correct it, or take it out")
        elif found.foreign_hosts and not found.entries and named:
            hosts = ", ".join(found.foreign_hosts[:3])
            remedy = "if that host is the outlet's, add it to hosts; else name another"
            yield Problem("weak" if has_articles else "broken", f"{name}: its links lead to {hosts}", remedy)


def _of_failed(found: SourceAnswer, probed: Probed, name: str, *, has_articles: bool) -> Problem:
    """A feed, sitemap or listing that could not be read."""
    reason = found.answer.reason or "bad_source"
    words = said(reason, found.answer.detail) if found.answer.reason else found.problem
    announced = [url for front in [probed.front] if front for url in front.feeds if url not in probed.outlet.feeds]
    remedy = "correct it, or take it out" if has_articles else _remedy(reason, found.answer.detail)
    if announced and found.source.kind == "feed":
        remedy = f"the front page announces {announced[0]}: name that instead"
    return Problem("weak" if has_articles else _weight(reason), f"{name}: {words}", remedy)


def _moved(name: str, answer: Answer, weight: Weight = "broken") -> Problem:
    host = bare(urlsplit(answer.final).netloc)
    remedy = f"if that is the outlet's new home, put {host} first in hosts"
    return Problem(weight, f"{name}: moved to {answer.final}", remedy)


def _of_silence(probed: Probed) -> Iterator[Problem]:
    newest = max((day for found in probed.sources if (day := found.newest_on)), default=None)
    usual = probed.outlet.expected_per_day
    days = max(SILENT_DAYS, round(3 / usual) if usual else SILENT_DAYS)
    if newest is not None and newest < clock.now().date() - timedelta(days=days):
        remedy = "look whether the outlet still publishes, and whether it does so elsewhere"
        yield Problem("weak", f"nothing new since {newest}", remedy)


def _of_samples(samples: Sequence[Article | Refusal]) -> Iterator[Problem]:
    """Articles that a crawl would refuse: some of them, or all."""
    refused = [sample for sample in samples if isinstance(sample, Refusal)]
    if not refused:
        return
    reason = Counter(sample.reason for sample in refused).most_common(1)[0][0]
    first = next(sample for sample in refused if sample.reason == reason)
    what = f"{len(refused)} of {len(samples)} articles refused: {said(reason, first.detail)}"
    yield Problem(
        "weak" if len(refused) < len(samples) else _weight(reason),
        what,
        f"{first.url}: {_remedy(reason, first.detail)}",
    )


def _of_texts(articles: Sequence[Article], outlet: Outlet) -> Iterator[Problem]:
    """Where the pages contradict the file."""
    if articles and not any(article.published for article in articles):
        what = "no time of publication on the pages"
        yield Problem("weak", what, "its articles are stored without one, and their order stays unknown")
    scripts = {article.script for article in articles}
    if scripts and outlet.script != "both" and outlet.script not in scripts and "mixed" not in scripts:
        script = "both" if len(scripts) > 1 else next(iter(scripts))
        yield Problem("weak", f"the pages are in {script}, not {outlet.script}", f'write script = "{script}"')
    languages = Counter(article.language for article in articles if article.language != "und")
    language = languages.most_common(1)[0][0] if languages else outlet.language
    if language != outlet.language and languages[language] > 1:
        what = f'the pages are in the language "{language}", not "{outlet.language}"'
        yield Problem("weak", what, f'write language = "{language}"')


def _of_patterns(probed: Probed) -> Iterator[Problem]:
    """Patterns of the file that do not fit the addresses that were found."""
    outlet = probed.outlet
    found = addresses((given for given in probed.sources if given.source.kind == "feed"), outlet)
    found = found or addresses(probed.sources, outlet)
    targets = [urlsplit(url)._replace(scheme="", netloc="").geturl() for url in found]
    if outlet.article_pattern and targets:
        missed = [target for target in targets if not re.search(outlet.article_pattern, target)]
        if missed:
            what = f"article_pattern leaves out {len(missed)} of {len(targets)} addresses"
            yield Problem("weak", what, f"widen it, if {missed[0]} is an article")
    if outlet.id_pattern and targets:
        ids = [match[1] for target in targets if (match := re.search(outlet.id_pattern, target))]
        if not ids:
            what = f"id_pattern finds no number in {len(targets)} addresses"
            yield Problem("weak", what, f"correct it by {targets[0]}: twins are not joined")
        elif len(set(ids)) < len(ids):
            what = f"id_pattern finds one number in several addresses: {len(set(ids))} in {len(ids)}"
            yield Problem("weak", what, "correct it: different articles would be joined into one")


def said(reason: str, detail: str) -> str:
    """Why something was refused, in a few words."""
    words = WORDS.get(reason, reason.replace("_", " "))
    return f"{words} ({detail})" if detail and reason != "robots" else words
