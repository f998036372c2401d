"""Is this an article, long enough and of the asked dates? One function per question, each answer a refusal's reason.

Works on plain values; `pipelines.extract` asks. What the reasons mean to a reader is in `spiders.refusal`.
"""

import re
from urllib.parse import urlsplit

from pipelines.article import Moment
from pipelines.dates import local_day
from pipelines.jsonld import ARTICLE_TYPES
from spiders.page import Window

LEAST_WORDS = 25
"""Fewer words cannot be told from a caption or a teaser, and hold no phrase that only copying explains."""
LEAST_DISTINCT, MANY_WORDS = 12, 1000
"""Different words that a text needs; a sentence of 25 has twenty. A longer text is not asked."""
LEAST_LISTED, LISTED_SHARE = 5, 0.25
"""Lines that are links, and their share of all lines, from which a page without signs of an article is a list."""
MANY_LINKS = 15
"""Links with a headline's length from which a page without article and without text is a list."""

TEASER_LENGTH = 120
"""Letters a line has on average in a list of teasers; paragraphs of articles have half as many again."""

_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")  # Japanese has no blanks
_LIST_SEGMENT = re.compile(
    r"/(?:tags?|tagovi|oznak[ae]|category|categories|kategorij[ae]|rubrik[ae]|autori?|authors?|search|pretraga)/[^/]*/?$"
    r"|/(?:page|strana|stranica)/\d+/?$|/(?:arhiva?|archive)(?:/(?:19|20)\d\d(?:/\d\d?){0,2})?/?$"
)
_LIST_QUERY = re.compile(r"^(?:s|q|search|pretraga|page|paged|strana|tag|cat)=[^&]*$")
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage"))


def word_count(text: str) -> int:
    """Words of a text: runs of letters and figures; of Japanese and Chinese, characters."""
    return len(_WORD.findall(text))


def said_count(text: str, words: int) -> int:
    """Words that say something: all of them, or, where few are repeated all over as under pictures, those few."""
    distinct = len(set(_WORD.findall(text))) if words < MANY_WORDS else words
    return distinct if distinct < LEAST_DISTINCT else words


def is_list_address(url: str) -> bool:
    """Front pages, tags, categories, authors, archives and searches, by the address alone."""
    parts = urlsplit(url)
    if parts.path in ("", "/"):
        return not parts.query or bool(_LIST_QUERY.search(parts.query))
    return bool(_LIST_SEGMENT.search(parts.path) or _LIST_QUERY.search(parts.query))


def states_article(types: frozenset[str], kind: str, has_stated_time: bool) -> bool:
    """Whether a page says itself that it is an article: by schema.org type, og:type or a time of publication."""
    if types & _LIST_TYPES and not types & ARTICLE_TYPES:
        return False
    return bool(types & ARTICLE_TYPES) or kind.startswith("article") or has_stated_time


def is_list(paragraphs: list[str], linked: frozenset[str]) -> bool:
    """Whether a page that does not say it is an article lists others: its lines are what its links say, or teasers."""
    listed, letters = sum(line in linked for line in paragraphs), sum(map(len, paragraphs))
    if listed >= LEAST_LISTED and listed >= LISTED_SHARE * len(paragraphs):
        return True
    return len(linked) >= MANY_LINKS and letters < min(sum(map(len, linked)), TEASER_LENGTH * len(paragraphs))


def is_outside(published: Moment | None, window: Window, timezone_name: str) -> bool:
    """Published on a day before or after the window, as days are counted where the outlet is; unknown is inside."""
    if published is None:
        return False
    day = local_day(published, timezone_name)
    return (window.since is not None and day < window.since) or (window.until is not None and day > window.until)
