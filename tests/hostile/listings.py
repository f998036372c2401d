"""Sites whose lists lead on for ever, lead nowhere, or change in the middle."""

from itertools import count

from tests.hostile.server import Reply
from tests.hostile.site import ORDINARY, Site, article, body, hostile, listing, page


def by_listing(site: Site, front: Reply, pattern: str | None = "^/vesti/") -> None:
    """The site has nothing but lists."""
    site.fields |= {"feeds": [], "listings": [f"{site.url}/vesti/"], "article_pattern": pattern}
    site.pages |= {"/vesti/": front, "/": listing("/o-nama")}


@hostile("Večni kalendar")
def calendar_trap(site: Site) -> None:
    """Each page of the calendar leads to the next month, for ever."""
    months = count(1)

    def month(path: str) -> Reply | None:
        following = f'<a rel="next" href="/kalendar/{next(months)}/">Sledeći mesec</a>'
        return listing(ORDINARY, extra=following) if path.startswith("/kalendar/") else None

    by_listing(site, listing(ORDINARY, extra='<a rel="next" href="/kalendar/0/">Sledeći mesec</a>'), "^/vesti/.")
    site.otherwise = month
    site.at_most = 8


@hostile("Još jedna strana")
def infinite_paging(site: Site) -> None:
    """Every page has new articles and a further page: dated ones to the limit of pages, for want of an older."""
    numbers = count(1)

    def answer(path: str) -> Reply | None:
        if path.startswith("/vesti/?strana="):
            links = [f"/vesti/2025/10/22/nova-{next(numbers)}" for _ in range(1)]
            return listing(*links, extra=f'<a href="/vesti/?strana={int(path.rpartition("=")[2]) + 1}">Sledeća »</a>')
        if path.startswith("/vesti/2025/"):
            site.stored[path] = {}
            return article(f"Vest {path}", seed=path)
        return None

    by_listing(
        site,
        listing(ORDINARY, "/vesti/2025/10/22/nova-0", extra='<a href="/vesti/?strana=2">Sledeća »</a>'),
        r"^/vesti/[\w/-]+-\d+$",
    )
    site.otherwise = answer
    site.at_most = 450


@hostile("Ista strana")
def same_page_again(site: Site) -> None:
    """Every page is the first page again, under a further number."""
    by_listing(site, listing(ORDINARY, extra='<a href="/vesti/strana/2/">2</a>'), "^/vesti/.+\\d$")
    site.otherwise = lambda path: (
        listing(ORDINARY, extra=f'<a href="/vesti/strana/{int(path.split("/")[3]) + 1}/">Dalje</a>')
        if path.startswith("/vesti/strana/")
        else None
    )
    site.at_most = 6


@hostile("Nov izgled")
def template_change(site: Site) -> None:
    """The template changed in mid-history: other addresses, other markup, other dates; old articles have the old one."""
    old = f'<table><tr><td class="naslov"><b>Stara vest pod starim izgledom</b></td></tr><tr><td class="dat">21.10.2025. 14:30</td></tr><tr><td>{body("stari izgled").replace("<p>", "").replace("</p>", "<br><br>")}</td></tr></table>'
    site.pages["/vest.php?id=1234"] = Reply(
        f"<HTML><HEAD><TITLE>Stara vest pod starim izgledom</TITLE></HEAD><BODY>{old}</BODY></HTML>".encode()
    )
    site.stored["/vest.php?id=1234"] = {"title": "Stara vest pod starim izgledom"}
    site.pages["/vesti/2025/10/23/nova-vest-pod-novim-izgledom"] = article(
        "Nova vest pod novim izgledom", day="2025-10-23T08:00:00Z"
    )
    site.stored["/vesti/2025/10/23/nova-vest-pod-novim-izgledom"] = {"title": "Nova vest pod novim izgledom"}
    by_listing(site, listing(ORDINARY, "/vest.php?id=1234", "/vesti/2025/10/23/nova-vest-pod-novim-izgledom"), None)


@hostile("Farma veza")
def link_farm(site: Site) -> None:
    """20,000 links on a page, most to others, to files and to nothing."""
    links = [f"http://farma-{number}.example/vest" for number in range(20_000)]
    by_listing(site, listing(ORDINARY, *links, *(f"/slike/{number}.jpg" for number in range(500))))


@hostile("Bez osnova")
def base_of_another(site: Site) -> None:
    """<base href> points to a private machine: nothing on the page is the outlet's any more."""
    front = listing(ORDINARY, extra="")
    data = front.body if isinstance(front.body, bytes) else b""
    by_listing(site, Reply(data.replace(b"<head>", b'<head><base href="http://10.0.0.7/">')), "^/vesti/.+")
    site.stored.clear()
    site.status, site.detail = "empty", "no article address"


@hostile("Nije lista")
def list_as_article(site: Site) -> None:
    """Section, tag and search pages whose addresses look like articles."""
    links = "".join(
        f'<li><a href="/v/{number}">Naslov druge vesti koja je ovde samo navedena {number}</a></li>'
        for number in range(30)
    )
    site.serve(
        "/vesti/najnovije-vesti-iz-luke-1",
        Reply(page("Najnovije vesti", f"<ul>{links}</ul>", day=None).encode()),
        refused="list_page",
    )
    site.serve("/tag/most", Reply(page("most", f"<ul>{links}</ul>", day=None).encode()), refused="list_page")
