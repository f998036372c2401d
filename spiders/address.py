"""One spelling for each address, and one key for each article of an outlet.

`canonical` removes what does not change the page: tracking, AMP and mobile forms, default ports. A script twin keeps
its own address, since its bytes differ. `article_key` goes further: twins, mirrors and editions share it. Whether an
address is wanted, and its date, is not judged here (spiders/window.py, spiders/listing.py). The store keys on both.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from spiders.network import ascii_host, is_private
from spiders.registry import Outlet

# courlan's list is not used: it is unanchored, and drops `galerija`, `cid` or `source`, which select a page elsewhere.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|itm|vero|oly|mc|hsa|fb|at)_\w+|_hs\w+|_ga|_gl|[gd]clid|gclsrc|[gw]braid|(?:fb|y|tw|tt|ys)clid"
    r"|msclkid|igsh(?:id)?|ref|ref_?src|ref_?url|referrer|cmpid|xtor|ncid|ocid|s_cid|smid|spm|mkt_tok|__twitter_impression|share"
    r"|modal|chat_room_id"  # Sputnik's comment box over the same page
    r"|phpsessid|jsessionid|aspsessionid\w*|session_?id",
    re.IGNORECASE,
)
_FORM_QUERY = re.compile(r"amp|amphtml|output_?type|noamp|print|mobile", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?<=/)amp(?:/|$)", re.IGNORECASE)
_AMP_FILE = re.compile(r"[.-]amp(?=\.s?html?$)|\.amp$", re.IGNORECASE)
_HOST_FORMS = ("www.", "m.", "amp.", "mobile.", "wap.", "touch.")
_SCRIPT_HOSTS = ("lat.", "latin.", "latinica.", "cir.", "cyr.", "cirilica.")

_SCRIPT_WORDS = r"lat|latn|latin|latinica|cir|cyr|cyrl|cyrillic|cirilica|sr-(?:rs|latn?|cyrl?|latn-rs|cyrl-rs)"
_SCRIPT_PATH = re.compile(rf"^/(?:{_SCRIPT_WORDS}|c|sr)(?=/.)", re.IGNORECASE)  # novosti.rs: /c/ is Cyrillic
_SCRIPT_QUERY = re.compile(r"(?:sr_)?pismo|script|alphabet|lang|jezik", re.IGNORECASE)
_SCRIPT_VALUE = re.compile(rf"(?:{_SCRIPT_WORDS}|sr)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_EDITION_PATH = re.compile(r"(?<=/)(?:print|stampa|embed)(?=/|$)|/(?:komentari|comments)$", re.IGNORECASE)


def joined(base: str, link: str) -> str:
    """The address that a link on a page means; the link itself where it means none."""
    try:
        return urljoin(base, link.strip())
    except ValueError:  # http://[
        return link


def is_web(url: str) -> bool:
    """Whether the text is an http(s) address with a host."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host of a web address, lower case, in ASCII; empty where it has none."""
    return ascii_host(urlsplit(url.strip()).hostname or "") if is_web(url) else ""


def outlet_host(url: str, outlet: Outlet) -> str | None:
    """The host as the outlet's file spells it, with its port if it names one; None when it is not the outlet's."""
    host = host_of(url)
    known = _known_hosts(outlet.hosts)
    if host and (with_port := f"{host}:{urlsplit(url.strip()).port}") in known:
        return with_port
    return next((spelling for spelling in _spellings(host) if spelling in known), None)


def canonical(url: str, outlet: Outlet | None) -> str:
    """The one spelling of an address. Idempotent; what is no web address comes back as it is."""
    url = url.strip()
    if not is_web(url):
        return url
    parts = urlsplit(canonicalize_url(url, keep_blank_values=True))
    netloc = _netloc(parts, outlet)
    # A page answers under http and https alike; what has a port of its own, or is on this machine, has no certificate.
    is_local = ":" in netloc or is_private(netloc) or (outlet is not None and outlet.allow_loopback)
    path, longer = _SESSION.sub("", parts.path), ""
    while path != longer:  # what stands before an ending may be one too
        path, longer = _AMP_FILE.sub("", _AMP_PATH.sub("", path).rstrip("/;")), path
    query = "&".join(pair for pair in parts.query.split("&") if not _is_form(*_name_and_value(pair)))
    return urlunsplit((parts.scheme if is_local else "https", netloc, path or "/", query, ""))


def article_key(url: str, outlet: Outlet | None) -> str:
    """The key that all addresses of one article share in its outlet: the site's id, else the path without edition."""
    address = canonical(url, outlet)
    if not is_web(address):
        return address
    parts = urlsplit(address)
    if outlet is not None and outlet.id_pattern:
        found = re.search(outlet.id_pattern, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if found and found[1]:
            return f"id:{found[1]}"
    path = _EDITION_PATH.sub("", _SCRIPT_PATH.sub("", parts.path))
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if not _is_script(*_name_and_value(pair)))
    # The host says nothing more inside one outlet, but the front pages of its hosts are not one article.
    is_own = outlet is not None and outlet_host(address, outlet) is not None and path != "/"
    return f"{'' if is_own else _folded_host(parts.netloc)}{path}{'?' if query else ''}{query}"


def _netloc(parts: SplitResult, outlet: Outlet | None) -> str:
    host = ascii_host(parts.hostname or "").rstrip(".")
    own = outlet_host(parts.geturl(), outlet) if outlet else None
    if own and own.rpartition(":")[2].isdigit() and own.count(":") == 1:
        return own
    if own is None:
        own = next((host.removeprefix(form) for form in _HOST_FORMS[1:] if _has_form(host, form)), host)
    port = parts.port if parts.port != {"http": 80, "https": 443}[parts.scheme] else None
    return f"{f'[{own}]' if ':' in own else own}{f':{port}' if port else ''}"


def _spellings(host: str) -> list[str]:
    """The host and what it is without `www.`, `m.` and the like, then with `www.` before it."""
    names = [host]
    while form := next((form for form in _HOST_FORMS if _has_form(names[-1], form)), None):
        names.append(names[-1].removeprefix(form))
    return [*names, f"www.{names[-1]}"]


def _folded_host(netloc: str) -> str:
    while form := next((form for form in (*_HOST_FORMS, *_SCRIPT_HOSTS) if _has_form(netloc, form)), None):
        netloc = netloc.removeprefix(form)
    return netloc


def _has_form(host: str, form: str) -> bool:
    return host.startswith(form) and host.count(".") > 1


@lru_cache(maxsize=1024)
def _known_hosts(hosts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(ascii_host(host) for host in hosts)


def _name_and_value(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _is_form(name: str, value: str) -> bool:
    """Whether a query field only tells where the reader came from, or asks for another form of the same page."""
    if not name or _TRACKING.fullmatch(name):
        return True
    return bool(_FORM_QUERY.fullmatch(name)) and value.lower() in ("", "1", "true", "amp", "yes")


def _is_script(name: str, value: str) -> bool:
    return bool(_SCRIPT_QUERY.fullmatch(name) and _SCRIPT_VALUE.fullmatch(value))
