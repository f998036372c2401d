"""The registry of outlets: `outlets/*.toml` → `Outlet` values, checked when loaded.

The outlet's registry name is its file's stem. What a field means is in docs/outlets.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["state_media", "mirror", "agency", "local", "factchecker", "aggregator", "unknown"]
Script = Literal["cyrl", "latn", "both"]


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
    dialect: Literal["ekavian", "ijekavian", "mixed", "none"] = "ekavian"
    timezone: str = "Europe/Belgrade"
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    article_pattern: str | None = None  # regular expression searched in an article's path and query
    id_pattern: str | None = None  # its first group is the site's own id, the same on all twin hosts
    credited_as: tuple[str, ...] = ()  # names others credit it by, without case endings
    owner: str | None = None
    is_eu_sanctioned: bool = False
    verified_on: date | None = None  # None: never
    expected_per_day: float | None = None
    allow_loopback: bool = False
    telegram: str | None = None  # channel name, crawled from its public preview
    note: str | None = None
