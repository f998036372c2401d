"""Sites whose feeds are too long, too clever, broken, badly written, or no feeds."""

from tests.hostile.server import Reply, repeated
from tests.hostile.site import IN, OLD, ORDINARY, RSS, Site, article, body, hostile, listing, moved, page, rss

LAUGHS = (
    "<!DOCTYPE r [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 11))
    + "]>"
)  # ten thousand million laughs
SECRET = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y SYSTEM 'http://127.0.0.1:9/y'>]>"


@hostile("Deset hiljada")
def long_feed(site: Site) -> None:
    """10,000 items, all but a few older than the window."""
    site.listed += [(f"/vesti/stara-{number}", OLD, f"Stara vest {number}") for number in range(10_000)]
    site.serve("/vesti/deset-hiljada-1", article("Vest na kraju dugog kanala"))
    site.listed.append(site.listed.pop(0))
    site.at_most = 4


@hostile("Beskrajni kanal")
def endless_feed(site: Site) -> None:
    """A feed that never ends: given up at the limit, and the front page asked instead."""
    head = b'<?xml version="1.0"?><rss version="2.0"><channel>'
    item = b"<item><title>Opet</title><link>/vesti/opet</link></item>" * 20_000
    site.feed(Reply(repeated(head, item, 80), RSS))
    site.refused["/rss"] = "fetch_failed"
    site.pages["/"] = listing(ORDINARY)


@hostile("Tuđi kanal")
def feed_of_others(site: Site) -> None:
    """Links to other hosts, to this machine and to private networks in many spellings."""
    others = ("http://drugi-portal.example/vest-1", "http://hostile.example.drugi-portal.example/vest-2")
    private = (
        "http://127.0.0.1:9/tajna", "http://localhost/admin", "http://10.0.0.7/", "http://192.168.1.1/vesti/1234",
        "http://[::1]/vest", "http://[::ffff:10.0.0.1]/vest", "http://2130706433/vest", "http://0x7f000001/vest",
        "http://169.254.169.254/latest/meta-data", "http://metadata.internal/vest", "http://127.1/vest",
    )  # fmt: skip
    for url in (*others, *private):
        site.listed.append((url, IN, "Tuđe"))
        site.refused[url] = "off_site" if url in others else "private_address"
    site.refused["/rss"] = "not_html"  # where "http://" leads
    for url in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "data:text/html,<p>a",
        "http://",
        "http://[",
        "ftp://x.example/a",
    ):
        site.listed.append((url, IN, "Nije adresa"))


@hostile("Isti broj")
def duplicate_ids(site: Site) -> None:
    """Twenty items with one guid and one address, three titles."""
    site.serve("/vesti/isti-broj-1", article("Isti broj"))
    items = "".join(
        f"<item><guid>1</guid><title>Naslov {number % 3}</title><link>/vesti/isti-broj-1</link><pubDate>{IN}</pubDate></item>"
        for number in range(20)
    )
    old = f"<item><guid>1</guid><link>/vesti/davna-1</link><pubDate>{OLD}</pubDate></item>"
    ordinary = f"<item><guid>1</guid><link>{ORDINARY}</link><pubDate>{IN}</pubDate></item>"
    site.feed(Reply(f'<rss version="2.0"><channel>{items}{ordinary}{old}</channel></rss>'.encode(), RSS))
    site.at_most = 4


@hostile("Milijarda smehova")
def entity_bomb_in_feed(site: Site) -> None:
    """Entities within entities; and ones that read files and ask other machines."""
    bomb = "<item><title>&a10;</title><link>/vesti/bomba-1</link></item>"
    site.feed(Reply(f'<?xml version="1.0"?>{LAUGHS}<rss version="2.0"><channel>{bomb}</channel></rss>'.encode(), RSS))
    leak = f"<item><title>&x; &y;</title><link>/vesti/tajna-2</link><pubDate>{IN}</pubDate></item>"
    items = f"{leak}<item><link>{ORDINARY}</link><pubDate>{IN}</pubDate></item><item><link>/v/1</link><pubDate>{OLD}</pubDate></item>"
    site.pages["/drugi"] = Reply(
        f'<?xml version="1.0"?>{SECRET}<rss version="2.0"><channel>{items}</channel></rss>'.encode(), RSS
    )
    site.fields["feeds"] = [f"{site.url}/rss", f"{site.url}/drugi"]
    site.pages["/vesti/tajna-2"] = Reply(
        page("", body("tajna"), day=None).replace("<title></title>", "").replace("<h1></h1>", "").encode()
    )
    site.pages["/vesti/bomba-1"] = Reply(status=404)
    site.pages["/"] = listing("/o-nama")
    site.refused |= {"/vesti/bomba-1": "http_error", "/vesti/tajna-2": "no_title"}


@hostile("Kanal bez kanala")
def html_as_feed(site: Site) -> None:
    """The feed is an HTML page now: said so, and the front page read."""
    site.feed(Reply(b"\n<!-- nov sajt --><!DOCTYPE html><html><body>Novi sajt</body></html>", RSS))
    site.refused["/rss"] = "bad_source"
    site.pages["/"] = listing(ORDINARY)


