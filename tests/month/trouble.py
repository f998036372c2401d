"""What goes wrong in the month: which outlet, on which nights, how; and what of it still answers. Pure."""

from dataclasses import dataclass
from typing import Literal

from tests.hostile.server import HTML, Reply

Kind = Literal[
    "down", "dropped", "slow", "forbidden", "captcha", "busy", "busy_long", "robots_500",
    "feed_503", "feed_html", "feed_empty", "feed_broken", "feed_stale", "sitemap_503", "articles_503", "articles_captcha",
]  # fmt: skip

CAPTCHA = Reply(
    b"<html><head><title>Just a moment...</title></head><body><div class='cf-turnstile'></div></body></html>"
)
_WHOLE: dict[str, Reply] = {
    "down": Reply(b"odrzavanje", HTML, 503),
    "forbidden": Reply(b"zabranjeno", HTML, 403),
    "captcha": CAPTCHA,
    "busy_long": Reply(b"guzva", HTML, 503, (("Retry-After", "7200"),)),
}
_FEED: dict[str, Reply] = {
    "feed_503": Reply(b"", HTML, 503),
    "feed_html": Reply(b"<!doctype html><html><body><h1>Novi sajt</h1></body></html>"),
    "feed_empty": Reply(b"", "application/rss+xml"),
    "feed_broken": Reply(b"<?xml version='1.0'?><rss><channel><item><title>Pre", "application/rss+xml"),
}
UNREACHABLE = {"down", "dropped", "slow", "forbidden", "captcha", "busy_long", "robots_500"}
NO_FEED = {"feed_503", "feed_html", "feed_empty", "feed_broken", "feed_stale"}


@dataclass(frozen=True)
class Trouble:
    """One outlet's trouble from one night to another, both included; night 0 is the first."""

    slug: str
    kind: Kind
    first: int
    last: int

    def stops(self, way: str) -> bool:
        """Whether nothing new can be found that way; `article` is the fetching of the articles themselves."""
        if self.kind in UNREACHABLE:
            return True
        if way == "feed":
            return self.kind in NO_FEED
        return (way == "sitemap" and self.kind == "sitemap_503") or (
            way == "article" and self.kind.startswith("articles")
        )

    def answer(self, place: str, times: int) -> Reply | None:
        """What is answered instead, to a request for robots, feed, sitemap, article or another place; None: the usual."""
        if self.kind in _WHOLE:
            return _WHOLE[self.kind]
        if place == "robots" and self.kind == "robots_500":
            return Reply(b"", HTML, 500)
        if place == "feed" and self.kind in _FEED:
            return _FEED[self.kind]
        if place == "sitemap" and self.kind == "sitemap_503":
            return Reply(b"", HTML, 503)
        if place == "article" and self.kind == "articles_503":
            return Reply(b"", HTML, 503)
        if place == "article" and self.kind == "articles_captcha":
            return CAPTCHA
        if self.kind == "busy" and place == "feed" and times == 1:
            return Reply(b"", HTML, 429, (("Retry-After", "1"),))
        return None
