"""Which pages of an outlet a probe asks for, and which articles it opens; the answers are given, nothing is fetched."""

import asyncio
from datetime import timedelta

from pipelines.complaints import problems_of
from spiders import clock
from spiders.answer import Answer
from spiders.found import Entry, Source
from spiders.page import Hint
from spiders.probe_outlet import Probed, SourceAnswer, addresses, choose, probe_outlet
from spiders.registry import Outlet, channel_of, host_index, outlet_of
from spiders.telegram import is_preview
from tests.spiders.telegram_page import post, preview_page
from tests.spiders.web import article, listing, rss, urlset

HOST = "https://kompas.example"
KOMPAS = Outlet("kompas", "Kompas", "local", "RS", ("kompas.example", "lat.kompas.example"), telegram="kompas_grad")
TODAY = clock.now().date()
DAYS = [(TODAY - timedelta(days=number)).isoformat() for number in range(30)]


class Answers:
    """Gives the answers that were written for it, and keeps what it was asked."""

    def __init__(self, **bodies: str | bytes) -> None:
        self.bodies = bodies
        self.asked: list[str] = []

    async def ask(self, url: str, kind: str, outlet: Outlet | None = None) -> Answer:
        self.asked.append(url)
        body = self.bodies.get(url.removeprefix(HOST))
        if body is None:
            return Answer(url, url, 404, reason="http_error", detail="status 404")
        data = body.encode() if isinstance(body, str) else body
        return Answer(url, url, 200, "text/html", data, data.decode())

    def is_own(self, url: str, outlet: Outlet) -> bool:
        return outlet_of(url, host_index([outlet])) == outlet.outlet or is_preview(url, outlet)

    def admit(self, outlet: Outlet) -> None:
        """Know all."""


def probed(outlet: Outlet, **bodies: str | bytes) -> tuple[Probed, list[str]]:
    answers = Answers(**bodies)
    found = asyncio.run(probe_outlet(outlet, answers))
    return found, [url.removeprefix(HOST) for url in answers.asked]


def paths(count: int) -> list[str]:
    return [f"/vesti/{48000 + number}-most-na-reci" for number in range(count)]


def test_a_named_feed_is_enough() -> None:
    outlet = Outlet("kompas", "Kompas", "local", "RS", ("kompas.example",), feeds=(f"{HOST}/feed/",))
    feed = rss(*((HOST + path, DAYS[number]) for number, path in enumerate(paths(30))))
    found, asked = probed(outlet, **{"/robots.txt": "", "/feed/": feed.body, **dict.fromkeys(paths(30), article())})
    assert asked == ["/robots.txt", "/feed/", *(paths(30)[number] for number in (0, 9, 18))], (
        "three of the newest twenty"
    )
    assert found.front is None
    assert found.sources[0].newest_on == TODAY


def test_every_named_place_is_asked_though_the_first_gives_enough() -> None:
    places = {"feeds": ("/a", "/b"), "sitemaps": ("/c",), "listings": ("/d/",)}
    named = {field: tuple(HOST + path for path in given) for field, given in places.items()}
    outlet = Outlet("kompas", "Kompas", "local", "RS", ("kompas.example",), **named)
    feed, mapped = rss((HOST + paths(1)[0], DAYS[0])), urlset(*((HOST + path, DAYS[0]) for path in paths(4)))
    bodies = {"/robots.txt": "", "/a": feed.body, "/b": feed.body, "/c": mapped.body, "/d/": listing(*paths(5))}
    found, asked = probed(outlet, **bodies)
    assert asked[:5] == ["/robots.txt", "/a", "/b", "/c", "/d/"]
    assert [len(source.entries) for source in found.sources] == [1, 1, 4, 5]
    assert len(addresses(found.sources, outlet)) == 5


def test_without_a_named_place_it_is_searched_for() -> None:
    outlet = Outlet("kompas", "Kompas", "local", "RS", ("kompas.example",))
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    head += '<link rel="alternate" type="application/rss+xml" href="https://tudje.example/rss">'
    feed = rss(*((HOST + path, DAYS[0]) for path in paths(3)))
    found, asked = probed(outlet, **{"/robots.txt": "", "/": listing(*paths(2), extra=head), "/rss": feed.body})
    assert asked[:3] == ["/robots.txt", "/", "/rss"]
    assert found.front is not None
    assert (found.front.feeds, found.front.foreign_feeds) == ((f"{HOST}/rss",), ("https://tudje.example/rss",))
    assert [len(source.entries) for source in found.sources] == [3, 2]


def test_a_host_that_does_not_answer_is_asked_nothing_more() -> None:
    class Silence(Answers):
        async def ask(self, url: str, kind: str, outlet: Outlet | None = None) -> Answer:
            self.asked.append(url)
            return Answer(url, url, reason="fetch_failed", detail="timed out")

    silence = Silence()
    asyncio.run(probe_outlet(KOMPAS, silence))
    assert silence.asked == [f"{HOST}/robots.txt"]


def test_a_channel_is_judged_by_its_posts() -> None:
    channel = channel_of(KOMPAS)
    assert channel is not None
    at = clock.now().isoformat(timespec="seconds")
    page = preview_page(
        "kompas_grad", post("kompas_grad", 7, "Most je otvoren.", at), post("kompas_grad", 8, "Voz vozi.", at)
    )
    found, asked = probed(channel, **{"https://t.me/robots.txt": "", "https://t.me/s/kompas_grad": page})
    assert asked == ["https://t.me/robots.txt", "https://t.me/s/kompas_grad"]
    assert [len(source.entries) for source in found.sources] == [2]
    assert problems_of(found, ()) == []


def test_articles_are_chosen_from_the_newest_of_one_source() -> None:
    def given(days: list[str]) -> SourceAnswer:
        entries = tuple(Entry(f"{HOST}/vesti/{number}-a", Hint(None, day)) for number, day in enumerate(days))
        return SourceAnswer(Source(HOST, "feed", "feed"), Answer(HOST, HOST, 200), "rss", entries)

    old_first = given(DAYS[::-1])
    chosen = [entry.hint.published for entry, _ in choose([given([]), old_first, given(DAYS)], KOMPAS)]
    assert chosen == [DAYS[0], DAYS[9], DAYS[18]]
    assert len(choose([given(DAYS[:1])], KOMPAS)) == 1
    assert choose([], KOMPAS) == []
