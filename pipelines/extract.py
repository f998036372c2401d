"""One page → one article or one refusal. Pure and picklable: it runs in the worker processes of `pipelines.pool`.

The tree is parsed once and read in turn by `pipelines.metadata` (whole), `pipelines.validate` and `pipelines.text`
(pruned). Result and refusal go to `pipelines.store`.
"""

from pipelines.article import Article, Moment
from pipelines.dates import choose, moment, moment_of_address
from pipelines.markup import decode, parse, remove_never_text, remove_scripts
from pipelines.metadata import Metadata, Stated, read_metadata
from pipelines.normalise import clean_line, language_of, script_of
from pipelines.text import text_of
from pipelines.validate import LEAST_WORDS, is_list_address, is_outside, word_count
from spiders.page import Page, Window
from spiders.refusal import Refusal


def extract(page: Page, timezone: str, window: Window) -> Article | Refusal:
    """The article of a page, or why there is none. `timezone` is the outlet's, for times stated without a zone."""
    if page.content_type and "html" not in page.content_type.lower():
        return Refusal(page.outlet, page.url, "not_html", page.content_type)
    tree = parse(decode(page.body, page.content_type))
    if tree is None:
        return Refusal(page.outlet, page.url, "no_text", "the page is empty")
    remove_never_text(tree)
    stated = read_metadata(tree, page.url)
    title = stated.title or clean_line(page.hint.title or "")
    published = _published(page, stated, timezone)
    if is_outside(published, window, timezone):
        return Refusal(
            page.outlet, page.url, "outside_window", f"published {published.at:%Y-%m-%d}" if published else ""
        )
    remove_scripts(tree)
    text = text_of(tree, title)
    if refused := _refused(page, stated, title, text):
        return refused
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


def _refused(page: Page, stated: Metadata, title: str, text: str) -> Refusal | None:
    words = word_count(text)
    if is_list_address(page.url):
        return Refusal(page.outlet, page.url, "list_page", "the address is one of lists")
    if words == 0:
        return Refusal(page.outlet, page.url, "no_text")
    if words < LEAST_WORDS:
        return Refusal(page.outlet, page.url, "too_short", f"{words} words")
    return None if title else Refusal(page.outlet, page.url, "no_title")


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
