"""The hostile web as an HTTP proxy on loopback: each host answers as its site says, byte by byte where need be.

What a site answers is written in the modules of behaviours; what came of it is judged in test_hostile.py.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Self
from urllib.parse import urlsplit

from tests.loopback import PatientServer

HTML = "text/html; charset=utf-8"
Pieces = Callable[["HostileWeb"], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `body` may be made piece by piece; `raw` says that it is all that is sent, head included."""

    body: bytes | Pieces = b""
    content_type: str | None = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None  # what Content-Length claims; None: what is true, nothing where the body is in pieces
    raw: bool = False


Answer = Callable[[str], Reply | None]  # path and query → reply


class HostileWeb:
    """Serves sites while the context is open. `answers` maps each host to what it answers."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: Counter[str] = Counter()  # http://host/path?query → times
        self.unknown: set[str] = set()  # hosts that nobody should have asked
        self.ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.web = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to crawl this web instead of the network."""
        proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        return {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}


def dripping(*pieces: bytes, seconds: float) -> Pieces:
    """The pieces with a pause before each but the first."""

    def drip(web: HostileWeb) -> Iterator[bytes]:
        for number, piece in enumerate(pieces):
            if number and web.ended.wait(seconds):
                return
            yield piece

    return drip


def repeated(head: bytes, piece: bytes, times: int) -> Pieces:
    """A long body that takes no memory here."""

    def repeat(_: HostileWeb) -> Iterator[bytes]:
        yield head
        for _number in range(times):
            yield piece

    return repeat


class _Server(PatientServer):
    web: HostileWeb


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        web = self.server.web
        parts = urlsplit(self.path)
        web.asked[self.path] += 1
        answer = web.answers.get(parts.netloc)
        if answer is None:
            web.unknown.add(parts.netloc)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        reply = answer(path) if answer else None
        self._send(reply or Reply(b"<h1>404</h1>", status=404))

    def _send(self, reply: Reply) -> None:
        is_whole = isinstance(reply.body, bytes)
        pieces: Iterable[bytes] = [reply.body] if isinstance(reply.body, bytes) else reply.body(self.server.web)
        if not reply.raw:
            self.send_response(reply.status, "Answer")
            for name, value in reply.headers:
                self.send_header(name, value)
            if reply.content_type is not None:
                self.send_header("Content-Type", reply.content_type)
            length = reply.length if reply.length is not None else len(reply.body) if is_whole else None
            if length is not None:
                self.send_header("Content-Length", str(length))
            if length is None or reply.length is not None:
                self.close_connection = True
                self.send_header("Connection", "close")
            self.end_headers()
        else:
            self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing: requests are counted."""
