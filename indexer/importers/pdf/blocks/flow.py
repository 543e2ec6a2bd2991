"""Turn pages into draft blocks, joining paragraphs that continue across columns and pages."""

import re
from collections.abc import Sequence
from itertools import groupby

from indexer.importers.pdf.blocks.grouping import Draft, begins_with_dash, groups
from indexer.importers.pdf.blocks.headings import is_heading, look
from indexer.importers.pdf.blocks.lists import contents_lines, ends_entry
from indexer.importers.pdf.blocks.measures import Measures, are_alike
from indexer.importers.pdf.blocks.notes import NoteMark, mark_of, note_lines
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.lines import wording
from indexer.importers.pdf.lines.lines import Line, Page
from indexer.importers.shared.grouped import grouped
from indexer.importers.shared.hyphens import is_hyphenated

# Paragraphs at the top of a column that may continue an earlier column; a logo may come first.
MAX_TRIES = 3
MAX_PART_RATIO = 1.08  # between the type sizes of the two parts of a paragraph
MAX_WIDTH_RATIO = 1.35  # between the line widths of the two parts
MAX_ROOM = 4.0  # space at the end of a full line, in type sizes
MIN_CHARACTERS = 16  # in a line that continues
MAX_OPEN = 8  # unfinished paragraphs that may still continue, from this page or the previous one

_CAPTION = re.compile(
    r"(?:fig(?:ure|ura|\.)?|table|tabla|cuadro|gr[áa]fic[ao]|chart|box|map|mapa|source|fuente|note|nota)s?\b"
    r"[\s.:]*[\dA-Z:]",
    re.IGNORECASE,
)


class Flow:
    """Builder of a file's draft blocks, to which pages are added in order."""

    def __init__(self, measures: Measures, outline: Outline) -> None:
        self.drafts: list[Draft] = []
        self.marks: dict[int, frozenset[str]] = {}  # page -> marks of its notes
        self._measures, self._outline = measures, outline
        self._note: Draft | None = None  # the last note of the previous page, if unfinished
        self._in_contents = False
        self._unfinished = _Unfinished()

    def add(self, page: Page) -> None:
        """Add the lines of the next page as draft blocks."""
        lines = page.lines
        contents = contents_lines(lines, self._in_contents)
        self._in_contents = bool(contents) and max(contents) >= len(lines) - 2
        small = note_lines(lines, page.height, self._measures, self._note is not None) - contents
        text = (index for index in range(len(lines)) if index not in small)
        for listed, indexes in groupby(text, key=contents.__contains__):
            part = [lines[index] for index in indexes]
            if listed:
                # An entry ends with a page number, or after three lines.
                entries = grouped(part, lambda one, _: ends_entry(one[-1].text) or len(one) > 2)
                self.drafts.extend(Draft("contents", entry) for entry in entries)
            else:
                self._add_text(part, page.hidden)
        self._add_notes([lines[index] for index in sorted(small)], page.number)

    def _add_text(self, lines: Sequence[Line], hidden: bool) -> None:
        region = -1
        for part, level in self._outline.split(lines):
            if level:
                self.drafts.append(Draft("heading", part, look(part), level))
            else:
                for number, column in groupby(part, key=lambda line: line.region):
                    self._add_region(list(column), hidden, number != region)
                    region = number
            region = part[-1].region

    def _add_region(self, lines: Sequence[Line], hidden: bool, begins: bool) -> None:
        """Add the drafts of a column or, if `begins` is false, of the rest of a column.

        A paragraph near the top of a column may continue the last paragraph of an earlier column.
        """
        tries = MAX_TRIES if begins else 0
        column: list[Draft] = []
        for group in groups(lines, self._measures):
            draft = self._draft(group, hidden)
            before = None
            if tries and _is_running(draft):
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
        if group[0].is_row:
            return Draft("row", group)
        typography = look(group)
        if not hidden and is_heading(group, typography, self._measures):
            return Draft("heading", group, typography)
        return Draft("item" if wording.is_item(group[0].text) else "paragraph", group)

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
        ended = current is None or not lines or wording.ends_sentence(current.last.text)
        self._note = None if ended else current


def _is_one_heading(before: Draft, after: Draft) -> bool:
    """Return whether a heading continues the heading directly before it on the page."""
    last, first = before.last, after.first
    if before.look is None or before.look != after.look or last.page != first.page:
        return False
    return not before.level and (wording.is_open(last.text) or wording.begins_lower(first.text))


class _Unfinished:
    """Paragraphs that are cut off at the end of their column, from oldest to newest."""

    def __init__(self) -> None:
        self._open: list[Draft] = []

    def continued_by(self, draft: Draft, first: bool) -> Draft | None:
        """Remove and return the unfinished paragraph that a draft continues, or return None.

        `first` says that nothing is above the draft in its column.
        """
        text = draft.first.text
        lower = wording.begins_lower(text) or begins_with_dash(text)
        for one in reversed(self._open):
            back = draft.first.page - one.last.page
            if back <= 1 and _fit(one, draft):
                next_to_it = one is self._open[-1] and not back
                if lower or (first and _clearly(one, draft, next_to_it)):
                    self._open.remove(one)
                    return one
        return None

    def end(self, column: Sequence[Draft]) -> None:
        """Add the last unfinished paragraph of a column, preferably one with a full last line."""
        long = (one for one in column if len(one.last.text) >= MIN_CHARACTERS and _is_running(one))
        cut = [one for one in long if not wording.ends_sentence(one.last.text)]
        full = [one for one in cut if len(one.lines) > 1 and _is_full(one.last)]
        for last in (full or cut)[-1:]:
            self._open = [*(one for one in self._open if one is not last), last][-MAX_OPEN:]


def _is_running(draft: Draft) -> bool:
    """Return whether a draft is running text, not a caption or part of a table."""
    text = draft.kind in {"paragraph", "item"} and not draft.first.table
    return text and not _CAPTION.match(draft.first.text)


def _is_full(line: Line) -> bool:
    return line.room <= MAX_ROOM * line.size


def _fit(before: Draft, after: Draft) -> bool:
    """Return whether `after` may continue `before`, judging by type size, weight and line width.

    A list item cannot, unless its bullet is a dash that may be part of a sentence.
    """
    last, first = before.last, after.first
    if not are_alike(last.size, first.size, MAX_PART_RATIO) or last.bold != first.bold:
        return False
    if after.kind == "item" and not begins_with_dash(first.text):
        return False
    one, other = (max(line.width for line in draft.lines) for draft in (before, after))
    wider = len(before.lines) > 1 and other > MAX_WIDTH_RATIO * one
    narrower = len(after.lines) > 1 and one > MAX_WIDTH_RATIO * other
    return not (wider or narrower)


def _clearly(before: Draft, after: Draft, next_to_it: bool) -> bool:
    """Return whether `before` clearly continues in `after`, which need not begin in lowercase.

    It does if it ends within a hyphenated word; if its full last line ends with, for example, an
    article or a comma, or is in a script without case; and if its last line is full, it has several
    lines, and `after` is in the next column of the same page.
    """
    last, first = before.last, after.first
    if is_hyphenated(last.text) or not _is_full(last):
        return is_hyphenated(last.text)
    caseless = not wording.begins_cased(f"{last.text}{first.text}")
    return wording.is_open(last.text) or caseless or (next_to_it and len(before.lines) > 1)
