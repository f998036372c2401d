"""A small web on loopback for the spiders' tests: each site a real HTTP server with its own port and written pages."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.loopback import serving

HTML = "text/html; charset=utf-8"
XML = "application/xml"


@dataclass
class Answer:
    """What a path answers with."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Page = Answer | str | Callable[[int], Answer]


class Site:
    """One server. `pages` maps path and query to an answer, to HTML, or to a function of how often it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: Counter[str] = Counter()
        self.unmodified: Counter[str] = Counter()  # answered with 304
        self.agents: set[str] = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked[self.path] += 1
                site.agents.add(self.headers.get("User-Agent", ""))
                answer = site.answer(self.path)
                stamps = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
                if any(self.headers.get(asked, "") == answer.headers.get(name) for asked, name in stamps):
                    answer = Answer(status=304, headers=answer.headers)
                    site.unmodified[self.path] += 1
                self.send_response(answer.status)
                for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"

    def answer(self, path: str) -> Answer:
        """The answer of a path; what is not there is 404."""
        page = self.pages.get(path, Answer(b"nema", status=404))
        if isinstance(page, str):
            return Answer(page.encode())
        return page if isinstance(page, Answer) else page(self.asked[path])

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """Serve until the end of the block."""
        with serving(self._server):
            yield self


def article(title: str = "Most u luci") -> str:
    """A page that looks like an article."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Tekst vesti.</p></body></html>"


def moved(to: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": to})


def rss(*items: tuple[str, str], charset: str = "utf-8") -> Answer:
    """An RSS feed of (address, RFC 822 date) pairs."""
    entries = "".join(
        f"<item><title>Vest {number}</title><link>{url}</link><pubDate>{day}</pubDate></item>"
        for number, (url, day) in enumerate(items)
    )
    head = f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>Č</title>'
    return Answer(f"{head}{entries}</channel></rss>".encode(charset), "application/rss+xml")


def urlset(*items: tuple[str, str]) -> Answer:
    """A sitemap of (address, lastmod) pairs."""
    entries = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in items)
    return Answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode(), XML)


def listing(*links: str, extra: str = "") -> str:
    """A listing page of (address) links, each in a block of its own."""
    blocks = "".join(
        f'<article><a href="{url}">Naslov vesti broj {number}</a></article>' for number, url in enumerate(links)
    )
    return f"<html><head><title>Lista</title>{extra}</head><body>{blocks}</body></html>"
