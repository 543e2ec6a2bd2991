"""Runs of a region -> its lines from the top; a row of a table is one line with its cells."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.lines.endings import begins_lower
from indexer.importers.pdf.lines.runs import Run

CELL = "\t"  # between the cells of a line
LEADER = "\x1d"  # a row of dots or a line, between a title and its page or to be filled in
# Four dots are an ellipsis that ends a sentence, five are not always a leader.
_LEADER = re.compile(r"\s*(?:\.{5,}|(?:[.·•]\s){6,}|…(?:\s?…)+|_{4,})[.\s·…_]*")

NEAR = 4  # lines above and below in which a column of spaces is looked for
SAME_LINE = 0.3  # between baselines, in sizes
BOLD = 0.94  # share of the letters of a bold line; the rest may be a mark of a note
WIDE = 3.2  # space that always separates cells, in sizes of the type
CLEAR = 1.0  # space that separates cells where lines near have it at the same place
ALIKE = 2  # of them that must have it
OVERLAP = 0.6  # of a size, that two spaces share at least
MAX_GAPS = 100  # spaces of a line that others are compared with; a table has fewer columns
CLOSE = 1.45  # most distance of the lines of a cell, in sizes
LOWER = 0.5  # least share of cells that continue in lower case, where all do
SAME_EDGE = 3.0  # points by which two lines of a frame may differ at their ends
MAX_FRAME = 14.0  # height of a framed row of a table, in sizes

Gap = tuple[float, float]


class Line(NamedTuple):
    """One line of text on a page, or one row of a table; points from the page's top left."""

    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    bold: bool
    region: int  # number of its column or part of the page
    left: float  # edges of that
    right: float
    begins: bool = False  # known to begin a paragraph
    table: bool = False  # part of a table, or of a frame


class Page(NamedTuple):
    """A page that was read."""

    number: int  # from 1
    height: float
    lines: Sequence[Line]  # in reading order
    hidden: bool = False  # its text is what a scanner's program recognised


class _Cell:
    """A cell, which further lines may be put into."""

    __slots__ = ("size", "text", "x0", "x1", "y")

    def __init__(self, run: Run) -> None:
        self.text, self.x0, self.x1, self.y, self.size = run.text, run.x0, run.x1, run.y, run.size

    def add(self, text: str, x0: float, x1: float, y: float) -> None:
        """Put more text at the end of the cell."""
        self.text = f"{self.text} {text}"
        self.x0, self.x1, self.y = min(self.x0, x0), max(self.x1, x1), y


def lines(regions: Sequence[Sequence[Run]], rules: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines of a page in reading order."""
    return [line for number, runs in enumerate(regions) for line in _lines(runs, number, rules)]


def _lines(runs: Sequence[Run], region: int, rules: Sequence[Rule]) -> Iterator[Line]:
    rows = _rows(runs)
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    spaces = [[(one.x1, after.x0) for one, after in pairwise(row)] for row in rows]
    cells = [
        _cells(row, [*spaces[max(0, index - NEAR) : index], *spaces[index + 1 : index + 1 + NEAR]])
        for index, row in enumerate(rows)
    ]
    for first, last in _merged(cells):
        text = CELL.join(cell.text for cell in cells[first])
        row = [run for one in rows[first:last] for run in one]
        size = max(row, key=lambda run: len(run.text)).size
        bold = sum(run.bold for run in row) > BOLD * sum(run.letters for run in row)
        x0, y, x1 = row[0].x0, row[0].y, max(run.x1 for run in row)
        table = CELL in text or _is_framed(x0, x1, y, size, rules)
        text = _with_leaders(text)
        yield Line(text, x0, x1, y, size, bold, region, left, right, table=table)


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs by baseline, from the top, those of each from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        row = rows[-1] if rows else None
        if row and run.y - row[0].y <= SAME_LINE * min(run.size, row[0].size):
            row.append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _is_framed(x0: float, x1: float, y: float, size: float, rules: Sequence[Rule]) -> bool:
    """Return whether two like lines are drawn close above and below: a row of a table, a frame."""
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
    """Return the text with each row of dots as one sign."""
    if ".." in text or ". ." in text or "__" in text or "…" in text:
        return _LEADER.sub(LEADER, text)
    return text


def _cells(row: Sequence[Run], near: Sequence[Sequence[Gap]]) -> list[_Cell]:
    """Return the cells of a line, by the spaces of the lines near; one where it is no row."""
    found = [_Cell(row[0])]
    for one, run in pairwise(row):
        if _separates((one.x1, run.x0), near, run.size):
            found.append(_Cell(run))
        else:
            found[-1].add(run.text, run.x0, run.x1, run.y)
    return found


def _separates(gap: Gap, near: Sequence[Sequence[Gap]], size: float) -> bool:
    """Return whether the space is between cells: it is wide, or one of a column of spaces."""
    width = gap[1] - gap[0]
    if width >= WIDE * size:
        return True
    if width < CLEAR * size:
        return False
    least = OVERLAP * size
    alike = 0
    for spaces in near:
        alike += any(
            min(gap[1], one[1]) - max(gap[0], one[0]) >= least for one in spaces[:MAX_GAPS]
        )
    return alike >= ALIKE


def _merged(rows: Sequence[list[_Cell]]) -> Iterator[tuple[int, int]]:
    """Yield first row and after the last one of each line; put further lines into its cells."""
    first = 0
    for index in range(1, len(rows)):
        if not _put_into(rows[first], rows[index]):
            yield first, index
            first = index
    if rows:
        yield first, len(rows)


def _put_into(row: list[_Cell], below: Sequence[_Cell]) -> bool:
    """Put the line below into the row's cells, if it is their second line."""
    if len(row) < 2 or len(below) > len(row):
        return False
    down = min(cell.y for cell in below) - max(cell.y for cell in row)
    if not 0 < down <= CLOSE * max(cell.size for cell in row):
        return False
    places = [_place(row, cell) for cell in below]
    if -1 in places or len(set(places)) < len(places):
        return False
    if not all(any(map(str.isalpha, cell.text)) for cell in below):
        return False  # amounts have one line
    lower = sum(begins_lower(cell.text) for cell in below)
    if 0 in places and lower < max(1, LOWER * len(below)):
        return False
    for place, cell in zip(places, below, strict=True):
        row[place].add(cell.text, cell.x0, cell.x1, cell.y)
    return True


def _place(row: Sequence[_Cell], cell: _Cell) -> int:
    """Return the one cell of the row that is above; -1 where none or several are."""
    over = [
        index for index, one in enumerate(row) if min(one.x1, cell.x1) - max(one.x0, cell.x0) > 0
    ]
    return over[0] if len(over) == 1 else -1
