"""Turn pages into drafts of blocks; paragraphs continue across columns and pages."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from indexer.importers.pdf.blocks.drafts import Draft, Look, Part
from indexer.importers.pdf.blocks.grouping import groups, is_row
from indexer.importers.pdf.blocks.headings import look
from indexer.importers.pdf.blocks.lists import contents_lines, ends_entry
from indexer.importers.pdf.blocks.measures import Measures, half
from indexer.importers.pdf.blocks.notes import NoteMark, mark_of, note_lines
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.blocks.unfinished import Unfinished, is_running
from indexer.importers.pdf.lines import endings
from indexer.importers.pdf.lines.lines import Line, Page
from indexer.importers.pdf.lines.list_markers import bullet, numbered

# Number of paragraphs at the top of a column that may continue another column: a logo may be first.
MAX_TRIES = 3


class Flow:
    """The drafts of a file, built page by page."""

    def __init__(self, measures: Measures, outline: Outline) -> None:
        self.drafts: list[Draft] = []
        self.marks: dict[int, frozenset[str]] = {}  # page -> marks of its notes
        self._measures, self._outline = measures, outline
        self._note: Draft | None = None  # the last note of the previous page, if unfinished
        self._in_contents = False
        self._unfinished = Unfinished()

    def add(self, page: Page, furniture: Collection[int]) -> None:
        """Add a page without its furniture, given as indexes of lines."""
        lines = [line for index, line in enumerate(page.lines) if index not in furniture]
        if not lines:
            self._note, self._in_contents = None, False
            return
        contents = contents_lines(lines, self._in_contents)
        self._in_contents = bool(contents) and max(contents) >= len(lines) - 2
        small = note_lines(lines, page.height, self._measures, self._note is not None) - contents
        notes = [line for index, line in enumerate(lines) if index in small]
        for listed, indexes in groupby(
            (index for index in range(len(lines)) if index not in small),
            key=lambda index: index in contents,
        ):
            part = [lines[index] for index in indexes]
            if listed:
                self.drafts.extend(_entries(part, page.number))
            else:
                self._add_text(part, page)
        self._add_notes(notes, page.number)

    def _add_text(self, lines: Sequence[Line], page: Page) -> None:
        headings = self._outline.find(page.number, lines)
        start = 0
        region = -1
        while start < len(lines):
            end, level = headings.get(start, (start + 1, 0))
            if level:
                self._put_heading(lines[start:end], page, level)
            else:
                while (
                    end < len(lines)
                    and end not in headings
                    and lines[end].region == lines[start].region
                ):
                    end += 1
                self._add_region(lines[start:end], page, lines[start].region != region)
            region, start = lines[start].region, end

    def _put_heading(self, lines: Sequence[Line], page: Page, level: int) -> None:
        size = half(max(line.size for line in lines))
        found = look(lines, self._measures) or Look(size, all(line.bold for line in lines), False)
        parts = [Part(line, page.number) for line in lines]
        self.drafts.append(Draft("heading", parts, found, level))

    def _add_region(self, lines: Sequence[Line], page: Page, begins: bool) -> None:
        """Add the text of a column; its first paragraphs may continue an earlier one."""
        tries = MAX_TRIES if begins else 0
        column: list[Draft] = []
        for group in groups(lines, self._measures):
            draft = self._draft(group, page)
            if tries and is_running(draft):
                before = self._unfinished.continued_by(draft, page.number, first=not column)
                tries = 0 if before else tries - 1
                if before:
                    before.parts.extend(draft.parts)
                    column.append(before)
                    continue
            if self.drafts and _is_one_heading(self.drafts[-1], draft):
                self.drafts[-1].parts.extend(draft.parts)
                continue
            self.drafts.append(draft)
            column.append(draft)
        self._unfinished.end(column)

    def _draft(self, group: Sequence[Line], page: Page) -> Draft:
        parts = [Part(line, page.number) for line in group]
        first = group[0]
        if is_row(first):
            return Draft("row", parts)
        found = None if page.hidden else look(group, self._measures)
        if found:
            return Draft("heading", parts, found)
        item = bullet(first.text) or numbered(first.text)
        return Draft("item" if item else "paragraph", parts)

    def _add_notes(self, lines: Sequence[Line], page: int) -> None:
        marks: list[NoteMark] = []
        current = self._note
        for line in lines:
            found = mark_of(line)
            if found and found.follows(marks[-1] if marks else None):
                marks.append(found)
                current = None
            if current is None:
                current = Draft("note", [])
                self.drafts.append(current)
            current.parts.append(Part(line, page))
        self.marks[page] = frozenset(mark.text for mark in marks)
        ended = current is None or not lines or endings.ends_sentence(current.last.text)
        self._note = None if ended else current


def _is_one_heading(before: Draft, after: Draft) -> bool:
    """Return whether two adjacent headings are one: the phrase continues in the second."""
    if before.look is None or before.look != after.look or before.page != after.page:
        return False
    last, first = before.last.text, after.first.text
    return not before.level and (endings.is_open(last) or endings.begins_lower(first))


def _entries(lines: Sequence[Line], page: int) -> Iterator[Draft]:
    """Yield the entries of a table of contents; lines without a page number join the next one."""
    parts: list[Part] = []
    for line in lines:
        parts.append(Part(line, page))
        if ends_entry(line.text) or len(parts) > 2:
            yield Draft("contents", parts)
            parts = []
    if parts:
        yield Draft("contents", parts)
