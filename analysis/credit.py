"""Does an article credit an outlet? Reads byline and text, in both scripts and in all grammatical cases.

A credit is a formula that says where the text comes from: a byline, a source line (*Izvor: Sputnjik*), a signature
(*(Sputnjik)*), a reporting verb (*prenosi RT Balkan*, *rekao je za Sputnjik*). A name alone is a mention: the
satellite Sputnik, the vaccine Sputnik V, a photo credit and news about the outlet are no credits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from analysis.fold import fold_characters, stem_word
from pipelines.normalise import fold

Kind = Literal["byline", "dateline", "source_line", "signature", "verb", "statement"]

_WORD = re.compile(r"[^\W_]+")
_ENDING = r"(?:a|u|e|i|o|om|em|ov|ova|ovog|ovom|in|ina|ima|ama)?"
_VERBS = (
    "prenos|prenel|preneo|prenio|prenijel|prenet|prenes|pis[eu]|pisa|jav[il]|javlja|objav|naved|navod|naveo|saznaj|izvest|"
    "izvijest|izvestava|izvjestava|podsec|podsjec|podset|podsjet|dodaj|doda|tvrd|donos|donel|donijel|ekskluziv"
)
_REPORTING = re.compile(rf"\b(?:{_VERBS})[a-z]*\b")
_SPEECH = re.compile(
    r"\b(?:izjav|saopst|ispric|prica[ol]|najavi|potvrd[ij]|otkri|precizir|rek[al]|rekao|kaz[aeui]|kazao|govor|razgovor|intervj|komentar|ocen|ocjen|naglas|istak|poruc|odgovar|objasnj|"
    r"objasni|smatra|tvrd|upozor|dod|nav[eo]|analiz|pisa|autorsk|pitanj|novinar|emisij|gostova|gostuj)[a-z]*\b"
)
_PREPOSITION = re.compile(
    r"\b(?:za|s|sa|od|iz|po|preko|prema|u|na|agencij[aeiu]|portal[au]?|list[au]?|sajt[au]?|televizij[aeiu]|"
    r"dnevnik[au]?|nedelj?nik[au]?|tjednik[au]?|casopis[au]?|magazin[au]?|kanal[au]?)\W+$"
)
_SOURCE_LINE = re.compile(r"\b(?:izvor|izvori|source|pise|autor|preuzeto|preneto|tekst)\s*(?:s[a]?|od|iz)?\s*:?\s*$")
_PHOTO = re.compile(
    r"\b(?:foto|fotografij\w*|photo|video|snimak|ilustracij\w*|getty|tviter|twitter|jutjub|youtube)\b[^.\n]{0,30}$"
)
_NOT_OUTLET = re.compile(r"^\W{0,2}(?:v\b|vakcin|pet\b|lajt\b|light\b|fajzer|pfizer|satelit|1\b)")
_ABOUT_VACCINE = re.compile(r"(?:vakcin\w*|cepiv\w*|cjepiv\w*|doz[aeiu]|satelit\w*|lansir\w*)\W+(?:\w+\W+){0,2}$")


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit that was found: the words, and where they start in the text (None in the byline)."""

    kind: Kind
    words: str
    start: int | None


def find_credit(names: tuple[str, ...], text: str, byline: str | None) -> Credit | None:
    """The first credit of an outlet known by `names`, or None. Names are given in the nominative, in either script."""
    pattern = _names_pattern(names)
    if pattern is None:
        return None
    if byline:
        folded, _ = fold_characters(byline)
        found = pattern.search(folded)
        if found and not _PHOTO.search(folded[: found.start()]):
            return Credit("byline", byline.strip(), None)
    return next(_credits(pattern, text), None)


