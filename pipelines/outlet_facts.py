"""Facts of a new outlet that are worked out from what was found: name, country, dialect, zone, articles a day. Pure.

`pipelines.draft` writes them into the outlet's file, each with what it rests on.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from pipelines.dates import moment
from pipelines.normalise import fold
from spiders import clock
from spiders.found import Entry
from spiders.front import without_script
from spiders.outlet_fields import bare
from spiders.probe_outlet import SourceAnswer, day_of_entry

LEAST_DATED = 4
"""Dates from which a rate is estimated."""
LONGEST_RATE, SHORTEST_RATE = timedelta(days=30), timedelta(hours=3)
_REGION = frozenset(("RS", "BA", "ME", "XK", "HR", "SI", "MK"))  # all keep the time of Belgrade
_EKAVIAN = re.compile(
    r"\b(?:vreme\w*|vest|vesti|gde|ovde|uvek|dve|posle|pre|cena|cene|mesto|mesta|svet|sveta|covek\w*)\b"
)
_IJEKAVIAN = re.compile(
    r"\b(?:vrijeme\w*|vijest|vijesti|gdje|ovdje|uvijek|dvije|poslije|prije|cijen[ae]|mjest[oau]|svijet\w*|covjek\w*)\b"
)
_LEAST_WORDS_OF_DIALECT = 3
_MAINLY = 0.8
_ONE_DAY, _HOURS = 22, 48
_WHOLE_FROM = 5  # articles a day; a rarer outlet is told with a decimal
_ENDING = re.compile(r"\.(?:(?:co|com|org|net|gov|edu)\.)?\w{2,}$")


def slug_of(name: str | None, host: str) -> str:
    """The outlet's name in the registry: from its name, else from its host."""
    given = name or _ENDING.sub("", without_script(bare(_spoken(host.partition(":")[0]))))
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(given)))
    return slug or "-".join(re.findall(r"[a-z0-9]+", bare(host)))


def _spoken(host: str) -> str:
    """xn--b1agj9af.xn--90a3ac → вести.срб"""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def country_of(host: str, region: str = "") -> tuple[str, str] | None:
    """The country that a host's ending stands for, else the one that the front page says; and which of them it was."""
    ending = host.partition(":")[0].rpartition(".")[2].upper()
    country = {"XN--90A3AC": "RS"}.get(ending, ending)
    if country in _REGION - {"XK"}:
        return country, f'by the ending of "{host}"'
    return (region, "by the language of the front page") if region in _REGION else None


def dialect_of(folded: str) -> str | None:
    """The dialect of a folded text, by a few common words; None where they are too few."""
    ekavian, ijekavian = len(_EKAVIAN.findall(folded)), len(_IJEKAVIAN.findall(folded))
    if ekavian + ijekavian < _LEAST_WORDS_OF_DIALECT:
        return None
    share = ijekavian / (ekavian + ijekavian)
    return "ijekavian" if share > _MAINLY else "ekavian" if share < 1 - _MAINLY else "mixed"


def zone_of(country: str) -> str | None:
    """The time zone of a country that has one; None where it has several."""
    if country in _REGION:
        return "Europe/Belgrade"
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    zones = [line.split("\t")[2] for line in lines if line.startswith(f"{country}\t")]
    return zones[0] if len(zones) == 1 else None


def rate_of(sources: Sequence[SourceAnswer], timezone: str) -> tuple[float, str] | None:
    """Articles a day, by the source whose dates reach furthest, and what that rests on."""
    best: tuple[timedelta, float, str] | None = None
    for source in sources:
        stated = (_time_of(entry, timezone) for entry in source.entries)
        times = sorted(it for it in stated if it and clock.now() - LONGEST_RATE < it <= clock.now())
        span = times[-1] - times[0] if len(times) >= LEAST_DATED else timedelta(0)
        if span < SHORTEST_RATE or (best and best[0] >= span):
            continue
        rate = (len(times) - 1) / (span / timedelta(days=1))
        hours = span / timedelta(hours=1)
        reach = f"{hours:.0f} hours" if hours < _HOURS else f"{hours / 24:.0f} days"
        is_rough = ", a rough guess" if hours < _ONE_DAY else ""  # nobody publishes as much by night
        shown = round(rate) if rate >= _WHOLE_FROM else round(rate, 1)
        best = span, shown, f"{len(times)} articles in {reach}, by the {source.source.way}{is_rough}"
    return (best[1], best[2]) if best else None


def _time_of(entry: Entry, timezone: str) -> datetime | None:
    """When an entry was published: as its source says, else the day of its address or of its last change."""
    stated = moment(entry.hint.published, timezone, "feed") if entry.hint.published else None
    day = day_of_entry(entry)
    return stated.at if stated else datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
