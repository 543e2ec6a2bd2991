"""Which lines of a page are its footnotes, and what each begins with."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.lines.endings import ends_sentence
from indexer.importers.pdf.lines.lines import CELL, LEADER, Line
from indexer.importers.pdf.lines.superscripts import note_mark

SMALL = 0.93  # of the text's size, at most
FOOT = 0.4  # part of the page's height, from the top, that notes stay below
APART = 1.25  # of the distance of lines, before the first note in the text's own size
ENDED = 1.5  # distance, in distances of lines, behind which lines are no part of a note

LOW = 0.5  # the same where the first mark is not raised

_MARKED = re.compile(r"\[?(\d{1,3})\]?\.?\s+\S|([*∗†‡§¶]{1,3})\s?\S|([a-z])\s+[A-Z]")


class NoteMark(NamedTuple):
    """What a note begins with."""

    text: str
    raised: bool

    def follows(self, before: "NoteMark | None") -> bool:
        """Return whether a note with this mark may come after one with the other."""
        if before is None or self.raised:
            return True
        if before.raised:
            return False
        if self.text.isdecimal() and before.text.isdecimal():
            return int(self.text) == int(before.text) + 1
        return self.text.isdecimal() == before.text.isdecimal()


def mark_of(line: Line) -> NoteMark | None:
    """Return the mark that a small line begins with, if it does."""
    raised = note_mark(line.text)
    if raised is not None:
        return NoteMark(raised.strip("[](),. "), raised=True)
    found = _MARKED.match(line.text)
    return NoteMark(next(one for one in found.groups() if one), raised=False) if found else None


def note_lines(
    lines: Sequence[Line], height: float, measures: Measures, unfinished: bool
) -> frozenset[int]:
    """Return the indexes of the lines of notes, which end a column or a page.

    `unfinished` says that the last note of the page before has no end of a sentence: then small
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
    """Return the notes in smaller type at the foot of a column, from the first mark on."""
    first, most = len(column), SMALL * measures.body
    while first:
        line = lines[column[first - 1]]
        if line.size > most or CELL in line.text or LEADER in line.text:
            break
        first -= 1
    low = [index for index in column[first:] if lines[index].y > FOOT * height]
    if unfinished and first:  # below text: a column of small lines is an index, or a table
        return _unbroken(low, lines, measures)
    marked = next((at for at in range(len(low)) if _begins(low, at, lines, measures)), len(low))
    if marked < len(low) and lines[low[marked]].y < LOW * height:
        raised = note_mark(lines[low[marked]].text) is not None
        return _unbroken(low[marked:], lines, measures) if raised else set()
    return _unbroken(low[marked:], lines, measures)


def _begins(low: Sequence[int], at: int, lines: Sequence[Line], measures: Measures) -> bool:
    """Return whether the first note begins here: with a raised mark, or another below a gap."""
    line = lines[low[at]]
    mark = mark_of(line)
    if mark is None or mark.raised or at == 0:
        return mark is not None
    return line.y - lines[low[at - 1]].y > APART * measures.pitch(line.size)


def _in_full_size(
    column: Sequence[int], lines: Sequence[Line], height: float, measures: Measures
) -> set[int]:
    """Return the notes as large as the text: from a raised mark below a gap on."""
    for at, index in enumerate(column):
        line = lines[index]
        if line.y < (1 - FOOT) * height or note_mark(line.text) is None:
            continue
        before = lines[column[at - 1]] if at else None
        if before is None or line.y - before.y > APART * measures.pitch(line.size):
            return _unbroken(column[at:], lines, measures)
    return set()


def _unbroken(column: Sequence[int], lines: Sequence[Line], measures: Measures) -> set[int]:
    """Return the lines as far as they follow closely, or begin another note."""
    found = set(column[:1])
    for index, after in pairwise(column):
        down = lines[after].y - lines[index].y
        if down > ENDED * measures.pitch(lines[after].size) and mark_of(lines[after]) is None:
            break
        found.add(after)
    return found
