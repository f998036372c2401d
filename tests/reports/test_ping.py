"""What a watcher on loopback hears of a job, and that a watcher who does not answer costs nothing but a line."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reports import ping
from reports.ping import Ping, is_address
from tests.loopback import serving


class Watcher:
    """Answers with the statuses it is given, 200 after them, and keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self.statuses: list[int] = []
        watcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                watcher.heard.append((self.command, self.path, body))
                self.send_response(watcher.statuses.pop(0) if watcher.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/tajni-broj"


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    made = Watcher()
    with serving(made.server):
        yield made


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ping, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(ping, "TIMEOUT_SECONDS", 0.3)


def test_begin_and_end_are_told(watcher: Watcher) -> None:
    said: list[str] = []
    for is_good in (True, False):
        told = Ping(watcher.url + "/", said.append)
        told.start()
        told.end(is_good=is_good, body="čl" * 9_000)
    assert [path for _, path, _ in watcher.heard] == [
        "/tajni-broj/start", "/tajni-broj", "/tajni-broj/start", "/tajni-broj/fail",
    ]  # fmt: skip
    assert watcher.heard[0][2] == ""
    assert watcher.heard[1][2] == "čl" * 2_500
    assert said == []


@pytest.mark.parametrize(
    ("statuses", "asked", "complaint"),
    [
        ([503, 200], 2, None),
        ([429, 500, 200], 3, None),
        ([500] * 9, 3, "status 500"),
        ([404] * 9, 1, "status 404"),
    ],
)
def test_a_watcher_in_trouble_is_asked_again(
    watcher: Watcher, statuses: list[int], asked: int, complaint: str | None
) -> None:
    said: list[str] = []
    watcher.statuses = list(statuses)
    told = Ping(watcher.url, said.append)
    told.start()
    assert len(watcher.heard) == asked
    assert said == ([f"the ping to 127.0.0.1 was not heard ({complaint}); the job goes on"] if complaint else [])


def test_who_does_not_answer_is_complained_of_once_and_without_the_secret() -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and says nothing
        told = Ping(f"http://127.0.0.1:{silent.getsockname()[1]}/tajni-broj", said.append)
        told.start()
        told.end(is_good=True, body="")
    assert len(said) == 1
    assert "timed out" in said[0]
    assert "tajni-broj" not in said[0]


def test_a_closed_port_is_complained_of() -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    Ping(f"http://127.0.0.1:{port}", said.append).end(is_good=False, body="exit code 1")
    assert "refused" in said[0].lower()


def test_without_an_address_nothing_is_sent() -> None:
    said: list[str] = []
    Ping("", said.append).start()
    assert said == []


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://ping.example/uuid", True),
        ("http://127.0.0.1:8000", True),
        ("file:///etc/passwd", False),
        ("ftp://ping.example", False),
        ("ping.example/uuid", False),
        ("http://", False),
    ],
)
def test_only_an_address_of_the_web_is_one(url: str, is_good: bool) -> None:
    assert is_address(url) == is_good
