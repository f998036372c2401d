"""An outlet behind a proxy: its requests go there and nobody else's do, and its login stays between odjek and the proxy."""

import gzip
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from spiders.errors import InputError
from spiders.proxy import proxies_of
from spiders.registry import Outlet
from tests.loopback import serving
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nDisallow: /zabranjeno\n", "text/plain")
LOGIN = "citac:tajna-lozinka"


class Proxy:
    """An HTTP proxy that answers from a site of its own, whatever host is asked for."""

    def __init__(self, site: Site) -> None:
        self.asked: list[str] = []
        self.logins: set[str] = set()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy.asked.append(self.path)
                proxy.logins.add(self.headers.get("Proxy-Authorization", ""))
                answer = site.answer(urlsplit(self.path).path)
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def serving(self) -> Iterator["Proxy"]:
        with serving(self._server):
            yield self


@pytest.fixture
def house(tmp_path: Path) -> House:
    (tmp_path / "outlets").mkdir()
    return House(tmp_path / "outlets", tmp_path / "data")


def test_an_outlet_is_asked_through_its_proxy_and_no_other_outlet_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, near = Site(), Site()
    near.pages |= {"/robots.txt": ALLOW, "/rss": rss(("/vesti/1", DAY)), "/vesti/1": news(1)}
    listed = ["/vesti/2", "/zabranjeno/3", "http://192.168.1.1/vesti/4"]
    far.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in listed)), "/vesti/2": news(2)}
    proxy = Proxy(far)
    # Only the proxy knows the name. The outlet may not lead to this machine.
    write_outlet(house.outlets, "daleko", ["daleko.example"], feeds=["http://daleko.example/rss"], allow_loopback=False)
    write_outlet(house.outlets, "reka", [near.host], feeds=[f"{near.url}/rss"])
    monkeypatch.setenv("ODJEK_PROXY_DALEKO", f"http://{LOGIN}@{proxy.host}")
    with ExitStack() as stack:
        stack.enter_context(near.serving())
        stack.enter_context(far.serving())
        stack.enter_context(proxy.serving())
        house.crawl(RETRY_TIMES=0)
    assert sorted(house.rows("SELECT outlet, url FROM article")) == [
        ("daleko", "https://daleko.example/vesti/2"),
        ("reka", f"{near.url}/vesti/1"),
    ]
    assert set(proxy.asked) >= {f"http://daleko.example{path}" for path in ("/robots.txt", "/rss", "/vesti/2")}
    assert all(url.startswith("http://daleko.example/") and "zabranjeno" not in url for url in proxy.asked)
    assert not far.asked  # the site itself was never asked, only its proxy
    assert set(near.asked) >= {"/robots.txt", "/rss", "/vesti/1"}
    refusals = house.rows("SELECT url, reason FROM refusal WHERE outlet = 'daleko' AND reason <> 'http_error'")
    assert set(refusals) == {
        ("http://192.168.1.1/vesti/4", "private_address"),
        ("http://daleko.example/zabranjeno/3", "robots"),
    }
    # The login went to the proxy, and nowhere else: not into the archive, nor into the store.
    assert proxy.logins == {f"Basic {b64encode(LOGIN.encode()).decode()}"}
    secrets = (b"tajna-lozinka", b64encode(LOGIN.encode()))
    for path in house.data.rglob("*"):
        content = unpacked(path) if path.is_file() else b""
        assert not [secret for secret in secrets if secret in content], path
        if path.suffix == ".gz":
            assert b"WARC-Type: request" in content
            assert b"Proxy-Authorization" not in content


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


OUTLET = Outlet("rt-balkan", "RT", "state_media", "RS", ("rt.example",), proxy="http://proxy.example:3128")


def test_the_environment_goes_before_the_file() -> None:
    assert proxies_of({"rt-balkan": OUTLET}, {}) == {"rt-balkan": "http://proxy.example:3128"}
    stated = {"ODJEK_PROXY_RT_BALKAN": "http://a:b@other.example:80/"}
    assert proxies_of({"rt-balkan": OUTLET}, stated) == {"rt-balkan": "http://a:b@other.example:80"}


@pytest.mark.parametrize(
    ("address", "message"),
    [("socks5://proxy.example:1080", "put an HTTP proxy before it"), ("proxy.example", "not the address of a proxy")],
)
def test_what_is_no_proxy_is_said_to_be_none(address: str, message: str) -> None:
    with pytest.raises(InputError, match=f"ODJEK_PROXY_RT_BALKAN: .*{message}"):
        proxies_of({"rt-balkan": OUTLET}, {"ODJEK_PROXY_RT_BALKAN": address})
