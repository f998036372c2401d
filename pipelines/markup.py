"""Bytes of a page → its characters → one HTML tree, parsed once and shared by everything that reads it.

Nothing here knows what an article is. Servers of the region declare one charset and send another (windows-1250 as
ISO-8859-1, UTF-8 as windows-1250), so a declaration is checked against what the bytes spell. The tree goes to
`pipelines.metadata` as it is, then without its scripts to `pipelines.text`.
"""

import re
from collections.abc import Iterable

from lxml import etree, html
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

_SINGLE_BYTE = ("cp1250", "cp1251", "cp1252", "iso8859-2", "iso8859-5")
_SAMPLE = 60_000  # bytes around the first letters beyond ASCII: enough to tell charsets apart
_MARGIN = 0.3
"""By how much another charset must fit better than the declared one to be believed instead of it."""

_FITTING = {
    "cp1250": (frozenset("čćšđžČĆŠĐŽ„“”’–—…"), frozenset("ŕůűĺřţ¹¾ľą")),
    "iso8859-2": (frozenset("čćšđžČĆŠĐŽ"), frozenset("ŕůűĺřţ") | frozenset(map(chr, range(0x80, 0xA0)))),
    "cp1252": (frozenset("äöüßéàâêîôûçñáíóúåøÄÖÜÉÅØ„“”‘’–—…"), frozenset("æðÈÆÐ¹¾")),
}
_MOST_CONTROLS = 0.03
"""Control bytes as a share of all: of 429 real pages none has any, packed data has 11 in 100."""
_WORD_BEYOND_ASCII = re.compile(r"[A-Za-z]*[^\x00-\x7f]+[A-Za-z\u0080-\uffff]*")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")


def as_utf8(body: bytes, content_type: str) -> bytes:
    """The page in UTF-8, as `parse` takes it."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return decode(body, content_type).encode("utf-8", "replace")
    return body.removeprefix(b"\xef\xbb\xbf")


def is_binary(body: bytes) -> bool:
    """Whether the bytes are a file of another kind, or packed in a way that nobody undid: control bytes all over."""
    head = body[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if head and head.count(0) >= 0.3 * len(head):  # UTF-16 without its mark: a zero beside every Latin letter
        return not head.strip(b"\x00")
    return len(head.translate(None, _CONTROLS)) < (1 - _MOST_CONTROLS) * len(head)


def decode(body: bytes, content_type: str) -> str:
    """The characters of a page: byte order mark, then UTF-8 where it is that, then what is declared and fits."""
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return body[len(mark) :].decode(marked, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(not letter.isascii() for letter in lenient) > 10 * broken:
        return lenient  # UTF-8 with a few bytes cut off, as advertisements and truncated teasers leave them
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    if declared is not None and declared not in (*_SINGLE_BYTE, "utf-8"):
        return body.decode(declared, "replace")
    return body.decode(_best_single_byte(body, declared), "replace")


def _best_single_byte(body: bytes, declared: str | None) -> str:
    first = next((index for index, byte in enumerate(body) if byte > 0x7F), 0)
    sample = body[max(0, first - 100) : first + _SAMPLE]
    fits = {charset: _fit(sample.decode(charset, "replace"), charset) for charset in _SINGLE_BYTE}
    best = max(fits, key=lambda charset: fits[charset])
    if declared in fits and fits[declared] + _MARGIN >= fits[best]:
        return declared
    return best


def _fit(text: str, charset: str) -> float:
    """How well the characters beyond ASCII spell words: 1 where all of them do, below 0 where they cannot."""
    likely, unlikely = _FITTING.get(charset, (frozenset(), frozenset()))
    points = count = 0
    for word in _WORD_BEYOND_ASCII.findall(text):
        strange = [letter for letter in word if not letter.isascii()]
        count += len(strange)
        if _CYRILLIC_WORD.fullmatch(word):
            points += len(strange) if charset in ("cp1251", "iso8859-5") and not word[1:].isupper() else 0
        elif len(strange) > 2 and len(strange) == len(word):
            points -= len(strange)  # a whole word of accented letters: Cyrillic read as Latin
        else:
            points += sum((letter in likely) - (letter in unlikely) for letter in strange)
    return points / max(count, 1)


# --- the tree -------------------------------------------------------------------------------------------------------

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_CLOSED_AT_ONCE = re.compile(rb"(<html[^>]*?)\s*/>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"^\s*<\s?!\s?doctype[^>]*>", re.IGNORECASE)
_NEVER_TEXT = ("style", "svg", "iframe", "template", "object", "embed", "canvas", "map", "select", "datalist", "link")
_MARGINS = (
    "script",
    "nav",
    "footer",
    "aside",
    "noscript",
    "button",
    "audio",
    "video",
    "picture",
    "dialog",
    "menu",
    "label",
)
_LEAST_LEFT = 0.3


def _parser() -> etree.HTMLParser:
    """Without comments, and with one class for all elements: choosing a class by tag took 5 % of the time."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


_PARSER = _parser()


def parse(text: str | bytes) -> html.HtmlElement | None:
    """The page as a tree without comments, or None where nothing can be read as HTML. Bytes must be UTF-8."""
    data = (text.encode("utf-8", "replace") if isinstance(text, str) else text).translate(None, _CONTROLS)
    head = _CLOSED_AT_ONCE.sub(rb"\1>", _DOCTYPE.sub(b"", data[:4096], count=1))
    try:
        tree = html.document_fromstring(head + data[4096:], parser=_PARSER)
    except etree.ParserError:
        return None
    return tree if isinstance(tree, html.HtmlElement) else None


def remove_never_text(tree: html.HtmlElement) -> None:
    """Take out what can hold no text at all: every later walk would pass it."""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)


def remove_margins(tree: html.HtmlElement) -> None:
    """Take out scripts, menus, footers and the like, once metadata is read: half of most pages.

    Margins that hold most paragraphs are the page itself, in a template that never closed them: they stay.
    """
    paragraphs = sum(1 for _ in tree.iter("p"))
    inside = len(_IN_MARGINS(tree)) if paragraphs else 0
    margins = _MARGINS if paragraphs - inside >= _LEAST_LEFT * paragraphs else ("script",)
    etree.strip_elements(tree, *margins, with_tail=False)


_IN_MARGINS = etree.XPath(
    "//p[ancestor::nav or ancestor::footer or ancestor::aside or ancestor::dialog or ancestor::menu]"
)


def texts(elements: Iterable[html.HtmlElement]) -> list[str]:
    """The text of each element, white space collapsed, empty ones left out."""
    return [text for text in map(plain, elements) if text]


def plain(element: html.HtmlElement) -> str:
    """The text of one element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def link_texts(tree: html.HtmlElement) -> frozenset[str]:
    """What the links of a page say, each as a whole and by its parts; short ones, as in menus, left out."""
    inside = (element for link in tree.iter("a") for element in link.iter() if isinstance(element.tag, str))
    return frozenset(text for text in map(plain, inside) if len(text) >= 20)
