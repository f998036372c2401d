"""The newsroom on loopback: one threaded HTTP server that answers for all invented hosts.

To a crawler it is an HTTP proxy: `GET http://meridijan.example/… HTTP/1.1` goes over a real TCP connection to
127.0.0.1 and comes back as from that host, so the addresses that are stored are the same in every run, on any machine,
whatever the port and without touching name resolution. To a browser it shows the same sites under
`http://127.0.0.1:PORT/meridijan.example/…`, with links turned accordingly. What it answers is made in demo.web.
"""

import html
import logging
import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from demo.newsroom import Site, newsroom
from demo.web import Answer, compressed, picture, web
from spiders.errors import InputError

RETRY_AFTER_S = 1
_PICTURES = (".jpg", ".svg", ".png", ".ico")
logger = logging.getLogger(__name__)


class DemoWeb:
    """The newsroom's sites, served while the context is open; `proxy` is the address to crawl through."""

    def __init__(self, port: int = 0, sites: tuple[Site, ...] | None = None):
        self.sites = sites or newsroom()
        self.pages = web(self.sites)
        self.site_of = {host: site for site in self.sites for host in site.hosts}
        self.asked: Counter[str] = Counter()  # address → requests, those that were turned away included
        self._busy = {site.outlet.outlet: site.busy for site in self.sites}
        self._lock = threading.Lock()
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "DemoWeb":
        try:
            self._server = _Server(("127.0.0.1", self._port), _Handler)
        except OSError as error:
            reason = f"port {self._port} of 127.0.0.1 cannot be used ({error.strerror}); choose another port"
            raise InputError(f"the demo newsroom cannot be served: {reason}") from error
        self._server.newsroom = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="demo-web")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    @property
    def port(self) -> int:
        """The port on 127.0.0.1 that was given, or that the system chose."""
        if self._server is None:
            raise RuntimeError("the newsroom is not open")
        return int(self._server.server_address[1])

    @property
    def proxy(self) -> str:
        """The address of the server: the value for `http_proxy`."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to crawl the newsroom instead of the network."""
        return {"http_proxy": self.proxy, "https_proxy": self.proxy, "no_proxy": ""}

    def answer(self, address: str) -> Answer | None:
        """What the address gives now; None where the machine does not answer at all."""
        host, path = urlsplit(address).netloc, urlsplit(address).path
        site = self.site_of.get(host) or self.site_of.get(host.removeprefix("www."))
        with self._lock:
            self.asked[address] += 1
        if site is None:
            return Answer(b"no such host in the demo newsroom\n", "text/plain", 502)
        if site.is_down:
            return None
        if host not in self.site_of:
            return Answer(b"", status=301, headers=(("Location", address.replace("://www.", "://", 1)),))
        if path != "/robots.txt" and self._is_busy(site):
            return Answer(b"busy\n", "text/plain", 429, (("Retry-After", str(RETRY_AFTER_S)),))
        if path.endswith(_PICTURES):
            return picture(path)
        # Sites ignore parameters that they do not know: tracking, the comment box.
        make = self.pages.get(address) or self.pages.get(address.partition("?")[0])
        return make() if make else Answer(b"<h1>404</h1>", status=404)

    def _is_busy(self, site: Site) -> bool:
        with self._lock:
            left = self._busy[site.outlet.outlet]
            self._busy[site.outlet.outlet] = max(0, left - 1)
        return left > 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    newsroom: DemoWeb

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of the server; anything else is written down."""
        logger.debug("request from %s broke off", client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        """Answer as the host that was asked for, or as a browser's view of it."""
        newsroom_ = self.server.newsroom
        if self.path.startswith("http://"):
            address = self.path
        elif (host := self.headers.get("Host", "").partition(":")[0]) in newsroom_.site_of:
            address = f"http://{host}{self.path}"
        else:
            self._browse(newsroom_)
            return
        answer = newsroom_.answer(address)
        if answer is None:
            self.close_connection = True  # without a word: what a crawler sees of a machine that is down
            return
        site = newsroom_.site_of.get(urlsplit(address).netloc)
        if site and site.is_compressed and "gzip" in self.headers.get("Accept-Encoding", ""):
            answer = compressed(answer)
        self._send(answer)

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self.do_GET()

    def _browse(self, newsroom_: DemoWeb) -> None:
        host, _, rest = self.path.lstrip("/").partition("/")
        if not host:
            self._send(_index(newsroom_))
            return
        answer = newsroom_.answer(f"http://{host}/{rest}")
        if answer is None:
            answer = Answer(b"this site is meant to be down\n", "text/plain", 502)
        self._send(_for_browser(answer, host, newsroom_))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in (("Content-Type", answer.content_type), *answer.headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are counted in DemoWeb.asked, not printed."""


def _for_browser(answer: Answer, host: str, newsroom_: DemoWeb) -> Answer:
    """Links of an HTML page lead back to this server: /x → /HOST/x, http://OTHER.example/x → /OTHER.example/x."""
    if not answer.content_type.startswith("text/html"):
        return answer
    body = re.sub(rb'(?i)((?:href|src|action)=["\']?)/(?!/)', rb"\1/" + host.encode() + b"/", answer.body)
    body = re.sub(rb'(?i)((?:href|src)=["\']?)http://([\w.-]+\.example)', rb"\1/\2", body)
    return Answer(body, answer.content_type, answer.status, answer.headers)


def _index(newsroom_: DemoWeb) -> Answer:
    rows = "".join(
        f"<tr><td><a href='/{host}/'>{host}</a><td>{site.outlet.name}<td>{site.outlet.role}<td>{site.outlet.country}"
        f"<td>{len(site.articles)}<td>{site.template}<td>{html.escape(site.outlet.note or '')}"
        for site in newsroom_.sites
        for host in site.hosts
    )
    page = (
        "<!doctype html><meta charset=utf-8><title>odjek: demo newsroom</title>"
        "<style>body{font:16px/1.5 system-ui;margin:2rem}td,th{padding:.2rem .8rem;text-align:left}</style>"
        "<h1>Demo newsroom</h1><p>Invented outlets, invented stories. Nothing here happened.</p><table>"
        f"<tr><th>host<th>outlet<th>role<th>country<th>articles<th>template<th>note{rows}</table>"
    )
    return Answer(page.encode())
