"""One page → one article or one refusal. Pure and picklable: it runs in the worker processes of `pipelines.pool`.

The tree is parsed once and read in turn by `pipelines.metadata` (whole), `pipelines.validate` and `pipelines.text`
(pruned). Result and refusal go to `pipelines.store`.
"""

from pipelines.article import Article, Moment
from pipelines.dates import choose, local_day, moment, moment_of_address
from pipelines.markup import as_utf8, link_texts, parse, remove_margins, remove_never_text
from pipelines.metadata import Metadata, Stated, headline_of, read_metadata
from pipelines.normalise import clean_line, language_of, script_of
from pipelines.text import paragraphs_of
from pipelines.validate import (
    LEAST_WORDS,
    MANY_LINKS,
    is_list,
    is_list_address,
    is_outside,
    is_wall,
    states_article,
    word_count,
)
from spiders.page import Page, Window
from spiders.refusal import Refusal


def extract(page: Page, timezone: str, window: Window) -> Article | Refusal:
    """The article of a page, or why there is none. `timezone` is the outlet's, for times stated without a zone."""
    if page.content_type and "html" not in page.content_type.lower():
        return Refusal(page.outlet, page.url, "not_html", page.content_type)
    if is_list_address(page.url):
        return Refusal(page.outlet, page.url, "list_page", "the address is that of a list")
    tree = parse(as_utf8(page.body, page.content_type))
    if tree is None:
        return Refusal(page.outlet, page.url, "no_text", "the page is empty")
    remove_never_text(tree)
    headline = headline_of(tree)
    stated = read_metadata(tree, headline, page.url)
    title = stated.title or clean_line(page.hint.title or "")
    published = _published(page, stated, timezone)
    if published is not None and is_outside(published, window, timezone):
        return Refusal(page.outlet, page.url, "outside_window", f"published {local_day(published, timezone)}")
    remove_margins(tree)
    linked = link_texts(tree) if not _states_article(stated) else frozenset()
    paragraphs = paragraphs_of(tree, title, headline, stated.body)
    text = "\n\n".join(paragraphs)
    if reason := _reason(title, paragraphs, text, linked):
        return Refusal(page.outlet, page.url, *reason)
    return Article(
        outlet=page.outlet,
        url=page.url,
        title=title,
        text=text,
        byline=stated.byline,
        section=stated.section,
        language=language_of(text),
        script=script_of(text),
        published=published,
        modified=_modified(page, stated, timezone),
        first_seen_at=page.fetched_at,
        discovered_by=page.discovered_by,
        warc=page.warc,
    )


def _states_article(stated: Metadata) -> bool:
    has_stated_time = any(item.source in ("json-ld", "meta") for item in stated.published)
    return states_article(stated.types, stated.kind, has_stated_time)


def _reason(title: str, paragraphs: list[str], text: str, linked: frozenset[str]) -> tuple[str, str] | None:
    """Why a page is refused, with what was found; None where it is an article."""
    words = word_count(text)
    if is_list(paragraphs, linked):
        return "list_page", f"{len(paragraphs)} lines, most of them links"
    if is_wall(title, text, words):
        return "consent_page", title
    if words < LEAST_WORDS:
        if len(linked) >= MANY_LINKS:
            return "list_page", f"{len(linked)} links and {words} words"
        return ("too_short", f"{words} words") if words else ("no_text", "")
    return None if title else ("no_title", "")


def _published(page: Page, stated: Metadata, timezone: str) -> Moment | None:
    source = page.discovered_by if page.discovered_by in ("feed", "sitemap") else "feed"
    hints = [Stated(source, page.hint.published)] if page.hint.published else []
    in_page = [item for item in stated.published if item.source != "text"]
    visible = [item for item in stated.published if item.source == "text"]
    moments = [moment(item.text, timezone, item.source) for item in in_page]
    moments.append(moment_of_address(page.url))
    moments += [moment(item.text, timezone, item.source) for item in visible + hints]
    return choose(moments, timezone, page.fetched_at)


def _modified(page: Page, stated: Metadata, timezone: str) -> Moment | None:
    moments = [moment(item.text, timezone, item.source) for item in stated.modified]
    return choose(moments, timezone, page.fetched_at)
