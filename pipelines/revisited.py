"""What a visit to a stored article found, once the page has been extracted: the same text, another one, or none.

Pure. `pipelines.scrapy_items` stores the visit as a row of `revisit`, and an edited text as a new `article_version`.
"""

from dataclasses import dataclass

from pipelines.article import Article
from spiders.page import Page
from spiders.refusal import Refusal
from spiders.revisit import Due, Outcome, Visit


@dataclass(frozen=True, slots=True)
class Edit:
    """A visit that found a text to store."""

    visit: Visit
    article: Article


def judged(page: Page, result: Article | Refusal) -> Visit | Edit | Article | Refusal:
    """What became of a page: the result itself where the page was new, else the visit and the text that it found."""
    due = page.due
    if due is None:
        return result
    if isinstance(result, Refusal):
        return _visit(page, due, "failed", detail=f"{result.reason}: {result.detail}")
    if page.url != due.address:
        return Edit(_visit(page, due, "moved", detail=f"redirects to {page.url}"), result)
    if result.version_id == due.version_id:
        return _visit(page, due, "unchanged", result.version_id)
    return Edit(_visit(page, due, "changed", result.version_id), result)


def _visit(page: Page, due: Due, outcome: Outcome, version_id: str | None = None, detail: str = "") -> Visit:
    where = (page.warc.file, page.warc.offset) if page.warc else (None, None)
    return Visit(page.outlet, due.address, version_id, due.due_at, page.fetched_at, 200, outcome, detail, *where)
