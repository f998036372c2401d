"""A sentence as its comparable terms: what it tells, without the words, letters and endings it happens to use.

`content` turns text of any script, dialect or supported language into terms: Serbian stems, names respelled, numbers
as digits. Terms go to `similarity` and, through `grams`, to the search for candidates. A spelling is looked at once;
later it costs one look-up, so a million words take about a second.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from analysis.attribution import attributing
from analysis.fold import fold_word, stem_folded
from analysis.numbers import AND, HALF, combine, is_part, literal, number_words, parts
from analysis.stopwords import reporting_verbs, stopwords
from analysis.translation import LANGUAGES, serbian_terms

_NUMBER = r"(?<!\d)\d{1,3}(?: \d{3})+(?![.,:]?\d)|\d+(?:[.,:]\d+)*"
_NUMBERS = re.compile(rf"{_NUMBER}|[%€$]")
_DIGIT_RUN = re.compile(r"[0-9%€$][0-9 .,:]*")
_WORD = re.compile(rf"{_NUMBER}|[^\W\d_]+|[%€$]")
_TOKEN = re.compile(rf"{_NUMBER}|[^\W\d_]+|[%€$]|[.,;:!?\"„“”«»–—]|(?<!\w)-|-(?!\w)")
_SIGNS = {"%": "odsto", "€": "evro", "$": "dolar"}
_SAID = "!"
"""Stands for a verb of speech until the sentence is read through."""
_GLUE = {"sr": {"i": AND, "и": AND, "po": HALF, "по": HALF}, "en": {"and": AND}, "ru": {"и": AND}}


Range = tuple[float, float]
"""The least and the greatest value that a rounded number stands for."""


class Content(tuple[str, ...]):
    """The terms of a sentence, in its order, the weak ones last.

    `weak` are the terms that only say who speaks, `names` those written with a capital inside the sentence, `rounded`
    the rounded numbers with what they stand for (`rounding`; set by whoever looks for them).
    """

    weak: frozenset[str]
    names: frozenset[str]
    rounded: Mapping[str, Range]

    def __new__(
        cls, terms: Iterable[str] = (), weak: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()
    ) -> "Content":
        """Make a tuple of terms that also knows which of them are weak or names."""
        content = super().__new__(cls, terms)
        content.weak, content.names, content.rounded = weak, names, {}
        return content


def content(text: str, language: str = "sr") -> Content:
    """The content terms of a sentence (or a whole text)."""
    terms = _terms(language if language in LANGUAGES else "sr")
    words = _WORD.findall(text)
    found = [terms[word] for word in words]
    if _SAID in found or not terms.marks.isdisjoint(found):
        return _read_through(text, terms)
    return Content(_flat(found), names=_names(words, found))


def word_terms(words: Sequence[str], folded: Sequence[str], language: str) -> list[str]:
    """The content terms of each word that stands alone: none of a function word or a verb of speech, or of digits.

    Where a word is several terms, a blank parts them.
    """
    found = map(_terms(language if language in LANGUAGES else "sr").of_folded, words, folded)
    # Letters stand behind ":" in ASCII, digits and all marks before it.
    return [term if not term or term[0] > ":" else "" if term == _SAID else " ".join(combine([term])) for term in found]


def numbers_in(text: str, language: str) -> tuple[list[int], list[str]]:
    """Offsets and terms of what a text writes in digits and signs; where one is several terms, a blank parts them."""
    offsets: list[int] = []
    found: list[str] = []
    for run in _DIGIT_RUN.finditer(text):
        for term in _number_terms(run.group(), language):
            offsets.append(run.start())
            found.append(term)
    return offsets, found


@lru_cache(maxsize=1 << 16)
def _number_terms(run: str, language: str) -> tuple[str, ...]:
    terms = _terms(language if language in LANGUAGES else "sr")
    return tuple(map(terms.read, _NUMBERS.findall(run)))


class _Terms(dict[str, str]):
    """Word as written → its term: empty for a stop word, a mark for a number word, `_SAID` for a verb of speech."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.marks = parts(language)
        self._closed = dict.fromkeys(stopwords(language), "") | dict.fromkeys(reporting_verbs(language), _SAID)
        self._closed |= number_words(language)

    def __missing__(self, word: str) -> str:
        term = self[word] = self.read(word)
        return term

    def read(self, word: str) -> str:
        """The term of a word, not remembered."""
        if word[0].isdigit():
            return " ".join(literal(word, self.language))
        word = _SIGNS.get(word, word)
        return self.of_folded(word, fold_word(word))

    def of_folded(self, word: str, folded: str) -> str:
        """The term of a word that is folded already; none of what begins with a digit."""
        known = self._closed.get(folded)
        if known is not None:
            return known
        if len(folded) == 1 or word[0].isdigit():
            return ""
        if self.language != "sr":
            return " ".join(serbian_terms(word, self.language))
        return stem_folded(folded, is_capital=word[0].isupper())


@cache
def _terms(language: str) -> _Terms:
    return _Terms(language)


def _flat(found: Iterable[str]) -> list[str]:
    return " ".join(filter(None, found)).split(" ") if any(found) else []


def _names(words: Sequence[str], found: Sequence[str]) -> frozenset[str]:
    """Terms with a capital, the sentence's first word apart; none in a headline that is all capitals."""
    names = [term for word, term in zip(words[1:], found[1:], strict=True) if word[0].isupper() and term]
    return frozenset(names) if 2 * len(names) <= len(words) else frozenset()


def _read_through(text: str, terms: _Terms) -> Content:
    """The terms of a sentence that has number words or a verb of speech."""
    tokens = _TOKEN.findall(text)
    found = [terms[token] if token[0].isalnum() or token in _SIGNS else "" for token in tokens]
    said = {at for at, term in enumerate(found) if term == _SAID}
    speaker = {at for clause in attributing(tokens, sorted(said)) for at in clause}
    kept: list[str] = []
    weak: list[str] = []
    glue = _GLUE[terms.language]
    at = 0
    while at < len(tokens):
        term, side, end = found[at], weak if at in speaker else kept, at + 1
        if _is_number(term):
            end = _number_end(tokens, found, at, glue)
            side.extend(combine([glue.get(tokens[i].lower(), found[i]) for i in range(at, end)]))
        elif term and term != _SAID:
            side.extend(term.split(" "))
        at = end
    names = _names(tokens, found)
    return Content(kept + weak, frozenset(weak).difference(kept), names)


def _number_end(tokens: Sequence[str], found: Sequence[str], at: int, glue: dict[str, str]) -> int:
    """Where the run of numbers and number words that begins at `at` ends."""
    end = at + 1
    while end < len(tokens):
        step = end
        while step < len(tokens) and step - end < 2 and tokens[step].lower() in glue:
            step += 1
        is_half = step > end and glue[tokens[step - 1].lower()] == HALF
        if step < len(tokens) and _is_number(found[step]) and (step == end or is_part(found[step])):
            end = step + 1
        elif is_half and step - end == 2:
            return step
        else:
            return end
    return end


def _is_number(term: str) -> bool:
    # Letters stand behind ":" in ASCII, digits and the marks of number words before it.
    return term != "" and term[0] < ":" and (is_part(term) or (term[0].isdigit() and " " not in term))
