"""The newsroom as data: enough of it, consistent with its own truth, and nothing in it is real."""

import csv
import re
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from demo.newsroom import PAIRS, SINCE, UNTIL, Article, Site, expected, newsroom
from spiders.registry import PACKAGED, load_outlets
from tests.conftest import REPOSITORY

SITES = newsroom()
BY_URL: dict[str, tuple[Site, Article]] = {
    site.url(article, host): (site, article) for site in SITES for host in site.hosts for article in site.articles
}
with PAIRS.open(encoding="utf-8", newline="") as file:
    TRUTH = list(csv.DictReader(file))


def is_crawlable(site: Site, article: Article) -> bool:
    is_allowed = not (site.disallow and article.path.startswith(site.disallow)) and not site.is_down
    return is_allowed and SINCE <= article.at.date() <= UNTIL


def test_there_are_enough_outlets_articles_and_templates() -> None:
    roles = Counter(site.outlet.role for site in SITES)
    assert roles["state_media"] >= 2
    assert roles["agency"] >= 1
    assert roles["local"] >= 9
    assert roles["aggregator"] >= 1
    assert roles["factchecker"] >= 1
    assert {site.outlet.country for site in SITES} == {"RS", "BA", "ME", "XK"}
    assert {site.outlet.dialect for site in SITES if site.outlet.country in ("BA", "ME")} == {"ijekavian"}
    assert sum(is_crawlable(site, article) for site in SITES for article in site.articles) >= 200
    assert len({site.template for site in SITES}) >= 6


def test_every_day_of_the_fortnight_has_articles() -> None:
    days = {article.at.date() for site in SITES for article in site.articles if is_crawlable(site, article)}
    assert min(days) == SINCE
    assert max(days) == UNTIL
    assert len(days) == 14


def test_ids_and_addresses_are_told_once() -> None:
    ids = Counter(article.id for site in SITES for article in site.articles)
    paths = Counter((site.outlet.outlet, article.path) for site in SITES for article in site.articles)
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert [path for path, count in paths.items() if count > 1] == []


def test_twin_hosts_share_the_numeric_id() -> None:
    [twin] = [site for site in SITES if len(site.hosts) > 1]
    pattern = re.compile(twin.outlet.id_pattern or "")
    found = [pattern.search(article.path) for article in twin.articles]
    assert all(found)
    assert len({match[1] for match in found if match}) == len(twin.articles)


@pytest.mark.parametrize("pair", TRUTH, ids=[f"{pair['story']}-{number}" for number, pair in enumerate(TRUTH)])
def test_the_truth_fits_the_articles(pair: dict[str, Any]) -> None:
    site, local = BY_URL[pair["local_url"]]
    state_site, state = BY_URL[pair["state_url"]]
    assert is_crawlable(site, local)
    assert is_crawlable(state_site, state)
    assert site.outlet.role in ("local", "aggregator", "factchecker")
    assert state_site.outlet.role == "state_media"
    others = [url for url in pair["also_state_urls"].split("|") if url]
    assert {BY_URL[url][1].id for url in others} <= {state.id}
    assert len(others) == len(state_site.hosts) - 1
    if pair["via_url"]:
        via_site, via = BY_URL[pair["via_url"]]
        assert via_site.outlet.role in ("local", "aggregator")
        assert via.at < local.at
    if pair["verdict"] in ("amplification", "critical", "quote"):
        is_timed = isinstance(local.published, datetime)
        assert state.at < local.at if is_timed else state.at.date() <= local.at.date()
    elif pair["verdict"] == "local_first":
        assert local.at < state.at
    assert pair["verdict"] not in pair["accept"].split("|") or len(pair["accept"].split("|")) > 1
    assert bool(pair["form"]) or pair["verdict"] not in ("amplification", "shared_origin")


@pytest.mark.parametrize("pair", [pair for pair in TRUTH if pair["credited"] == "yes"], ids=lambda pair: pair["story"])
def test_a_credited_article_names_the_state_outlet(pair: dict[str, Any]) -> None:
    _, local = BY_URL[pair["local_url"]]
    state_site, _ = BY_URL[pair["state_url"]]
    said = " ".join((local.byline or "", *local.text.paragraphs))
    assert any(name in said for name in state_site.outlet.credited_as)


def test_verdicts_are_of_every_kind() -> None:
    assert {pair["verdict"] for pair in TRUTH} == {
        "amplification",
        "shared_origin",
        "local_first",
        "quote",
        "independent",
        "critical",
        "unrelated",
    }
    assert {"hidden_agency", "chain", "edited", "template", "press_release", "byline_credit"} <= {
        pair["kind"] for pair in TRUTH
    }


def test_what_is_expected_of_the_crawl_fits_the_articles() -> None:
    wanted = {site.outlet.outlet: sum(is_crawlable(site, article) for article in site.articles) for site in SITES}
    assert {outlet: row["articles"] for outlet, row in expected().items()} == wanted
    assert {outlet: row["addresses"] for outlet, row in expected().items()} == {
        site.outlet.outlet: wanted[site.outlet.outlet] * len(site.hosts) for site in SITES
    }
    assert {outlet for outlet, row in expected().items() if row.get("status") == "failed"} == {
        site.outlet.outlet for site in SITES if site.is_down
    }


def test_the_documentation_lists_every_outlet_as_it_is() -> None:
    lines = (REPOSITORY / "docs" / "demo.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    listed = {row[0]: tuple(row[1:5]) for row in rows if len(row) == 6 and row[0] != "outlet"}
    assert listed == {
        site.outlet.name: (
            site.outlet.role,
            site.outlet.country,
            site.template,
            str(expected()[site.outlet.outlet]["articles"]),
        )
        for site in SITES
    }


def test_no_outlet_of_the_newsroom_is_real() -> None:
    real = load_outlets(PACKAGED).values()
    names = {name.casefold() for outlet in real for name in (outlet.name, outlet.outlet, *outlet.credited_as)}
    for site in SITES:
        assert all(host.endswith(".example") for host in site.hosts)
        assert not {site.outlet.name.casefold(), site.outlet.outlet} & names
        assert not {name.casefold() for name in site.outlet.credited_as} & names


def test_no_story_names_a_real_outlet() -> None:
    real = [outlet for outlet in load_outlets(PACKAGED).values() if outlet.role in ("state_media", "mirror", "agency")]
    names = {name for outlet in real for name in (outlet.name, *outlet.credited_as) if len(name) > 3}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names))) + r")\b")
    for _, article in BY_URL.values():
        said = " ".join((article.text.title, article.byline or "", *article.text.paragraphs))
        assert not pattern.search(said), article.id
