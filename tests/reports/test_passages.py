import pytest

from reports.passages import CREDIT, Span, check, excerpt, paragraphs
from spiders.errors import StoreError


def drawn(text: str, spans: list[Span]) -> str:
    """The paragraphs as one line: [numbers:text] for marked segments, | between paragraphs."""
    return "|".join(
        "".join(
            f"[{','.join(str(span.number) for span in segment.spans)}:{segment.text}]"
            if segment.spans
            else segment.text
            for segment in paragraph
        )
        for paragraph in paragraphs(text, spans)
    )


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("Мост је отворен.", [], "Мост је отворен."),
        ("Мост је отворен.", [(0, 4)], "[1:Мост] је отворен."),
        ("one two three", [(4, 7)], "one [1:two] three"),
        ("one\n\ntwo", [(0, 8)], "[1:one]|[1:two]"),
        ("one\n\ntwo", [(0, 5), (5, 8)], "[1:one]|[2:two]"),
        ("one two three", [(0, 7), (4, 13)], "[1:one ][1,2:two][2: three]"),
        ("one two", [(0, 7), (0, 7)], "[1,2:one two]"),
        ("one\ntwo", [(0, 3)], "[1:one]\ntwo"),
        ("one\n \ntwo\n\n\nthree\n", [], "one|two|three"),
        ("", [], ""),
    ],
)
def test_a_text_is_cut_where_passages_begin_and_end(text: str, places: list[tuple[int, int]], expected: str) -> None:
    spans = [Span(number, start, end, "copied") for number, (start, end) in enumerate(places, 1)]
    assert drawn(text, spans) == expected


def test_each_passage_begins_and_finishes_once_across_paragraphs() -> None:
    spans = [Span(1, 0, 14, "copied"), Span(2, 5, 12, "retold")]
    segments = [segment for paragraph in paragraphs("one\n\ntwo\n\nthree", spans) for segment in paragraph]
    assert [span.number for segment in segments for span in segment.begins] == [1, 2]
    assert sorted(span.number for segment in segments for span in segment.finishes) == [1, 2]


@pytest.mark.parametrize(
    ("spans", "look"),
    [
        ([Span(1, 0, 3, "copied")], "copied"),
        ([Span(1, 0, 3, "retold")], "retold"),
        ([Span(1, 0, 3, "retold"), Span(2, 0, 3, "copied")], "copied"),
        ([Span(1, 0, 3, "copied", is_explained=True)], "copied explained"),
        ([Span(1, 0, 3, "copied", is_explained=True), Span(2, 0, 3, "copied")], "copied"),
        ([Span(CREDIT, 0, 3, "credit")], "credit"),
        ([Span(1, 0, 3, "retold"), Span(CREDIT, 0, 3, "credit")], "retold credit"),
    ],
)
def test_how_a_segment_looks(spans: list[Span], look: str) -> None:
    assert paragraphs("one", spans)[0][0].look == look


@pytest.mark.parametrize(("start", "end"), [(0, 99), (-1, 2), (3, 3), (3, 5), (5, 2)])
def test_a_passage_that_marks_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(StoreError, match="match m1: passage 1 lies outside the text"):
        check("one\n\ntwo", [Span(1, start, end, "copied")], "match m1")


def test_an_excerpt_shows_the_words_around_a_passage_of_its_own_paragraph() -> None:
    text = "First paragraph.\n\nIt was said yesterday that the bridge is open, and people came.\n\nLast."
    start = text.index("the bridge")
    shown = excerpt(text, Span(1, start, start + len("the bridge is open"), "copied"), around=17)
    assert (shown.before, shown.head, shown.after) == ("… yesterday that ", "the bridge is open", ", and people …")


def test_a_long_passage_is_cut_in_its_middle() -> None:
    text = " ".join(f"w{number}" for number in range(200))
    shown = excerpt(text, Span(1, 0, len(text), "copied"), limit=40)
    assert shown.head.startswith("w0 ")
    assert shown.tail.endswith(" w199")
    assert len(shown.head.split()) + len(shown.tail.split()) + shown.left_out == 200
