"""How each field of an outlet's file is read: a plain value in, a checked value out, or a FieldError that says why not.

One reader per field, listed in READERS. Knows one field at a time; what fields forbid each other, and which file they
came from, is for `spiders.registry`.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from spiders.network import ascii_host

Role = Literal["state_media", "mirror", "agency", "local", "factchecker", "aggregator", "unknown"]
Script = Literal["cyrl", "latn", "both"]
Dialect = Literal["ekavian", "ijekavian", "mixed", "none"]

Fetcher = Literal["http", "browser"]

REQUIRED = ("name", "role", "country", "hosts")
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
TELEGRAM = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
ONE_LANGUAGE = {"bs", "hr", "sh"}  # stored as sr, as the texts are compared across them


class FieldError(ValueError):
    """A field's value cannot be used; the message is the reason."""


def bare(host: str) -> str:
    """The host without "www."."""
    return host.removeprefix("www.")


def is_within(host: str, hosts: Iterable[str]) -> bool:
    """Whether `host` is one of `hosts`, with or without "www.", or a sub-domain of one."""
    return any(bare(host) == bare(own) or host.endswith("." + bare(own)) for own in hosts)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FieldError(f"{value!r} is not a text in quotes")
    if not value.strip() or value != value.strip():
        raise FieldError(f"{value!r} is empty or has blanks around it")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise FieldError(f"{value!r} is neither true nor false")
    return value


def _several(read: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """A reader of a list of what `read` reads."""

    def reader(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise FieldError(f"{value!r} is not a list in brackets")
        found = tuple(read(item) for item in value)
        for item in found:
            if found.count(item) > 1:
                raise FieldError(f"{item} stands there twice")
        return found

    return reader


def _choice(choices: Iterable[str]) -> Callable[[object], str]:
    """A reader of one of a few words."""
    words = tuple(choices)

    def reader(value: object) -> str:
        if _text(value) not in words:
            raise FieldError(f'"{value}" is none of {", ".join(words)}')
        return str(value)

    return reader


@cache
def _countries() -> frozenset[str]:
    """ISO 3166-1 codes as the zone database lists them, and XK, which everyone uses for Kosovo."""
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    return frozenset({line.split("\t")[0] for line in lines if line and not line.startswith("#")} | {"XK"})


def _country(value: object) -> str:
    if _text(value) not in _countries():
        raise FieldError(f'"{value}" is no ISO 3166-1 code in capitals (Kosovo is XK)')
    return str(value)


def _language(value: object) -> str:
    code = _text(value)
    if code in ONE_LANGUAGE:
        raise FieldError(f'"{code}" is written "sr" here: it stands for Serbian, Bosnian, Croatian and Montenegrin')
    if not re.fullmatch(r"[a-z]{2}", code):
        raise FieldError(f'"{code}" is no two-letter ISO 639-1 code')
    return code


def _host(value: object) -> str:
    text = _text(value)
    if "/" in text:
        raise FieldError(
            f'"{text}" is an address; give the host alone: "{urlsplit(text).netloc or text.split("/")[0]}"'
        )
    host, _, port = ascii_host(text).partition(":")
    fits = HOST.fullmatch(host) and ("." in host or host == "localhost") and text == text.lower()
    if not fits or (port and not (port.isdecimal() and 0 < int(port) < 65536)) or text.endswith(":"):
        raise FieldError(f'"{text}" is not a host in lower-case letters, like "lat.example.rs"')
    return ascii_host(text)


def _hosts(value: object) -> tuple[str, ...]:
    hosts = _several(_host)(value)
    if not hosts:
        raise FieldError("is empty; the first host is the canonical one")
    folded = [bare(host) for host in hosts]
    for host in folded:
        if folded.count(host) > 1:
            raise FieldError(f'{host} stands there twice; "www." is understood')
    return hosts


def _address(value: object) -> str:
    url = _text(value)
    if not re.match(r"https?://[^/\s]+/\S*$", url):
        raise FieldError(f'"{url}" is not a full address, like "https://example.rs/feed/"')
    return url


def _archive(value: object) -> str:
    url = _address(value)
    if "{year}" not in url or re.search(r"[{}]", re.sub(r"\{(?:year|month|day)\}", "", url)):
        raise FieldError(f'"{url}" needs {{year}}, and may have {{month}} and {{day}}, where a day\'s digits stand')
    return url


def _zone(value: object) -> str:
    if _text(value) not in available_timezones():
        raise FieldError(f'"{value}" is no time zone, like "Europe/Belgrade"')
    return str(value)


def _pattern(value: object) -> str:
    try:
        re.compile(_text(value))
    except re.error as error:
        raise FieldError(f"{value!r} is no regular expression: {error}") from error
    return str(value)


def _id_pattern(value: object) -> str:
    groups = re.compile(_pattern(value)).groups
    if groups != 1:
        raise FieldError(
            f"{value!r} has {groups} groups; exactly one must hold the site's id: use (?:…) for the others"
        )
    return str(value)


def _prefix(value: object) -> str:
    if not re.fullmatch(r"/[^/?#\s]+/", _text(value)):
        raise FieldError(f'"{value}" is not one folder between slashes, like "/serbian/"')
    return str(value)


def _verified(value: object) -> date | None:
    if value == "never":
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FieldError(f'{value!r} is neither a date like 2026-03-31 (without quotes) nor "never"')
    if value > datetime.now(ZoneInfo("Europe/Belgrade")).date():
        raise FieldError(f"{value} lies in the future")
    return value


def _per_day(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise FieldError(f"{value!r} is not a number of articles, 0 or more")
    return float(value)


def _telegram(value: object) -> str:
    if not TELEGRAM.fullmatch(_text(value)):
        raise FieldError(
            f'"{value}" is not a channel name: letters, digits and "_", without "@" and without an address'
        )
    return str(value)


def proxy_address(value: object) -> str:
    """The address of an HTTP proxy, with a login where it has one."""
    text = _text(value)
    parts = urlsplit(text)
    if parts.scheme.startswith("socks"):
        raise FieldError(f"{parts.scheme} is not spoken; put an HTTP proxy before it, such as privoxy")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise FieldError('not the address of a proxy, like "http://proxy.example:3128"')
    return text.rstrip("/")


def _proxy(value: object) -> str:
    text = proxy_address(value)
    if "@" in text:
        raise FieldError("a login does not belong in a file: set ODJEK_PROXY_ and the outlet's name instead")
    return text


READERS: dict[str, Callable[[object], Any]] = {
    "name": _text,
    "role": _choice(role for role in get_args(Role) if role != "unknown"),
    "country": _country,
    "hosts": _hosts,
    "language": _language,
    "script": _choice(get_args(Script)),
    "dialect": _choice(get_args(Dialect)),
    "timezone": _zone,
    "feeds": _several(_address),
    "sitemaps": _several(_address),
    "listings": _several(_address),
    "archives": _several(_archive),
    "foreign_feed_hosts": _several(_host),
    "article_pattern": _pattern,
    "id_pattern": _id_pattern,
    "path_prefix": _prefix,
    "credited_as": _several(_text),
    "owner": _text,
    "is_eu_sanctioned": _flag,
    "is_crawled": _flag,
    "verified_on": _verified,
    "expected_per_day": _per_day,
    "allow_loopback": _flag,
    "telegram": _telegram,
    "proxy": _proxy,
    "fetcher": _choice(get_args(Fetcher)),
    "note": _text,
}
"""What a file may say, field by field, in the order of docs/outlets.md."""
