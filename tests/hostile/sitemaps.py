"""Sites whose robots.txt or sitemaps are traps."""

import gzip
import zlib
from itertools import count

from tests.hostile.feeds import LAUGHS, SECRET
from tests.hostile.server import Reply, dripping
from tests.hostile.site import ORDINARY, XML, Site, hostile, listing, moved, urlset
from tests.hostile.transport import LONG, MEGABYTE

DAY = "2025-10-22"


def index(*urls: str) -> Reply:
    """A sitemap index."""
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return Reply(f"<sitemapindex>{parts}</sitemapindex>".encode(), XML)


def by_sitemap(site: Site, sitemap: Reply, *more: tuple[str, Reply]) -> None:
    """The site has no feed but these sitemaps."""
    site.fields |= {"feeds": [], "sitemaps": [f"{site.url}/mapa.xml"]}
    site.pages |= {"/mapa.xml": sitemap, **dict(more)}
    site.pages.setdefault("/", listing("/o-nama"))


@hostile("Robot u HTML-u")
def robots_is_html(site: Site) -> None:
    """robots.txt is the page of an error, with words in it that look like rules: allows all."""
    site.pages["/robots.txt"] = Reply(b"<!doctype html><html><body>User-agent: *<br>\nDisallow: /<br></body></html>")


@hostile("Robot spava")
def robots_times_out(site: Site) -> None:
    """robots.txt does not come: nothing may be asked."""
    site.pages["/robots.txt"] = Reply(dripping(b"", b"", seconds=LONG), raw=True)
    site.stored.clear()
    site.refused["/robots.txt"] = "fetch_failed"
    site.status, site.detail, site.never = "failed", "timed out", ["/rss", ORDINARY]


@hostile("Robot u kvaru")
def robots_is_broken(site: Site) -> None:
    """robots.txt answers 500: nothing may be asked."""
    site.pages["/robots.txt"] = Reply(b"", status=500)
    site.stored.clear()
    site.refused["/robots.txt"] = "http_error"
    site.status, site.detail, site.never = "failed", "status 500", ["/rss", ORDINARY]


@hostile("Robot pod ključem")
def robots_is_forbidden(site: Site) -> None:
    """robots.txt answers 403: RFC 9309 takes that as none."""
    site.pages["/robots.txt"] = Reply(b"", status=403)


@hostile("Robot zabranjuje")
def robots_forbids_all(site: Site) -> None:
    """Everything is disallowed, and obeyed."""
    site.pages["/robots.txt"] = Reply(b"User-agent: odjek\nDisallow: /\n", "text/plain")
    site.stored.clear()
    site.refused |= {"/rss": "robots", "/": "robots"}
    site.status, site.detail, site.never = "failed", "robots", ["/rss", "/", "/sitemap.xml", ORDINARY]


@hostile("Robot trabunja")
def robots_is_rubbish(site: Site) -> None:
    """Bytes of all kinds, a delay that is no number, sitemaps that are no addresses or those of others."""
    lines = (b"Crawl-delay: nan", b"Crawl-delay: 1e999", b"Sitemap: http://[", b"Sitemap: http://10.0.0.7/s.xml",
             b"Sitemap: http://drugi-portal.example/s.xml", b"Sitemap:", bytes(range(256)), b"Disallow: *" * 2000)  # fmt: skip
    site.pages["/robots.txt"] = Reply(b"User-agent: nikonikonema\n" + b"\n".join(lines), "text/plain")


@hostile("Debeli robot")
def robots_is_huge(site: Site) -> None:
    """Five megabytes of rules for others: what stands after the first 500 KiB is not read."""
    rules = b"User-agent: neko\n" + b"Disallow: /a/*/b/*/c$\n" * 250_000
    site.pages["/robots.txt"] = Reply(rules + b"User-agent: *\nDisallow: /\n", "text/plain")


@hostile("Mapa mape")
def sitemap_of_itself(site: Site) -> None:
    """An index that lists itself, and a part that lists the index."""
    here = f"{site.url}/mapa.xml"
    part = ("/mapa-2.xml", index(here, f"{site.url}/mapa-2.xml", f"{site.url}/clanci.xml"))
    by_sitemap(
        site,
        index(here, f"{here}#a", "/mapa-2.xml"),
        part,
        ("/clanci.xml", urlset((ORDINARY, DAY), ("/vesti/stara-vest-9", "2025-01-02"))),
    )
    site.at_most = 8


