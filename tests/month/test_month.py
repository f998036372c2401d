"""A month of invented outlets, crawled each night at a quarter past two: nothing is missed, nothing is asked out of turn."""

import re
import time
from collections.abc import Iterator
from datetime import UTC

import pytest

from tests.month.month import Month
from tests.month.outlets import ABSENT_NIGHTS, OUTLETS, TROUBLES
from tests.month.truth import Address, chances, out_of_turn
from tests.month.web import Asked

NIGHTS = 10


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    lived = Month(OUTLETS, TROUBLES, ABSENT_NIGHTS, NIGHTS, tmp_path_factory.mktemp("month"))
    began = time.monotonic()
    lived.live()
    print(f"{len(lived.web.log)} requests in {time.monotonic() - began:.0f} s")
    return lived


def number_of(url: str) -> int:
    found = re.search(r"(\d+)$", url)
    assert found
    return int(found[1])


def test_nothing_that_was_ever_available_is_missing(month: Month) -> None:
    stored = {(outlet, number_of(url)) for outlet, url in month.rows("SELECT outlet, url FROM article_version")}
    refused = {
        (outlet, number_of(url)): reason
        for outlet, url, reason in month.rows(
            "SELECT outlet, url, reason FROM refusal WHERE url SIMILAR TO '.*[/-]\\d+'"
        )
    }
    missing = []
    for paper in month.papers:
        for chance in chances(month, paper):
            key = (paper.slug, chance.story.number)
            is_bad = chance.story.flaw in ("too_short", "soft_404")
            if not (refused.get(key) == chance.story.flaw if is_bad else key in stored):
                missing.append((paper.slug, chance, refused.get(key)))
    assert not missing, "\n".join(map(str, missing))


def test_nothing_is_asked_out_of_turn(month: Month) -> None:
    query = "SELECT outlet, url, min(first_seen_at), min(published_at) FROM article_version GROUP BY ALL"
    known = {
        (outlet, url): [at and at.replace(tzinfo=UTC) for at in times] for outlet, url, *times in month.rows(query)
    }
    asked: dict[tuple[str, str], list[Asked]] = {}
    for one in month.web.log:
        if one.place == "article":
            asked.setdefault((one.slug, one.path.partition("?")[0]), []).append(one)
    wrong = []
    for (slug, path), log in asked.items():
        seen, published = known.get((slug, f"http://{slug}.example{path}"), (None, None))
        wrong += out_of_turn(month, Address(slug, path, log, seen, published))
    assert not wrong, "\n".join(wrong)
