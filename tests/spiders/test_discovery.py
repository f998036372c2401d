"""The order in which an outlet's addresses are looked for, and when the search ends: no network, answers by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from spiders.discovery import MAX_SOURCES, Discovery
from spiders.found import Entry, Found, Source
from spiders.page import Hint, Window
from spiders.reach import Reach
from spiders.registry import Outlet, host_index, outlet_of

HOME = "https://skela.example"
WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))
FULL = Outlet(
    outlet="skela",
    name="Skela",
    role="local",
    country="RS",
    hosts=("skela.example", "lat.skela.example"),
    feeds=(f"{HOME}/rss",),
    sitemaps=(f"{HOME}/mapa.xml",),
    listings=(f"{HOME}/vesti/",),
)
BARE = replace(FULL, feeds=(), sitemaps=(), listings=())


def entry(name: str, day: str | None = "2026-03-04", host: str = "skela.example") -> Entry:
    return Entry(f"https://{host}/vesti/{name}-otvoren-novi-most-1001", Hint(None, day))


def search(outlet: Outlet, window: Window = WINDOW, reach: Reach | None = None) -> Discovery:
    index = host_index([outlet])
    return Discovery(outlet, window, lambda url: outlet_of(url, index) == outlet.outlet, reach)


def walk(
    discovery: Discovery, answer: Callable[[Source], Found], robots: bytes = b""
) -> tuple[list[str], list[str], list[str]]:
    """Answer every source: the sources asked, the articles found, the refusals, in order."""
    step = discovery.begin(robots)
    waiting, asked, articles, refusals = list(step.sources), [], [], []
    while True:
        articles += [entry.url.rsplit("/", 1)[1].split("-")[0] for entry, _ in step.entries]
        refusals += [refusal.reason for refusal in step.refusals]
        if step.is_over:
            assert not waiting
            return asked, articles, refusals
        source = waiting.pop(0)
        asked.append(f"{source.kind} {source.url.removeprefix(HOME)}")
        step = discovery.settle(source, answer(source))
        waiting += step.sources


REACHES = Found(entries=(entry("a"), entry("stara", "2026-02-20")))
SHORT = Found(entries=(entry("a", "2026-03-06"),))
UNDATED = Found(entries=(entry("a", None),))
STALE = Found(entries=(entry("stara", "2025-02-20"),))
NOTHING = Found()
BROKEN = Found(problem="timed out")
COMPLETE = Found(entries=(entry("b"),), is_complete=True)
ALL_WAYS = ["feed /rss", "sitemap /mapa.xml", "listing /", "listing /vesti/"]


@pytest.mark.parametrize(
    ("feed", "sitemap", "asked", "articles"),
    [
        (REACHES, NOTHING, ALL_WAYS[:1], ["a"]),
        (SHORT, COMPLETE, ALL_WAYS[:2], ["a", "b"]),
        (UNDATED, COMPLETE, ALL_WAYS[:2], ["a", "b"]),
        (STALE, COMPLETE, ALL_WAYS[:2], ["b"]),
        (NOTHING, COMPLETE, ALL_WAYS[:2], ["b"]),
        (BROKEN, COMPLETE, ALL_WAYS[:2], ["b"]),
        (SHORT, NOTHING, ALL_WAYS, ["a", "z"]),
        (BROKEN, BROKEN, ALL_WAYS, ["z"]),
        (SHORT, SHORT, ALL_WAYS, ["a", "z"]),  # a news sitemap of the last day
    ],
)
def test_the_next_way_is_taken_until_one_gives_articles_and_reaches_back(
    feed: Found, sitemap: Found, asked: list[str], articles: list[str]
) -> None:
    answers = {"feed": feed, "sitemap": sitemap, "alternate": NOTHING, "listing": Found(entries=(entry("z"),))}
    assert walk(search(FULL), lambda source: answers[source.way]) == (asked, articles, [])


@pytest.mark.parametrize(("found", "count"), [(SHORT, 1), (UNDATED, 1), (NOTHING, 4)])
def test_without_a_first_day_the_first_way_that_gives_is_enough(found: Found, count: int) -> None:
    asked, _, _ = walk(search(FULL, Window()), lambda source: found if source.way == "feed" else NOTHING)
    assert asked == ALL_WAYS[:count]


NIGHTLY = Reach(WINDOW.since, Window(date(2026, 2, 20), None), date(2026, 3, 6), is_asked=False)
YESTERDAY = datetime(2026, 3, 5, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("feed", "other_feed", "sitemap", "dead", "asked", "is_whole"),
    [
        (REACHES, REACHES, BROKEN, "", ["feed /rss", "feed /sport"], True),
        (REACHES, BROKEN, COMPLETE, "", ["feed /rss", "feed /sport", "sitemap /mapa.xml"], True),
        (REACHES, BROKEN, NOTHING, "", ["feed /rss", "feed /sport", *ALL_WAYS[1:]], False),
        (REACHES, BROKEN, NOTHING, "/sport", ["feed /rss", "feed /sport", *ALL_WAYS[1:]], True),
        (NOTHING, NOTHING, NOTHING, "", ["feed /rss", "feed /sport", *ALL_WAYS[1:]], True),
    ],
)
def test_a_source_that_does_not_answer_is_a_gap_unless_another_way_closes_it(
    feed: Found, other_feed: Found, sitemap: Found, dead: str, asked: list[str], is_whole: bool
) -> None:
    outlet = replace(FULL, feeds=(f"{HOME}/rss", f"{HOME}/sport"))
    answers = {"/rss": feed, "/sport": other_feed, "/mapa.xml": sitemap}
    discovery = search(outlet, Window(), replace(NIGHTLY, dead=frozenset({HOME + dead})))
    seen, _, _ = walk(discovery, lambda source: answers.get(source.url.removeprefix(HOME), NOTHING))
    assert (seen, discovery.is_whole) == (asked, is_whole)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2026-03-05T01:00:00Z", 4),  # a feed that is no longer written, or a quiet day: the other ways are asked
        ("2026-03-05T03:00:00Z", 1),
        ("2026-03-05", 1),
        (None, 4),  # it may be new, but reaches back to no day
    ],
)
def test_a_feed_with_nothing_new_is_not_enough(day: str | None, count: int) -> None:
    feed = Found(entries=(entry("a", day), *([entry("stara", "2026-02-25")] if day else [])))
    discovery = search(FULL, Window(), replace(NIGHTLY, covered_at=YESTERDAY))
    asked, _, _ = walk(discovery, lambda source: feed if source.way == "feed" else NOTHING)
    assert asked == ALL_WAYS[:count]


@pytest.mark.parametrize(("oldest", "is_enough"), [("2026-03-01", True), ("2026-03-03", False)])
def test_a_paged_list_is_enough_when_its_last_page_reaches_back(oldest: str, is_enough: bool) -> None:
    outlet = replace(BARE, listings=(f"{HOME}/vesti/",), archives=(f"{HOME}/{{year}}/{{month}}/{{day}}/",))
    pages = {
        "/vesti/": Found(entries=(entry("a", "2026-03-06"),), pages=(f"{HOME}/vesti/2",), is_trusted=False),
        "/vesti/2": Found(entries=(entry("b", oldest),), pages=(f"{HOME}/vesti/3",), is_trusted=False),
        "/vesti/3": Found(entries=(entry("b", oldest),), pages=(f"{HOME}/vesti/4",), is_trusted=False),
    }
    asked, _, _ = walk(
        search(outlet, Window(), NIGHTLY), lambda source: pages.get(source.url.removeprefix(HOME), NOTHING)
    )
    assert any(source.startswith("listing /2026/") for source in asked) != is_enough


def test_what_a_feed_listed_does_not_end_the_paging_of_a_list() -> None:
    newest, pages = entry("a", "2026-03-06"), (f"{HOME}/vesti/2",)
    answers = {
        "/rss": Found(entries=(newest,)),
        "/vesti/": Found(entries=(newest,), pages=pages, is_trusted=False),
        "/vesti/2": Found(entries=(entry("b", "2026-03-01"),), is_trusted=False),
    }
    discovery = search(FULL, Window(), NIGHTLY)
    _, articles, _ = walk(discovery, lambda source: answers.get(source.url.removeprefix(HOME), NOTHING))
    assert articles == ["a", "b"]


def test_every_feed_has_to_reach_back() -> None:
    outlet = replace(FULL, feeds=(f"{HOME}/rss", f"{HOME}/sport"))
    asked, _, _ = walk(search(outlet), lambda source: SHORT if source.url.endswith("/rss") else REACHES)
    assert asked == ["feed /rss", "feed /sport", "sitemap /mapa.xml"]


def test_an_outlet_of_which_only_the_host_is_known() -> None:
    answers = {
        "/robots-mapa.xml": Found(sitemaps=(f"{HOME}/deo.xml", "https://tudji.example/deo.xml")),
        "/deo.xml": NOTHING,
        "/": Found(entries=(entry("n", None),), feeds=(f"{HOME}/feed", "https://tudji.example/feed"), is_trusted=False),
        "/feed": SHORT,
    }
    robots = f"Sitemap: {HOME}/robots-mapa.xml\nSitemap: https://tudji.example/mapa.xml".encode()
    asked, articles, refusals = walk(search(BARE), lambda source: answers[source.url.removeprefix(HOME)], robots)
    assert asked == ["sitemap /robots-mapa.xml", "sitemap /deo.xml", "listing /", "feed /feed"]
    assert articles == ["a", "n"]
    assert refusals == []


def test_a_sitemap_that_nobody_named_is_tried_as_a_guess() -> None:
    (source,) = search(BARE).begin(b"").sources
    assert (source.url, source.is_guess) == (f"{HOME}/sitemap.xml", True)
    (source,) = search(BARE).begin(f"Sitemap: {HOME}/m.xml".encode()).sources
    assert (source.url, source.is_guess) == (f"{HOME}/m.xml", False)


def test_addresses_are_found_once_and_those_of_others_refused() -> None:
    base = "https://skela.example/a"
    urls = [base, f"{base}?utm_source=x", f"{base}/amp/", "http://www.skela.example/a/",
            "https://tudji.example/a", "http://192.168.0.1/a", "http://localhost:8080/a",
            "ftp://skela.example/a", "javascript:void(0)"]  # fmt: skip
    found = Found(entries=tuple(Entry(url, Hint(None, "2026-03-04")) for url in urls), is_complete=True)
    discovery = search(FULL)
    _, articles, refusals = walk(discovery, lambda _: found)
    assert articles == ["a"]
    assert refusals == ["off_site", "private_address", "private_address"]
    assert discovery.found_count == 1


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("feed", ["kir", "lat"]),  # a feed of the file is taken at its word
        ("sitemap", ["kir"]),
        ("listing", ["kir"]),
    ],
)
def test_the_twin_of_the_other_script_is_taken_only_from_feeds(way: str, expected: list[str]) -> None:
    both = Found(entries=(entry("kir"), entry("lat", host="lat.skela.example")), is_complete=True, is_trusted=False)
    _, articles, _ = walk(search(FULL), lambda source: both if source.way == way else NOTHING)
    assert articles == expected


def test_a_listing_of_the_twin_gives_the_twins_articles() -> None:
    outlet = replace(BARE, listings=("https://lat.skela.example/vesti/",))
    found = Found(entries=(entry("lat", host="lat.skela.example"), entry("kir")))
    _, articles, _ = walk(search(outlet), lambda source: found if source.way == "listing" else NOTHING)
    assert articles == ["lat"]


def test_paging_ends_where_the_pages_bring_nothing_of_the_window() -> None:
    days = ["2026-03-05", "2026-03-03", "2026-02-20", "2026-02-10"]

    def answer(source: Source) -> Found:
        if source.way != "listing":
            return NOTHING
        page = source.depth
        return Found(entries=(entry(f"v{page}", days[page]),), pages=(f"{HOME}/vesti/?page={page + 2}",))

    asked, articles, _ = walk(search(FULL), answer)
    assert asked[3:] == ["listing /vesti/", "listing /vesti/?page=2", "listing /vesti/?page=3"]
    assert articles == ["v0", "v1"]


@pytest.mark.parametrize(("day", "pages"), [(None, 4), ("2026-03-04", 21)])
def test_endless_paging_comes_to_an_end(day: str | None, pages: int) -> None:
    def answer(source: Source) -> Found:
        if source.way != "listing":
            return NOTHING
        return Found(entries=(entry(f"v{source.depth}", day),), pages=(f"{HOME}/vesti/?page={source.depth + 2}",))

    asked, _, _ = walk(search(FULL), answer)
    assert len(asked[3:]) == pages


def test_a_backfill_pages_past_what_was_published_later() -> None:
    days = [*["2026-03-20"] * 30, "2026-03-05", "2026-02-20", "2026-02-19"]
    today = Reach(WINDOW.since, WINDOW, date(2026, 3, 20), is_asked=True)

    def answer(source: Source) -> Found:
        if source.way != "listing":
            return NOTHING
        page = source.depth
        return Found(entries=(entry(f"v{page}", days[page]),), pages=(f"{HOME}/vesti/?page={page + 2}",))

    asked, articles, _ = walk(search(FULL, reach=today), answer)
    assert len(asked[3:]) == 32
    assert articles == ["v30"]


def test_archive_pages_are_asked_by_day_where_nothing_else_reaches_back() -> None:
    outlet = replace(FULL, archives=(f"{HOME}/arhiva/{{year}}-{{month}}-{{day}}/", f"{HOME}/{{year}}/{{month}}/"))
    asked, articles, _ = walk(search(outlet), lambda source: SHORT if source.way != "archive" else COMPLETE)
    days = [f"listing /arhiva/2026-03-0{day}/" for day in (6, 5, 4, 3, 2)]
    assert asked == [*ALL_WAYS, days[0], "listing /2026/03/", *days[1:]]
    assert articles == ["a", "b"]
    asked, _, _ = walk(search(outlet), lambda source: SHORT if source.way != "sitemap" else COMPLETE)
    assert asked == ALL_WAYS[:2]


def test_the_posts_of_wordpress_are_listed_where_the_front_page_announces_them() -> None:
    interfaces = (f"{HOME}/wp-json/", "https://tudji.example/wp-json/")

    def answer(source: Source) -> Found:
        if source.way == "wordpress":
            pages = (f"{HOME}/wp-json/?page=2",) if source.depth == 0 else ()
            return Found(entries=(entry(f"w{source.depth}"),), pages=pages, is_complete=True)
        return Found(interfaces=interfaces) if source.url == f"{HOME}/" else SHORT

    asked, articles, _ = walk(search(FULL), answer)
    assert [name.split("?")[0] for name in asked[2:]] == ["listing /", "feed /wp-json/wp/v2/posts", "feed /wp-json/"]
    assert articles == ["a", "w0", "w1"]


def test_without_a_day_asked_for_a_feed_is_taken_however_old_its_articles() -> None:
    wide = Window(date(2026, 2, 20), None)
    reach = Reach(date(2026, 3, 5), wide, date(2026, 3, 6), is_asked=False)
    old = Found(entries=(entry("a", "2026-03-06"), entry("stara", "2025-02-20")), is_complete=True)
    _, articles, _ = walk(search(FULL, Window(), reach), lambda source: old if source.way == "feed" else NOTHING)
    assert articles == ["a", "stara"]
    _, articles, _ = walk(search(FULL, Window(), reach), lambda source: old if source.way == "sitemap" else NOTHING)
    assert articles == ["a"]


def test_paging_that_repeats_itself_comes_to_an_end() -> None:
    same = Found(entries=(entry("a"),), pages=(f"{HOME}/vesti/?page=2", f"{HOME}/vesti/?page=3"))
    asked, _, _ = walk(search(FULL), lambda source: same if source.way == "listing" else NOTHING)
    assert asked[3:] == ["listing /vesti/", "listing /vesti/?page=2"]


@pytest.mark.parametrize("names", [lambda _: [f"{HOME}/mapa.xml"], lambda url: [f"{url}?a", f"{url}?b", f"{url}?c"]])
def test_sitemaps_that_list_themselves_come_to_an_end(names: Callable[[str], list[str]]) -> None:
    asked, _, _ = walk(search(FULL), lambda source: Found(sitemaps=tuple(names(source.url))))
    assert len(asked) == len(set(asked)) <= MAX_SOURCES


def test_an_outlet_whose_every_source_fails_has_answered_nothing() -> None:
    discovery = search(FULL)
    assert walk(discovery, lambda _: BROKEN) == (ALL_WAYS, [], [])
    assert (discovery.answered_count, discovery.found_count) == (0, 0)
