"""Group the lines of a column into drafts: paragraphs, list items and headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.importers.base import BlockKind, Mark
from indexer.importers.pdf.blocks.measures import Measures, are_alike
from indexer.importers.pdf.lines import wording
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.shared.grouped import grouped

# Distances are in type sizes, unless a comment says otherwise.
MAX_PITCH_RATIO = 1.16  # between the line spacing within a paragraph and the usual one
MAX_HEADING_PITCH = 1.6  # line spacing in a heading
MIN_INDENT = 0.8  # of a first line
MIN_HANG = 0.5  # horizontal distance between an item's marker and its other lines
MIN_ROOM = 2.0  # free space on a line, beyond the next word, that ends a paragraph
DASHES = frozenset("-–—")  # bullets that may also be part of a sentence
AMBIGUOUS_BULLETS = DASHES | frozenset("·*o¬")
LETTER_WIDTH = 0.5  # on average


class Look(NamedTuple):
    """Typography of a heading, which determines its level."""

    size: float
    bold: bool
    capitals: bool


@dataclass(slots=True)
class Draft:
    """A block under construction: its lines and, once they have been joined, its text."""

    kind: BlockKind
    lines: list[Line]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading
    written: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> Line:
        """The first line of the draft."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line of the draft so far."""
        return self.lines[-1]


def groups(lines: Sequence[Line], measures: Measures) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, list item, heading or table row in a column."""
    return grouped(lines, lambda group, line: _begins(group, line, measures))


def _begins(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Return whether a line begins a new paragraph after a group of lines."""
    before = group[-1]
    if line.begins or line.is_row or before.is_row or _differ(group, line):
        return True
    large = measures.is_large(before.size)
    usual = MAX_PITCH_RATIO * measures.pitch(line.size)
    if line.y - before.y > (MAX_HEADING_PITCH * line.size if large else usual):
        return True
    if large or (before.bold and not measures.bold):
        return wording.is_item(line.text)  # below a heading, or within one
    return _has_marker(group, line) or _is_indented(group, line) or _had_room(before, line)


def _differ(group: Sequence[Line], line: Line) -> bool:
    """Return whether a line differs from the previous line in type size or weight.

    A change from bold to regular does not count in an item with a bullet, or before lowercase.
    """
    before = group[-1]
    if not are_alike(before.size, line.size):
        return True
    if before.bold == line.bold:
        return False
    return not (before.bold and (wording.bullet(group[0].text) or wording.begins_lower(line.text)))


def _has_marker(group: Sequence[Line], line: Line) -> bool:
    first, before = group[0], group[-1]
    if wording.bullet(line.text):
        listed = wording.bullet(first.text) > 0 or line.text[0] not in AMBIGUOUS_BULLETS
    elif wording.numbered(line.text):
        listed = wording.numbered(first.text)
    else:
        return False
    ended = not wording.is_open(before.text) and before.room > MIN_ROOM * before.size
    return listed or ended or wording.is_closed(before.text)


def begins_with_dash(text: str) -> bool:
    """Return whether a text begins with a dash and a lowercase letter."""
    return text[:1] in DASHES and wording.begins_lower(text[wording.bullet(text) :])


def _is_indented(group: Sequence[Line], line: Line) -> bool:
    """Return whether a line is indented like the first line of a paragraph or text after a list."""
    first, before = group[0], group[-1]
    deeper = line.x0 - before.x0
    if wording.is_item(first.text):
        # Deeper than lines that wrap to the left of the marker, or left of lines that hang from it.
        if before.x0 < first.x0 - MIN_HANG * line.size:
            return deeper > MIN_INDENT * line.size
        return len(group) > 1 and deeper < -MIN_HANG * line.size
    if _is_centered(before) and _is_centered(line):
        return False
    if len(group) > 1 and deeper < -MIN_INDENT * line.size:
        return wording.ends_sentence(before.text)  # hanging lines before, and a new first line
    upper = len(group) > 1 and not wording.begins_lower(line.text)
    return deeper > MIN_INDENT * line.size and (upper or wording.is_closed(before.text))


def _is_centered(line: Line) -> bool:
    left = line.x0 - line.left
    return left > line.size and abs(left - line.room) < 2 * line.size


def _had_room(before: Line, line: Line) -> bool:
    """Return whether the previous line had room for the next word, and so ended its paragraph."""
    word = len(line.text.split(" ", 1)[0]) * LETTER_WIDTH * line.size
    if before.room < word + MIN_ROOM * before.size or _is_centered(before):
        return False
    goes_on = wording.is_open(before.text) or wording.begins_lower(line.text)
    return wording.is_closed(before.text) or not goes_on
