"""What a page states about its article: headline, byline, section, times. Read from the whole tree, before pruning.

Order of trust: JSON-LD, meta tags, `<time>` (or the headline's own element), what is visible beside the headline.
Times are handed on as written, each with its source; `pipelines.dates` reads and chooses. Text is the business of
`pipelines.text`. trafilatura's own metadata is not used: its search for a date alone costs more than the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from pipelines import jsonld
from pipelines.byline import byline_of
from pipelines.markup import plain, texts
from pipelines.normalise import clean_line, fold

PUBLISHED_META = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("datepublished", "date_published", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date"),
    *("publish-date", "publishdate", "publish_date", "pubdate", "publication_date", "article.published"),
    *("article:created", "originalpublicationdate", "article_date_original", "rnews:datepublished", "date", "created"),
)
MODIFIED_META = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified"),
    *("dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised"),
)
AUTHOR_META = (
    *("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "byl"),
)
SECTION_META = ("article:section", "og:article:section", "parsely-section", "section", "category")

_SUFFIX = re.compile(r"\s+[-–—|·•»/:]+\s+|\s*\|\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_PUBLISHED_TIME = re.compile(r"publish|pubdate|objav|created|posted|entry-date", re.IGNORECASE)
_MODIFIED_TIME = re.compile(r"modif|updat|azur|izmen|izmjen", re.IGNORECASE)
_ELSEWHERE = frozenset(("aside", "nav", "footer", "form"))
LONGEST_TITLE = 500  # letters: what is longer is a text, or an attack
LONGEST_OUTLET_NAME = 30  # letters: some pages give the headline where the outlet's name belongs
_LONGEST_DATE = 40  # letters: a longer link is the card of another article, its date not ours
_LEVELS_ABOVE_HEADLINE = 5
_LINES_BESIDE_HEADLINE = 60


@dataclass(frozen=True, slots=True)
class Stated:
    """A time as a page writes it, and where on the page it stands."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states, in its own words; times in order of trust."""

    title: str | None
    byline: str | None
    section: str | None
    published: tuple[Stated, ...]
    modified: tuple[Stated, ...]
    kind: str  # og:type, lower-case; empty where the page does not say
    types: frozenset[str]  # schema.org types of all its nodes
    body: str | None  # schema.org articleBody


def read_metadata(tree: html.HtmlElement, headline: html.HtmlElement | None, url: str) -> Metadata:
    """All statements of one page. The tree still has its scripts."""
    meta = _meta(tree)
    scripts = [node.text or "" for node in tree.iter("script") if "ld+json" in node.get("type", "").lower()]
    data = jsonld.read(scripts)
    shown = next(iter(texts([headline])), None) if headline is not None else None
    statement = _main_statement(data.articles, shown or meta.get("og:title"), url)
    names = _outlet_names(meta, url)
    title = _title(tree, meta, statement, shown, names)
    section = statement.section or _first_of(meta, SECTION_META) or _section_of(data.breadcrumbs, title)
    authors = statement.authors or tuple(filter(None, (_first_of(meta, AUTHOR_META),)))
    beside = _beside(headline)
    return Metadata(
        title=title,
        byline=byline_of(tree, authors),
        section=section,
        published=tuple(_published(statement, meta, tree, beside)),
        modified=tuple(_modified(statement, meta, tree)),
        kind=meta.get("og:type", "").lower(),
        types=data.types,
        body=statement.body,
    )


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Content of meta tags by lower-case name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and (line := clean_line(content)):
            found.setdefault(name.strip().lower(), line)
    return found


