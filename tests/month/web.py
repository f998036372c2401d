"""The invented newsrooms as an HTTP proxy on loopback, at the moment that `at` says; every request is written down."""

import hashlib
import re
import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.hostile.server import Reply
from tests.loopback import PatientServer
from tests.month import render
from tests.month.press import NIGHTS, Paper, Story
from tests.month.trouble import Trouble

ALTERNATE = '<link rel="alternate" type="application/{}+xml" href="{}">'
ABSENT = Reply(b"<h1>404</h1>", status=404)


@dataclass(frozen=True)
class Asked:
    """One request and its answer."""

    night: int
    slug: str
    path: str
    place: str  # robots, feed, sitemap, listing, wordpress, article
    status: int  # 0: no answer
    is_conditional: bool


class PressWeb:
    """Serves papers while the context is open; `night` and `at` are set by whoever moves the clock."""

    def __init__(self, papers: list[Paper], troubles: list[Trouble]) -> None:
        self.papers = {paper.host: paper for paper in papers}
        self.troubles = troubles
        self.log: list[Asked] = []
        self._made: dict[tuple[str, str, int], Any] = {}
        self._times: Counter[tuple[int, str, str]] = Counter()
        self._ended = threading.Event()
        self.turn(0, NIGHTS[0])
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.web = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def turn(self, night: int, at: datetime) -> None:
        """Let it be another night."""
        self.night, self.at = night, at
        self._made.clear()

    def environment(self) -> dict[str, str]:
        """What a process needs to crawl this web instead of the network."""
        proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        return {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}

    def trouble_of(self, slug: str) -> Trouble | None:
        """What is wrong with an outlet tonight."""
        fit = [one for one in self.troubles if one.slug == slug and one.first <= self.night <= one.last]
        return fit[0] if fit else None

    def reply(self, address: str, headers: Any) -> Reply | None:
        """The answer to a request; None where the connection is dropped."""
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        paper = self.papers.get(parts.netloc)
        if paper is None:
            return Reply(b"no such host", "text/plain", 502)
        place, usual = self._usual(paper, parts.path, dict(parse_qsl(parts.query)))
        self._times[self.night, paper.slug, path] += 1
        trouble = self.trouble_of(paper.slug)
        answer = trouble.answer(place, self._times[self.night, paper.slug, path]) if trouble else None
        reply: Reply | None = answer or _conditional(usual, headers)
        if trouble and trouble.kind in ("dropped", "slow"):
            reply = None
        is_conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        self.log.append(Asked(self.night, paper.slug, path, place, reply.status if reply else 0, is_conditional))
        if trouble and trouble.kind == "slow":
            self._ended.wait(30)
        return reply

    def _usual(self, paper: Paper, path: str, query: dict[str, str]) -> tuple[str, Reply]:
        at, night = self.at, self.night
        if path == "/robots.txt":
            line = f"Sitemap: {paper.url}/sitemap.xml\n" if paper.robots_sitemap else ""
            return "robots", Reply(f"User-agent: *\nAllow: /\n{line}".encode(), "text/plain")
        if path in ("/rss", "/novi-kanal"):
            is_there = paper.feed and path == self._feed_path(paper)
            trouble = self.trouble_of(paper.slug)
            if trouble and trouble.kind == "feed_stale":
                at = NIGHTS[trouble.first] - timedelta(hours=30)
            return "feed", render.feed(paper, paper.feed_at(at), at) if is_there else ABSENT
        if path.startswith(("/sitemap.xml", "/mape/")):
            if not paper.sitemap:
                return "sitemap", ABSENT
            files = self._once(paper, "sitemap", lambda: render.sitemaps(paper, paper.sitemap_at(at), at))
            return "sitemap", files.get(path, ABSENT)
        if path == "/":
            return "listing", render.listing(paper, paper.up(at), at, 1, self._head(paper))
        if path == "/vesti/" and paper.listing:
            shown = [story for story in paper.up(at) if story.flaw != "late_in_sitemap"]
            return "listing", render.listing(paper, shown, at, int(query.get("strana", "1")), path="/vesti/")
        if path == "/wp-json/wp/v2/posts" and paper.wordpress:
            return "wordpress", render.posts_of_wordpress(paper, paper.up(at), at, query)
        if path == "/s/kanal" and paper.telegram:
            before = int(query["before"]) if "before" in query else None
            return "telegram", render.preview(paper, paper.up(at), at, before)
        found = re.search(r"-(\d+)$", path)
        story = next((one for one in paper.stories if found and one.number == int(found[1])), None)
        if story is None or story.listed_at > at:
            return "article", ABSENT
        return "article", self._article(paper, story, path, night)

    def _article(self, paper: Paper, story: Story, path: str, night: int) -> Reply:
        if not story.is_up(self.at):
            moved = (("Location", "/"),)
            return Reply(b"", status=301, headers=moved) if story.gone_as == 301 else Reply(b"", status=story.gone_as)
        now = paper.path(story, self.at)
        if path != now:
            return Reply(b"", status=301, headers=(("Location", now),)) if path.startswith("/vesti/") else ABSENT
        is_new = paper.redesigned is not None and night >= paper.redesigned
        body = render.page(paper, story, self.at, is_new).encode()
        stamps: list[tuple[str, str]] = []
        if paper.stamp in ("etag", "both"):
            stamps.append(("ETag", f'"{hashlib.sha256(body).hexdigest()[:12]}"'))
        if paper.stamp in ("modified", "both"):
            edits = [edit.at for edit in story.edits[: story.state(self.at)]]
            changed = max([story.listed_at, *edits, *([NIGHTS[paper.redesigned]] if is_new else [])])
            stamps.append(("Last-Modified", format_datetime(changed.astimezone(), usegmt=False)))
        return Reply(body, headers=tuple(stamps))

    def _feed_path(self, paper: Paper) -> str:
        if paper.drops_feed is not None and self.night >= paper.drops_feed:
            return ""
        return "/novi-kanal" if paper.moves_feed is not None and self.night >= paper.moves_feed else "/rss"

    def _head(self, paper: Paper) -> str:
        head = (
            ALTERNATE.format("atom" if paper.feed == "atom" else "rss", self._feed_path(paper))
            if paper.announces or paper.moves_feed is not None
            else ""
        )
        if paper.wordpress:
            head += '<link rel="https://api.w.org/" href="/wp-json/">'
        return head

    def _once(self, paper: Paper, what: str, make: Any) -> Any:
        key = (paper.slug, what, self.night)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def _conditional(usual: Reply, headers: Any) -> Reply:
    stamps = dict(usual.headers)
    if "ETag" in stamps and headers.get("If-None-Match") is not None:
        is_same = headers["If-None-Match"] == stamps["ETag"]
    else:
        is_same = "Last-Modified" in stamps and headers.get("If-Modified-Since") == stamps["Last-Modified"]
    return replace(usual, body=b"", status=304) if is_same else usual


class _Server(PatientServer):
    web: PressWeb


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        reply = self.server.web.reply(self.path, self.headers)
        if reply is None:
            self.close_connection = True
            return
        assert isinstance(reply.body, bytes)
        lines = [f"HTTP/1.1 {reply.status} Answer", f"Content-Length: {len(reply.body)}"]
        lines += [f"{name}: {value}" for name, value in (("Content-Type", reply.content_type), *reply.headers)]
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode() + reply.body)

    def log_message(self, *_: object) -> None:
        """Say nothing: requests are in the log."""
