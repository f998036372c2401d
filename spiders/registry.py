"""The registry of outlets: `outlets/*.toml` → `Outlet` values, checked when loaded.

The outlet's registry name is its file's stem. What a field means is in docs/outlets.md; how one field is read, and
what it refuses, is in `spiders.outlet_fields`. Spiders crawl from these values, pipelines store them as `outlet`.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from spiders.errors import RegistryError
from spiders.network import ascii_host, is_private
from spiders.outlet_fields import READERS, REQUIRED, Dialect, Fetcher, FieldError, Role, Script, bare, is_within

PACKAGED = Path(__file__).parent / "outlets"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet as its file describes it. `hosts[0]` is the canonical host, the others are its twins."""

    outlet: str
    name: str
    role: Role
    country: str  # ISO 3166-1 alpha-2; XK for Kosovo
    hosts: tuple[str, ...]
    language: str = "sr"
    script: Script = "latn"
    dialect: Dialect = "ekavian"
    timezone: str = "Europe/Belgrade"
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()  # with {year}, {month} and {day} for the digits of a day
    foreign_feed_hosts: tuple[str, ...] = ()  # hosts of others that serve this outlet's feeds, e.g. a feed service
    article_pattern: str | None = None  # regular expression searched in an article's path and query
    id_pattern: str | None = None  # its first group is the site's own id, the same on all twin hosts
    path_prefix: str | None = None  # the outlet's part of a host it shares with others, e.g. "/serbian/"
    credited_as: tuple[str, ...] = ()  # names others credit it by, without case endings
    owner: str | None = None
    is_eu_sanctioned: bool = False
    is_crawled: bool = True  # False: known by name and host, never fetched by a crawl of all outlets
    verified_on: date | None = None  # None: never
    expected_per_day: float | None = None
    allow_loopback: bool = False
    telegram: str | None = None  # channel name, crawled from its public preview
    proxy: str | None = None  # without a login; spiders/proxy.py
    fetcher: Fetcher = "http"  # spiders/browser.py
    note: str | None = None


def load_outlet(path: Path) -> Outlet:
    """Read one outlet's file, or raise RegistryError with the file, the field and the reason in one line."""
    values: dict[str, Any] = {"outlet": path.stem}
    if not SLUG.fullmatch(path.stem):
        raise _refused(path, "file name", f'"{path.stem}" is not lower-case letters and digits joined by hyphens')
    table = _table(path)
    for field in table:
        if field not in READERS:
            raise _refused(path, field, f"unknown field; the fields are {', '.join(READERS)}")
    for field in REQUIRED:
        if field not in table:
            raise _refused(path, field, "missing; every outlet needs it")
    for field, value in table.items():
        try:
            values[field] = READERS[field](value)
        except FieldError as error:
            raise _refused(path, field, str(error)) from error
    outlet = Outlet(**values)
    for field, reason in _contradictions(outlet):
        raise _refused(path, field, reason)
    return outlet


def folder_of(asked: Path | None) -> Path:
    """The folder that is used: the one asked for, else that of ODJEK_OUTLETS, else the packaged one."""
    return asked or Path(os.environ.get("ODJEK_OUTLETS") or PACKAGED)


def read_folder(folder: Path | None = None) -> tuple[dict[str, Outlet], list[RegistryError]]:
    """Read all outlets of a folder: those that can be used, by name, and one error for each file that cannot."""
    folder = folder_of(folder)
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        reason = "holds no .toml file" if folder.is_dir() else "is not a folder"
        return {}, [RegistryError(f"{folder}: {reason}; name a folder of outlet files (--outlets or ODJEK_OUTLETS)")]
    outlets: dict[str, Outlet] = {}
    errors: list[RegistryError] = []
    claimed: dict[str, str] = {}
    for path in paths:
        try:
            outlet = load_outlet(path)
            for key in _keys(outlet):
                if key in claimed:
                    raise _refused(path, "hosts", f"{key} belongs to {claimed[key]} already")
        except RegistryError as error:
            errors.append(error)
            continue
        outlets[outlet.outlet] = outlet
        claimed.update(dict.fromkeys(_keys(outlet), outlet.outlet))
    for channel in [channel for outlet in outlets.values() if (channel := channel_of(outlet))]:
        if channel.outlet not in outlets and not claimed.keys() & set(_keys(channel)):
            outlets[channel.outlet] = channel
            claimed.update(dict.fromkeys(_keys(channel), channel.outlet))
    return outlets, errors


def channel_of(outlet: Outlet) -> Outlet | None:
    """The outlet's Telegram channel as an outlet of its own, compared as the outlet is; None where it has none."""
    if outlet.telegram is None or outlet.path_prefix or outlet.allow_loopback:
        return None
    channel = outlet.telegram.lower()
    return replace(
        outlet,
        outlet=f"{outlet.outlet}-telegram",
        name=f"{outlet.name} (Telegram)",
        hosts=("t.me",),
        feeds=(),
        sitemaps=(),
        listings=(),
        archives=(),
        foreign_feed_hosts=(),
        article_pattern=None,
        id_pattern=r"/(\d+)$",
        path_prefix=f"/{channel}/",
        expected_per_day=None,
        telegram=channel,
        proxy=None,
        fetcher="http",
    )


def load_outlets(folder: Path | None = None) -> dict[str, Outlet]:
    """All outlets of `folder` (None: ODJEK_OUTLETS, else the packaged ones) by name, or the first file's error."""
    outlets, errors = read_folder(folder)
    if errors:
        raise errors[0]
    return outlets


def host_index(outlets: Mapping[str, Outlet] | Iterable[Outlet]) -> dict[str, str]:
    """Host → outlet name, each host with and without "www."; a shared host stands as "host/prefix/"."""
    values = outlets.values() if isinstance(outlets, Mapping) else outlets
    return {www + key: outlet.outlet for outlet in values for key in _keys(outlet) for www in ("", "www.")}


def outlet_of(url: str, index: Mapping[str, str]) -> str | None:
    """Name of the outlet that an address belongs to: by its host (and path, where shared), else by the parent host."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, ascii_host(parts.hostname or "").rstrip(".")
    except ValueError:  # not an address: "http://[", a port that is no number
        return None
    prefix = "/" + parts.path.removeprefix("/").partition("/")[0] + "/"
    while host:
        for key in (f"{host}:{port}{prefix}", f"{host}:{port}", host + prefix, host):
            if key in index:
                return index[key]
        host = host.partition(".")[2]
    return None


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(path, "file", f"cannot be read: {error}") from error


def _refused(path: Path, field: str, reason: str) -> RegistryError:
    return RegistryError(f"{path}: {field}: {' '.join(reason.split())}")


def _keys(outlet: Outlet) -> list[str]:
    """The outlet's keys in the index of hosts, without "www."."""
    return [bare(host) + (outlet.path_prefix or "") for host in outlet.hosts]


def _contradictions(outlet: Outlet) -> Iterable[tuple[str, str]]:
    """Field and reason of everything in a file that its other fields forbid."""
    for host in outlet.hosts:
        if is_private(host.partition(":")[0]) and not outlet.allow_loopback:
            yield "hosts", f"{host} is this machine or its network; write allow_loopback = true where that is meant"
    for field in ("feeds", "sitemaps", "listings", "archives"):
        for url in getattr(outlet, field):
            host = ascii_host(urlsplit(url).netloc)
            if not is_within(host, outlet.hosts) and not (field == "feeds" and host in outlet.foreign_feed_hosts):
                remedy = "name it in foreign_feed_hosts" if field == "feeds" else "add it to hosts"
                yield field, f"{host} is not a host of the outlet; {remedy} if that is meant"
