"""A text of any length ends no analysis: it is compared up to `most_characters`, and what is found lies before."""

import pytest

from tests.analysis.conftest import Analysed
from tests.analysis.test_verdict import OWN, STORY, local, state


@pytest.mark.parametrize(("filler", "most", "verdicts"), [(0, 1000, 1), (5, 100_000, 1), (5, 1000, 0), (5, 2000, 1)])
def test_a_long_text_is_compared_up_to_its_limit(analysed: Analysed, filler: int, most: int, verdicts: int) -> None:
    """The story stands after some 1,100 characters of other matter; what lies beyond the limit is neither seen nor counted."""
    words = " ".join(f"Odbornik {number} govorio je o stavci {number * 7}." for number in range(filler * 6))
    database = analysed(
        [state(text=f"{STORY}\n\n{OWN}"), local(text=f"{words}\n\n{STORY}\n\n{words}")],
        overrides={"most_characters": most},
    )
    found = database.execute("SELECT verdict FROM match WHERE verdict = 'amplification'").fetchall()
    assert len(found) == verdicts
    passages = database.execute(
        "SELECT max(p.end_char), bool_and(l.text[p.start_char + 1:p.end_char] <> '') FROM passage p "
        "JOIN match m USING (match_id) JOIN article_version l ON l.version_id = m.version_id"
    ).fetchall()
    assert not verdicts or (passages[0][0] <= most and passages[0][1])
