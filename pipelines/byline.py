"""Who is said to have written or supplied an article: authors, and lines such as "Izvor: …" or "(Agencija)".

A byline is evidence of credit, so what a page says is kept as it says it; a menu, a caption or an address is never
taken for a name. Whether a name credits another outlet is decided in `analysis`.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree, html

from pipelines.markup import texts
from pipelines.normalise import clean_line, fold

LONGEST_NAME = 90
_NOBODY = frozenset(
    ("admin", "administrator", "webmaster", "root", "user", "author", "autor", "editor", "none", "null")
)
_LABELS = "|".join(
    (
        *("Izvor", "Извор", "Autor(?:ka|i)?", "Аутор(?:ка|и)?", "Piše", "Pise", "Пише", "Priredi(?:o|la)"),
        *("Приреди(?:о|ла)", "Preuzeto sa", "Преузето са", "Author", "By"),
    )
)
_LABELLED = re.compile(rf"^\W*(?P<label>{_LABELS})\s*:\s*(?P<name>.*)$", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"^(?:izvor|preuzeto)", re.IGNORECASE)
_LABEL_PARTS = "zvor звор ЗВОР ZVOR utor утор UTOR АУТОР iše ише PIŠE ПИШЕ iredi ириред reuzeto реузето"
_LABEL_TEXT = etree.XPath(
    "//body//text()[contains(., ':')][string-length(.) < 160]"
    f"[{' or '.join(f'contains(., {part!r})' for part in _LABEL_PARTS.split())}]"
)
_MARKED = etree.XPath(
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author') or contains(@class, 'autor')"
    " or contains(@class, 'byline') or contains(@class, 'izvor')][not(self::meta or self::link or self::body)]"
)
_BY = re.compile(r"^(?:by|von|par|di|por|piše|пише|autor|аутор)\s+", re.IGNORECASE)
_TIME_BEHIND = re.compile(r"[\s|•·,-]*(?:\b[^\W\d]{3,9}\.?\s+\d{1,2},\s*\d{4}\b.*|\b\d{1,2}[./: -].*)$")
_MOST_LABELS, _MOST_BESIDE = 40, 12  # a page that has more of them lists something else
_INLINE = frozenset(("b", "strong", "span", "i", "em", "label", "small", "u"))
_CELLS = frozenset(("div", "dt", "td", "th", "li"))
_NOT_HERE = frozenset(("figure", "figcaption", "nav", "aside", "footer", "form", "script", "style", "button"))


def byline_of(tree: html.HtmlElement, stated: tuple[str, ...]) -> str | None:
    """Authors and source lines of a page, parted by commas; `stated` are the names of JSON-LD or meta tags."""
    labelled = list(_labelled(tree))
    names = list(_names(stated)) or [text for text, is_source in labelled if not is_source]
    names = names or list(_names(texts(_outside(_MARKED(tree)))))[:1]
    parts: dict[str, str] = {}
    for name in [*names, *(text for text, is_source in labelled if is_source)]:
        key = fold(name)
        if not any(key in known for known in parts):
            parts[key] = name
    return ", ".join(parts.values())[:200] or None


def _names(stated: Iterable[str]) -> Iterator[str]:
    for text in stated:
        name = clean_line(text)
        found = _LABELLED.match(name)
        name = _TIME_BEHIND.sub("", found["name"] if found else _BY.sub("", name))
        if 1 < len(name) <= LONGEST_NAME and "://" not in name and fold(name) not in _NOBODY:
            yield name


def _labelled(tree: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Lines such as "Izvor: Novinska kuća": the text to keep, and whether it names a source rather than an author."""
    for node in _LABEL_TEXT(tree)[:_MOST_LABELS]:
        holder = node.getparent()
        if holder is None or next(_outside([holder]), None) is None:
            continue
        found = _LABELLED.match(clean_line(node))
        if found and not found["name"]:
            # The name stands in an element of its own: <b>Izvor:</b> <a>…</a>
            found = _LABELLED.match(clean_line("".join(_around(holder, node.is_text).itertext()))[: LONGEST_NAME + 20])
        if not found or not 1 < len(found["name"]) <= LONGEST_NAME:
            continue
        is_source = bool(_SOURCE.match(fold(found["label"])))
        yield (f"{found['label']}: {found['name']}" if is_source else found["name"]), is_source


def _around(holder: html.HtmlElement, is_own_text: bool) -> html.HtmlElement:
    """The element that holds both a label and its value: the parent of an inline label, or of a pair of blocks."""
    parent = holder.getparent()
    if not is_own_text or parent is None:
        return holder
    is_label = holder.tag in _INLINE and len(parent) <= _MOST_BESIDE
    return parent if is_label or (holder.tag in _CELLS and len(parent) == 2) else holder


def _outside(elements: Iterable[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """Those that stand in no caption, menu, margin or footer."""
    for element in elements:
        if element.tag not in _NOT_HERE and not any(above.tag in _NOT_HERE for above in element.iterancestors()):
            yield element
