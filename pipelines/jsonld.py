"""JSON-LD: what a page says of itself in schema.org terms, in whatever shape and however broken.

Reads arrays, `@graph`, nested and referenced nodes, comments and trailing commas; what still cannot be parsed is
searched for its few plain fields. Choosing between these statements and others is the business of `pipelines.metadata`.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.normalise import clean_line

ARTICLE_TYPES = frozenset(
    (
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"),
        *("BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "BlogPosting", "LiveBlogPosting"),
        *("Report", "SatiricalArticle", "TechArticle", "SocialMediaPosting", "AdvertiserContentArticle"),
    )
)
LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList"))
_INSIDE_LISTS = ("itemListElement", "hasPart", "mentions", "citation", "comment", "isPartOf", "publisher", "about")

_COMMENT_SIGN = r"(?://\s*|/\*\s*)?"
_WRAPPING = re.compile(
    rf"\A(?:<!--|{_COMMENT_SIGN}<!\[CDATA\[(?:\s*\*/)?)|(?:-->|{_COMMENT_SIGN}\]\]>(?:\s*\*/)?)\Z",
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_PLAIN_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*\[?\s*"((?:[^"\\]|\\.)*)"', re.DOTALL
)
_PLAIN_AUTHOR = re.compile(r'"author"\s*:\s*[\[{\s]*(?:"@type"\s*:\s*"\w+"\s*,\s*)?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Statement:
    """What one JSON-LD node of an article type says; texts as written, only unescaped and on one line."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class StructuredData:
    """All statements of a page: its articles in order, the path of breadcrumbs, the types of its other nodes."""

    articles: tuple[Statement, ...] = ()
    breadcrumbs: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()


def read(scripts: list[str]) -> StructuredData:
    """Structured data from the texts of a page's `application/ld+json` scripts."""
    nodes: list[dict[str, Any]] = []
    broken: list[Statement] = []
    for script in scripts:
        parsed = _parse(script)
        if parsed is None:
            broken.append(_search(script))
        else:
            nodes += _walk(parsed)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [_statement(node, by_id) for node in nodes if _types(node) & ARTICLE_TYPES]
    pages = [_statement(node, by_id) for node in nodes if _types(node) & {"WebPage", "ItemPage", "VideoObject"}]
    breadcrumbs = next((_breadcrumbs(node) for node in nodes if "BreadcrumbList" in _types(node)), ())
    types = frozenset(name for node in nodes for name in _types(node))
    stated = [item for item in articles + broken + pages if item.headline or item.published]
    return StructuredData(tuple(stated), breadcrumbs, types)


def _parse(script: str) -> Any:
    text = script.strip()
    for attempt in range(2):
        try:
            return json.loads(text, strict=False)
        except (json.JSONDecodeError, RecursionError):
            if attempt == 0:
                text = _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", text).strip().removesuffix(";"))
    return None


def _search(script: str) -> Statement:
    fields: dict[str, str] = {}
    for name, value in _PLAIN_FIELD.findall(script):
        fields.setdefault(name, _line(value.replace('\\"', '"').replace("\\/", "/")) or "")
    author = _PLAIN_AUTHOR.search(script)
    return Statement(
        headline=fields.get("headline"),
        authors=tuple(filter(None, (_line(author[1]),))) if author else (),
        section=fields.get("articleSection"),
        published=fields.get("datePublished"),
        modified=fields.get("dateModified"),
    )


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every node, those that describe the page before those inside them; nodes of lists and references left out."""
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, inner in value.items():
            if key not in _INSIDE_LISTS and isinstance(inner, dict | list):
                yield from _walk(inner, depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    named = node.get("@type")
    names = named if isinstance(named, list) else [named]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names}


def _statement(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Statement:
    main = node.get("mainEntityOfPage")
    body = node.get("articleBody")
    return Statement(
        headline=_line(node.get("headline")) or _line(node.get("name")),
        authors=tuple(_names(node.get("author") or node.get("creator"), by_id)),
        section=_line(_first(node.get("articleSection"))),
        published=_line(_first(node.get("datePublished")) or _first(node.get("dateCreated"))),
        modified=_line(_first(node.get("dateModified"))),
        url=_line(node.get("url")) or _line(main.get("@id") if isinstance(main, dict) else main),
        body=body if isinstance(body, str) else None,
    )


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            known = item if "name" in item else by_id.get(str(item.get("@id")), item)
            yield from _names(known.get("name"), {})
        elif (name := _line(item)) and not name.startswith(("http:", "https:", "@", "#")):
            yield name


def _breadcrumbs(node: dict[str, Any]) -> tuple[str, ...]:
    items = node.get("itemListElement")
    names = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            inner = item.get("item")
            names.append(_line(item.get("name")) or _line(inner.get("name") if isinstance(inner, dict) else None))
    return tuple(name for name in names if name)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _line(value: Any) -> str | None:
    """A text field on one line, entities (also those escaped twice) resolved; numbers and objects are no text."""
    return clean_line(html.unescape(html.unescape(value))) or None if isinstance(value, str) else None
