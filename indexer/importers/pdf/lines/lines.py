"""Join the runs of a region into lines from the top; a table row is one line with its cells."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.lines.runs import Run
from indexer.importers.pdf.lines.wording import begins_lower

CELL = "\t"  # between the cells of a line
LEADER = "\x1d"  # dots or a line, between a title and its page number or to be filled in
# Four dots are an ellipsis that ends a sentence, five are not always a leader.
_LEADER = re.compile(r"\s*(?:\.{5,}|(?:[.·•]\s){6,}|…(?:\s?…)+|_{4,})[.\s·…_]*")

# Distances are in type sizes, unless a comment says otherwise.
NEIGHBOUR_LINES = 4  # lines above and below that are searched for aligned gaps
SAME_LINE = 0.3  # between baselines
MIN_BOLD_SHARE = 0.94  # of the letters of a bold line; the rest may be a note mark
CELL_GAP = 3.2  # always separates cells
MIN_ALIGNED_GAP = 1.0  # separates cells if neighbour lines have a gap at the same place
MIN_ALIGNED_LINES = 2  # neighbour lines that must have it
MIN_GAP_OVERLAP = 0.6  # of two aligned gaps
MAX_GAPS = 100  # gaps of a line that are compared; a table has fewer columns
MAX_CELL_PITCH = 1.45  # distance of the lines of a cell
MIN_LOWER_SHARE = 0.5  # of cells that continue in lower case, if the first cell continues
SAME_EDGE = 3.0  # points by which two rules of a frame may differ at their ends
MAX_FRAME = 14.0  # height of a framed table row

Gap = tuple[float, float]


class Line(NamedTuple):
    """A line of text or a table row; positions in points from the page's top left."""

    page: int  # from 1
    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    bold: bool
    region: int  # number of its column or page region
    left: float  # edges of the region
    right: float
    begins: bool = False  # known to begin a paragraph
    table: bool = False  # part of a table or frame


class Page(NamedTuple):
    """A page as lines."""

    number: int  # from 1
    height: float
    lines: Sequence[Line]  # in reading order
    hidden: bool = False  # its text was recognized by OCR


class _Cell:
    """A table cell, which may get further lines."""

    __slots__ = ("size", "text", "x0", "x1", "y")

    def __init__(self, run: Run) -> None:
        self.text, self.x0, self.x1, self.y, self.size = run.text, run.x0, run.x1, run.y, run.size

    def add(self, text: str, x0: float, x1: float, y: float) -> None:
        """Append text to the cell."""
        self.text = f"{self.text} {text}"
        self.x0, self.x1, self.y = min(self.x0, x0), max(self.x1, x1), y


def lines(runs: Sequence[Run], page: int, region: int, rules: Sequence[Rule]) -> Iterator[Line]:
    """Yield the lines of a region from the top."""
    rows = _rows(runs)
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    spaces = [[(one.x1, after.x0) for one, after in pairwise(row)] for row in rows]
    cells = [
        _cells(
            row,
            [
                *spaces[max(0, index - NEIGHBOUR_LINES) : index],
                *spaces[index + 1 : index + 1 + NEIGHBOUR_LINES],
            ],
        )
        for index, row in enumerate(rows)
    ]
    for first, last in _merged(cells):
        text = CELL.join(cell.text for cell in cells[first])
        row = [run for one in rows[first:last] for run in one]
        size = max(row, key=lambda run: len(run.text)).size
        bold = sum(run.bold for run in row) > MIN_BOLD_SHARE * sum(run.letters for run in row)
        x0, y, x1 = row[0].x0, row[0].y, max(run.x1 for run in row)
        table = CELL in text or _is_framed(x0, x1, y, size, rules)
        text = _with_leaders(text)
        yield Line(page, text, x0, x1, y, size, bold, region, left, right, table=table)


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Group the runs by baseline, from the top; each row is sorted from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        row = rows[-1] if rows else None
        if row and run.y - row[0].y <= SAME_LINE * min(run.size, row[0].size):
            row.append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _is_framed(x0: float, x1: float, y: float, size: float, rules: Sequence[Rule]) -> bool:
    """Return whether rules of equal length are close above and below: a table row or a frame."""
    over = [one for one in rules if one.x0 <= x0 + SAME_EDGE and one.x1 >= x1 - SAME_EDGE]
    above = max((one for one in over if one.y < y - size / 2), key=lambda one: one.y, default=None)
    below = min((one for one in over if one.y > y), key=lambda one: one.y, default=None)
    return (
        above is not None
        and below is not None
        and max(abs(above.x0 - below.x0), abs(above.x1 - below.x1)) <= SAME_EDGE
        and below.y - above.y <= MAX_FRAME * size
    )


def _with_leaders(text: str) -> str:
    """Replace each leader by the character LEADER."""
    if ".." in text or ". ." in text or "__" in text or "…" in text:
        return _LEADER.sub(LEADER, text)
    return text


def _cells(row: Sequence[Run], near: Sequence[Sequence[Gap]]) -> list[_Cell]:
    """Split a line into cells by its gaps and those of neighbour lines; text is one cell."""
    found = [_Cell(row[0])]
    for one, run in pairwise(row):
        if _separates((one.x1, run.x0), near, run.size):
            found.append(_Cell(run))
        else:
            found[-1].add(run.text, run.x0, run.x1, run.y)
    return found


def _separates(gap: Gap, near: Sequence[Sequence[Gap]], size: float) -> bool:
    """Return whether the gap separates cells: it is wide, or aligned with gaps of other lines."""
    width = gap[1] - gap[0]
    if width >= CELL_GAP * size:
        return True
    if width < MIN_ALIGNED_GAP * size:
        return False
    least = MIN_GAP_OVERLAP * size
    alike = 0
    for spaces in near:
        alike += any(
            min(gap[1], one[1]) - max(gap[0], one[0]) >= least for one in spaces[:MAX_GAPS]
        )
    return alike >= MIN_ALIGNED_LINES


def _merged(rows: Sequence[list[_Cell]]) -> Iterator[tuple[int, int]]:
    """Yield the range of rows (first, end) of each line; add second lines to its cells."""
    first = 0
    for index in range(1, len(rows)):
        if not _add_below(rows[first], rows[index]):
            yield first, index
            first = index
    if rows:
        yield first, len(rows)


def _add_below(row: list[_Cell], below: Sequence[_Cell]) -> bool:
    """Add the line below to the row's cells if it is their second line; return whether it is."""
    if len(row) < 2 or len(below) > len(row):
        return False
    down = min(cell.y for cell in below) - max(cell.y for cell in row)
    if not 0 < down <= MAX_CELL_PITCH * max(cell.size for cell in row):
        return False
    places = [_place(row, cell) for cell in below]
    if -1 in places or len(set(places)) < len(places):
        return False
    if not all(any(map(str.isalpha, cell.text)) for cell in below):
        return False  # amounts fit on one line
    lower = sum(begins_lower(cell.text) for cell in below)
    if 0 in places and lower < max(1, MIN_LOWER_SHARE * len(below)):
        return False
    for place, cell in zip(places, below, strict=True):
        row[place].add(cell.text, cell.x0, cell.x1, cell.y)
    return True


def _place(row: Sequence[_Cell], cell: _Cell) -> int:
    """Return the index of the only cell of the row that is above; -1 if none or several are."""
    over = [
        index for index, one in enumerate(row) if min(one.x1, cell.x1) - max(one.x0, cell.x0) > 0
    ]
    return over[0] if len(over) == 1 else -1
