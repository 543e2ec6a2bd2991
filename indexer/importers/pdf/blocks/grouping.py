"""Lines of one column -> groups that are one paragraph, one item, one heading each."""

from collections.abc import Iterator, Sequence

from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.lines import endings
from indexer.importers.pdf.lines.lines import CELL, LEADER, Line
from indexer.importers.pdf.lines.list_markers import bullet, numbered

SIZE = 1.12  # times that one of two lines is larger, that are not of one paragraph
FURTHER = 1.16  # times the distance of lines, between two paragraphs
HEADING_PITCH = 1.6  # most distance of the lines of a heading, in sizes
INDENT = 0.8  # of a first line, in sizes
HANGING = 0.5  # by which a line may begin further left than an item does
ROOM = 2.0  # sizes left on a line, with the next word on it, that end a paragraph
DASHES = frozenset("-–—")  # bullets that may also be part of a sentence
SOFT = DASHES | frozenset("·*o¬")
LETTER = 0.5  # mean width of a letter, in sizes


def groups(lines: Sequence[Line], measures: Measures) -> Iterator[list[Line]]:
    """Yield the lines of a region, paragraph by paragraph."""
    group: list[Line] = []
    for line in lines:
        if group and begins(group, line, measures):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def begins(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Return whether the line begins another paragraph than the group's."""
    before = group[-1]
    if line.begins or is_row(line) or is_row(before):
        return True
    if _differ(group, line) or _is_apart(group, line, measures):
        return True
    if is_display(before, measures):
        return bullet(line.text) > 0 or numbered(line.text)
    return _has_marker(group, line) or _is_indented(group, line) or _had_room(before, line)


def is_row(line: Line) -> bool:
    """Return whether the line has cells."""
    return CELL in line.text or LEADER in line.text


def is_display(line: Line, measures: Measures) -> bool:
    """Return whether the line is set as headings are: larger, or bold where the text is not."""
    return line.size > SIZE * measures.body or (line.bold and not measures.bold)


def _differ(group: Sequence[Line], line: Line) -> bool:
    """Return whether the line is set in another size or weight than the one before."""
    first, before = group[0], group[-1]
    larger, smaller = max(before.size, line.size), min(before.size, line.size)
    if larger > SIZE * smaller:
        return True
    if before.bold == line.bold:
        return False
    hangs = bullet(first.text) > 0 and line.x0 > first.x0 + HANGING * line.size
    return not (before.bold and (hangs or endings.begins_lower(line.text)))


def _is_apart(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Return whether the line is further below than lines of one paragraph are, or above."""
    before = group[-1]
    down = line.y - before.y
    if down <= 0:
        return True
    if is_display(before, measures) and before.size > SIZE * measures.body:
        return down > HEADING_PITCH * line.size
    return down > FURTHER * measures.pitch(line.size)


def _has_marker(group: Sequence[Line], line: Line) -> bool:
    bulleted = bullet(line.text) > 0
    if bulleted and line.text[0] not in SOFT:
        return True
    if bulleted and _is_inner_dash(group, line):
        return False
    if not bulleted and not numbered(line.text):
        return False
    first, before = group[0], group[-1]
    listed = bullet(first.text) if bulleted else numbered(first.text)
    ended = not endings.is_open(before.text) and _room(before) > ROOM * before.size
    indented = line.x0 > before.x0 + INDENT * line.size
    return bool(listed) or endings.is_closed(before.text) or ended or indented


def _is_inner_dash(group: Sequence[Line], line: Line) -> bool:
    """Return whether a dash at the start of a line is part of a sentence that is not finished.

    The line before is full and ends no sentence, a small letter follows the dash, and the paragraph
    does not begin with a dash itself. A hyphen after a single line is a bullet.
    """
    before = group[-1]
    if line.text[0] not in DASHES or line.text[0] == group[0].text[0]:
        return False
    if endings.is_closed(before.text) or (line.text[0] == "-" and len(group) == 1):
        return False
    return _room(before) <= ROOM * before.size and begins_with_dash(line.text)


def begins_with_dash(text: str) -> bool:
    """Return whether the text begins with a dash and a small letter."""
    return text[:1] in DASHES and endings.begins_lower(text[bullet(text) :])


def _is_indented(group: Sequence[Line], line: Line) -> bool:
    """Return whether the line begins where first lines, or the text around items, begin."""
    first, before = group[0], group[-1]
    deeper = line.x0 - before.x0
    if bullet(first.text) or numbered(first.text):
        # Back at the marker's own edge, below lines that hung behind it; or indented as it is.
        if len(group) > 1 and before.x0 < first.x0 - HANGING * line.size:
            return deeper > INDENT * line.size
        if len(group) > 1:
            return deeper < -HANGING * line.size and line.x0 <= first.x0 + 1
        return line.x0 < first.x0 - HANGING * line.size and _had_room(before, line)
    if _is_centred(before) and _is_centred(line):
        return False
    if len(group) > 1 and deeper < -INDENT * line.size:
        return endings.ends_sentence(before.text)  # hanging lines, and a new first one
    if deeper <= INDENT * line.size:
        return False
    if endings.is_closed(before.text):
        return True
    return len(group) > 1 and not endings.begins_lower(line.text)


def _is_centred(line: Line) -> bool:
    before, behind = line.x0 - line.left, line.right - line.x1
    return min(before, behind) > line.size and abs(before - behind) < 2 * line.size


def _room(line: Line) -> float:
    return line.right - line.x1


def _had_room(before: Line, line: Line) -> bool:
    """Return whether the line's first word had room on the line before, which then has an end."""
    word = len(line.text.split(" ", 1)[0]) * LETTER * line.size
    if _room(before) < word + ROOM * before.size or _is_centred(before):
        return False
    if endings.is_closed(before.text):
        return True
    return not endings.is_open(before.text) and not endings.begins_lower(line.text)
