"""Characters: cleaning text, Cyrillic to Latin, script and language of a text, and the folded form that twins share.

What lives here keeps or compares letters; nothing here knows HTML, dates or articles. `pipelines.extract` and
`pipelines.importer` store what `clean_text` returns; `analysis` compares what `fold` returns. Transliteration goes
from Cyrillic to Latin only: the way back is ambiguous (nj in "injekcija" is two letters, in "konj" one).
"""

import re
import unicodedata
from functools import cache
from html import unescape
from typing import Any

# --- cleaning -------------------------------------------------------------------------------------------------------

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xFFFC]  # soft hyphen, joiners, byte order mark, object placeholder
    + list(range(0x200B, 0x2010))  # zero-width space and joiners, direction marks
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + [code for code in range(0x20) if code not in (0x09, 0x0A)]
    + list(range(0x7F, 0xA0))  # controls that stay when windows-1250 bytes were read as Latin-1
)
_LINE_ENDS = {0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_CLEAN = {**_INVISIBLE, **_LINE_ENDS}
_UNCLEAN = re.compile(f"[{''.join(map(re.escape, map(chr, _CLEAN)))}]")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}\d{0,2}|#\d{2,6}|#x[\da-f]{2,5});", re.IGNORECASE)


def _visible(text: str) -> str:
    """NFC without what cannot be seen; most texts are so already, and looking is five times faster than replacing.

    An entity that stands in a text was encoded twice: &amp;quot; in feeds and in the markup of older systems.
    """
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    normal = unicodedata.normalize("NFC", text)
    return normal.translate(_CLEAN) if _UNCLEAN.search(normal) else normal


def clean_line(text: str) -> str:
    """One line: NFC, nothing invisible, every run of white space one blank. For headlines and bylines."""
    return " ".join(_visible(text).split())


_WRAPPED_FROM = 50
"""Letters of a line from which a break inside a sentence is a wrap: shorter lines are verse, lists, headings."""


def clean_text(text: str) -> str:
    """NFC, nothing invisible, one blank between words, each line a paragraph, paragraphs parted by a blank line.

    A long line that ends inside a sentence and goes on in a small letter on the next was wrapped by whoever stored the
    text, and is joined again: *kaže⏎za Sputnjik* is one credit.
    """
    paragraphs: list[str] = []
    before = ""  # the line before, as a paragraph so far; empty after a blank line
    for line in (" ".join(line.split()) for line in _visible(text).split("\n")):
        if (
            line
            and len(before) >= _WRAPPED_FROM
            and line[0].islower()
            and (before[-1].isalnum() or before[-1] in ",–-")
        ):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        before = line
    return "\n\n".join(paragraphs)


# --- Cyrillic to Latin ----------------------------------------------------------------------------------------------

_SERBIAN = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
_DIGRAPHS = {"љ": "lj", "њ": "nj", "џ": "dž"}
# Montenegrin с́ and з́ are letters with a combining acute: NFC composes them once the letter itself is Latin.
_MACEDONIAN = {"ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ѐ": "è", "ѝ": "ì"}
_EASTERN = {"й": "j", "ы": "y", "э": "e", "ъ": "", "ь": "", "ё": "jo", "ю": "ju", "я": "ja", "щ": "šč"}
_EASTERN |= {"і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u"}
_LOWER = _SERBIAN | _DIGRAPHS | _MACEDONIAN | _EASTERN
_TO_LATIN = str.maketrans(_LOWER | {letter.upper(): latin.capitalize() for letter, latin in _LOWER.items()})
_LIGATURES = str.maketrans(
    {"ǆ": "dž", "ǅ": "Dž", "Ǆ": "DŽ", "ǉ": "lj", "ǈ": "Lj", "Ǉ": "LJ", "ǌ": "nj", "ǋ": "Nj", "Ǌ": "NJ"}
)

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_CAPITAL_OF_MORE = re.compile(
    r"[ЉЊЏЃЌЅЁЮЯЩЇЄ](?=[A-ZČĆĐŠŽ\u0400-\u042f])|(?<=[A-ZČĆĐŠŽ\u0400-\u042f])[ЉЊЏЃЌЅЁЮЯЩЇЄ](?!\w)"
)
_MIXED_WORD = re.compile(r"[^\W\d_]*(?:[A-Za-zÀ-ž][\u0400-\u052f]|[\u0400-\u052f][A-Za-zÀ-ž])[^\W\d_]*")
_LOOKS_LATIN = str.maketrans("аАеЕоОсСрРхХуУкКМТВНјЈіІѕЅ", "aAeEoOcCpPxXyYkKMTBHjJiIsS")
_LOOKS_CYRILLIC = str.maketrans("aAeEoOcCpPxXyYkKMTBHjJ", "аАеЕоОсСрРхХуУкКМТВНјЈ")
_ONLY_LATIN = re.compile(r"[bdf-il-nq-wzDFGILNQRSU-WZÀ-ž]")
_ONLY_CYRILLIC = re.compile(r"[^\W\d_A-Za-zÀ-žаАеЕоОсСрРхХуУкКМТВНјЈіІѕЅ]")
_ENDING = re.compile(r"[\u0400-\u052f]*$")


def _unmix(word: re.Match[str]) -> str:
    """One word in two scripts, made one: letters that only look right become those that are meant."""
    text = word.group()
    if _ONLY_CYRILLIC.search(text):
        # Letters of both kinds that resemble nothing ("Вучиh"): each keeps its own sound.
        return text if _ONLY_LATIN.search(text) else text.translate(_LOOKS_CYRILLIC)
    if not _ONLY_LATIN.search(text) and 2 * len(_CYRILLIC.findall(text)) >= len(text):
        return text.translate(_LOOKS_CYRILLIC)
    # A Latin name with a Cyrillic case ending ("Facebookу") keeps the ending's sound; look-alikes inside it do not.
    stem = _ENDING.sub("", text)
    return stem.translate(_LOOKS_LATIN) + text[len(stem) :]


