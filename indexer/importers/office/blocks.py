"""Split a document's HTML into pieces in reading order, each note after the block with its mark.

The code for web pages splits the pieces; this module adds what only documents have: printed
numbers, linked notes, verse, nested tables and style names.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from indexer.importers.base import BlockKind
from indexer.importers.html import pieces as page
from indexer.importers.html.tables import words
from indexer.importers.html.tree import drop, take_note_marks
from indexer.importers.shared.clean import one_line

# Marks that are written into the text when a document is prepared, and parsed here: OPEN and CLOSE
# enclose a printed number, LEVEL precedes an outline level, NOTE encloses a note number. They are
# noncharacters, which documents may not contain.
OPEN, CLOSE, LEVEL, NOTE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_BEGINNING = re.compile(f"\\s*(?:{LEVEL}([1-6]))?(?:{OPEN}([^{OPEN}{CLOSE}]*){CLOSE})?\\s*")
_NOTES = re.compile(f"\\s*{NOTE}(\\d+){NOTE}")
_MARKS = dict.fromkeys(map(ord, (OPEN, CLOSE, LEVEL, NOTE)))

# Separator between lines of verse, and between the cells of a nested table.
BREAK = " / "
MAX_VERSE = 90  # characters in a line; longer lines are prose with a line break
MAX_CELL = 1500  # characters; a larger cell is part of a page layout
STYLE = "data-custom-style"
_STRONG = ("strong", "b")

# Classes and roles of sections in which all text is of one kind.
_PARTS: dict[str, BlockKind] = {
    **dict.fromkeys(("footnotes", "endnotes", "rearnotes", "footnote", "endnote"), "note"),
    **dict.fromkeys(("toc", "doc-toc", "loi", "lot", "landmarks"), "contents"),
    **dict.fromkeys(("bibliography", "references", "doc-bibliography"), "references"),
}
_A_NOTE = {"footnote", "rearnote", "endnote", "doc-footnote", "doc-endnote"}
_NOTE_MARKS = {"footnote-ref", "noteref", "doc-noteref"}
_BACK_LINKS = {"footnote-back", "doc-backlink"}


class Piece(NamedTuple):
    """A preliminary block, whose final kind is set when the whole document has been read."""

    kind: BlockKind
    text: str  # one clean line
    level: int = 0
    linked: bool = False  # whether all text is in links
    bold: bool = False  # whether all text is bold
    style: str = ""  # style name in the document


def without_marks(text: str) -> str:
    """Remove the marks that the preparation steps write into the text."""
    return text.translate(_MARKS)


def read(root: HtmlElement) -> Iterator[Piece]:
    """Yield the pieces of a document; a note follows the block that refers to it."""
    for low in root.iter("p"):
        if low.get("class") == "heading":  # a level that HTML does not have
            low.tag = "h6"
    _set_tables_apart(root)
    hanging = _take_hanging_notes(root)
    for found in page.pieces(root, take_note_marks(root), _lines):
        yield from _with_notes(_piece(found), hanging)


def _with_notes(piece: Piece, hanging: dict[str, str]) -> Iterator[Piece]:
    """Yield a piece without its note marks, then each of its notes that was not yielded before."""
    text = one_line(without_marks(_NOTES.sub("", piece.text)))
    if text:
        yield piece._replace(text=text)
    for number in _NOTES.findall(piece.text):
        if note := hanging.pop(number, ""):
            yield from _with_notes(Piece("note", f"{number} {note}"), hanging)


def _piece(found: page.Piece) -> Piece:
    """Return a piece with its printed number, and with the kind that its section implies."""
    # The pattern also matches nothing, so the first match is always at the start.
    _, level, label, text = _BEGINNING.split(found.text, maxsplit=1)
    kind, depth = found.kind, found.level
    if level and kind in {"paragraph", "item"}:
        kind, depth = "heading", int(level)
    elif label and kind == "paragraph":
        kind = "item"
    # The list number of a heading shows its level and is not a printed number.
    printed = f"{label} " if label else ("" if kind == "heading" else found.printed)
    style, part = _surroundings(found.element)
    if part:
        kind, depth = part, 0
    linked, bold = found.linked >= len(found.text), _is_bold(found.element)
    return Piece(kind, printed + text if text else "", depth, linked, bold, style)


def _surroundings(element: HtmlElement) -> tuple[str, BlockKind | None]:
    """Return the style of the innermost styled element, and the kind of the enclosing section."""
    style, part = "", None
    for around in (element, *element.iterancestors()):
        style = style or around.get(STYLE) or ""
        part = part or next((_PARTS[name] for name in _names(around) if name in _PARTS), None)
    return style, part


def _lines(text: str, kind: BlockKind, element: HtmlElement) -> str:
    """Join lines into one, with slashes between lines that look like verse."""
    lines = [line for line in map(one_line, text.split(page.BREAK)) if line]
    short = len(lines) > 1 and all(len(line) <= MAX_VERSE for line in lines)
    verse = short and kind in {"paragraph", "item"} and not _is_bold(element)
    return (BREAK if verse else " ").join(lines)


def _is_bold(element: HtmlElement) -> bool:
    """Return whether all text in an element is bold, which is common on covers but not in verse."""
    bold = sum(len(one_line(strong.text_content())) for strong in element.iter(*_STRONG))
    return bold >= len(one_line(element.text_content()))


def _take_hanging_notes(root: HtmlElement) -> dict[str, str]:
    """Remove the notes that have a mark in the text, and return the text of each by its number."""
    notes = {f"#{one.get('id')}": one for one in root.iter(etree.Element) if _is_note(one)}
    drop([link for link in root.iter("a") if _names(link) & _BACK_LINKS])
    numbers: dict[str, str] = {}
    for mark in root.iter("a"):
        target = mark.get("href") or ""
        if target in notes and _names(mark) & _NOTE_MARKS:
            number = numbers.setdefault(target, str(len(numbers) + 1))
            drop(list(mark))
            mark.tag, mark.text = "span", f"{NOTE}{number}{NOTE}"
    found = {}
    for target, number in numbers.items():
        parts = page.pieces(notes[target], (notes[target],))
        found[number] = " ".join(part.printed + part.text for part in parts)
    drop([notes[target] for target in numbers])
    return found


def _is_note(element: HtmlElement) -> bool:
    """Return whether an element is a note, as marked up by pandoc or in an e-book."""
    section = element.getparent().getparent() if element.tag == "li" else None
    of_pandoc = section is not None and section.get("role") == "doc-endnotes"
    return bool(element.get("id")) and (of_pandoc or bool(_names(element) & _A_NOTE))


def _names(element: HtmlElement) -> set[str]:
    """Return the classes and roles of an element."""
    return set(f"{element.get('class') or ''} {element.get('role') or ''}".split())


def _set_tables_apart(root: HtmlElement) -> None:
    """Mark tables as layout or data, and turn headings and tables inside data cells into text."""
    for table in list(root.iter("table")):
        if table.getparent() is None or _is_layout(table):
            table.set("role", "presentation")
            continue
        table.set("role", "table")
        for inner in reversed(list(table.iterdescendants("table"))):
            for row in inner.iter("tr"):
                line = etree.Element("p")
                line.text = BREAK.join(filter(None, map(words, row.iterchildren("td", "th"))))
                inner.addprevious(line)
            drop([inner])
        for heading in list(table.iter("h1", "h2", "h3", "h4", "h5", "h6")):
            heading.tag = "p"


def _is_layout(table: HtmlElement) -> bool:
    """Return whether a table is only a frame around text, or has a very large cell."""
    own = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    rows = [list(row.iterchildren("td", "th")) for row in own]
    if any(len(cell.text_content()) > MAX_CELL for cells in rows for cell in cells):
        return True
    return all(len(cells) == 1 for cells in rows) and any(len(cells[0]) > 1 for cells in rows)
