"""Pandoc's blocks -> pieces in reading order: headings, paragraphs, items, rows, notes."""

import re
from collections.abc import Callable
from typing import Any

from indexer.importers.base import BlockKind
from indexer.importers.office.pandoc_inlines import Text, flat
from indexer.importers.office.pandoc_json import LINE_END, Node
from indexer.importers.office.pandoc_tables import Cell, caption, rows, size
from indexer.importers.office.pieces import Piece
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.numerals import letters, roman

# As verse is quoted within a sentence; a cell of a table within a cell is set off in the same way.
BREAK = " / "
LONGEST_VERSE = 90  # characters of a line; longer ones are prose with a break in it

# A cell with more text than this is a part of a page that a table lays out.
LONGEST_CELL = 1500  # characters
_BETWEEN = re.compile(r"\s*\|\s*")
_STYLES: dict[str, Callable[[int], str]] = {
    "LowerAlpha": letters,
    "UpperAlpha": lambda number: letters(number).upper(),
    "LowerRoman": roman,
    "UpperRoman": lambda number: roman(number).upper(),
}
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}
# Classes of a part of a book (the structure of EPUB, pandoc's own) whose text is of one kind.
_PARTS: dict[str, BlockKind] = {
    **dict.fromkeys(("footnotes", "endnotes", "rearnotes", "footnote", "endnote"), "note"),
    **dict.fromkeys(("toc", "doc-toc", "loi", "lot", "landmarks"), "contents"),
    **dict.fromkeys(("bibliography", "references", "doc-bibliography"), "references"),
}


def pieces(blocks: list[Node]) -> list[Piece]:
    """The pieces of a document; notes stand after the block that they hang on."""
    walk = _Walk(notes=0, within=False)
    walk.read(blocks)
    return walk.found


class _Walk:
    """The state of one walk; `within` a cell or a note, where lines are not verse."""

    def __init__(self, notes: int, within: bool) -> None:
        self.found: list[Piece] = []
        self._notes, self._within = notes, within
        self._part: BlockKind | None = None
        self._style = ""
        self._item: str | None = None  # the label of an item whose first paragraph comes next
        self._kinds: dict[str, Callable[[Any], None]] = {
            "Para": self._paragraph,
            "Plain": self._paragraph,
            "Header": self._heading,
            "LineBlock": self._verse,
            "CodeBlock": lambda content: self._paragraph([content[1]]),
            "BlockQuote": self.read,
            "OrderedList": self._numbered,
            "BulletList": self._bullets,
            "DefinitionList": self._definitions,
            "Div": self._div,
        }

    def read(self, blocks: list[Node]) -> None:
        """Take in blocks, in order."""
        for block in blocks:
            kind = block["t"]
            if kind in self._kinds:
                self._kinds[kind](block["c"])
            elif kind == "Table":
                self._table(block)
            elif kind == "Figure":
                self.read(block["c"][2])
                self.read(caption(block))

    def _paragraph(self, inlines: list[Any]) -> None:
        said = flat(inlines)
        text = _lines(said, verse=not self._within)
        if text and (said.label or self._item is not None):
            self._add("item", said, f"{one_line(said.label) or self._item} {text}".lstrip())
            self._item = None
        else:
            self._add("paragraph", said, text)

    def _heading(self, content: list[Any]) -> None:
        level, _attr, inlines = content
        said = flat(inlines)
        text = _lines(said, verse=False)
        self._item = None  # its number is that of a level of a list, not the printed one
        text = f"{one_line(said.label)} {text}".strip() if text else ""
        self._add("heading", said, text, min(max(level, 1), 6))

    def _verse(self, lines: list[list[Any]]) -> None:
        ends = [[LINE_END, *line] for line in lines]
        self._paragraph([inline for line in ends for inline in line][1:])

    def _add(self, kind: BlockKind, said: Text, text: str, level: int = 0) -> None:
        if text:
            kind, level = (self._part, 0) if self._part else (kind, level)
            self.found.append(Piece(kind, text, level, said.bold, said.linked, self._style))
        for note in said.notes:
            self._notes += 1
            number = self._notes
            words, more = self._inner(note)
            if words:
                self.found.append(Piece("note", f"{number} {words}"))
            self.found += more

    def _inner(self, blocks: list[Node]) -> tuple[str, list[Piece]]:
        """The text of a cell or a note on one line, and the notes in it."""
        walk = _Walk(self._notes, within=True)
        walk.read(blocks)
        self._notes = walk._notes
        texts = (
            BREAK.join(filter(None, _BETWEEN.split(piece.text)))
            if piece.kind == "row"
            else piece.text
            for piece in walk.found
            if piece.kind != "note"
        )
        return " ".join(texts), [one for one in walk.found if one.kind == "note"]

    def _numbered(self, content: list[Any]) -> None:
        (start, style, delimiter), items = content
        numeral = _STYLES.get(style["t"], str)
        form = _DELIMITERS.get(delimiter["t"], "{}.")
        for number, item in enumerate(items, start):
            self._read_item(form.format(numeral(number)), item)

    def _bullets(self, items: list[list[Node]]) -> None:
        for item in items:
            self._read_item("", item)

    def _read_item(self, label: str, blocks: list[Node]) -> None:
        outer, self._item = self._item, label
        self.read(blocks)
        self._item = outer

    def _definitions(self, content: list[Any]) -> None:
        for term, meanings in content:
            self._paragraph(term)
            for meaning in meanings:
                self.read(meaning)

    def _div(self, content: list[Any]) -> None:
        (_, classes, pairs), blocks = content
        outer = self._part, self._style
        parts = [_PARTS[one] for one in classes if one in _PARTS]
        self._part = parts[0] if parts else self._part
        self._style = dict(pairs).get("custom-style", self._style)
        self.read(blocks)
        self._part, self._style = outer

    def _table(self, table: Node) -> None:
        self.read(caption(table))
        found = rows(table)
        box = all(len(row) == 1 for row in found) and any(len(row[0].blocks) > 1 for row in found)
        for row in found:
            self._row(row, box)

    def _row(self, row: list[Cell], box: bool) -> None:
        """One row; the blocks of its cells, where it is a box around text and no row."""
        if box or any(size(cell.blocks) > LONGEST_CELL for cell in row):
            for cell in row:
                self.read(cell.blocks)
            return
        cells = [self._inner(cell.blocks) for cell in row]
        texts = [text for text, _ in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            text = one_line(" | ".join(texts))  # empty cells leave two spaces
            self.found.append(Piece(self._part or "row", text, style=self._style))
        self.found += [note for _, notes in cells for note in notes]


def _lines(said: Text, verse: bool) -> str:
    """The lines on one; as verse is quoted, where they may be verse and look like it."""
    lines = [line for line in map(one_line, said.text.split(LINE_END)) if line]
    if len(lines) < 2:
        return "".join(lines)
    short = all(len(line) <= LONGEST_VERSE for line in lines)
    return (BREAK if verse and short and not said.bold else " ").join(lines)
