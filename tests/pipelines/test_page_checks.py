"""What new articles carry beside the earlier ones: counts given by hand."""

from typing import Any

import pytest

from pipelines.page_checks import Fields, Refused, at_most_of, judge_fields, judge_refused, judge_sources

USUAL: dict[str, Any] = {
    "outlet": "reka",
    "language": "sr",
    "script": "latn",
    "recent_count": 10,
    "past_count": 200,
    "recent_byline": 9,
    "past_byline": 190,
    "recent_minute": 10,
    "past_minute": 200,
    "recent_at_sight": 0,
    "past_at_sight": 2,
    "recent_language": 10,
    "past_language": 198,
    "recent_script": 10,
    "past_script": 200,
    "recent_short": 2,
    "recent_long": 3,
    "recent_words": 310.0,
    "past_words": 300.0,
}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {}),
        ({"recent_byline": 0}, {"byline": "warning"}),
        ({"recent_byline": 7}, {}),
        ({"recent_byline": 0, "past_byline": 30}, {}),  # it hardly ever had one
        ({"recent_minute": 0}, {"time": "warning"}),
        ({"recent_at_sight": 10}, {"dated": "warning"}),
        ({"recent_at_sight": 10, "past_at_sight": 195}, {}),  # it always was so: days only, a crawl late in the evening
        ({"recent_language": 1}, {"language": "warning"}),
        ({"recent_script": 0}, {"script": "warning"}),
        ({"recent_words": 90.0, "recent_short": 10, "recent_long": 0}, {"length": "alarm"}),
        ({"recent_words": 160.0, "recent_short": 9, "recent_long": 0}, {"length": "warning"}),
        ({"recent_words": 700.0, "recent_short": 0, "recent_long": 10}, {"length": "warning"}),
        ({"recent_words": 200.0, "recent_short": 5, "recent_long": 1}, {}),  # short news happen
    ],
)
def test_fields(given: dict[str, Any], wrong: dict[str, str]) -> None:
    found = {finding.check_name: finding for finding in judge_fields(Fields(**(USUAL | given)))}
    assert {check: finding.level for check, finding in found.items() if finding.is_wrong} == wrong
    assert set(found) == {"byline", "time", "dated", "language", "script", "length"}
    assert all(bool(finding.detail) == finding.is_wrong for finding in found.values())


@pytest.mark.parametrize("given", [{"recent_count": 4, "recent_byline": 0}, {"past_count": 19, "past_byline": 19}])
def test_few_articles_are_not_judged(given: dict[str, Any]) -> None:
    assert {finding.level for finding in judge_fields(Fields(**(USUAL | given)))} == {"unknown"}


@pytest.mark.parametrize(
    ("reason", "tonight", "past", "is_empty", "level", "says"),
    [
        ("no_text", (9, 10), (4, 300), False, "warning", "9 of 10 articles asked for were refused as no text"),
        ("no_text", (10, 10), (4, 300), True, "alarm", "10 of 10 articles"),
        ("no_text", (3, 10), (90, 300), False, "ok", ""),
        ("no_text", (4, 4), (0, 300), True, None, ""),  # too few
        ("front_page", (8, 10), (1, 300), False, "warning", "lead to the front page; before it was 0%"),
        ("gone", (20, 30), (9, 900), False, "warning", "20 of 30 articles visited again are gone"),
        ("gone", (20, 30), (9, 900), True, "warning", "are gone"),  # what is gone was stored once
        ("too_short", (6, 6), (0, 0), False, "ok", ""),  # no past: it may always be so
        ("too_short", (6, 6), (0, 0), True, "warning", "6 of 6 articles"),  # … but nothing was stored
    ],
)
def test_reasons_of_refusal(
    reason: str, tonight: tuple[int, int], past: tuple[int, int], is_empty: bool, level: str | None, says: str
) -> None:
    found = judge_refused([Refused("reka", reason, *tonight, *past)], is_empty=is_empty)
    assert (found and found.level) == level
    assert says in (found.detail if found else "")


def test_of_several_reasons_the_worst_is_named() -> None:
    rows = [Refused("reka", "list_page", 1, 10, 30, 300), Refused("reka", "no_text", 9, 10, 4, 300)]
    for given in (rows, rows[::-1]):
        found = judge_refused(given, is_empty=False)
        assert found is not None
        assert "no text" in found.detail


def test_sources() -> None:
    assert judge_sources("reka", []).level == "ok"
    problems = [
        ("feed", "https://reka.example/rss", "bad_source: empty"),
        ("feed", "", "gave articles on 5 of 5 nights, and none tonight"),
        ("sitemap", "", "gave articles on 5 of 5 nights"),
    ]
    found = judge_sources("reka", problems)
    assert (found.level, found.detail) == ("warning", "feed https://reka.example/rss: bad_source: empty, and 1 more")


@pytest.mark.parametrize(
    ("count", "total", "past", "of", "low", "high"),
    [
        (0, 10, 190, 200, 0.0, 1e-6),
        (10, 10, 190, 200, 1.0, 1.0),
        (0, 10, 0, 0, 0.1, 0.3),  # nothing is known
        (0, 3, 3, 5, 0.0, 0.3),
        (3000, 6000, 100, 200, 0.4, 0.6),  # large numbers neither overflow nor vanish
    ],
)
def test_chance_of_a_share(count: int, total: int, past: int, of: int, low: float, high: float) -> None:
    assert low <= at_most_of(count, total, past, of) <= high
