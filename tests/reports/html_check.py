"""Reads a page of the report and says what is wrong with it: unbalanced tags, ids that stand twice, links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Read:
    """What a page holds, and its faults."""

    faults: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)  # href and src
    text: str = ""


class _Parser(HTMLParser):
    def __init__(self, read: Read) -> None:
        super().__init__(convert_charrefs=True)
        self.read = read
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.read.faults.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.read.text += data

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.read.faults.append(f"line {self.getpos()[0]}: <{tag}> has an attribute twice")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.read.faults.append(f"line {self.getpos()[0]}: <{tag}> has {name}=")
            if name == "id":
                if value in self.read.ids:
                    self.read.faults.append(f"line {self.getpos()[0]}: id {value} stands twice")
                self.read.ids.add(value or "")
            if name in ("href", "src"):
                self.read.links.append(value or "")


def read(path: Path) -> Read:
    result = Read()
    parser = _Parser(result)
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    result.faults += [f"<{tag}> is never closed" for tag in parser.open]
    result.text = " ".join(result.text.split())
    return result
