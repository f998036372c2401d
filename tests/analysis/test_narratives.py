"""Narratives are topics: their phrases are found in both scripts and any case, not inside other words."""

import pytest

from analysis.narratives import found_in, narratives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U gradu nema američkih laboratorija.", {"biolabs": 1}),
        ("У граду нема биолабораторија.", {"biolabs": 1}),
        ("Kosovski presedan, opet.", {"kosovo_precedent": 1}),
        ("Izložba o agresiji NATO i bombardovanju SR Jugoslavije.", {"nato_aggression": 2}),
        ("Žetva je bila dobra.", {}),
    ],
)
def test_found_in(text: str, expected: dict[str, int]) -> None:
    assert found_in(text) == expected


def test_every_narrative_has_a_title() -> None:
    assert all(narrative.title for narrative in narratives().values())
