"""Find the footnotes of a page and their marks."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.lines.endings import ends_sentence
from indexer.importers.pdf.lines.lines import CELL, LEADER, Line
from indexer.importers.pdf.lines.superscripts import note_mark

MAX_NOTE_SIZE = 0.93  # of the text's size
# Shares of the page height, from the top, below which notes begin.
NOTES_BELOW = 0.4
PLAIN_NOTES_BELOW = 0.5  # if the first mark is not a superscript
# In line distances.
MIN_SPACE_BEFORE = 1.25  # before the first note in the size of the text
MAX_SPACE_WITHIN = 1.5  # between lines of notes

_MARKED = re.compile(r"\[?(\d{1,3})\]?\.?\s+\S|([*∗†‡§¶]{1,3})\s?\S|([a-z])\s+[A-Z]")


class NoteMark(NamedTuple):
    """The mark at the start of a note."""

    text: str
    raised: bool

    def follows(self, before: "NoteMark | None") -> bool:
        """Return whether a note with this mark may follow one with the other mark."""
        if before is None or self.raised:
            return True
        if before.raised:
            return False
        if self.text.isdecimal() and before.text.isdecimal():
            return int(self.text) == int(before.text) + 1
        return self.text.isdecimal() == before.text.isdecimal()


def mark_of(line: Line) -> NoteMark | None:
    """Return the mark at the start of a small line, if any."""
    raised = note_mark(line.text)
    if raised is not None:
        return NoteMark(raised.strip("[](),. "), raised=True)
    found = _MARKED.match(line.text)
    return NoteMark(next(one for one in found.groups() if one), raised=False) if found else None


def note_lines(
    lines: Sequence[Line], height: float, measures: Measures, unfinished: bool
) -> frozenset[int]:
    """Return the indexes of the lines of notes, at the end of a column or a page.

    `unfinished` says that the last note of the previous page does not end a sentence: then small
    lines without a mark continue it, also from column to column.
    """
    found: set[int] = set()
    for _, group in groupby(range(len(lines)), key=lambda index: lines[index].region):
        column = list(group)
        notes = _small(column, lines, height, measures, unfinished)
        notes = notes or _in_full_size(column, lines, height, measures)
        if notes:
            unfinished = not ends_sentence(lines[max(notes)].text)
        found |= notes
    return frozenset(found)


def _small(
    column: Sequence[int],
    lines: Sequence[Line],
    height: float,
    measures: Measures,
    unfinished: bool,
) -> set[int]:
    """Return the lines in smaller type at the foot of a column, from the first mark on."""
    first, most = len(column), MAX_NOTE_SIZE * measures.body
    while first:
        line = lines[column[first - 1]]
        if line.size > most or CELL in line.text or LEADER in line.text:
            break
        first -= 1
    low = [index for index in column[first:] if lines[index].y > NOTES_BELOW * height]
    if unfinished and first:  # below text: a whole column of small lines is an index or a table
        return _unbroken(low, lines, measures)
    marked = next((at for at in range(len(low)) if _begins(low, at, lines, measures)), len(low))
    if marked < len(low) and lines[low[marked]].y < PLAIN_NOTES_BELOW * height:
        raised = note_mark(lines[low[marked]].text) is not None
        return _unbroken(low[marked:], lines, measures) if raised else set()
    return _unbroken(low[marked:], lines, measures)


def _begins(low: Sequence[int], at: int, lines: Sequence[Line], measures: Measures) -> bool:
    """Return whether the first note begins here: a superscript, or another mark below a gap."""
    line = lines[low[at]]
    mark = mark_of(line)
    if mark is None or mark.raised or at == 0:
        return mark is not None
    return line.y - lines[low[at - 1]].y > MIN_SPACE_BEFORE * measures.pitch(line.size)


def _in_full_size(
    column: Sequence[int], lines: Sequence[Line], height: float, measures: Measures
) -> set[int]:
    """Return the notes in the size of the text, from a superscript mark below a gap on."""
    for at, index in enumerate(column):
        line = lines[index]
        if line.y < (1 - NOTES_BELOW) * height or note_mark(line.text) is None:
            continue
        before = lines[column[at - 1]] if at else None
        if before is None or line.y - before.y > MIN_SPACE_BEFORE * measures.pitch(line.size):
            return _unbroken(column[at:], lines, measures)
    return set()


def _unbroken(column: Sequence[int], lines: Sequence[Line], measures: Measures) -> set[int]:
    """Return the lines up to a wide gap that is not before another note."""
    found = set(column[:1])
    for index, after in pairwise(column):
        down = lines[after].y - lines[index].y
        if (
            down > MAX_SPACE_WITHIN * measures.pitch(lines[after].size)
            and mark_of(lines[after]) is None
        ):
            break
        found.add(after)
    return found