def to_latin(text: str) -> str:
    """The text in Latin letters (NFC); what is Latin already stays as it is."""
    text = text.translate(_LIGATURES)
    if _CYRILLIC.search(text):
        text = _MIXED_WORD.sub(_unmix, text)
        text = _CAPITAL_OF_MORE.sub(lambda letter: _LOWER[letter.group().lower()].upper(), text)
        text = text.translate(_TO_LATIN)
    return unicodedata.normalize("NFC", text)


# --- the folded form ------------------------------------------------------------------------------------------------

_STROKES = {"đ": "dj", "ð": "dj", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"}
_PLAIN_SIGNS = dict.fromkeys("„“”«»‟″", '"') | dict.fromkeys("‚‘’‛`´′", "'") | dict.fromkeys("‐‑‒–—―−", "-")
_ACCENTED = {chr(code): unicodedata.normalize("NFKD", chr(code))[:1] for code in range(0xC0, 0x250)}
_PLAIN = str.maketrans(
    {letter: base for letter, base in _ACCENTED.items() if base.isascii()} | _STROKES | _PLAIN_SIGNS | {"\xa0": " "}
)
_MARKS = dict.fromkeys(range(0x300, 0x370))


# One word of one Serbian alphabet, as nearly all words are: each letter has its own plain ones.
CYRILLIC_ALPHABET = "".join(_SERBIAN | _DIGRAPHS)
LATIN_ALPHABET = "abcdefghijklmnopqrstuvwxyzčćžšđ"
_ONE_ALPHABET = re.compile(
    "|".join(f"[{letters}{letters.upper()}]+" for letters in (CYRILLIC_ALPHABET, LATIN_ALPHABET))
)
_PLAIN_LETTERS = {letter: latin.translate(_PLAIN) for letter, latin in (_SERBIAN | _DIGRAPHS).items()}
_PLAIN_LETTERS |= {letter: letter.translate(_PLAIN) for letter in "čćžšđ"}
_ALPHABET = str.maketrans(_PLAIN_LETTERS | {letter.upper(): plain for letter, plain in _PLAIN_LETTERS.items()})


def fold(text: str) -> str:
    """Latin, lower case, no diacritics (đ → dj), plain quotes and dashes, one blank between words.

    A text in Cyrillic, in Latin, or typed without diacritics folds to the same. Not folded is đ typed as plain d,
    which no rule can tell from d.
    """
    if _ONE_ALPHABET.fullmatch(text):
        return text.translate(_ALPHABET).lower()
    if not text.isascii() or not text.isprintable():
        text = to_latin(_visible(text)).casefold().translate(_PLAIN)
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text).translate(_MARKS).casefold()
    return " ".join(text.lower().split())


# --- script and language --------------------------------------------------------------------------------------------

_LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏ]+")
_CYRILLIC_RUN = re.compile(r"[\u0400-\u052f]+")
MIXED_FROM = 0.2
"""Share of the rarer script from which a text counts as mixed: Latin names in Cyrillic news stay below it."""


def script_of(text: str) -> str:
    """`cyrl`, `latn` or `mixed`, by counting letters; `latn` for a text without letters of either."""
    if text.isascii():
        return "latn"
    cyrillic, latin = (sum(map(len, run.findall(text))) for run in (_CYRILLIC_RUN, _LATIN_RUN))
    if min(cyrillic, latin) >= MIXED_FROM * max(cyrillic + latin, 1):
        return "mixed"
    return "cyrl" if cyrillic > latin else "latn"


_SERBIAN_ONLY = re.compile(r"[ћђЋЂ]")
_MACEDONIAN_ONLY = re.compile(r"[ѓќѕЃЌЅ]")
_NOT_SOUTH_WEST = re.compile(r"[йщъыьэюяёіїєґўЙЩЪЫЬЭЮЯЁІЇЄҐЎ]")
_FOLDED = dict.fromkeys(("sr", "hr", "bs", "cnr", "sh"), "sr") | {"nn": "no", "pcm": "en", "wuu": "zh", "yue": "zh"}
# Headlines are short, and our outlets are Balkan: without the weights 1 in 15 Serbian headlines passes for Slovenian.
_WEIGHTS = {"sr": 4.0, "mk": 2.0, "sq": 2.0, "en": 2.0}
_SAMPLE = 400  # letters looked at: 250 gave the same answers as 3,000 on 2,700 articles, and each costs a microsecond
_LEAST_CERTAIN = 0.15


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loading the model takes a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """ISO 639-1 code; `sr` for Serbian, Bosnian, Croatian and Montenegrin alike; `und` where it cannot be told."""
    sample = " ".join(text[:_SAMPLE].split())
    candidates: frozenset[str] = frozenset()
    if script_of(sample) != "latn":
        if _SERBIAN_ONLY.search(sample):
            return "sr"
        if not _NOT_SOUTH_WEST.search(sample):
            candidates = frozenset({"mk"} if _MACEDONIAN_ONLY.search(sample) else {"sr", "mk"})
    scores: dict[str, float] = {}
    for code, share in _identifier().rank(sample):
        language = _FOLDED.get(code, code)
        scores[language] = scores.get(language, 0.0) + float(share)
    weighted = {
        code: share * _WEIGHTS.get(code, 1.0) for code, share in scores.items() if not candidates or code in candidates
    }
    best = max(weighted, key=lambda code: weighted[code])
    is_letters = any(letter.isalpha() for letter in sample)
    if not is_letters or len(best) != 2 or (not candidates and weighted[best] < _LEAST_CERTAIN):
        return "und"
    return best
