"""The word lists: readable, consistent, and large enough for what they promise."""

import pytest

from analysis.content import content
from analysis.fold import fold_word, lexicon, stem_word
from analysis.roots import concept, root
from analysis.translation import serbian_terms
from analysis.wordlists import rows

LISTS = {
    "croatian.tsv": (2, 300),
    "english.tsv": (2, 1500),
    "russian.tsv": (2, 1200),
    "names.tsv": (2, 300),
    "synonyms.tsv": (1, 300),
    "numbers_sr.tsv": (2, 40),
    "numbers_en.tsv": (2, 30),
    "numbers_ru.tsv": (2, 40),
}


@pytest.mark.parametrize("name", LISTS)
def test_rows_are_whole(name: str) -> None:
    columns, least = LISTS[name]
    found = rows(name)
    assert len(found) >= least
    assert all(len(row) == columns and all(cell == cell.strip() and cell for cell in row) for row in found)


@pytest.mark.parametrize("name", ["croatian.tsv", "english.tsv", "russian.tsv", "names.tsv"])
def test_no_word_stands_twice(name: str) -> None:
    words = [word for foreign, _ in rows(name) for word in foreign.split()]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_croatian_rows_lead_to_serbian_words_at_once() -> None:
    chained = {theirs: ours for theirs, ours in lexicon().items() if lexicon().get(ours, ours) != ours}
    assert chained == {}


@pytest.mark.parametrize("name", ["croatian.tsv", "english.tsv", "russian.tsv", "names.tsv"])
def test_serbian_sides_say_something(name: str) -> None:
    assert [ours for _, ours in rows(name) if not fold_word(ours)] == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("siječnja", "januara"),
        ("u listopadu", "u oktobru"),
        ("studenoga", "novembra"),
        ("prosinac", "decembar"),
        ("priopćenje", "saopštenje"),
        ("tisuću vlakova", "hiljadu vozova"),
        ("vjerojatno", "verovatno"),
        ("točka", "tačka"),
        ("izvješća", "izveštaja"),
        ("suradnja", "saradnja"),
        ("umirovljenik", "penzioner"),
        ("eura", "evra"),
        ("utjecaj", "uticaj"),
        ("uopće", "uopšte"),
        ("kahva", "kafa"),
        ("sveučilište", "univerzitet"),
    ],
)
def test_croatian_bosnian_and_montenegrin_words(theirs: str, ours: str) -> None:
    assert content(theirs) == content(ours)


@pytest.mark.parametrize(
    ("foreign", "language", "serbian"),
    [
        ("government", "en", "vlada"),
        ("exports", "en", "izvoza"),
        ("bought", "en", "kupiti"),
        ("Montenegro", "en", "Crna Gora"),
        ("правительства", "ru", "vlada"),
        ("безопасности", "ru", "bezbednost"),
        ("России", "ru", "Rusija"),
        ("Черногории", "ru", "Crna Gora"),
        ("ворота", "ru", "vrata"),
        ("министр", "ru", "ministar"),
        ("ворона", "ru", "vrana"),
        ("Горазд", "ru", "Gorazd"),
    ],
)
def test_translation(foreign: str, language: str, serbian: str) -> None:
    assert serbian_terms(foreign, language) == tuple(map(stem_word, serbian.split()))


@pytest.mark.parametrize(
    ("words", "is_shared"),
    [
        ("izvoz izvozni izvoznik", True),
        ("bezbedan bezbednost bezbednosni", True),
        ("vlada ministar", False),
        ("napad nastup", False),
    ],
)
def test_root(words: str, is_shared: bool) -> None:
    assert (len({root(stem_word(word)) for word in words.split()}) == 1) is is_shared


@pytest.mark.parametrize(
    ("first", "second", "is_shared"),
    [("nesreća", "udes", True), ("poginulo", "stradao", True), ("lekara", "doktor", True), ("voz", "avion", False)],
)
def test_concept(first: str, second: str, is_shared: bool) -> None:
    groups = concept(stem_word(first)), concept(stem_word(second))
    assert (None not in groups and groups[0] == groups[1]) is is_shared