@hostile("Polovni XML")
def broken_feed(site: Site) -> None:
    """Bare ampersands, unclosed elements, control characters, a stray end: read as far as it goes."""
    items = f"<item><title>Luka & most</title><link>{ORDINARY}</link><pubDate>{IN}</pubDate></item>"
    items += f"<item><title>\x0b\x00Znak</title><link>/vesti/znak-2?a=1&b=2</link><pubDate>{IN}</pubDate></item>"
    items += f"<item><title>Stara</title><link>/vesti/stara-3</link><pubDate>{OLD}</pubDate></item>"
    site.feed(
        Reply(
            f'\n\n  <?xml version="1.0"?><rss version="2.0"><channel><title>K</title>{items}<item><title>Nezatv'.encode(),
            RSS,
        )
    )
    site.pages["/vesti/znak-2?a=1&b=2"] = article("Znak u kanalu")
    site.stored["/vesti/znak-2?a=1&b=2"] = {"title": "Znak u kanalu"}


@hostile("Latinica u ćirilici")
def feed_in_other_charset(site: Site) -> None:
    """windows-1250 that calls itself UTF-8; a headline only the feed has."""
    bare = page("", body("Sirova"), day=None).replace("<title></title>", "").replace("<h1></h1>", "")
    site.serve("/vesti/drugo-pismo-1", Reply(bare.encode()), stored={"title": "Šest žaba čeka đubre"})
    feed = rss([("/vesti/drugo-pismo-1", IN, "Šest žaba čeka đubre"), *site.listed[1:]], charset="windows-1250")
    data = feed.body if isinstance(feed.body, bytes) else b""
    site.feed(Reply(b"\r\n" + data.replace(b"windows-1250", b"utf-8"), "text/xml; charset=utf-8"))


@hostile("Bliska adresa")
def relative_links(site: Site) -> None:
    """Relative links, blanks and line breaks around them, a BOM before the feed."""
    site.pages["/feed/rss.xml"] = Reply(
        b"\xef\xbb\xbf" + f"""<?xml version="1.0"?><rss version="2.0"><channel>
        <item><title>A</title><link>
            ../vesti/bliska-1?utm_source=rss&amp;utm_medium=feed
        </link><pubDate>{IN}</pubDate></item><item><link>//{site.host}{ORDINARY}</link><pubDate>{IN}</pubDate></item>
        <item><link>?p=stara</link><pubDate>{OLD}</pubDate></item></channel></rss>""".encode(),
        RSS,
    )  # fmt: skip
    site.fields["feeds"] = [f"{site.url}/feed/rss.xml"]
    site.pages["/vesti/bliska-1?utm_source=rss&utm_medium=feed"] = article("Bliska adresa vesti")
    site.stored["/vesti/bliska-1"] = {"title": "Bliska adresa vesti"}


@hostile("Duboki JSON")
def json_feeds(site: Site) -> None:
    """JSON nested a hundred thousand deep; items that are no items; the third is right."""
    good = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{{"url":"{ORDINARY}","date_published":"2025-10-22T10:00:00Z"}},{{"url":"/stara","date_published":"2025-01-01"}}]}}'
    site.pages |= {
        "/1.json": Reply(b'{"items":' + b"[" * 100_000, "application/json"),
        "/2.json": Reply(b'{"items":[1,null,"a",{"url":7},{"url":["x"]},{"title":{}}]}', "application/json"),
        "/3.json": Reply(good.encode(), "application/feed+json"),
        "/": listing(ORDINARY),  # asked, as the first feed may have had other news
    }
    site.fields["feeds"] = [f"{site.url}/{number}.json" for number in (1, 2, 3)]
    site.refused["/1.json"] = "bad_source"


@hostile("Nema kanala")
def feed_gone(site: Site) -> None:
    """404, an empty answer, a redirect that never ends, a picture: then the feed that the front page announces."""
    site.pages |= {
        "/prazan": Reply(b"  \n", RSS),
        "/krug": moved("/krug"),
        "/slika": Reply(bytes(range(256)) * 400, "image/png"),
        "/": listing("/o-nama", extra='<link rel="alternate" type="application/rss+xml" href="/novi-kanal">'),
        "/novi-kanal": rss(site.listed),
    }
    site.fields["feeds"] = [f"{site.url}/{path}" for path in ("nema", "prazan", "krug", "slika")]
    site.refused |= {"/nema": "http_error", "/prazan": "bad_source", "/krug": "fetch_failed", "/slika": "bad_source"}
    site.stored[ORDINARY] = {"discovered_by": "alternate"}


@hostile("Dugačka adresa")
def monstrous_items(site: Site) -> None:
    """An address of 1 MB and a headline of 1 MB in a feed."""
    site.listed.append((f"{site.url}/vesti/" + "a" * 1_000_000, IN, "Dugačka"))
    site.refused[("/vesti/" + "a" * 1_000_000)[: 200 - len(site.url)] + "…"] = "bad_address"
    bare = page("", body("Bez naslova"), day=None).replace("<title></title>", "").replace("<h1></h1>", "")
    site.serve("/vesti/dugacak-naslov-1", Reply(bare.encode()), refused="no_title", title="naslov " * 150_000)
