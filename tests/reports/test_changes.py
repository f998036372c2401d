"""Two versions of an article become the words that went and those that came."""

from typing import Any

import pytest

from reports.changes import AROUND, changes, pieces

LONG = " ".join(f"reč{number}" for number in range(100))


def shown(before: str, after: str) -> str:
    """−went−, +came+, ⟨words left out⟩, and what stayed."""
    forms = {"out": "−{}−", "in": "+{}+", "same": "{}"}
    return " ".join(
        f"⟨{piece.word_count}⟩" if piece.kind == "cut" else forms[piece.kind].format(piece.text)
        for piece in pieces(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Most je otvoren", "Most je otvoren", "Most je otvoren"),
        ("Most je otvoren", "Most nije otvoren", "Most −je− +nije+ otvoren"),
        ("Мост је отворен", "Most je otvoren", "Most je otvoren"),
        ("ŠOK: Most otvoren!", "Most otvoren", "−ŠOK:− Most −otvoren!− +otvoren+"),
        ("Most otvoren", "Most otvoren?", "Most −otvoren− +otvoren?+"),
        ("„Most“, otvoren – juče", '"Most" otvoren - juce', '"Most" otvoren - juce'),
        ("", "Izvor: Meridijan", "+Izvor: Meridijan+"),
        ("Izvor: Meridijan", "", "−Izvor: Meridijan−"),
        ("Prvi.\n\nDrugi.", "Prvi.\n\nDodat.\n\nDrugi.", "Prvi. \n\n +Dodat. \n\n+ Drugi."),
        (LONG, f"{LONG} dodato", f"⟨{100 - AROUND}⟩ {' '.join(LONG.split()[-AROUND:])} +dodato+"),
        (f"{LONG} kraj", f"{LONG} početak", f"⟨{100 - AROUND}⟩ {' '.join(LONG.split()[-AROUND:])} −kraj− +početak+"),
    ],
)
def test_what_went_and_what_came(before: str, after: str, expected: str) -> None:
    assert shown(before, after).split() == expected.split()


def row(**changed: Any) -> dict[str, Any]:
    text = "Most je otvoren juče, prenosi Meridijan."
    before = {"before_title": "Most", "before_byline": None, "before_text": text}
    return {"article_id": "l1", **before, "title": "Most", "byline": None, "text": text} | changed


@pytest.mark.parametrize(
    ("changed", "title", "byline", "text", "credits"),
    [
        ({"title": "Most otvoren"}, True, False, False, []),
        ({"byline": "Sputnjik"}, False, True, False, []),
        ({"text": "Most je otvoren juče."}, False, False, True, ["removed"]),
        ({"before_text": "Most je otvoren juče."}, False, False, True, ["added"]),
        ({"text": "Most je otvoren juče, piše Меридијан."}, False, False, True, []),
        ({"before_text": "Most je otvoren.", "text": "Most je otvoren.", "byline": "Меридијан"}, False, True, False, ["added"]),
    ],
)  # fmt: skip
def test_what_a_change_is(changed: dict[str, Any], title: bool, byline: bool, text: bool, credits: list[str]) -> None:
    (change,) = changes([row(**changed)], {"l1": [("Меридијан", ("Меридијан", "Meridijan"))]})
    assert (bool(change.title), bool(change.byline), bool(change.text)) == (title, byline, text)
    assert [kind for kind, *_ in change.credits] == credits


def test_what_no_reader_would_see_is_no_change() -> None:
    assert changes([row(title="МОСТ", text="Мост је отворен јуче, преноси Меридијан")], {}) == []


def test_twin_addresses_show_one_change() -> None:
    twin = {"before_title": "Мост", "title": "Мост отворен"}
    assert len(changes([row(title="Most otvoren"), row(**twin)], {})) == 1


def test_a_change_keeps_how_the_old_headline_was_written() -> None:
    (change,) = changes([row(before_title="Мост, јуче", title="Most otvoren juče")], {})
    assert [(piece.kind, piece.before, piece.text) for piece in change.title] == [
        ("same", "Мост,", "Most"),
        ("in", "", "otvoren"),
        ("same", "јуче", "juče"),
    ]
