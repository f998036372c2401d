"""Which machines may be reached: none on this machine or its private network, unless an outlet's file says so.

A feed, a sitemap or a redirect could otherwise make a crawl read from services that trust this machine. The guard is
asked by spelling for each request (spiders/guard.py), and for each name after it is resolved (the resolver there).
"""

import ipaddress
import re

_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}")


def ascii_host(host: str) -> str:
    """вести.срб → xn--b1agj9af.xn--90a3ac, lower case; a name that IDNA refuses stays as it is."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def is_private(host: str) -> bool:
    """Whether a host, by its spelling, is this machine or a private network; what a name resolves to is not asked."""
    host = host.strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(_PRIVATE_NAMES):
        return True
    try:
        address = ipaddress.ip_address(_as_number(host) if _NUMERIC.fullmatch(host) else host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return not (mapped or address).is_global


def _as_number(host: str) -> int:
    """The IPv4 number of 127.1, 0x7f000001 or 2130706433: C libraries connect to all of them as to 127.0.0.1."""
    *head, last = [int(part, _base(part)) for part in host.split(".")]
    if any(number > 255 for number in head) or last >= 256 ** (4 - len(head)):
        raise ValueError(f"{host} is no IPv4 address")
    return sum(number << 8 * (3 - place) for place, number in enumerate(head)) + last


def _base(part: str) -> int:
    if part.startswith("0x"):
        return 16
    return 8 if re.fullmatch("0[0-7]+", part) else 10
