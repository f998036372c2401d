"""An article, or a list of articles, as the HTML page of its site: templates/*.html filled in.

What stands on a page is decided here and in the templates; which pages there are, in demo.web. Clutter (adverts,
comments, links to other articles) is chosen by the article's place in its site: every start gives the same bytes.
"""

import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import jinja2

from demo.newsroom import FOLDER, Article, Site, as_shown
from demo.script import bare, to_latin

RELAUNCH = "2025-09-01T08:00:00+02:00"
"""What the site with wrong dates states as the time of every article: the day its new software was installed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of links to articles: a front page, a section, a page of the archive."""

    title: str
    articles: Sequence[Article]
    older: str | None = None  # address of the next page


def article_page(site: Site, host: str, article: Article) -> str:
    """The HTML of one article as one host of its site serves it."""
    place = site.articles.index(article)
    others = [other for other in site.articles[place + 1 :] + site.articles[:place] if other is not article]
    shown = as_shown(article, host, site)
    return _render(
        site, host, article=shown, related=others[:3], place=place, structured=_structured(site, host, shown)
    )


def listing_page(site: Site, host: str, listing: Listing) -> str:
    """The HTML of a front page, a section, a tag or a page of the archive."""
    return _render(site, host, listing=listing, place=0, related=[])


def shown_time(article: Article) -> str:
    """The time as sites of the region write it: 04.03.2026. 14:05."""
    return f"{article.published:%d.%m.%Y. %H:%M}" if isinstance(article.published, datetime) else _day(article)


def _day(article: Article) -> str:
    return f"{article.published:%d.%m.%Y.}"


def stated_times(site: Site, article: Article) -> tuple[str, str | None]:
    """What the page's meta data state as published and modified."""
    if site.has_wrong_dates:
        return RELAUNCH, None
    modified = article.modified.isoformat() if article.modified else None
    return article.published.isoformat(), modified


def _structured(site: Site, host: str, article: Article) -> dict[str, Any]:
    """The schema.org description of an article."""
    published, modified = stated_times(site, article)
    write = writer(site, host)
    return {
        "@type": "NewsArticle",
        "@id": f"{site.url(article, host)}#article",
        "headline": article.text.title,
        "datePublished": published,
        **({"dateModified": modified} if modified else {}),
        "articleSection": write(article.section),
        "author": {"@type": "Person", "name": article.byline or write(site.extra.get("author", site.outlet.name))},
        "publisher": {"@id": f"http://{host}/#organization"},
        "mainEntityOfPage": site.url(article, host),
    }


def _render(site: Site, host: str, **values: Any) -> str:
    write = writer(site, host)
    clutter = {key: _written(value, write) for key, value in _clutter().items()}
    return (
        _templates()
        .get_template(f"{site.template}.html")
        .render(
            site=site,
            host=host,
            name=write(site.extra.get("name", site.outlet.name)),
            tagline=write(site.tagline),
            menu=[(write(word), section_path(word)) for word in site.menu],
            most_read=[as_shown(article, host, site) for article in site.articles[3:8]],
            clutter=clutter,
            write=write,
            language=_language(site, host),
            shown_time=shown_time,
            stated=stated_times,
            shown=lambda article: as_shown(article, host, site),
            **values,
        )
    )


def section_path(word: str) -> str:
    """The path of a section's list: Економија → /rubrika/ekonomija/."""
    return f"/rubrika/{bare(to_latin(word)).lower().replace(' ', '-')}/"


def writer(site: Site, host: str) -> Callable[[str], str]:
    """How a host of a site writes what is given in Cyrillic: as it is, in Latin, or in Latin without diacritics."""
    if site.outlet.script == "cyrl" or (len(site.hosts) > 1 and host == site.hosts[0]):
        return str
    return (lambda text: bare(to_latin(text))) if site.is_bare else to_latin


def _language(site: Site, host: str) -> str:
    if site.outlet.language != "sr":
        return site.outlet.language
    return "sr-Cyrl" if writer(site, host)("ж") == "ж" else "sr-Latn"


def _written(value: Any, write: Callable[[str], str]) -> Any:
    return [_written(item, write) for item in value] if isinstance(value, list) else write(value)


@cache
def _clutter() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "clutter.toml").read_text(encoding="utf-8"))


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ld"] = lambda value: json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return environment
