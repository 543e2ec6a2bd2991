"""Runs on one line -> the cells of a row; rows that go on below are put together."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.importers.pdf.lines.endings import begins_lower
from indexer.importers.pdf.lines.runs import Run

CELL = "\t"  # between the cells of a line
LEADER = "\x1d"  # a row of dots or a line, between a title and its page or for what is filled in
# Four dots are an ellipsis that ends a sentence, five are not always a leader.
_LEADER = re.compile(r"\s*(?:\.{5,}|(?:[.·•]\s){6,}|…(?:\s?…)+|_{4,})[.\s·…_]*")
WIDE = 3.2  # space that always parts cells, in sizes of the type
CLEAR = 1.0  # space that parts cells where lines near have it at the same place
ALIKE = 2  # of them that must have it
OVERLAP = 0.6  # of a size, that two spaces share at least
MOST = 100  # spaces of a line that others are compared with; a table has fewer columns
CLOSE = 1.45  # most distance of the lines of a cell, in sizes
LOWER = 0.5  # least share of cells that go on in lower case, where all do

Gap = tuple[float, float]


class Cell:
    """A cell, which further lines may be put into."""

    __slots__ = ("size", "text", "x0", "x1", "y")

    def __init__(self, run: Run) -> None:
        self.text, self.x0, self.x1, self.y, self.size = run.text, run.x0, run.x1, run.y, run.size

    def add(self, text: str, x0: float, x1: float, y: float) -> None:
        """Put more text at the end of the cell."""
        self.text = f"{self.text} {text}"
        self.x0, self.x1, self.y = min(self.x0, x0), max(self.x1, x1), y


def with_leaders(text: str) -> str:
    """The text with each row of dots as one sign."""
    if ".." in text or ". ." in text or "__" in text or "…" in text:
        return _LEADER.sub(LEADER, text)
    return text


def gaps(row: Sequence[Run]) -> list[Gap]:
    """The spaces between the runs of a line."""
    return [(one.x1, after.x0) for one, after in pairwise(row)]


def parted(row: Sequence[Run], near: Sequence[Sequence[Gap]]) -> list[Cell]:
    """The cells of a line, by the spaces of the lines near; one where it is no row of a table."""
    found = [Cell(row[0])]
    near = [spaces for spaces in near if len(spaces) <= MOST]
    for one, run in pairwise(row):
        if _parts((one.x1, run.x0), near, run.size):
            found.append(Cell(run))
        else:
            found[-1].add(run.text, run.x0, run.x1, run.y)
    return found


def _parts(gap: Gap, near: Sequence[Sequence[Gap]], size: float) -> bool:
    """Whether the space stands between cells: it is wide, or one of a column of spaces."""
    width = gap[1] - gap[0]
    if width >= WIDE * size:
        return True
    if width < CLEAR * size:
        return False
    least = OVERLAP * size
    alike = 0
    for spaces in near:
        alike += any(min(gap[1], one[1]) - max(gap[0], one[0]) >= least for one in spaces)
    return alike >= ALIKE


def merged(rows: Sequence[list[Cell]]) -> Iterator[tuple[int, int]]:
    """First row and behind the last one of each line; further lines of cells are put into them."""
    first = 0
    for index in range(1, len(rows)):
        if not _goes_on(rows[first], rows[index]):
            yield first, index
            first = index
    if rows:
        yield first, len(rows)


def _goes_on(row: list[Cell], below: Sequence[Cell]) -> bool:
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


def _place(row: Sequence[Cell], cell: Cell) -> int:
    """The one cell of the row that stands above; -1 where none or several do."""
    over = [
        index for index, one in enumerate(row) if min(one.x1, cell.x1) - max(one.x0, cell.x0) > 0
    ]
    return over[0] if len(over) == 1 else -1
