"""What the front page of an unknown site tells of it: its name, its language, its twins, where it leads.

HTML in, values out. Read for spiders/probe_site.py; what becomes of it in an outlet's file is pipelines/draft.py's say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html
from w3lib.html import get_base_url

from spiders.address import host_of, is_web, joined
from spiders.link import telegram_address
from spiders.outlet_fields import bare

MOST_LINKS = 1000
MOST_LETTERS = 20_000
_SEEN = "//body//text()[not(parent::script or parent::style or parent::noscript)]"
SCRIPT_HOSTS = ("lat.", "latin.", "latinica.", "cir.", "cyr.", "cirilica.")
_SCRIPT_FOLDER = re.compile(
    r"/(?:lat|latin|latinica|cir|cyr|cirilica|sr-latn?|sr-cyrl?|sr-Latn-RS|sr-Cyrl-RS|scc?)(?:/|$)"
)
_PARTS = re.compile(r"\s+[-–—|·•»:]+\s+|\s*\|\s*")
_NO_CHANNEL = frozenset(("share", "joinchat", "addstickers", "proxy", "socks", "iv"))


@dataclass(frozen=True, slots=True)
class Front:
    """What a front page tells."""

    name: str = ""
    name_from: str = ""
    region: str = ""  # the country of its <html lang>: RS of sr-Latn-RS
    links: tuple[str, ...] = ()  # to its own host, each once, in its order
    script_hosts: tuple[str, ...] = ()  # hosts of the same domain that are named after a script
    script_folders: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()  # of Telegram
    words: str = ""  # what a reader sees of it, the beginning


def read_front(text: str, url: str) -> Front:
    """Read a front page; what cannot be parsed tells nothing."""
    try:
        root = html.document_fromstring(text)
    except (ValueError, html.etree.ParserError):
        return Front()
    base, host = get_base_url(text, url), bare(urlsplit(url).netloc)
    hrefs = root.xpath(f"(//a/@href | //link[@rel='alternate' and @hreflang]/@href)[position() <= {MOST_LINKS}]")
    links = list(dict.fromkeys(link for href in hrefs if is_web(link := joined(base, href).partition("#")[0])))
    name, name_from = _name(root, host)
    return Front(
        name=name,
        name_from=name_from,
        region=_region(root),
        links=tuple(link for link in links if bare(urlsplit(link).netloc) == host),
        script_hosts=tuple(dict.fromkeys(_script_hosts(links, host))),
        script_folders=tuple(dict.fromkeys(_script_folders(links, host))),
        channels=_channels(links),
        words=" ".join(" ".join(root.xpath(_SEEN)).split())[:MOST_LETTERS],
    )


def script_twins(host: str) -> tuple[str, ...]:
    """Hosts on which outlets of the region serve the other script."""
    base = without_script(bare(host))
    return tuple(twin for form in ("", "lat.", "cir.") if (twin := form + base) != bare(host))


def without_script(host: str) -> str:
    """lat.vesti.example → vesti.example"""
    return next((host.removeprefix(form) for form in SCRIPT_HOSTS if host.startswith(form)), host)


def _name(root: html.HtmlElement, host: str) -> tuple[str, str]:
    stated = root.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content")
    stated = stated or root.xpath("//meta[@name='application-name' or @name='apple-mobile-web-app-title']/@content")
    if stated and stated[0].strip():
        return " ".join(stated[0].split()), "as the front page calls itself"
    titles = root.xpath("//head/title/text()")
    parts = [part for part in _PARTS.split(" ".join(titles[0].split())) if part] if titles else []
    label = re.sub(r"\W", "", host.rpartition(".")[0])
    alike = [part for part in parts if re.sub(r"\W", "", part.lower()) in (label, host.replace(".", ""))]
    if alike or len(parts) == 1:
        return (alike or parts)[0], "by the title of the front page"
    return (min(parts, key=len), "guessed from the title of the front page") if parts else ("", "")


def _region(root: html.HtmlElement) -> str:
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = re.search(r"[-_]([A-Za-z]{2})$", stated.strip())
    return found[1].upper() if found else ""


def _script_hosts(links: Iterable[str], host: str) -> Iterable[str]:
    for link in links:
        other = bare(host_of(link))
        if other != host and without_script(other) == without_script(host):
            yield other


def _script_folders(links: Iterable[str], host: str) -> Iterable[str]:
    for link in links:
        found = _SCRIPT_FOLDER.match(urlsplit(link).path)
        if found and bare(host_of(link)) == host:
            yield found[0].rstrip("/")


def _channels(links: Iterable[str]) -> tuple[str, ...]:
    found = (telegram_address(link) for link in links)
    names = dict.fromkeys(address.split("/")[3] for address in found if address)
    return tuple(name for name in names if name not in _NO_CHANNEL)