def _first_of(meta: dict[str, str], names: Iterable[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _main_statement(articles: tuple[jsonld.Statement, ...], title: str | None, url: str) -> jsonld.Statement:
    """Of several JSON-LD articles the one with the page's headline, else with its address, else the first."""
    if len(articles) > 1 and title:
        wanted = fold(title)
        for item in articles:
            if item.headline and (
                fold(item.headline) == wanted or wanted.startswith(fold(_CUT_OFF.sub("", item.headline)))
            ):
                return item
    path = urlsplit(url).path.rstrip("/")
    same = (item for item in articles if item.url and path and urlsplit(item.url).path.rstrip("/") == path)
    return next(same, articles[0] if articles else jsonld.Statement())


# --- headline -------------------------------------------------------------------------------------------------------


def headline_of(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The h1 that heads the article: marked as such, or inside an article, or the last one (a logo comes first)."""
    headings = [element for element in tree.iter("h1") if "".join(element.itertext()).strip()]
    for element in headings:
        marks = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}".lower()
        if "headline" in marks or "title" in marks or "naslov" in marks:
            return element
    inside = (
        element for element in headings if any(above.tag in ("article", "main") for above in element.iterancestors())
    )
    return next(inside, headings[-1] if headings else None)


def _outlet_names(meta: dict[str, str], url: str) -> set[str]:
    """How the outlet may call itself at the end of a title, folded to letters and figures."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = {meta.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")}
    names |= {host, host.rsplit(".", 1)[0], *(label for label in host.split(".") if len(label) > 3)}
    return {key for name in names if 0 < len(key := _key(name)) <= LONGEST_OUTLET_NAME}


def _key(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _without_outlet(title: str, names: set[str]) -> str:
    """The title without the outlet's name after a dash or a bar, or before one."""
    while (parts := list(_SUFFIX.finditer(title))) and parts[-1].start() and _key(title[parts[-1].end() :]) in names:
        title = title[: parts[-1].start()]
    first = _SUFFIX.search(title)
    return title[first.end() :] if first and _key(title[: first.start()]) in names else title


def _title(
    tree: html.HtmlElement, meta: dict[str, str], statement: jsonld.Statement, shown: str | None, names: set[str]
) -> str | None:
    whole = next(iter(texts(tree.iter("title"))), "")
    shown = shown if shown and len(shown) <= LONGEST_TITLE else None
    stated = [statement.headline, meta.get("og:title"), shown, meta.get("twitter:title"), whole]
    candidates = [_without_outlet(clean_line(text), names) for text in stated if text and len(text) <= LONGEST_TITLE]
    candidates = [text for text in candidates if text and _key(text) not in names]
    if not candidates:
        return None
    best, heading = candidates[0], _without_outlet(clean_line(shown or ""), names)
    # What readers see wins over the same headline cut off, in another script or with other quotes.
    if heading and (fold(heading) == fold(best) or fold(heading).startswith(fold(_CUT_OFF.sub("", best)))):
        return heading
    return best


def _section_of(breadcrumbs: tuple[str, ...], title: str | None) -> str | None:
    path = [name for name in breadcrumbs[1:] if title is None or fold(name) != fold(title)]
    return path[-1] if path else None


# --- times ----------------------------------------------------------------------------------------------------------


def _published(
    statement: jsonld.Statement, meta: dict[str, str], tree: html.HtmlElement, beside: list[html.HtmlElement]
) -> Iterator[Stated]:
    if statement.published:
        yield Stated("json-ld", statement.published)
    yield from (Stated("meta", meta[name]) for name in PUBLISHED_META if name in meta)
    if marked := tree.xpath(
        "//*[@itemprop='datePublished'][not(self::meta)]/@*[name()='content' or name()='datetime']"
    ):
        yield Stated("meta", str(marked[0]))
    stamps = [item for item in tree.iter("time") if not _MODIFIED_TIME.search(_marks(item)) and not _is_elsewhere(item)]
    stamps.sort(key=lambda item: (not _PUBLISHED_TIME.search(_marks(item)), item not in beside))
    own = [item for item in stamps if item in beside or _PUBLISHED_TIME.search(_marks(item))]
    for item in own[:2] or (stamps if len(stamps) == 1 else []):
        yield from (Stated("time", text) for text in (item.get("datetime"), item.text_content()) if text)
    for element in beside:
        for text in (element.text, element.tail):
            if text and len(text) < 120 and _YEAR.search(text):
                yield Stated("text", clean_line(text))


def _modified(statement: jsonld.Statement, meta: dict[str, str], tree: html.HtmlElement) -> Iterator[Stated]:
    if statement.modified:
        yield Stated("json-ld", statement.modified)
    yield from (Stated("meta", meta[name]) for name in MODIFIED_META if name in meta)
    for item in tree.iter("time"):
        if _MODIFIED_TIME.search(_marks(item)) and item.get("datetime"):
            yield Stated("time", item.get("datetime"))


def _is_elsewhere(element: html.HtmlElement) -> bool:
    """Whether it belongs to the margins or to the card of another article."""
    return any(_leads_elsewhere(above) for above in element.iterancestors())


def _leads_elsewhere(element: html.HtmlElement) -> bool:
    return element.tag in _ELSEWHERE or (element.tag == "a" and len(plain(element)) > _LONGEST_DATE)


def _marks(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"


def _beside(headline: html.HtmlElement | None) -> list[html.HtmlElement]:
    """The elements around the headline, nearest first: where an article's own date stands, and no other's."""
    if headline is None:
        return []
    found: dict[html.HtmlElement, None] = {}
    for _, container in zip(range(_LEVELS_ABOVE_HEADLINE), headline.iterancestors(), strict=False):
        if container.tag in ("body", "html"):
            break
        for element in islice(_inside(container), _LINES_BESIDE_HEADLINE):
            found.setdefault(element)
        if len(found) >= _LINES_BESIDE_HEADLINE:
            break
    return list(found)


def _inside(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    if isinstance(element.tag, str) and not _leads_elsewhere(element):
        yield element
        for child in element:
            yield from _inside(child)
