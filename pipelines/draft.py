"""The file of a new outlet, drawn from what a probe found: each value with how it was found, and what was not found.

Takes a survey (`spiders.probe_site`) and its extracted articles; `spiders.outlet_file` writes what comes out. A value
that rests on a guess says so, and a field that nothing speaks for is left out: a wrong value is worse than none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from urllib.parse import urlsplit

from pipelines.article import Article
from pipelines.complaints import said
from pipelines.dates import moment
from pipelines.normalise import fold, script_of
from spiders import clock
from spiders.address import canonical
from spiders.address_pattern import LEAST, article_pattern_of, id_pattern_of
from spiders.errors import InputError
from spiders.found import Entry
from spiders.listing import looks_like_article
from spiders.outlet_fields import Role, bare
from spiders.outlet_file import Value
from spiders.probe_outlet import SourceAnswer, addresses, day_of_entry
from spiders.probe_site import Survey, origin_of
from spiders.refusal import Refusal
from spiders.sitemap import sitemaps_of_robots

MOST_ADDRESSES = 40
"""Addresses that patterns are drawn from and that are looked at."""
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
_HOURS = 48
_WHOLE_FROM = 5  # articles a day; a rarer outlet is told with a decimal
_FOUND_BY_ITSELF = {
    "sitemap": "robots.txt names its sitemaps",
    "wordpress": "the front page announces WordPress, which lists its posts",
    "alternate": "the front page links to its articles",
}
_PLAIN = "the site has no https: this tells a crawl so"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of the outlet."""

    url: str
    name: str | None
    role: Role
    country: str | None
    is_loopback: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A new outlet's file."""

    outlet: str  # the file's stem
    values: tuple[Value, ...]
    missing: tuple[str, ...]  # what could not be found out, one line each
    articles: tuple[str, ...]  # addresses
    others: tuple[str, ...]


def draft(found: Survey, samples: Sequence[Article | Refusal], asked: Asked) -> Draft:
    """Decide what the file says; InputError where no article could be read."""
    texts = [sample for sample in samples if isinstance(sample, Article)]
    if not texts:
        refused = next(sample for sample in samples if isinstance(sample, Refusal))
        raise InputError(
            f"{found.home}: none of {len(samples)} articles can be read: {said(refused.reason, refused.detail)},"
            f" at {refused.url}; nothing was written"
        )
    best = [source for source in found.sources if len(source.entries) >= LEAST][:1]
    urls = addresses(best or found.sources, found.outlet)[:MOST_ADDRESSES]
    others = _others(found)
    values = [*_of_user(found, asked), *_of_texts(found, texts), *_of_sources(found), *_of_addresses(urls, others)]
    values += _of_rest(found, asked)
    return Draft(
        slug_of(asked.name, found.outlet.hosts[0]),
        tuple(values),
        tuple(_missing(found, {value.field for value in values}, urls)),
        tuple(urls),
        tuple(others),
    )


def slug_of(name: str | None, host: str) -> str:
    """The outlet's name in the registry: from its name, else from its host."""
    given = name or re.sub(r"\.(?:co|com|org|net|gov|edu)?\.?[a-z]{2,}$", "", bare(host).partition(":")[0])
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(given)))
    return slug or "-".join(re.findall(r"[a-z0-9]+", bare(host)))


def country_of(host: str) -> str | None:
    """The country that a host's ending stands for, where it is one of the region."""
    ending = host.partition(":")[0].rpartition(".")[2].upper()
    return {"XN--90A3AC": "RS"}.get(ending, ending if ending in _REGION - {"XK"} else None)


