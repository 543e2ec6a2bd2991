"""Read plain text as headings, paragraphs, list items and table rows, inferred from layout."""

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.importers.base import Block, BlockKind, Extracted, Mark, SourceInfo, gathered
from indexer.importers.plain.lines import END, GAP, Chunk, Row, chunks, full, goes_on, rows, width
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.decode import decode, remarks
from indexer.importers.shared.hyphens import Hyphens, is_hyphenated, without_break
from indexer.importers.shared.stated import About
from indexer.importers.shared.titles import usable_title
from kb.text.list_markers import BULLETS, PRINTED_NUMBER

_BULLET = re.compile(rf"\s*(?:[-*+–—{BULLETS}]|o(?=\s{{2}}))\s+(?=\S)")
_NUMBER = re.compile(rf"\s*(?:{PRINTED_NUMBER}|\d{{1,2}}(?:\.\d{{1,2}})+)\s+(?=\S)")
_SECTION = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])|[IVXLC]{1,6}\.\s+(?=[^\W\d_])"
    r"|(?:Article|Section|Chapter|Part|Title|Appendix|Art[ií]culo|Secci[oó]n|Cap[ií]tulo|Parte"
    r"|T[ií]tulo|Anexo)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$")
_DEFAULT_LEVEL = 2  # of a heading without underline or number
_MAX_TITLE_BLOCKS = 5  # the title is searched for in this many blocks
_MAX_CAPITAL_LINES = 3  # in a heading in capitals
_MIN_ROW_SHARE = 0.6  # of a table's lines have columns
_MAX_HEADING_CHARACTERS, _MAX_HEADING_WORDS = 80, 12
_MIN_CAPITAL_LETTERS = 4  # in a heading in capitals
_ITEM_MARKS = set(f"-*+o{BULLETS}")  # always mark a list item at the start of a line
_MIN_INDENT = 2  # spaces


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the blocks of a plain text file. Raise UnreadableError if it has no text."""
    text, guessed = decode(path, info)
    lines, pages = rows(text)
    parts = chunks(lines)
    words = "\n".join(filter(None, (row.text.strip() for row in lines)))
    hyphens = Hyphens([words], info.language)
    blocks = gathered(_Layout(parts, hyphens).blocks(), info)
    return Extracted(
        format="text",
        **About().fields(_title(blocks, alone=len(parts[0].rows) == 1)),
        pages=pages,
        blocks=blocks,
        remarks=remarks(text, guessed),
    )


def _title(blocks: tuple[Block, ...], alone: bool) -> str | None:
    """Return a heading near the beginning, a separate first line that may be a title, or None."""
    heading = next((block for block in blocks[:_MAX_TITLE_BLOCKS] if block.kind == "heading"), None)
    if heading:
        return usable_title(heading.text)
    first, short = blocks[0], len(blocks[0].text) <= _MAX_HEADING_CHARACTERS
    bare = first.kind == "paragraph" and short and not END.search(first.text)
    return usable_title(first.text) if alone and bare and len(blocks) > 1 else None


class _Layout:
    """Layout analysis of a file, from its chunks, hyphenated words and line width."""

    def __init__(self, chunks: list[Chunk], hyphens: Hyphens) -> None:
        self.chunks, self.hyphens = chunks, hyphens
        self.wide = width([[row.text for row in chunk.rows] for chunk in chunks])

    def blocks(self) -> Iterator[Block]:
        for at, chunk in enumerate(self.chunks):
            gaps = sum(bool(GAP.search(row.text)) for row in chunk.rows)
            if chunk.level or self._heads(at):
                level = chunk.level or min(6, _DEFAULT_LEVEL + max(0, _numbered(chunk) - 1))
                yield from self._made("heading", chunk.rows, level)
            elif gaps >= 2 and gaps >= _MIN_ROW_SHARE * len(chunk.rows):
                yield from map(_row, chunk.rows)
            else:
                yield from self._text(chunk)

    def _heads(self, at: int) -> bool:
        """Return whether a chunk is a heading: all capitals, or numbered but not a list item."""
        chunk = self.chunks[at]
        if at + 1 == len(self.chunks):
            return False
        if all(_capitals(row.text) for row in chunk.rows):
            return len(chunk.rows) <= _MAX_CAPITAL_LINES
        depth = _numbered(chunk)
        around = [*self.chunks[max(0, at - 1) : at], self.chunks[at + 1]]
        # If an adjacent chunk has a number of the same depth, both are list items.
        return depth > 0 and len(chunk.rows) == 1 and all(_numbered(one) != depth for one in around)

    def _text(self, chunk: Chunk) -> Iterator[Block]:
        """Yield the paragraphs, list items and heading of a chunk of text."""
        group: list[Row] = []
        for row in chunk.rows:
            if group and not self._continues(group, row):
                yield from self._paragraph(group, chunk)
                group = []
            group.append(row)
        yield from self._paragraph(group, chunk)

    def _continues(self, group: list[Row], row: Row) -> bool:
        before, line = group[-1].text, row.text
        item = _marked(group[0].text)
        if _LEADERS.search(before):
            return False
        if marked := _marked(line):
            # In wrapped prose, a number or dash may happen to start a line.
            by_chance = not item and not END.search(before) and marked not in _ITEM_MARKS
            return by_chance and self.wide > 0 and full(before, line, self.wide)
        deeper = _indent(line) - _indent(before) >= _MIN_INDENT
        if deeper and item and len(group) == 1:  # a hanging indent
            return True
        if deeper and not line.lstrip()[:1].islower():  # the first line of the next paragraph
            return False
        return goes_on(before, line, self.wide)

    def _paragraph(self, group: list[Row], chunk: Chunk) -> Iterator[Block]:
        first = group[0]
        if _LEADERS.search(first.text):
            return self._made("contents", group)
        if first is chunk.rows[0] and len(group) < len(chunk.rows) and _capitals(first.text):
            return self._made("heading", group, _DEFAULT_LEVEL)
        if bullet := _BULLET.match(first.text):
            group = [first._replace(text=first.text[bullet.end() :]), *group[1:]]
            return self._made("item", group)
        return self._made("item" if _NUMBER.match(first.text) else "paragraph", group)

    def _made(self, kind: BlockKind, group: list[Row], level: int = 0) -> Iterator[Block]:
        """Join lines into one block, with a mark where each page starts."""
        text = before = ""
        marks: list[Mark] = []
        for row in group:
            piece = one_line(row.text)
            if is_hyphenated(before):
                text = without_break(text) + self.hyphens.between(before, piece)
            elif text:
                text += " "
            if row.page and (not marks or marks[-1].page != row.page):
                marks.append(Mark(start=len(text), page=row.page))
            text += piece
            before = piece
        if text:
            yield Block(kind=kind, text=text, level=level, marks=tuple(marks))


def _marked(line: str) -> str:
    """Return the bullet or number at the start of a line, or "" if there is none."""
    match = _BULLET.match(line) or _NUMBER.match(line)
    return match.group().strip() if match else ""


def _row(row: Row) -> Block:
    cells = filter(None, map(one_line, GAP.split(row.text.strip())))
    marks = (Mark(page=row.page),) if row.page else ()
    return Block(kind="row", text=" | ".join(cells), marks=marks)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _capitals(line: str) -> bool:
    """Return whether a line is short and in capitals."""
    line = line.strip()
    letters = sum(map(str.isalpha, line))
    short = len(line) <= _MAX_HEADING_CHARACTERS and len(line.split()) <= _MAX_HEADING_WORDS
    return letters >= _MIN_CAPITAL_LETTERS and line.isupper() and short and line[-1] not in ".,;"


def _numbered(chunk: Chunk) -> int:
    """Return the depth of the section number that begins a chunk, or 0 if there is none."""
    line = chunk.rows[0].text.strip()
    match = _SECTION.match(line) if len(line) <= _MAX_HEADING_CHARACTERS else None
    if not match or END.search(line) or not line[match.end() :].strip()[:1].isupper():
        return 0
    return (match["number"] or "").count(".") + 1
