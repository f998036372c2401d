"""A post of a channel → a short article. Pure: `spiders.telegram` read it, `pipelines.store` keeps it and its links."""

import re

from pipelines.article import Article
from pipelines.dates import moment
from pipelines.normalise import clean_line, clean_text, language_of, script_of
from pipelines.validate import is_outside
from spiders.page import Window
from spiders.refusal import Refusal
from spiders.telegram import Post

TITLE_LETTERS = 150
_SENTENCE = re.compile(r"(?<=[.!?…])\s")


def article_of(post: Post, timezone: str, window: Window) -> Article | Refusal:
    """The article of a post: its first line as title, all its words as text, its forward as byline."""
    text = clean_text(post.text.replace("\n", "\n\n"))
    if not re.search(r"\w", text):
        return Refusal(post.outlet, post.url, "no_text", "a post without words")
    published = moment(post.published, timezone, "time") if post.published else None
    if published is not None and is_outside(published, window, timezone):
        return Refusal(post.outlet, post.url, "outside_window", f"published {published.at.date()}")
    return Article(
        outlet=post.outlet,
        url=post.url,
        title=_title(text),
        text=text,
        byline=clean_line(post.forwarded_from or post.author or "") or None,
        section=None,
        language=language_of(text),
        script=script_of(text),
        published=published,
        modified=None,
        first_seen_at=post.fetched_at,
        discovered_by="telegram",
        warc=post.warc,
        links=post.links,
    )


def _title(text: str) -> str:
    """The first line, cut after a sentence or a word where it is a whole paragraph."""
    line = text.partition("\n")[0]
    if len(line) <= TITLE_LETTERS:
        return line
    sentence = _SENTENCE.split(line, maxsplit=1)[0]
    return sentence if len(sentence) <= TITLE_LETTERS else line[:TITLE_LETTERS].rpartition(" ")[0] + " …"
