"""The article's text from a page's tree: trafilatura, with what it drops put back and what it keeps too much taken out.

Takes a tree without scripts and style, which it changes. Around trafilatura's choice of the body stand four general
corrections, each worth its measured gain (docs/extraction.md): bodies that a template splits are joined before,
paragraphs that are nothing but a link are cut; after it the lead above the body and the credit below it are put back,
and headline, "read more" and "follow us" lines are left out. Comments are off, and trafilatura's `deduplicate` is
never on: it would delete later copies, which are the finding.
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from html import unescape
from itertools import islice

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Document, Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from pipelines.markup import plain
from pipelines.normalise import clean_line, clean_text, fold

_FAST = Extractor(output_format="python", fast=True, comments=False, tables=True, dedup=False)
_THOROUGH = Extractor(output_format="python", fast=False, comments=False, tables=True, dedup=False)
_BLOCKS = frozenset(("p", "head", "quote", "code", "item", "row", "list", "table", "div", "lb", "br", "li"))

SENTENCE_LENGTH = 60  # letters from which a line counts as prose even without a full stop
LEAST_PROSE = 0.5
"""Share of the letters that must be prose: below it a menu or a list was taken, and the slower extraction is asked."""
SPLIT_BODY_LENGTH = 200
LINKED_LENGTH = 25
LONGER = 1.5
_NEAR = 80  # elements after the headline among which the lead stands
LEAD_LENGTHS = range(60, 1200)

_ENDS_SENTENCE = re.compile(r"[.!?…:;)\]\"'”“»]$")
_INVITATION = re.compile(
    r"(?:procitajte|citajte|pogledajte|vidite|saznajte)\s+(?:i|jos|vise|takodje)\b"
    r"|(?:povezan[eio]|vezan[eio]|slicn[eio])\s+(?:vesti|vijesti|clanci|tekst)|povezano:"
    r"|bonus video\b|(?:za)?pratite nas\b|pridruzite (?:nam )?se\b.*(?:viber|telegram|kanal|zajednic)"
    r"|preuzmite .*aplikacij|slusaj vest|podeli(?:te)?(?: vest)?:?$|komentari(?:\s*\(\d+\))?$|ostavite komentar"
    r"|(?:tagovi|kljucne reci|oznake)\s*:|(?:preporucujemo|izdvajamo|najnovije vesti|ne propustite)\s*:?$"
    r"|(?:read|see) (?:more|also)\b|also read\b|related:|don'?t miss$|you may also like|click here\b"
    r"|sign up (?:for|to)\b"
)
_INVITATION_LENGTH = 180
_IS_LEAD = re.compile(
    r"(?:^|[-_ ])(?:lead|lede|lid|summary|announce|announcement|intro|uvod|perex|standfirst|podnaslov)(?:$|[-_ ])",
    re.IGNORECASE,
)
_NOT_TEXT = frozenset(
    ("figure", "figcaption", "nav", "aside", "footer", "form", "button", "time", "ul", "ol", "table", "a")
)
_BRACKETS = etree.XPath("//body//text()[starts-with(normalize-space(.), '(')][string-length(.) < 90]")
_MOST_BRACKETS = 100
_MEDIUM = re.compile(r"foto|photo|video|фото|видео", re.I)
_SIGNATURE = re.compile(r"^\(\s*[A-ZČĆŠĐŽА-ШЂЈЉЊЋЏ][\w.,/ &–-]{1,50}\)\.?$")


def paragraphs_of(
    tree: html.HtmlElement, title: str | None, headline: html.HtmlElement | None, stated_body: str | None
) -> list[str]:
    """The article's paragraphs, without the headline; none where no text is found."""
    _join_split_bodies(tree)
    _cut_linked_lines(tree)
    lines = _fast(tree)
    if prose_share(lines) < LEAST_PROSE:
        lines = max(lines, _whole(tree, _THOROUGH), key=prose_share)
    lines = _longer(lines, stated_body)
    for heading in (title, plain(headline) if headline is not None else None):
        lines = _without_title(lines, heading)
    lines = [line for line in lines if not _is_invitation(line)]
    if lines and headline is not None:
        lines = [*_lead(headline, lines), *lines, *_signatures(tree, lines)]
    return lines


def prose_share(lines: list[str]) -> float:
    """Share of the letters that stand in sentences rather than in headings, menus and lists."""
    prose = sum(len(line) for line in lines if len(line) >= SENTENCE_LENGTH or _ENDS_SENTENCE.search(line))
    return prose / max(sum(map(len, lines)), 1)


def _fast(tree: html.HtmlElement) -> list[str]:
    """The first stage of trafilatura's fast mode by its own parts; all its stages where that finds little.

    `bare_extraction(fast=True)` also copies the tree twice more, writes Markdown and weighs short texts against the
    whole page: a quarter of the time, and on the real pages the text was the same.
    """
    prune_unwanted_nodes(tree, [*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH])
    body, text = extract_content(convert_tags(tree_cleaning(copy(tree), _FAST), _FAST), _FAST)
    return _lines(body) if len(text) >= _FAST.min_extracted_size else _whole(tree, _FAST)


def _whole(tree: html.HtmlElement, options: Extractor) -> list[str]:
    """trafilatura with all its stages; it works on a copy."""
    found = bare_extraction(tree, options=options)
    return _lines(found.body) if isinstance(found, Document) else []


def _lines(body: html.HtmlElement) -> list[str]:
    return list(filter(None, clean_text("".join(_rendered(body))).split("\n\n")))


