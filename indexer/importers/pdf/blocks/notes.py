"""Find the footnotes on a page and their marks."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.pdf.lines.wording import ends_sentence, note_mark

MAX_NOTE_SIZE = 0.93  # relative to the body text
NOTES_BELOW = 0.4  # share of the page height, from the top, below which notes begin
# Relative to the usual line spacing.
MIN_SPACE_BEFORE = 1.25  # before the first note, if its mark is not a superscript
MAX_SPACE_WITHIN = 1.5  # between lines of notes

_MARKED = re.compile(r"\[?(\d{1,3})\]?\.?\s+\S|([*∗†‡§¶]{1,3})\s?\S|([a-z])\s+[A-Z]")


class NoteMark(NamedTuple):
    """The mark at the start of a footnote."""

    text: str
    raised: bool

    def follows(self, before: "NoteMark | None") -> bool:
        """Return whether a note with this mark can follow a note with the mark `before`."""
        if before is None or self.raised:
            return True
        if before.raised:
            return False
        if self.text.isdecimal() and before.text.isdecimal():
            return int(self.text) == int(before.text) + 1
        return self.text.isdecimal() == before.text.isdecimal()


def mark_of(line: Line) -> NoteMark | None:
    """Return the note mark at the start of a line, or None."""
    raised = note_mark(line.text)
    if raised is not None:
        return NoteMark(raised.strip("[](),. "), raised=True)
    found = _MARKED.match(line.text)
    return NoteMark(found[found.lastindex or 0], raised=False) if found else None


def note_lines(
    lines: Sequence[Line], height: float, measures: Measures, unfinished: bool
) -> frozenset[int]:
    """Return the indexes of the footnote lines, which are at the ends of the columns of a page.

    `unfinished` says that the last note on the previous page ended in the middle of a sentence, so
    that small lines without a mark continue it.
    """
    found: set[int] = set()
    for _, group in groupby(enumerate(lines), key=lambda one: one[1].region):
        indexes, column = zip(*group, strict=True)
        if notes := _notes(column, height, measures, unfinished):
            unfinished = not ends_sentence(column[notes[-1]].text)
            found.update(indexes[note] for note in notes)
    return frozenset(found)


def _notes(column: Sequence[Line], height: float, measures: Measures, unfinished: bool) -> range:
    """Return the indexes of the footnote lines in a column, from the first mark to a wide gap.

    If an earlier note is unfinished, lines that continue it come before the first mark.
    """
    start, largest = len(column), MAX_NOTE_SIZE * measures.body
    while start and column[start - 1].size <= largest and not column[start - 1].is_row:
        start -= 1
    below_text = start > 0  # a whole column of small lines is an index or a table
    while start < len(column) and column[start].y <= NOTES_BELOW * height:
        start += 1
    first = start
    if not (unfinished and below_text):
        while first < len(column) and not _begins(column, start, first, measures):
            first += 1
    end = first + 1
    while end < len(column) and (
        _space(column, end, measures) <= MAX_SPACE_WITHIN or mark_of(column[end])
    ):
        end += 1
    return range(first, min(end, len(column)))


def _begins(column: Sequence[Line], start: int, at: int, measures: Measures) -> bool:
    """Return whether the first note begins at a line.

    Its mark must be a superscript, or be on the first small line or below a gap.
    """
    mark = mark_of(column[at])
    if mark is None or mark.raised or at == start:
        return mark is not None
    return _space(column, at, measures) > MIN_SPACE_BEFORE


def _space(column: Sequence[Line], at: int, measures: Measures) -> float:
    """Return the distance of a line from the line above, relative to the usual line spacing."""
    return (column[at].y - column[at - 1].y) / measures.pitch(column[at].size)
