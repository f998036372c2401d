"""One page → one article or one refusal. Pure and picklable: it runs in the worker processes of `pipelines.pool`.

The tree is parsed once and read in turn by `pipelines.metadata` (whole), `pipelines.validate` and `pipelines.text`
(pruned). Result and refusal go to `pipelines.store`.
"""

from pipelines.article import Article, Moment
from pipelines.dates import choose, local_day, moment, moment_of_address
from pipelines.links import links_of, outbound
from pipelines.markup import as_utf8, is_binary, link_texts, parse, remove_margins, remove_never_text
from pipelines.metadata import LONGEST_TITLE, Metadata, Stated, headline_of, read_metadata
from pipelines.normalise import clean_line, language_of, script_of
from pipelines.text import paragraphs_of
from pipelines.validate import (
    LEAST_WORDS,
    MANY_LINKS,
    is_list,
    is_list_address,
    is_outside,
    said_count,
    states_article,
    word_count,
)
from pipelines.wall import wall_of
from spiders.barrier import is_bot_check, is_script_shell
from spiders.page import Page, Window
from spiders.refusal import Refusal

MOST_TAGS = 100_000
"""The largest of 429 real pages has 8,093; 200,000 take half a minute of a worker, and more grow with the square."""


def extract(page: Page, timezone: str, window: Window) -> Article | Refusal:
    """The article of a page, or why there is none. `timezone` is the outlet's, for times stated without a zone."""
    if page.content_type and "html" not in page.content_type.lower():
        return Refusal(page.outlet, page.url, "not_html", page.content_type)
    if is_binary(page.body):
        return Refusal(page.outlet, page.url, "not_html", "the bytes are no text")
    if is_list_address(page.url):
        return Refusal(page.outlet, page.url, "list_page", "the address is that of a list")
    if (tags := page.body.count(b"<")) > MOST_TAGS:
        return Refusal(page.outlet, page.url, "extraction_failed", f"{tags} tags, more than any article has")
    tree = parse(as_utf8(page.body, page.content_type))
    if tree is None:
        return Refusal(page.outlet, page.url, "no_text", "the page is empty")
    remove_never_text(tree)
    headline = headline_of(tree)
    stated = read_metadata(tree, headline, page.url)
    title = stated.title or _title_of_hint(page.hint.title or "")
    published = _published(page, stated, timezone)
    if published is not None and is_outside(published, window, timezone):
        return Refusal(page.outlet, page.url, "outside_window", f"published {local_day(published, timezone)}")
    remove_margins(tree)
    linked = link_texts(tree) if not _states_article(stated) else frozenset()
    leads_to = outbound(tree, page.url)
    paragraphs = paragraphs_of(tree, title, headline, stated.body)
    text = "\n\n".join(paragraphs)
    if reason := _reason(page.body, title, paragraphs, linked):
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
        links=links_of(leads_to, text, page.body),
    )


def _states_article(stated: Metadata) -> bool:
    has_stated_time = any(item.source in ("json-ld", "meta") for item in stated.published)
    return states_article(stated.types, stated.kind, has_stated_time)


def _title_of_hint(title: str) -> str:
    return clean_line(title) if len(title) <= LONGEST_TITLE else ""


def _reason(body: bytes, title: str, paragraphs: list[str], linked: frozenset[str]) -> tuple[str, str] | None:
    """Why a page is refused, with what was found; None where it is an article."""
    text = "\n\n".join(paragraphs)
    words = word_count(text)
    if is_list(paragraphs, linked):
        return "list_page", f"{len(paragraphs)} lines, most of them links"
    if wall := wall_of(title, text, words, body):
        return wall, title or text[:100]
    if (said := said_count(text, words)) < LEAST_WORDS:
        return _reason_without_text(body, said, len(linked))
    return None if title else ("no_title", "")


def _reason_without_text(body: bytes, words: int, links: int) -> tuple[str, str]:
    if is_bot_check(body):
        return "bot_check", f"{words} words"
    if not words and is_script_shell(body):
        return "script_shell", ""
    if links >= MANY_LINKS:
        return "list_page", f"{links} links and {words} words"
    return ("too_short", f"{words} words") if words else ("no_text", "")


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
