"""Who stands between a state story and an article, and whose story it first was."""

from dataclasses import replace

import pytest

from analysis.lineage import Intermediary, Link, Origin, origin_of, origins, parents

LINK = Link("b", "s", "local", "amplification", "state_first", 0.9, False, False, ())
TAKER = replace(LINK, article_id="a")


@pytest.mark.parametrize(
    ("name", "link", "others", "expected"),
    [
        ("a better explanation that has the story itself", replace(LINK, intermediaries=(Intermediary("a", -1.0, False),)), [TAKER], "a"),
        ("as good, and credited", replace(LINK, intermediaries=(Intermediary("a", 0.0, True),)), [TAKER], "a"),
        ("as good, not credited", replace(LINK, intermediaries=(Intermediary("a", 0.0, False),)), [TAKER], None),
        ("better, but it never took the story", replace(LINK, intermediaries=(Intermediary("x", -2.0, True),)), [TAKER], None),
        ("as good, with two edits of it", replace(LINK, intermediaries=(Intermediary("a", 0.0, False, 2.0),)), [TAKER], "a"),
        ("as good, with one edit of it", replace(LINK, intermediaries=(Intermediary("a", 0.0, False, 1.0),)), [TAKER], None),
        ("as good, credited beside the state outlet", replace(LINK, is_credited=True, intermediaries=(Intermediary("a", 0.0, True),)), [TAKER], "a"),
        ("worse, credited beside the state outlet", replace(LINK, is_credited=True, intermediaries=(Intermediary("a", 0.5, True),)), [TAKER], None),
        (
            "better than one edition of the story, worse than another that both took",
            replace(LINK, intermediaries=(Intermediary("a", -1.0, False),)),
            [TAKER, replace(TAKER, state_article_id="s2"), replace(LINK, state_article_id="s2", intermediaries=(Intermediary("a", 1.0, False),))],
            None,
        ),
        (
            "worse than another story, which it did not take",
            replace(LINK, intermediaries=(Intermediary("a", -1.0, False),)),
            [TAKER, replace(LINK, state_article_id="s2", intermediaries=(Intermediary("a", 1.0, False),))],
            "a",
        ),
        (
            "the one that is credited before the one that is nearer",
            replace(LINK, intermediaries=(Intermediary("a", -1.0, True), Intermediary("c", -2.0, False))),
            [TAKER, replace(LINK, article_id="c")],
            "a",
        ),
    ],
)  # fmt: skip
def test_parents(name: str, link: Link, others: list[Link], expected: str | None) -> None:
    assert parents([link, *others], better=0.7).get(("b", "s")) == expected, name


FIRST = replace(LINK, verdict="local_first", direction="local_first")


@pytest.mark.parametrize(
    ("links", "credits_agency", "expected"),
    [
        ([LINK], False, "state_media"),
        ([LINK], True, "agency"),
        ([LINK, FIRST], False, "local"),
        ([LINK, replace(FIRST, role="agency")], False, "agency"),
        ([LINK, replace(FIRST, has_agency_credit=True)], False, "agency"),
        ([replace(FIRST, role="agency"), FIRST], False, "agency"),
    ],
)
def test_origins(links: list[Link], credits_agency: bool, expected: Origin) -> None:
    assert origins(links, {"s": credits_agency}) == {"s": expected}


@pytest.mark.parametrize(
    ("link", "story", "expected"),
    [
        (LINK, "state_media", "state_media"),
        (LINK, "local", "local"),
        (FIRST, "agency", "agency"),
        (replace(FIRST, direction="state_first"), "state_media", "local"),
        (replace(LINK, verdict="quote", direction="local_first"), "state_media", "local"),
        (replace(LINK, verdict="quote"), "state_media", "state_media"),
        (replace(LINK, verdict="shared_origin", has_agency_credit=True), "state_media", "agency"),
        (replace(LINK, verdict="shared_origin"), "state_media", "unknown"),
    ],
)
def test_whose_what_the_two_share_first_was(link: Link, story: Origin, expected: Origin) -> None:
    assert origin_of(link, story) == expected
