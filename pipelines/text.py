"""The article's text from a page's tree: trafilatura, with what it drops and should not put back.

Takes a tree without scripts and style, which it changes. Comments are off, and trafilatura's `deduplicate` is never
on: it would delete later copies, which are the finding.
"""

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from pipelines.normalise import clean_text, fold

_OPTIONS = Extractor(output_format="python", fast=True, comments=False, tables=True, dedup=False)


def text_of(tree: html.HtmlElement, title: str | None) -> str:
    """Paragraphs parted by a blank line, without the headline; empty where no text is found."""
    found = bare_extraction(tree, options=_OPTIONS)
    text = clean_text(found.text or "") if isinstance(found, Document) else ""
    return _without_title(text, title)


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if title and rest and fold(first) == fold(title) else text
