"""Sites that send the reader elsewhere: round in circles, away, inside, to the front page, to another form of a page."""

from itertools import count

from tests.hostile.server import Reply
from tests.hostile.site import IN, Site, article, body, hostile, listing, moved, page


@hostile("Beskrajni putokaz")
def endless_redirect(site: Site) -> None:
    """Each address leads to a further one, for ever."""
    numbers = count(1)
    site.otherwise = lambda path: moved(f"/vesti/dalje-{next(numbers)}") if path.startswith("/vesti/dalje") else None
    site.listed.append(("/vesti/dalje-0", IN, "Dalje"))
    site.refused["/vesti/dalje-0"] = "fetch_failed"


@hostile("Kolačić na kolačić")
def cookie_loop(site: Site) -> None:
    """Leads to itself until a cookie comes back, which never does."""
    loop = moved("/vesti/kolacic-1", 302, ("Set-Cookie", "video=1; Path=/"))
    site.serve("/vesti/kolacic-1", loop, refused="fetch_failed")


@hostile("Krug dvojke")
def redirect_ring(site: Site) -> None:
    """Two addresses that lead to each other, both listed."""
    site.serve("/vesti/krug-1", moved("/vesti/krug-2"), refused="duplicate")
    site.serve("/vesti/krug-2", moved("/vesti/krug-1"), refused="duplicate")


@hostile("Put u zid")
def redirect_to_nowhere(site: Site) -> None:
    """Locations that are no web address, or none at all."""
    site.serve("/vesti/u-zid-1", moved("http://[::1"), refused="bad_address")
    site.serve("/vesti/u-zid-2", moved("file:///etc/passwd"), refused="http_error")
    site.serve("/vesti/u-zid-3", moved("javascript:alert(1)"), refused="bad_address")
    site.serve("/vesti/u-zid-4", moved("\x00"), refused="fetch_failed")
    site.serve("/vesti/u-zid-5", Reply(b"", status=302), refused="http_error")


@hostile("Tuđa vrata")
def redirect_away(site: Site) -> None:
    """Leads to another host, to this machine in many spellings, to a cloud's metadata."""
    site.serve("/vesti/tudja-vrata-1", moved("http://drugi-portal.example/vest"), refused="off_site")
    inside = ("http://127.0.0.1:9/", "http://localhost/", "http://2130706433/", "http://[::1]/", "http://0x7f.1/")
    for number, address in enumerate((*inside, "http://169.254.169.254/latest/"), start=2):
        site.serve(f"/vesti/tudja-vrata-{number}", moved(address), refused="private_address")


@hostile("Sve na naslovnu")
def redirect_to_front_page(site: Site) -> None:
    """What is gone leads to the front page, by status and by meta refresh."""
    site.pages["/"] = listing("/vesti/jos-jedna-vest-sa-naslovne-7")
    site.serve("/vesti/na-naslovnu-1", moved("/"), refused="front_page")
    site.serve("/vesti/na-naslovnu-2", moved("/?ref=404"), refused="front_page")
    site.serve("/vesti/na-naslovnu-3", moved("/index.php"), refused="front_page")
    site.serve(
        "/vesti/na-naslovnu-4",
        Reply(b'<html><head><meta http-equiv="refresh" content="0;url=/"></head></html>'),
        refused="front_page",
    )


@hostile("Osveži stranu")
def meta_refresh(site: Site) -> None:
    """Led on by meta refresh; one that reloads itself every few minutes is an article as any other."""
    site.pages["/vesti/nova-adresa-2"] = article("Nova adresa vesti")
    site.serve(
        "/vesti/stara-adresa-1",
        Reply(b'<html><head><meta http-equiv="refresh" content="0; url=/vesti/nova-adresa-2"></head></html>'),
    )
    site.stored["/vesti/nova-adresa-2"] = site.stored.pop("/vesti/stara-adresa-1") | {"title": "Nova adresa vesti"}
    site.serve("/vesti/uzivo-3", article("Uživo iz luke", head='<meta http-equiv="refresh" content="300">'))
    itself = '<meta http-equiv="refresh" content="0; url=/vesti/sebi-4">'
    site.serve("/vesti/sebi-4", article("Sama sebi", head=itself), refused="fetch_failed")


@hostile("Sto lica")
def many_forms(site: Site) -> None:
    """One article under tracking, comment box, AMP, mobile, print and fragment addresses: fetched once."""
    forms = (
        "?utm_source=rss&fbclid=1",
        "?modal=feedback",
        "/amp/",
        "?amp",
        "?outputType=amp",
        "#komentari",
        "?print=1",
        "/",
    )
    site.serve("/vesti/sto-lica-1", article("Sto lica jedne vesti"))
    site.listed += [(f"/vesti/sto-lica-1{form}", IN, "Opet") for form in forms]
    site.listed.append((f"http://m.{site.host}/vesti/sto-lica-1", IN, "Mobilna"))
    site.listed.append((f"https://www.{site.host}:443/vesti/sto-lica-1", IN, "Druga"))
    site.at_most = 4  # robots.txt, the feed, two articles


@hostile("Blizanci")
def script_twins(site: Site) -> None:
    """One article in both scripts under one number, and its print version: addresses of one article."""
    site.fields["id_pattern"] = r"-(\d+)(?:/|$)"
    site.serve("/vesti/most-je-otvoren-77", Reply(page("Most je otvoren", body("blizanci")).encode()))
    site.serve(
        "/cir/vesti/most-je-otvoren-77",
        Reply(
            page(
                "Мост је отворен",
                "<p>"
                + "Мост преко реке отворен је за саобраћај после две године радова, рекао је начелник. " * 9
                + "</p>",
            ).encode()
        ),
        stored={"script": "cyrl"},
    )
    site.articles = 2


@hostile("Sesija u adresi")
def session_ids(site: Site) -> None:
    """Every link carries a new session: one article all the same."""
    site.serve("/vesti/sesija-1", article("Sesija u adresi"))
    site.otherwise = lambda path: article("Sesija u adresi") if path.startswith("/vesti/sesija-1") else None
    site.stored["/vesti/sesija-1"] = {"title": "Sesija u adresi"}
    site.listed += [(f"/vesti/sesija-1?PHPSESSID={number:032x}", IN, "Sesija") for number in range(20)]
    site.listed += [(f"/vesti/sesija-1;jsessionid={number:032x}", IN, "Sesija") for number in range(20)]
    site.at_most = 4
