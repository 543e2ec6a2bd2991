"""Split the tree of a page into pieces of text in document order, including menus."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from indexer.importers.base import Block, BlockKind
from indexer.importers.html.list_numbers import LISTS, Numbers
from indexer.importers.html.tables import LINES, is_data, rows
from indexer.importers.shared.clean import one_line

_ITEMS = {"li", "dt", "dd"}
_SKIPPED = {"head", "script", "title"}

# Represents a line break; two (an empty line in preformatted text) end a paragraph.
BREAK = "\x1f"
_PARAGRAPHS = re.compile(rf"{BREAK}\s*{BREAK}[{BREAK}\s]*")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")

Joined = Callable[[str, BlockKind, HtmlElement], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text on a page, with the element that contains it."""

    kind: BlockKind
    printed: str  # the number that a browser shows before a list item
    text: str
    level: int
    linked: int  # the number of characters that are in links
    element: HtmlElement

    def block(self) -> Block:
        """Convert the piece to a block."""
        return Block(kind=self.kind, text=self.printed + self.text, level=self.level)


@dataclass(slots=True)
class _Around:
    """State at the current position in the tree: the open elements and the current line."""

    line: list[str] = field(default_factory=list)
    linked: int = 0
    numbers: Numbers = field(default_factory=Numbers)
    # The printed number of each open item; None after its first line.
    items: list[str | None] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    notes: int = 0
    links: int = 0
    preformatted: int = 0

    def open(self, element: HtmlElement, notes: Collection[HtmlElement]) -> None:
        if element.tag in LISTS:
            self.numbers.open(element)
        elif element.tag in _ITEMS:
            self.items.append(self.numbers.next(element))
        if level := _level(element):
            self.headings.append(level)
        self._count(element, notes, 1)

    def close(self, element: HtmlElement, notes: Collection[HtmlElement]) -> None:
        if element.tag in LISTS:
            self.numbers.close()
        elif element.tag in _ITEMS:
            self.items.pop()
        if _level(element):
            self.headings.pop()
        self._count(element, notes, -1)

    def _count(self, element: HtmlElement, notes: Collection[HtmlElement], step: int) -> None:
        self.links += step * (element.tag == "a")
        self.preformatted += step * (element.tag == "pre")
        self.notes += step * (element in notes)

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.line.append(_EMPTY_LINE.sub(BREAK * 2, text) if self.preformatted else text)
        if self.links:
            self.linked += len(text.strip())

    def begun(self) -> tuple[BlockKind, str]:
        """Return the kind of the current line, and the number to print before it."""
        printed = self.items[-1] if self.items else None
        if self.items:
            self.items[-1] = None
        if self.notes:
            return "note", printed or ""
        if self.headings:
            return "heading", printed or ""
        return ("paragraph", "") if printed is None else ("item", printed)


def in_one(text: str, _kind: BlockKind, _element: HtmlElement) -> str:
    """Join the lines of a piece with spaces."""
    return one_line(text.replace(BREAK, " "))


def pieces(
    root: HtmlElement, notes: Collection[HtmlElement], joined: Joined = in_one
) -> Iterator[Piece]:
    """Yield every piece of text in a page, in document order.

    `joined` joins the lines of a piece into one. As in browsers, inline elements add no space
    between words. A layout table is read cell by cell, like any other element.
    """
    around = _Around()
    passed: HtmlElement | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in LINES:
            yield from _flush(around, joined, element if event == "end" else element.getparent())
        if event == "end":
            if element is not passed:
                around.close(element, notes)
            around.add(element.tail)
        elif element.tag in _SKIPPED or (element.tag == "table" and is_data(element)):
            for kind, text, row in rows(element) if element.tag == "table" else ():
                linked = sum(len(link.text_content()) for link in row.iter("a"))
                yield Piece(kind, "", text, 0, linked, row)
            passed = element
            walk.skip_subtree()
        else:
            around.open(element, notes)
            around.add(BREAK if element.tag == "br" else element.text)


def _flush(around: _Around, joined: Joined, element: HtmlElement) -> Iterator[Piece]:
    """Yield the pieces of the current line, if it has text, and begin a new line."""
    text, linked = "".join(around.line), around.linked
    around.line, around.linked = [], 0
    for part in _PARAGRAPHS.split(text):
        if one_line(part.replace(BREAK, " ")):
            kind, printed = around.begun()
            line = joined(part, kind, element)
            level = around.headings[-1] if kind == "heading" else 0
            yield Piece(kind, printed, line, level, min(linked, len(line)), element)


def _level(element: HtmlElement) -> int:
    """Return the level of a heading, from 1 to 6, or 0 for any other element."""
    tag = element.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") != "heading":
        return 0
    stated = element.get("aria-level") or "2"  # the default level of the role
    return min(max(int(stated), 1), 6) if stated.isdecimal() else 2
