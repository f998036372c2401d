"""Passages that two texts share: found in any script, not broken by small edits, never overlapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.passages import align, covered
from analysis.tokens import Vocabulary

STORY = (
    "U luci Skelište na Dunavu juče su počeli radovi na proširenju terminala za žitarice vredni četrdeset miliona evra"
)
OWN = "Ribolovci se vraćaju na kej a vodostaj polako opada posle duge i neobično kišne jeseni u celom kraju"


def shared(one: str, other: str, words: int = 6) -> list[tuple[str, str]]:
    vocabulary = Vocabulary()
    left, right = one.split(), other.split()
    passages = align(vocabulary.ids(one), vocabulary.ids(other), gram_words=4, gap_words=6, passage_words=words)
    return [(" ".join(left[p.start : p.end]), " ".join(right[p.other_start : p.other_end])) for p in passages]


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("whole", STORY, STORY, [(STORY, STORY)]),
        ("nothing", OWN, STORY, []),
        ("inside own text", f"{OWN} {STORY}", STORY, [(STORY, STORY)]),
        (
            "a changed word",
            STORY.replace("juče", "danas"),
            STORY,
            [(STORY.replace("juče", "danas"), STORY)],
        ),
        (
            "an inserted credit",
            STORY.replace("vredni", "prenosi Meridijan vredni"),
            STORY,
            [(STORY.replace("vredni", "prenosi Meridijan vredni"), STORY)],
        ),
        ("too few words", "na Dunavu juče su stali", "na Dunavu juče su počeli", []),
        (
            "the other script and no diacritics",
            "U luci Skeliste na Dunavu juce su poceli radovi",
            "У луци Скелиште на Дунаву јуче су почели радови",
            [("U luci Skeliste na Dunavu juce su poceli radovi", "У луци Скелиште на Дунаву јуче су почели радови")],
        ),
        (
            "ijekavian",
            "Vrijednost ulaganja u rijeci i mjestu dvije godine raste",
            "Vrednost ulaganja u reci i mestu dve godine raste",
            [
                (
                    "Vrijednost ulaganja u rijeci i mjestu dvije godine raste",
                    "Vrednost ulaganja u reci i mestu dve godine raste",
                )
            ],
        ),
    ],
)
def test_passages(name: str, one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert shared(one, other) == expected, name


def test_moved_paragraphs_are_two_passages() -> None:
    first, second = STORY, OWN
    assert [left for left, _ in shared(f"{second} {first}", f"{first} {second}")] == [second, first]


WORDS = st.lists(st.sampled_from([f"reč{number}" for number in range(12)]), max_size=60)


@given(WORDS, WORDS)
def test_no_word_is_in_two_passages_and_equal_words_are_counted(one: list[str], other: list[str]) -> None:
    vocabulary = Vocabulary()
    left, right = vocabulary.ids(" ".join(one)), vocabulary.ids(" ".join(other))
    passages = align(left, right, gram_words=4, gap_words=3, passage_words=4)
    mine = [at for passage in passages for at in range(passage.start, passage.end)]
    assert len(mine) == len(set(mine)) == covered(passages, len(left)).sum()
    for passage in passages:
        assert 0 < passage.words <= min(passage.end - passage.start, passage.other_end - passage.other_start)
        assert passage.end <= len(left)
        assert passage.other_end <= len(right)
        assert 0 < passage.score <= 1


@given(WORDS)
def test_a_text_shares_all_of_itself(words: list[str]) -> None:
    text = " ".join(words)
    ids = Vocabulary().ids(text)
    distinct = len({tuple(words[at : at + 4]) for at in range(len(words) - 3)}) == len(words) - 3
    if len(words) >= 4 and distinct:
        assert covered(align(ids, ids, gram_words=4, gap_words=3, passage_words=4), len(ids)).all()