def spoken_to(names: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Where an outlet is named as the one that reports or was spoken to: *saznaje Vidik*, *rekao je za Vidik*."""
    pattern = _names_pattern(names)
    found = _credits(pattern, text) if pattern else ()
    return [
        (credit.start, credit.start + 1)
        for credit in found
        if credit.start is not None and credit.kind in ("verb", "statement")
    ]


def _credits(pattern: re.Pattern[str], text: str) -> Iterator[Credit]:
    """All credits in a text, in its order."""
    folded, offsets = fold_characters(text)
    for found in pattern.finditer(folded):
        start, end = offsets[found.start()], offsets[found.end() - 1] + 1
        kind = _kind(folded, found)
        if kind is not None and _is_name(text[start:end]):
            yield Credit(kind, _context(text, start, end), start)


_NAMED = re.compile(
    r"\b(?:javlj?[aiu]\w*|javi[ol]\w*|prenos[ei]|pren[ei]o|prenel[ai]|prenio|prenijel[ai]|izv[j]?estav[a-z]*|pis[eu])"
    r"(?: je| su)?(?: (?:novinska |drzavna )?(?:agencij[aeiu]|portal|list|sajt|televizija))? [\"'„“]?"
    r"(?P<name>[^\W\d_][\w-]*(?: [^\W_][\w-]*)?)"
)
_AGENCY = re.compile(r"\bagencij[aeiu](?: za [a-z]+)? [\"'„“]?(?P<name>[^\W\d_][\w-]*)")
_POLLSTER = re.compile(
    r"\b(?:istrazivanj|ispitivanj|anket|rejting|procen|procjen|podac|podat[ak])[a-z]*(?: \w+){0,2} $"
)
"""What comes before the name of an agency that counts opinions or risks, and sends no news."""


_SIGNED = re.compile(
    r"(?:\((?P<name>[^\W\d_][\w-]{3,}(?: [^\W\d_][\w-]+)?)\)\W*$"
    r"|^izvori? ?: ?(?P<source>[^\W\d_][^\n]{1,60})$)",
    re.MULTILINE,
)
_UNNAMED = re.compile(
    r"\(\s*(?:agencije|saopstenje)\b[^)\n]{0,30}\)\W*$|^\W*agencije(?:\s*[/,|].{0,30})?$|^izvori? ?: ?agencij"
    r"|\b(?:prema (?:pisanju|navodima)|navode|prenose|javljaju|pisu|preuzeto iz) (?:strane |svetske )?agencij",
    re.MULTILINE,
)
_UNNAMED_BYLINE = re.compile(r"\bagencij|\bsaopstenj|\bpress? sluzb|\bpr sluzb")


def credits_wire(text: str, byline: str | None) -> bool:
    """Whether a text says that it is wire copy or a release without naming whose: *Izvor: agencije*, *(Saopštenje)*."""
    return bool(_UNNAMED.search(fold_characters(text)[0]) or (byline and _UNNAMED_BYLINE.search(fold(byline))))


def named_sources(text: str) -> list[str]:
    """Names that stand where a credit names its source, folded, known or not.

    After a reporting verb (*javlja Vestal*), after the word agency, or as the signature that ends the text (*(Lasta)*).
    """
    folded, offsets = fold_characters(text)
    found = [(match, "name") for match in _NAMED.finditer(folded)]
    found += [
        (match, "name")
        for match in _AGENCY.finditer(folded)
        if not _POLLSTER.search(folded[max(0, match.start() - 40) : match.start()])
    ]
    found += [(match, "name" if match["name"] else "source") for match in _SIGNED.finditer(folded)]
    return [match[group] for match, group in found if text[offsets[match.start(group)]].isupper()]


_GENERIC = frozenset(
    [
        "agencija",
        "portal",
        "list",
        "radio",
        "televizija",
        "tv",
        "info",
        "vesti",
        "vijesti",
        "novine",
        "glasnik",
        "dnevnik",
        "srbija",
        "media",
        "mediji",
        "press",
        "servis",
        "online",
        "net",
    ]
)


def significant_words(name: str) -> frozenset[str]:
    """Stems of the words that tell an outlet's name from others: *Portal Skela* is known by *Skela*."""
    words = [fold(word) for word in _WORD.findall(name)]
    return frozenset(stem_word(word) for word in words if len(word) >= 3 and word not in _GENERIC)


def short_name(name: str) -> str | None:
    """What an outlet is called for short: *Svetionik* for *Svetionik media*; None where that could be anything."""
    words = [word for word in _WORD.findall(name) if fold(word) not in _GENERIC]
    is_short = len(words) == 1 and len(words[0]) >= 5 and words[0] != name.strip()
    return words[0] if is_short else None


def mentions(names: tuple[str, ...], text: str) -> int:
    """How often an outlet is named at all, credited or not."""
    pattern = _names_pattern(names)
    if pattern is None:
        return 0
    folded, offsets = fold_characters(text)
    return sum(
        _is_name(text[offsets[found.start()] : offsets[found.end() - 1] + 1]) for found in pattern.finditer(folded)
    )


def _kind(folded: str, found: re.Match[str]) -> Kind | None:
    """Which crediting formula surrounds a name, if any."""
    line_start = folded.rfind("\n", 0, found.start()) + 1
    line_end = folded.find("\n", found.end())
    line_end = len(folded) if line_end < 0 else line_end
    if line_start == found.start() and re.search(r"[^\W_]\n+$", folded[max(0, line_start - 20) : line_start]):
        line_start = 0  # a name that opens a line whose sentence began on the line before: "prenosi⏎Sputnjik."
    before = folded[max(line_start, found.start() - 90) : found.start()].replace("\n", " ")
    after = folded[found.end() : min(line_end, found.end() + 60)]
    if _NOT_OUTLET.match(after) or _ABOUT_VACCINE.search(before) or _PHOTO.search(before):
        return None
    if _is_dateline(folded, found):
        return "dateline"
    if _SOURCE_LINE.search(re.sub(r"[\"„“”'(]+\s*$", "", before)):
        return "source_line"
    line = folded[folded.rfind("\n", 0, found.start()) + 1 : line_end]
    if len(_WORD.findall(line)) <= 6 and not re.search(r"[.!?]\s*$", line) and found.end() > len(folded) * 0.6:
        return "signature"
    if re.search(r"\((?:[\w .]+[/,;] ?)?$", before) and re.match(r"(?:[/,;] ?[\w .]+)?\)\W*$", after):
        return "signature"
    # A formula stands in one clause with the name: a few words before it, or right after it.
    clause = re.split(r"[.!?;]\s", before)[-1]
    near = " ".join(_WORD.findall(clause)[-6:])
    following = " ".join(_WORD.findall(re.split(r"[.!?;]\s", after)[0])[:4])
    if _REPORTING.search(near) or _REPORTING.search(following):
        return "verb"
    if (_PREPOSITION.search(re.sub(r"[\"„“”']+$", "", before)) or near == "") and (
        _SPEECH.search(" ".join(_WORD.findall(clause)[-9:])) or _SPEECH.search(following)
    ):
        return "statement"
    if re.search(rf"\b(?:{'novinar|urednic|urednik|dopisni'})\w*$", near) or re.search(
        r"\b(?:intervju|razgovor|izjav|analiz|pregled|istrazivanj|pisanj|saznanj|navod|izvj?estaj|sagovornik|izvor)\w*$",
        near,
    ):
        return "statement"
    return None


def _is_dateline(folded: str, found: re.Match[str]) -> bool:
    """Whether the name opens the text as agencies do: *BETA – …*, *BEOGRAD, 3. marta (Beta) – …*, *NIŠ /FENA/ – …*."""
    before, after = folded[: found.start()], folded[found.end() : found.end() + 8]
    if "\n" in before or len(_WORD.findall(before)) > 5 or not re.match(r"[\s)/\]]*[-–—:]\s", after):
        return False
    return not before.strip() or re.search(r"[(/\[]\s*$", before) is not None


@lru_cache(maxsize=4096)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for all names with their case endings, over folded text."""
    parts = sorted(
        {_name_pattern(name) for name in names if _WORD.search(name)},
        key=lambda part: (r"\." not in part, -len(part), part),
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None


def _name_pattern(name: str) -> str:
    if "." in name.strip("."):  # a domain; some write a space after the stop
        return re.escape(fold(name)).replace(r"\.", r"\.\s?")
    words = []
    for word in _WORD.findall(name):
        folded = fold(word)
        if len(folded) <= 3 or folded.isdigit():
            words.append(re.escape(folded))
        else:
            stem = re.sub(r"[aeio]$", "", folded)
            stem = re.escape(stem)
            # A fleeting vowel: Glasnik, but "servis → servisa" keeps it and "Vetar → Vetra" loses it.
            words.append(stem + _ENDING)
    return r"[\W_]{1,3}".join(words)


def _is_name(words: str) -> bool:
    """Names are capitalised; "meridijan" and "beta" in lower case are words. Domains are not capitalised."""
    return not words[0].islower() or "." in words


_CUT = re.compile(r"[.!?]\s|\n")


def _context(text: str, start: int, end: int) -> str:
    """The words around a credit for a reader: of its sentence, at most 60 letters before and 30 after the name."""
    low = max(start - 60, *(match.end() for match in _CUT.finditer(text, max(0, start - 60), start)), 0)
    cut = _CUT.search(text, end, end + 30)
    high = cut.start() + 1 if cut else min(len(text), end + 30)
    while low > 0 and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return text[low:high].strip()