@hostile("Mapa bez kraja")
def sitemap_that_grows(site: Site) -> None:
    """Each index lists a hundred new ones: given up at the limit of sources."""
    numbers = count()
    by_sitemap(site, index("/mapa/a.xml"), ("/clanci.xml", urlset((ORDINARY, DAY))))
    site.fields["sitemaps"] = [f"{site.url}/clanci.xml", f"{site.url}/mapa.xml"]
    site.otherwise = lambda path: (
        index(*(f"/mapa/{next(numbers)}.xml" for _ in range(100))) if path.startswith("/mapa/") else None
    )
    site.at_most = 310


@hostile("Smeh na mapi")
def entity_bomb_in_sitemap(site: Site) -> None:
    """Entities within entities; and ones that read files."""
    bomb = Reply(f'<?xml version="1.0"?>{LAUGHS}<urlset><url><loc>/vesti/&a10;</loc></url></urlset>'.encode(), XML)
    leak = f'<?xml version="1.0"?>{SECRET}<urlset><url><loc>/vesti/&x;-vest-1234</loc></url></urlset>'
    by_sitemap(site, bomb, ("/tajna.xml", Reply(leak.encode(), XML)), ("/dobra.xml", urlset((ORDINARY, DAY))))
    site.fields["sitemaps"] += [f"{site.url}/tajna.xml", f"{site.url}/dobra.xml"]
    site.refused |= {
        "/vesti/&a10": "http_error",
        "/vesti/&x;-vest-1234": "http_error",
    }  # as letters: nothing is expanded


@hostile("Mapa u bombi")
def packed_sitemap_bomb(site: Site) -> None:
    """A packed sitemap of 300 MB, which begins well; one that is cut off."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    head = f"<urlset><url><loc>{ORDINARY}</loc><lastmod>{DAY}</lastmod></url>".encode()
    data = packer.compress(head) + b"".join(packer.compress(b" " * MEGABYTE) for _ in range(300)) + packer.flush()
    cut = gzip.compress(
        b"<urlset>"
        + b"".join(
            b"<url><loc>/vesti/vest-%d</loc><lastmod>20%02d-01-%02d</lastmod></url>"
            % (number, number % 20, number % 28 + 1)
            for number in range(5000)
        )
    )
    by_sitemap(site, Reply(data, "application/gzip"), ("/cela.xml.gz", Reply(cut[: len(cut) // 2], "application/gzip")))
    site.fields["sitemaps"].append(f"{site.url}/cela.xml.gz")


@hostile("Pola veka")
def long_sitemap(site: Site) -> None:
    """50,000 addresses, two of the window; 40,000 without any date."""
    dated = urlset(
        (ORDINARY, DAY),
        *((f"/vesti/stara-{number}", f"20{number % 20:02}-05-{number % 28 + 1:02}") for number in range(50_000)),
    )
    undated = "".join(f"<url><loc>/sekcija/oblast-{number}</loc></url>" for number in range(40_000))
    by_sitemap(site, dated, ("/bez-dana.xml", Reply(f"<urlset>{undated}</urlset>".encode(), XML)))
    site.fields["sitemaps"].append(f"{site.url}/bez-dana.xml")
    site.fields["article_pattern"] = "^/vesti/"
    site.at_most = 8


@hostile("Mapa u HTML-u")
def html_as_sitemap(site: Site) -> None:
    """HTML, a picture, a page of an error: the front page is read instead."""
    by_sitemap(site, Reply(b"<html><body>Mapa sajta</body></html>", XML), ("/2.xml", Reply(b"\x89PNG" * 99, XML)))
    site.pages["/"] = listing(ORDINARY)
    site.fields["sitemaps"] += [f"{site.url}/2.xml", f"{site.url}/3.xml"]
    site.refused |= {"/mapa.xml": "bad_source", "/2.xml": "bad_source", "/3.xml": "http_error"}


@hostile("Tuđa mapa")
def sitemap_of_others(site: Site) -> None:
    """Parts and articles on other hosts and private machines."""
    parts = index("http://10.0.0.7/mapa.xml", "http://drugi-portal.example/mapa.xml", "/clanci.xml")
    listed = ("http://127.0.0.1:9/vest-vest-vest-1234", "http://drugi-portal.example/vest-vest-vest-1234")
    by_sitemap(site, parts, ("/clanci.xml", urlset((ORDINARY, DAY), *((url, DAY) for url in listed))))
    site.refused |= {listed[0]: "private_address", listed[1]: "off_site"}


@hostile("Robot putnik")
def robots_redirects(site: Site) -> None:
    """robots.txt leads in circles; it is taken as unreachable."""
    site.pages["/robots.txt"] = moved("/robots.txt?opet=1")
    site.pages["/robots.txt?opet=1"] = moved("/robots.txt")
    site.stored.clear()
    site.refused["/robots.txt"] = "fetch_failed"
    site.status, site.never = "failed", ["/rss"]
