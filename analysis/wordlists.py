"""Reads the word lists in `lexicon/`: UTF-8, a row a line, columns parted by tabs, `#` opens a comment line.

The lists are written for this project. What a list means is said by the module that reads it: `fold` (Croatian and
Bosnian words), `stopwords`, `numbers`, `names`, `roots` (synonyms), `translation` (English, Russian),
`sentence_model` (sentences that a model is measured by).
"""

from importlib import resources


def rows(name: str) -> list[list[str]]:
    """Rows of one list, as columns."""
    text = resources.files("analysis").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