def _of_user(found: Survey, asked: Asked) -> Iterator[Value]:
    is_given = asked.name is not None and asked.name != slug_of(asked.name, "")
    front = found.front
    name, how = (asked.name, "given") if is_given else (front.name, front.name_from)
    yield Value("name", name or asked.name or found.outlet.hosts[0], how or "the site does not name itself")
    yield Value("role", asked.role, "given, or the default: what it is compared as, see docs/outlets.md")
    host = found.outlet.hosts[0]
    if country := asked.country or country_of(host):
        yield Value("country", country, "given" if asked.country else f'by the ending of "{host}"')
    else:
        raise InputError(f"{host} does not tell its country; give it: --country RS")
    twins = list(_twins(found))
    is_same = bare(urlsplit(origin_of(asked.url)).netloc) == bare(host)
    how = "it answers under this name" if is_same else f"{asked.url} leads there"
    yield Value("hosts", [host, *twins], how + (", and in the other script under its twin" if twins else ""))
    if asked.is_loopback:
        yield Value("allow_loopback", True, "given: --allow-loopback")


def _twins(found: Survey) -> dict[str, str]:
    """Hosts that serve the same outlet in another script, with that script."""
    scripts = {host: script_of(front.words) for host, front in found.twins.items()}
    return {host: script for host, script in scripts.items() if script != script_of(found.front.words)}


def _of_texts(found: Survey, texts: Sequence[Article]) -> Iterator[Value]:
    """Language, script, dialect and time zone, as the articles show them."""
    language = Counter(text.language for text in texts).most_common(1)[0][0]
    if language not in ("sr", "und"):
        yield Value("language", language, f"by {len(texts)} articles")
    scripts = {text.script for text in texts} - {"mixed"}
    twins = set(_twins(found).values())
    script = "both" if len(scripts | twins) > 1 else next(iter(scripts), "latn")
    yield Value("script", script, "by its articles" + (" and its twin" if twins - scripts else ""))
    if language != "sr":
        yield Value("dialect", "none", "for other languages")
    elif dialect := dialect_of(" ".join(fold(text.text) for text in texts)):
        yield Value("dialect", dialect, f"by the words of {len(texts)} articles")


def dialect_of(folded: str) -> str | None:
    """The dialect of a folded text, by a few common words; None where they are too few."""
    ekavian, ijekavian = len(_EKAVIAN.findall(folded)), len(_IJEKAVIAN.findall(folded))
    if ekavian + ijekavian < _LEAST_WORDS_OF_DIALECT:
        return None
    share = ijekavian / (ekavian + ijekavian)
    return "ijekavian" if share > _MAINLY else "ekavian" if share < 1 - _MAINLY else "mixed"


def _of_sources(found: Survey) -> Iterator[Value]:
    """The places that a crawl would not find by itself, or should ask first."""
    feeds = found.fruitful("feed")
    if feeds:
        best = _without_parts(feeds)
        is_guess = best[0].source.is_guess
        how = "not announced, found at a usual place" if is_guess else "announced by the front page"
        yield Value("feeds", [source.source.url for source in best], f"{how}; {_holds(best[0])}")
    roots = [source for source in found.sources if source.source.way == "sitemap" and not source.problem]
    named = sitemaps_of_robots(found.robots.body, found.home)
    guessed = [source.source.url for source in roots if source.source.is_guess and source.source.url in found.guessed]
    if guessed and found.fruitful("sitemap"):
        yield Value("sitemaps", guessed, f"not named by robots.txt, found at a usual place; {_holds(roots[-1])}")
    elif found.fruitful("sitemap") and not found.is_secure and not feeds:
        yield Value("sitemaps", [url for url in named if url in {source.source.url for source in roots}], _PLAIN)
    listings = [source.source.url for source in found.fruitful("listing")]
    is_unnamed = not feeds and not found.fruitful("sitemap")
    if listings:
        yield Value("listings", listings, "a section that lists articles")
    elif is_unnamed and not found.is_secure:
        yield Value("listings", [found.home], _PLAIN)


def _without_parts(feeds: Sequence[SourceAnswer]) -> list[SourceAnswer]:
    """Feeds that list something which those before them do not."""
    kept: list[SourceAnswer] = []
    known: set[str] = set()
    for feed in feeds:
        listed = {entry.url for entry in feed.entries}
        if listed - known:
            kept.append(feed)
        known |= listed
    return kept


