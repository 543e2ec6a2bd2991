"""Plain text -> headings, paragraphs, items and rows, as its layout shows them."""

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.importers.base import Block, BlockKind, Extracted, Mark, SourceInfo
from indexer.importers.plain.chunks import GAP, Chunk, chunks
from indexer.importers.plain.pages import Row, rows
from indexer.importers.plain.wrap import END, full, goes_on, joint, width, words_of
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.decode import decode, remarks, with_newlines
from indexer.importers.shared.limits import gathered
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
_CAPITALS = 2  # level of a heading that nothing ranks
_NEAR = 5  # blocks from the beginning in which a heading is the title
_STACKED = 3  # lines of a heading in capitals
_ROWS = 0.6  # of a chunk's lines have columns in a table
_TITLE, _WORDS = 80, 12  # characters and words of a heading at most
_LETTERS = 4  # of a heading in capitals at least
_SIGNS = set(f"-*+o{BULLETS}")  # which begin no line but an item's
_DEEPER = 2  # blanks by which a line is indented


def extract(path: Path, info: SourceInfo) -> Extracted:
    """The text of a file without marks of its own; UnreadableError where it has no words."""
    text, guessed = decode(path, info)
    text = with_newlines(text)
    lines, pages = rows(text)
    parts = chunks(lines)
    blocks = gathered(_Layout(parts, words_of(text)).blocks(), info, "a file with text")
    title = _title(blocks, alone=len(parts[0].rows) == 1)
    return Extracted(
        format="text",
        title=title,
        guessed=("title",) if title else (),
        pages=pages,
        blocks=blocks,
        remarks=remarks(text, guessed),
    )


def _title(blocks: tuple[Block, ...], alone: bool) -> str | None:
    """The first heading near the beginning, else a first line that stands alone, no sentence."""
    heading = next((block for block in blocks[:_NEAR] if block.kind == "heading"), None)
    if heading:
        return usable_title(heading.text)
    first = blocks[0]
    short = first.kind == "paragraph" and len(first.text) <= _TITLE and not END.search(first.text)
    return usable_title(first.text) if alone and short and len(blocks) > 1 else None


class _Layout:
    """The chunks of one file, and what is known of all of them."""

    def __init__(self, chunks: list[Chunk], known: set[str]) -> None:
        self.chunks, self.known = chunks, known
        self.wide = width([[row.text for row in chunk.rows] for chunk in chunks])

    def blocks(self) -> Iterator[Block]:
        for at, chunk in enumerate(self.chunks):
            if chunk.level or self._heads(at):
                yield from self._made("heading", chunk.rows, chunk.level or _level(chunk))
            elif _tabular(chunk):
                yield from map(_row, chunk.rows)
            else:
                yield from self._text(chunk)

    def _heads(self, at: int) -> bool:
        """Whether a chunk is a heading: capitals, or a number that is not that of a list's item."""
        chunk = self.chunks[at]
        if at + 1 == len(self.chunks):
            return False
        if all(_capitals(row.text) for row in chunk.rows):
            return len(chunk.rows) <= _STACKED
        depth = _numbered(chunk)
        around = [*self.chunks[max(0, at - 1) : at], self.chunks[at + 1]]
        # A number of the same depth right before or after makes it an item of a list.
        return depth > 0 and len(chunk.rows) == 1 and all(_numbered(one) != depth for one in around)

    def _text(self, chunk: Chunk) -> Iterator[Block]:
        """The paragraphs, items and lines of a chunk."""
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
            # A number or a dash at the start of a line of prose, which the wrapping put there.
            prose = bool(self.wide) and not item and not END.search(before) and marked not in _SIGNS
            return prose and full(before, line, self.wide)
        deeper = _indent(line) - _indent(before) >= _DEEPER
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
            return self._made("heading", group, _CAPITALS)
        if bullet := _BULLET.match(first.text):
            group = [first._replace(text=first.text[bullet.end() :]), *group[1:]]
            return self._made("item", group)
        return self._made("item" if _NUMBER.match(first.text) else "paragraph", group)

    def _made(self, kind: BlockKind, group: list[Row], level: int = 0) -> Iterator[Block]:
        """One block of the lines, with a mark where each page begins."""
        pieces: list[str] = []
        marks: list[Mark] = []
        size = 0
        for row in group:
            piece = one_line(row.text)
            if pieces:
                last, between = joint(pieces[-1], piece, self.known)
                size += len(last) - len(pieces[-1]) + len(between)
                pieces[-1:] = [last, between]
            if row.page and (not marks or marks[-1].page != row.page):
                marks.append(Mark(start=size, page=row.page))
            pieces.append(piece)
            size += len(piece)
        if size:
            yield Block(kind=kind, text="".join(pieces), level=level, marks=tuple(marks))


def _marked(line: str) -> str:
    """The bullet or the number that a line begins with; empty where it has none."""
    match = _BULLET.match(line) or _NUMBER.match(line)
    return match.group().strip() if match else ""


def _tabular(chunk: Chunk) -> bool:
    gaps = sum(bool(GAP.search(row.text)) for row in chunk.rows)
    return gaps >= 2 and gaps >= _ROWS * len(chunk.rows)


def _row(row: Row) -> Block:
    cells = filter(None, map(one_line, GAP.split(row.text.strip())))
    marks = (Mark(page=row.page),) if row.page else ()
    return Block(kind="row", text=" | ".join(cells), marks=marks)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _capitals(line: str) -> bool:
    """Whether a line is a short one in capitals."""
    line = line.strip()
    letters = sum(map(str.isalpha, line))
    short = len(line) <= _TITLE and len(line.split()) <= _WORDS
    return letters >= _LETTERS and line.isupper() and short and line[-1] not in ".,;"


def _numbered(chunk: Chunk) -> int:
    """How many numbers stand before the title that a chunk begins with; 0 where none does."""
    line = chunk.rows[0].text.strip()
    match = _SECTION.match(line) if len(line) <= _TITLE else None
    if not match or END.search(line) or not line[match.end() :].strip()[:1].isupper():
        return 0
    return (match["number"] or "").count(".") + 1


def _level(chunk: Chunk) -> int:
    return min(6, _CAPITALS + max(0, _numbered(chunk) - 1))
