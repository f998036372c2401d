"""Sites whose answers are slow, cut off, packed, endless or no HTTP at all."""

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # comes with Scrapy, without types

from tests.hostile.server import HTML, Reply, dripping, repeated
from tests.hostile.site import Site, article, body, hostile, page

LONG = 40.0  # seconds; longer than a crawl of the test waits
MEGABYTE = 1 << 20
GOOD = page("Most je otvoren", body("most")).encode()


def packed(data: bytes, encoding: str = "gzip") -> Reply:
    """A reply that says how it is packed."""
    return Reply(data, headers=(("Content-Encoding", encoding),))


@hostile("Puževe novine")
def slow_answer(site: Site) -> None:
    """The server thinks longer than anyone waits."""
    site.serve("/vesti/spora-vest-1", Reply(dripping(b"", GOOD, seconds=LONG), raw=True), refused="fetch_failed")


@hostile("Kap po kap")
def dripping_body(site: Site) -> None:
    """A body that comes in drops, each within any pause one would allow."""
    drops = [GOOD[:200], *[b" "] * 400]
    site.serve("/vesti/kap-po-kap-1", Reply(dripping(*drops, seconds=0.25)), refused="fetch_failed")


@hostile("Dnevni odsečak")
def cut_off(site: Site) -> None:
    """The connection ends in mid-body, twice: short of Content-Length, and in a chunk."""
    site.serve("/vesti/odsecena-vest-1", Reply(GOOD[:700], length=len(GOOD)), refused="fetch_failed")
    chunk = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\nTransfer-Encoding: chunked\r\n\r\n{len(GOOD):x}\r\n".encode()
    site.serve("/vesti/odsecena-vest-2", Reply(chunk + GOOD[:700], raw=True), refused="fetch_failed")


@hostile("Pola pakovanja")
def cut_off_gzip(site: Site) -> None:
    """The packed body breaks off, though its length is what was announced."""
    data = gzip.compress(GOOD, mtime=0)
    site.serve("/vesti/pola-paketa-1", packed(data[: len(data) // 2]), refused="fetch_failed")


@hostile("Kratka mera")
def short_length(site: Site) -> None:
    """Content-Length is too small: the rest must not be taken for the next answer."""
    site.serve("/vesti/kratka-mera-1", Reply(GOOD, length=len(GOOD) - len(b"</body></html>")))
    site.serve("/vesti/kratka-mera-2", Reply(article("Druga vest").body, length=len(GOOD) - 40))


@hostile("Bomba u paketu")
def gzip_bomb(site: Site) -> None:
    """A hundred kilobytes that unpack to a hundred megabytes, by gzip, by brotli, and twice over."""
    zeros = zlib.compressobj(1, zlib.DEFLATED, 31)
    data = b"".join(zeros.compress(b" " * MEGABYTE) for _ in range(100)) + zeros.flush()
    site.serve("/vesti/bomba-1", packed(data), refused="fetch_failed")
    site.serve(
        "/vesti/bomba-2", packed(brotli.compress(b" " * (100 * MEGABYTE), quality=1), "br"), refused="fetch_failed"
    )
    site.serve("/vesti/bomba-3", packed(gzip.compress(data), "gzip, gzip"), refused="fetch_failed")


@hostile("Debela sveska")
def huge_page(site: Site) -> None:
    """A page of 200 MB, once announced, once without a word."""
    stream = repeated(GOOD, b"<p>" + b"a" * (MEGABYTE - 3), 200)
    site.serve("/vesti/debela-sveska-1", Reply(stream, length=200 * MEGABYTE), refused="fetch_failed")
    site.serve("/vesti/debela-sveska-2", Reply(stream), refused="fetch_failed")


@hostile("Velika sveska")
def large_page(site: Site) -> None:
    """A page of 30 MB in two million tags: allowed by no limit of transfer, too much to extract."""
    site.serve("/vesti/velika-sveska-1", Reply(repeated(GOOD, b"<p>vest</p>" * 95_000, 30)), refused="fetch_failed")


@hostile("Lažni paket")
def not_gzip(site: Site) -> None:
    """Says gzip and is plain; or is packed in a way that nobody asked for."""
    site.serve("/vesti/lazni-paket-1", packed(GOOD), refused="fetch_failed")
    site.serve("/vesti/lazni-paket-2", packed(bytes(range(256)) * 20, "x-rar"), refused="not_html")


@hostile("Prazna strana")
def empty_answer(site: Site) -> None:
    """200 and nothing in it; a closed connection; 204."""
    site.serve("/vesti/prazna-strana-1", Reply(b""), refused="no_text")
    site.serve("/vesti/prazna-strana-2", Reply(b"", raw=True), refused="fetch_failed")
    site.serve("/vesti/prazna-strana-3", Reply(b"", None, 204), refused="not_html")


@hostile("Nije protokol")
def not_http(site: Site) -> None:
    """Bytes that are no HTTP; a status that does not exist; a header without end."""
    site.serve("/vesti/nije-protokol-1", Reply(b"\x00\x01SSH-2.0-\r\n\r\n" * 9, raw=True), refused="fetch_failed")
    site.serve("/vesti/nije-protokol-2", Reply(GOOD, status=999), refused="http_error")
    head = b"HTTP/1.1 200 OK\r\nX-Endless: "
    site.serve("/vesti/nije-protokol-3", Reply(repeated(head, b"a" * MEGABYTE, 40), raw=True), refused="fetch_failed")
    many = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(20_000)) + b"\r\n"
    site.serve("/vesti/nije-protokol-4", Reply(many + GOOD, raw=True), refused="")


@hostile("Stara greška")
def server_error(site: Site) -> None:
    """500 whenever it is asked."""
    site.serve("/vesti/stara-greska-1", Reply(b"<h1>Greska</h1>", status=500), refused="http_error")
    site.serve("/vesti/nema-je-vise-2", Reply(b"<h1>Nema</h1>", status=410), refused="http_error")


@hostile("Ugašena svetla")
def no_answer_at_all(site: Site) -> None:
    """Every connection is closed without a word."""
    site.otherwise = lambda _path: Reply(b"", raw=True)
    site.pages.clear()
    site.stored.clear()
    site.refused["/robots.txt"] = "fetch_failed"
    site.status, site.detail = "failed", "robots.txt"


@hostile("Zatvoren tunel")
def no_tunnel(site: Site) -> None:
    """An https site behind a proxy that does not lead there."""
    site.fields["feeds"] = []
    site.stored.clear()
    site.refused["/robots.txt"] = "fetch_failed"
    site.status, site.detail = "failed", "proxy"