def _rendered(element: html.HtmlElement) -> Iterator[str]:
    """The text of trafilatura's body with a line break around every block: its own output writes Markdown."""
    is_block = element.tag in _BLOCKS
    yield "\n" if is_block else ""
    yield element.text or ""
    for child in element:
        yield from _rendered(child)
        yield child.tail or ""
    yield "\n" if is_block else " " if element.tag == "cell" else ""


# --- before ---------------------------------------------------------------------------------------------------------


def _join_split_bodies(tree: html.HtmlElement) -> None:
    """Put the parts of a body that boxes and advertisements split into its first part, in their order.

    trafilatura takes one container. Parts are alike, near each other and full of paragraphs; what stands between them
    is moved with them, or the order of quotes and paragraphs would be lost.
    """
    lengths: dict[html.HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        holder = paragraph.getparent()
        if holder is not None and holder.get("class"):
            lengths[holder] = lengths.get(holder, 0) + len(paragraph.text or "")
    spans: dict[html.HtmlElement, dict[tuple[str, str], list[int]]] = {}
    first: dict[tuple[html.HtmlElement, int], html.HtmlElement] = {}
    for holder, length in lengths.items():
        if length >= SPLIT_BODY_LENGTH and holder.find(".//h1") is None:
            for branch, frame in _frames(holder):
                place = frame.index(branch)
                spans.setdefault(frame, {}).setdefault((holder.tag, holder.get("class")), []).append(place)
                first.setdefault((frame, place), holder)
    for frame, places in spans.items():
        children = list(frame)
        for start, end in _united((min(found), max(found)) for found in places.values()):
            if all(child.getparent() is frame for child in children[start : end + 1]):
                first[frame, start].extend(children[start + 1 : end + 1])


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that hold more than one place, those that overlap made one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _frames(holder: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, html.HtmlElement]]:
    """The two elements around one that may hold its other parts, each with its child on the way."""
    branch = holder
    for frame in islice(holder.iterancestors(), 2):
        if frame.tag in ("body", "html", "li") or branch.tag == "article":
            return
        yield branch, frame
        branch = frame


def _cut_linked_lines(tree: html.HtmlElement) -> None:
    """Cut paragraphs and list items that are one link: headlines of other articles put between an article's own."""
    for element in list(tree.iter("p", "li")):
        links = element.findall(".//a")
        if not 1 <= len(links) <= 2 or element.getparent() is None:
            continue
        text = plain(element)
        if len(text) >= LINKED_LENGTH and sum(len(plain(link)) for link in links) >= 0.95 * len(text):
            element.drop_tree()


# --- after ----------------------------------------------------------------------------------------------------------


def _longer(lines: list[str], stated_body: str | None) -> list[str]:
    """The body of JSON-LD where it is the same text and much longer: the page shows a teaser or builds itself later."""
    if not stated_body or len(stated_body) < LONGER * sum(map(len, lines)):
        return lines
    body = stated_body
    if "<" in body:
        body = "".join(_rendered(html.fragment_fromstring(body, create_parent="div")))
    stated = list(filter(None, clean_text(unescape(body)).split("\n\n")))
    folded = fold(" ".join(stated))
    known = [fold(line)[:40] in folded for line in lines if len(line) >= SENTENCE_LENGTH]
    is_same = sum(known) * 2 >= len(known) and prose_share(stated) >= LEAST_PROSE
    return stated if is_same and len(folded) >= LONGER * sum(map(len, lines)) else lines


def _without_title(lines: list[str], title: str | None) -> list[str]:
    if not title:
        return lines
    folded, longest = fold(title), 2 * len(title)
    kept = [line for line in lines if len(line) > longest or fold(line) != folded]
    is_part = bool(kept) and len(title) < 2 * len(kept[0]) <= 2 * longest and fold(kept[0]) in folded
    return kept[1:] if is_part else kept


def _is_invitation(line: str) -> bool:
    return len(line) <= _INVITATION_LENGTH and bool(_INVITATION.match(fold(line).lstrip(' >-"•')))


def _lead(headline: html.HtmlElement, lines: list[str]) -> list[str]:
    """The paragraph between headline and body that a template marks as lead and trafilatura left outside."""
    start, text = lines[0][:20], "\n".join(lines)
    found: list[str] = []
    for element in islice(_following(headline), _NEAR):
        if start in (element.text or "") or (element.tag == "p" and plain(element).startswith(start)):
            return [line for line in found if line not in text]
        if _IS_LEAD.search(element.get("class", "")):
            lead = clean_line(plain(element))
            if len(lead) in LEAD_LENGTHS and not lead.startswith(start) and lead not in found:
                found.append(lead)
    return []


def _following(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements after one in document order, near it; captions, menus and lists left out."""
    level: html.HtmlElement | None = start
    for _ in range(4):
        if level is None or level.tag == "body":
            return
        for sibling in level.itersiblings():
            yield from _inside(sibling)
        level = level.getparent()


def _inside(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    if isinstance(element.tag, str) and element.tag not in _NOT_TEXT:
        yield element
        for child in element:
            yield from _inside(child)


def _signatures(tree: html.HtmlElement, lines: list[str]) -> list[str]:
    """A credit in brackets, such as "(Agencija)", that stands in an element of its own and was dropped."""
    text, found = "\n".join(lines), []
    for node in _BRACKETS(tree)[-_MOST_BRACKETS:]:
        credit = clean_line(node)
        holder = node.getparent()
        is_margin = any(above.tag in _NOT_TEXT for above in (holder, *holder.iterancestors()))
        if _SIGNATURE.match(credit) and not _MEDIUM.search(credit) and not is_margin and credit not in text:
            found.append(credit)
    return found[:2]
