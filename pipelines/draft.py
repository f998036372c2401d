"""The file of a new outlet, drawn from what a probe found: each value with how it was found, and what was not found.

Takes a survey (`spiders.probe_site`) and its extracted articles; `spiders.outlet_file` writes what comes out. A value
that rests on a guess says so, and a field that nothing speaks for is left out: a wrong value is worse than none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.article import Article
from pipelines.complaints import said
from pipelines.normalise import clean_line, fold, script_of
from pipelines.outlet_facts import country_of, dialect_of, rate_of, slug_of, zone_of
from spiders.address import canonical
from spiders.address_pattern import LEAST, article_pattern_of, id_pattern_of
from spiders.errors import InputError
from spiders.front import Front
from spiders.listing import looks_like_article
from spiders.outlet_fields import Role, bare
from spiders.outlet_file import Value
from spiders.probe_outlet import SourceAnswer, addresses
from spiders.probe_site import Survey, origin_of
from spiders.refusal import Refusal
from spiders.sitemap import sitemaps_of_robots

MOST_ADDRESSES = 40
"""Addresses that patterns are drawn from and that are looked at."""
_FOUND_BY_ITSELF = {
    "sitemap": "robots.txt names its sitemaps",
    "wordpress": "the front page announces WordPress, which lists its posts",
    "alternate": "the front page links to its articles",
}
_CREDITED = ("state_media", "mirror", "agency")  # whom others take texts from
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
        tuple(_missing(found, asked, {value.field for value in values}, urls)),
        tuple(urls),
        tuple(others),
    )


def place_of(host: str, front: Front, asked: Asked) -> tuple[str, str]:
    """The country, and how it is known; InputError where nothing tells it."""
    found = (asked.country, "given") if asked.country else country_of(host, front.region)
    if found is None:
        raise InputError(f"{host} does not tell its country; give it: --country RS")
    return found


def _name_of(found: Survey, asked: Asked) -> tuple[str, str]:
    """The name for readers, and where it is from: a name in the form of a file's name is only that."""
    if asked.name is not None and asked.name != slug_of(asked.name, ""):
        return asked.name, "given"
    if name := clean_line(found.front.name):
        return name, found.front.name_from
    return asked.name or found.outlet.hosts[0], "the site does not name itself"


def _of_user(found: Survey, asked: Asked) -> Iterator[Value]:
    name, how = _name_of(found, asked)
    yield Value("name", name, how)
    yield Value("role", asked.role, "given, or the default: what it is compared as, see docs/outlets.md")
    host = found.outlet.hosts[0]
    yield Value("country", *place_of(host, found.front, asked))
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
    return f"{source.served} with {len(source.entries)} entries{newest}"


def _of_addresses(urls: Sequence[str], others: Sequence[str]) -> Iterator[Value]:
    """Patterns that hold for all addresses that were found."""
    if pattern := article_pattern_of(urls, others):
        yield Value("article_pattern", pattern, f"in all {len(urls)} articles, in none of {len(others)} other links")
    if pattern := id_pattern_of(urls):
        yield Value("id_pattern", pattern, f"another number in each of {len(urls)} addresses")


def _others(found: Survey) -> list[str]:
    """Links of the front page that are no articles by their form, nor listed as such."""
    listed = {entry.url for source in found.sources for entry in source.entries}
    links = (link for link in found.front.links if link not in listed and urlsplit(link).path not in ("", "/"))
    plain = dict.fromkeys(canonical(link, found.outlet) for link in links)
    return [link for link in plain if not looks_like_article(link, found.outlet)][:MOST_ADDRESSES]


def _of_rest(found: Survey, asked: Asked) -> Iterator[Value]:
    zone = zone_of(place_of(found.outlet.hosts[0], found.front, asked)[0])
    if zone and zone != found.outlet.timezone:
        yield Value("timezone", zone, "the only one of its country")
    if asked.role in _CREDITED:
        names = [name for name in (_name_of(found, asked)[0],) if name[:1].isupper()]
        yield Value("credited_as", [*names, bare(found.outlet.hosts[0])], "its name and host; add how others spell it")
    if len(found.front.channels) == 1:
        yield Value("telegram", found.front.channels[0], "the one channel that the front page links to")
    if rate := rate_of(found.sources, zone or found.outlet.timezone):
        yield Value("expected_per_day", rate[0], rate[1])
    yield Value("verified_on", "never", "set it when you have read some of its articles beside their pages")


def _missing(found: Survey, asked: Asked, fields: set[str], urls: Sequence[str]) -> Iterator[str]:
    """What nothing was found for, and what that means."""
    if "dialect" not in fields:
        yield "dialect: too few words tell it; ekavian is assumed"
    if "timezone" not in fields and not zone_of(place_of(found.outlet.hosts[0], found.front, asked)[0]):
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
    front = next(source for source in found.sources if source.is_front)
    for url in front.foreign_feeds[:1]:
        yield f"foreign_feed_hosts: the front page announces {url}, on a host of others; look at it, and name it there"
    for name in ("article_pattern", "id_pattern"):
        if name not in fields:
            why = (
                f"only {len(urls)} addresses were found"
                if len(urls) < LEAST
                else f"no form that {len(urls)} addresses share"
            )
            yield f"{name}: {why}"
    if (path := urlsplit(found.asked).path).strip("/") and "://" in found.asked:
        yield f"path_prefix: the whole host was looked at, not {path}; set it where outlets share the host"
    if found.front.script_folders:
        folders = ", ".join(found.front.script_folders[:3])
        yield f"hosts: the other script stands under {folders}; such twins are joined by their path"
    if "expected_per_day" not in fields:
        yield "expected_per_day: too few dates in its sources"
    if len(found.front.channels) > 1:
        yield f"telegram: the front page links to {', '.join(found.front.channels[:4])}"
    yield "owner: not looked for" if "credited_as" in fields else "owner, credited_as: not looked for"
