"""What is wrong with an outlet, told from answers that were written by hand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipelines.article import Article, Moment
from pipelines.complaints import REMEDIES, WORDS, problems_of
from spiders import clock
from spiders.answer import Answer
from spiders.found import Entry, Source
from spiders.page import Hint
from spiders.probe_outlet import Probed, SourceAnswer
from spiders.refusal import REFUSALS, Refusal
from spiders.registry import Outlet

HOST = "https://kompas.example"
TODAY = clock.now().date()
KOMPAS = Outlet("kompas", "Kompas", "local", "RS", ("kompas.example",), feeds=(f"{HOST}/feed/",))
ROBOTS = Answer(f"{HOST}/robots.txt", f"{HOST}/robots.txt", 200, "text/plain", b"User-agent: *\nAllow: /\n")


def entries(count: int = 5, days_ago: int = 0, form: str = "/svet/{}-most") -> tuple[Entry, ...]:
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    return tuple(Entry(HOST + form.format(1000 + number), Hint(None, day)) for number in range(count))


def feed(found: tuple[Entry, ...] = entries(), **changes: Any) -> SourceAnswer:
    url = f"{HOST}/feed/"
    given = SourceAnswer(Source(url, "feed", "feed"), Answer(url, url, 200), "rss", found, len(found))
    return replace(given, **changes)


def failed(reason: str, detail: str, final: str = f"{HOST}/feed/") -> SourceAnswer:
    answer = Answer(f"{HOST}/feed/", final, reason=reason, detail=detail)
    return feed((), answer=answer, served="nothing", problem=f"{reason}: {detail}")


def front(feeds: tuple[str, ...] = (), found: tuple[Entry, ...] = ()) -> SourceAnswer:
    url = f"{HOST}/"
    return SourceAnswer(Source(url, "listing", "alternate"), Answer(url, url, 200), "html page", found, 9, feeds=feeds)


def article(script: str = "latn", language: str = "sr", **changes: Any) -> Article:
    now = clock.now()
    given = Article("kompas", f"{HOST}/a", "Most", "Tekst.", None, None, language, script, Moment(now, "minute", "meta"),
                    None, now, "feed")  # fmt: skip
    return replace(given, **changes)


def refusal(reason: str, detail: str = "") -> Refusal:
    return Refusal("kompas", f"{HOST}/svet/1-a", reason, detail)


GOOD = [article()] * 3
CASES: list[tuple[str, Outlet, dict[str, Any], list[Any], list[tuple[str, str, str]]]] = [
    # what it is, outlet, what differs in its answers, its articles, (weight, words of what, words of the remedy)
    ("nothing is wrong", KOMPAS, {}, GOOD, []),
    ("robots.txt is closed", KOMPAS, {"robots": replace(ROBOTS, status=403)}, GOOD, []),
    (
        "nobody answers", KOMPAS,
        {"robots": replace(ROBOTS, status=None, reason="fetch_failed", detail="connection refused"), "sources": ()}, [],
        [("broken", "robots.txt: no answer (connection refused)", "correct hosts")],
    ),
    (
        "it moved", KOMPAS,
        {"robots": replace(ROBOTS, status=None, reason="off_site", final="https://www.igla.example/x"), "sources": ()}, [],
        [("broken", "robots.txt: moved to https://www.igla.example/x", "put igla.example first in hosts")],
    ),
    (
        "robots.txt is a page", KOMPAS, {"robots": replace(ROBOTS, body=b"<!doctype html><p>404")}, GOOD,
        [("weak", "robots.txt is an HTML page", "name the outlet's sitemaps")],
    ),
    (
        "it wants long pauses", KOMPAS, {"robots": replace(ROBOTS, body=b"User-agent: *\nCrawl-delay: 60\n")}, GOOD,
        [("weak", "asks for 60 s between requests", "waits 30 s at most")],
    ),
    (
        "its feed is gone, its sitemap works", KOMPAS,
        {"sources": (failed("http_error", "status 404"), replace(feed(), source=Source(HOST, "sitemap", "sitemap")))}, GOOD,
        [("weak", "feed https://kompas.example/feed/: an error (status 404)", "correct it, or take it out")],
    ),
    (
        "its feed is gone, its front page names another", KOMPAS,
        {"sources": (failed("http_error", "status 404"), front((f"{HOST}/rss",), entries()))}, GOOD,
        [("weak", "an error (status 404)", "the front page announces https://kompas.example/rss: name that instead")],
    ),
    (
        "its feed is gone, and so is all else", KOMPAS, {"sources": (failed("http_error", "status 404"), front())}, [],
        [("broken", "an error (status 404)", "open it in a browser")],
    ),
    (
        "it turns odjek away", KOMPAS, {"sources": (failed("blocked", "status 403"), front())}, [],
        [("blocked", "the site turns odjek away (status 403)", "ask the outlet for access")],
    ),
    (
        "it wants fewer requests", KOMPAS, {"sources": (failed("blocked", "status 429"), front())}, [],
        [("blocked", "the site turns odjek away (status 429)", "crawl it less often")],
    ),
    (
        "its feed moved", KOMPAS, {"sources": (failed("off_site", "x", "https://igla.example/feed"), front(found=entries()))}, GOOD,
        [("weak", "moved to https://igla.example/feed", "put igla.example first")],
    ),
    (
        "its feed is empty", KOMPAS, {"sources": (feed(()), front(found=entries()))}, GOOD,
        [("weak", "it is empty", "correct it, or take it out")],
    ),
    (
        "its feed leads to others", KOMPAS, {"sources": (feed((), listed=9, foreign_hosts=("igla.example",)),)}, [],
        [("broken", "its links lead to igla.example", "add it to hosts")],
    ),
    (
        "nothing is named and nothing found", replace(KOMPAS, feeds=()), {"sources": (front(),)}, [],
        [("broken", "no article address was found", "name a feed, a sitemap or a listing")],
    ),
    (
        "it has fallen silent", KOMPAS, {"sources": (feed(entries(days_ago=9)),)}, GOOD,
        [("weak", f"nothing new since {TODAY - timedelta(days=9)}", "still publishes")],
    ),
    (
        "it publishes twice a month", replace(KOMPAS, expected_per_day=0.07), {"sources": (feed(entries(days_ago=9)),)},
        GOOD, [],
    ),
    (
        "one article of three has a paywall", KOMPAS, {}, [article(), refusal("paywall", "Most"), article()],
        [("weak", "1 of 3 articles refused: a paywall (Most)", "https://kompas.example/svet/1-a: only subscribers")],
    ),
    (
        "all have one", KOMPAS, {}, [refusal("paywall")] * 3,
        [("blocked", "3 of 3 articles refused: a paywall", "only subscribers")],
    ),
    (
        "its pages are empty without scripts", KOMPAS, {}, [refusal("script_shell"), refusal("script_shell"), refusal("no_text")],
        [("broken", "3 of 3 articles refused: no text before scripts run", 'fetcher = "browser"')],
    ),
    (
        "its pages have no dates", KOMPAS, {}, [article(published=None)] * 3,
        [("weak", "no time of publication on the pages", "stays unknown")],
    ),
    (
        "it is in the other script", KOMPAS, {}, [article("cyrl")] * 3,
        [("weak", "the pages are in cyrl, not latn", 'script = "cyrl"')],
    ),
    ("it is in both, as its file says", replace(KOMPAS, script="both"), {}, [article("cyrl"), article()], []),
    (
        "it is in another language", KOMPAS, {}, [article(language="sq")] * 3,
        [("weak", 'in the language "sq", not "sr"', 'language = "sq"')],
    ),
    ("its language cannot be told", KOMPAS, {}, [article(language="und")] * 3, []),
    (
        "its pattern is too narrow", replace(KOMPAS, article_pattern="/svet/100[0-3]-"), {}, GOOD,
        [("weak", "article_pattern leaves out 1 of 5 addresses", "if /svet/1004-most is an article")],
    ),
    (
        "its number is not there", replace(KOMPAS, id_pattern=r"/(\d+)/"), {}, GOOD,
        [("weak", "id_pattern finds no number in 5 addresses", "twins are not joined")],
    ),
    (
        "its number is not its own", replace(KOMPAS, id_pattern=r"/(10)\d+-"), {}, GOOD,
        [("weak", "id_pattern finds one number in several addresses: 1 in 5", "joined into one")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("outlet", "answers", "samples", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_wrong_and_what_to_do(
    outlet: Outlet, answers: dict[str, Any], samples: list[Any], expected: list[tuple[str, str, str]]
) -> None:
    probed = replace(Probed(outlet, ROBOTS, (feed(),)), **answers)
    found = problems_of(probed, samples)
    assert len(found) == len(expected), found
    for problem, (weight, what, remedy) in zip(found, expected, strict=True):
        assert problem.weight == weight
        assert what in problem.what
        assert remedy in problem.remedy


def test_the_worst_comes_first() -> None:
    closed = [refusal("blocked", "status 403")] * 3
    found = problems_of(Probed(replace(KOMPAS, id_pattern="(x)"), ROBOTS, (feed(entries(days_ago=9)),)), closed)
    assert [problem.weight for problem in found] == ["blocked", "weak", "weak"]


def test_only_real_reasons_have_words() -> None:
    assert set(WORDS) | set(REMEDIES) <= set(REFUSALS)
