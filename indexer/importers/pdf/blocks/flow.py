"""Turn pages into drafts of blocks; paragraphs continue across columns and pages."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from indexer.importers.pdf.blocks.drafts import Draft, Look
from indexer.importers.pdf.blocks.grouping import groups, is_row
from indexer.importers.pdf.blocks.headings import look
from indexer.importers.pdf.blocks.lists import contents_lines, ends_entry
from indexer.importers.pdf.blocks.measures import Measures, half
from indexer.importers.pdf.blocks.notes import NoteMark, mark_of, note_lines
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.blocks.unfinished import Unfinished, is_running
from indexer.importers.pdf.lines.lines import Line, Page
from indexer.importers.pdf.lines.wording import (
    begins_lower,
    bullet,
    ends_sentence,
    is_open,
    numbered,
)

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
        contents = contents_lines(lines, self._in_contents)
        self._in_contents = bool(contents) and max(contents) >= len(lines) - 2
        small = note_lines(lines, page.height, self._measures, self._note is not None) - contents
        text = (index for index in range(len(lines)) if index not in small)
        for listed, indexes in groupby(text, key=contents.__contains__):
            part = [lines[index] for index in indexes]
            if listed:
                self.drafts.extend(_entries(part))
            else:
                self._add_text(part, page.hidden)
        self._add_notes([lines[index] for index in sorted(small)], page.number)

    def _add_text(self, lines: Sequence[Line], hidden: bool) -> None:
        region = -1
        for part, level in self._outline.split(lines):
            if level:
                size = half(max(line.size for line in part))
                bold = all(line.bold for line in part)
                found = look(part, self._measures) or Look(size, bold, False)
                self.drafts.append(Draft("heading", part, found, level))
            else:
                for number, column in groupby(part, key=lambda line: line.region):
                    self._add_region(list(column), hidden, number != region)
                    region = number
            region = part[-1].region

    def _add_region(self, lines: Sequence[Line], hidden: bool, begins: bool) -> None:
        """Add the text of a column; its first paragraphs may continue an earlier one."""
        tries = MAX_TRIES if begins else 0
        column: list[Draft] = []
        for group in groups(lines, self._measures):
            draft = self._draft(group, hidden)
            before = None
            if tries and is_running(draft):
                before = self._unfinished.continued_by(draft, first=not column)
                tries = 0 if before else tries - 1
            if before:
                before.lines.extend(group)
                column.append(before)
            elif self.drafts and _is_one_heading(self.drafts[-1], draft):
                self.drafts[-1].lines.extend(group)
            else:
                self.drafts.append(draft)
                column.append(draft)
        self._unfinished.end(column)

    def _draft(self, group: list[Line], hidden: bool) -> Draft:
        text = group[0].text
        if is_row(group[0]):
            return Draft("row", group)
        found = None if hidden else look(group, self._measures)
        if found:
            return Draft("heading", group, found)
        return Draft("item" if bullet(text) or numbered(text) else "paragraph", group)

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
            current.lines.append(line)
        self.marks[page] = frozenset(mark.text for mark in marks)
        ended = current is None or not lines or ends_sentence(current.last.text)
        self._note = None if ended else current


def _is_one_heading(before: Draft, after: Draft) -> bool:
    """Return whether two adjacent headings are one: the phrase continues in the second."""
    last, first = before.last, after.first
    if before.look is None or before.look != after.look or last.page != first.page:
        return False
    return not before.level and (is_open(last.text) or begins_lower(first.text))


def _entries(lines: Sequence[Line]) -> Iterator[Draft]:
    """Yield the entries of a table of contents; lines without a page number join the next one."""
    entry: list[Line] = []
    for line in lines:
        entry.append(line)
        if ends_entry(line.text) or len(entry) > 2:
            yield Draft("contents", entry)
            entry = []
    if entry:
        yield Draft("contents", entry)