def _holds(source: SourceAnswer) -> str:
    newest = f", the newest of {source.newest_on}" if source.newest_on else ", without dates"
    return f"{source.served} with {len(source.entries)} articles{newest}"


def _of_addresses(urls: Sequence[str], others: Sequence[str]) -> Iterator[Value]:
    """Patterns that hold for all addresses that were found."""
    if pattern := article_pattern_of(urls, others):
        yield Value(
            "article_pattern", pattern, f"matches {len(urls)} of {len(urls)} articles, 0 of {len(others)} others"
        )
    if pattern := id_pattern_of(urls):
        yield Value("id_pattern", pattern, f"another number in each of {len(urls)} addresses")


def _others(found: Survey) -> list[str]:
    """Links of the front page that are no articles by their form, nor listed as such."""
    listed = {entry.url for source in found.sources for entry in source.entries}
    links = (link for link in found.front.links if link not in listed and urlsplit(link).path not in ("", "/"))
    plain = dict.fromkeys(canonical(link, found.outlet) for link in links)
    return [link for link in plain if not looks_like_article(link, found.outlet)][:MOST_ADDRESSES]


def _of_rest(found: Survey, asked: Asked) -> Iterator[Value]:
    zone = zone_of(asked.country or country_of(found.outlet.hosts[0]) or "RS")
    if zone and zone != found.outlet.timezone:
        yield Value("timezone", zone, "the only one of its country")
    if len(found.front.channels) == 1:
        yield Value("telegram", found.front.channels[0], "the one channel that the front page links to")
    if rate := rate_of(found.sources, zone or found.outlet.timezone):
        yield Value("expected_per_day", rate[0], rate[1])
    yield Value("verified_on", "never", "set it when you have read some of its articles beside their pages")


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
        best = (
            span,
            round(rate) if rate >= _HOURS / 4 else round(rate, 1),
            f"{len(times)} articles in {reach} ({source.source.way})",
        )
    return (best[1], best[2]) if best else None


def _time_of(entry: Entry, timezone: str) -> datetime | None:
    """When an entry was published: as its source says, else the day of its address or of its last change."""
    stated = moment(entry.hint.published, timezone, "feed") if entry.hint.published else None
    day = day_of_entry(entry)
    return stated.at if stated else datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _missing(found: Survey, fields: set[str], urls: Sequence[str]) -> Iterator[str]:
    """What nothing was found for, and what that means."""
    if "dialect" not in fields:
        yield "dialect: too few words tell it; ekavian is assumed"
    if "timezone" not in fields and not zone_of(found.outlet.country):
        yield "timezone: the country has several; Europe/Belgrade is assumed"
    if not {"feeds", "sitemaps", "listings"} & fields:
        ways = {source.source.way for source in found.sources if source.entries}
        by = (
            "robots.txt names its sitemaps"
            if "sitemap" in ways
            else "the posts of WordPress"
            if "wordpress" in ways
            else ""
        )
        yield f"feeds, sitemaps, listings: none is needed: {by or 'the front page links to the articles'}"
    for name in ("article_pattern", "id_pattern"):
        if name not in fields:
            why = (
                f"only {len(urls)} addresses were found"
                if len(urls) < LEAST
                else f"no form that {len(urls)} addresses share"
            )
            yield f"{name}: {why}"
    if found.front.script_folders:
        folders = ", ".join(found.front.script_folders[:3])
        yield f"hosts: the other script stands under {folders}; such twins are joined by their path"
    if "expected_per_day" not in fields:
        yield "expected_per_day: too few dates in its sources"
    if len(found.front.channels) > 1:
        yield f"telegram: the front page links to {', '.join(found.front.channels[:4])}"
    yield "owner, credited_as: not looked for"
