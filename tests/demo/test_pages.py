"""The pages: a reader of the HTML finds the whole article, in each template, whatever stands around it."""

import re
from collections import Counter
from statistics import fmean

import pytest
import trafilatura

from demo.newsroom import SINCE, Site, as_shown, newsroom
from demo.pages import article_page

BY_TEMPLATE: dict[str, list[Site]] = {}
for _site in newsroom():
    if _site.articles:
        BY_TEMPLATE.setdefault(_site.template, []).append(_site)


def overlap(found: str, truth: str) -> float:
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, truth))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


@pytest.mark.parametrize("template", sorted(BY_TEMPLATE))
def test_the_text_can_be_found(template: str) -> None:
    """Plain trafilatura, with nothing of odjek's own: what it cannot find is not the reader's fault."""
    scores = []
    for site in BY_TEMPLATE[template]:
        for article in [article for article in site.articles if article.at.date() >= SINCE][:4]:
            page = article_page(site, site.hosts[0], article)
            found = trafilatura.extract(page, include_comments=False) or ""
            scores.append(overlap(found, " ".join(article.text.paragraphs)))
    assert fmean(scores) >= 0.95


@pytest.mark.parametrize("template", sorted(BY_TEMPLATE))
def test_every_paragraph_stands_on_the_page(template: str) -> None:
    for site in BY_TEMPLATE[template]:
        for host in site.hosts:
            article = site.articles[0]
            page = article_page(site, host, article)
            shown = as_shown(article, host, site)
            for paragraph in (shown.text.title, *shown.text.paragraphs):
                assert paragraph.replace('"', "&#34;").replace("'", "&#39;") in page


@pytest.mark.parametrize("template", sorted(BY_TEMPLATE))
def test_clutter_stands_around_it(template: str) -> None:
    site = BY_TEMPLATE[template][0]
    page = article_page(site, site.hosts[0], site.articles[0])
    assert page.count("<a ") + page.count("<A ") >= 5
    neighbours = [other.path for other in site.articles[1:4]]
    assert any(path in page for path in neighbours)
