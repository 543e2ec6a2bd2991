"""Join the runs of a region into lines, from top to bottom; a table row is one line of cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.lines.runs import Run
from indexer.importers.pdf.lines.wording import begins_lower
from indexer.importers.shared.grouped import grouped

CELL = "\t"  # between the cells of a line
LEADER = "\x1d"  # dots before a page number, or a blank to be filled in
# Four dots are an ellipsis at the end of a sentence, not a leader.
_LEADER = re.compile(r"\s*(?:\.{5,}|(?:[.·•]\s){6,}|…(?:\s?…)+|_{4,})[.\s·…_]*")

# Distances are in type sizes, unless a comment says otherwise.
NEIGHBOR_LINES = 4  # lines above and below that are searched for aligned gaps
SAME_LINE = 0.3  # between baselines
MIN_BOLD_SHARE = 0.94  # of the letters in a bold line; the rest may be a note mark
CELL_GAP = 3.2  # always separates cells
MIN_ALIGNED_GAP = 1.0  # separates cells if neighboring lines have a gap in the same place
MIN_ALIGNED_LINES = 2  # neighboring lines that must have a gap in the same place
MIN_GAP_OVERLAP = 0.6  # of two aligned gaps
MAX_GAPS = 100  # gaps in a line that are compared; a table has fewer columns
MAX_CELL_PITCH = 1.45  # line spacing in a cell
MIN_LOWER_SHARE = 0.5  # of cells that continue in lowercase, if the first cell continues
SAME_EDGE = 3.0  # points by which the ends of two rules of a frame may differ
MAX_FRAME = 14.0  # height of a framed table row


class Line(NamedTuple):
    """A line of text or a table row; positions are in points from the top left of the page."""

    page: int  # from 1
    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    bold: bool
    region: int  # number of its column or page region
    left: float  # left edge of the region
    right: float  # right edge of the region
    begins: bool = False  # whether it is known to begin a paragraph
    table: bool = False  # whether it is part of a table or frame

    @property
    def width(self) -> float:
        """The width of the line, which may be less than that of its region."""
        return self.x1 - self.x0

    @property
    def room(self) -> float:
        """The space to the right of the line, up to the edge of its region."""
        return self.right - self.x1

    @property
    def is_row(self) -> bool:
        """Return whether the line has several cells or a leader."""
        return CELL in self.text or LEADER in self.text


class Page(NamedTuple):
    """The lines of a page."""

    number: int  # from 1
    height: float
    lines: Sequence[Line]  # in reading order
    hidden: bool = False  # whether its text was recognized by OCR


Cell = list[Run]


def lines(runs: Sequence[Run], page: int, region: int, rules: Sequence[Rule]) -> Iterator[Line]:
    """Yield the lines and table rows of a region from top to bottom."""
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    for cells in _with_second_lines(_table(list(_rows(runs)))):
        row = [run for cell in cells for run in cell]
        size = max(row, key=lambda run: len(run.text)).size
        bold = sum(run.bold for run in row) > MIN_BOLD_SHARE * sum(run.letters for run in row)
        x0, y, x1 = row[0].x0, row[0].y, max(run.x1 for run in row)
        text = CELL.join(map(_text, cells))
        table = CELL in text or _is_framed(x0, x1, y, size, rules)
        text = _LEADER.sub(LEADER, text)
        yield Line(page, text, x0, x1, y, size, bold, region, left, right, table=table)


def _text(cell: Cell) -> str:
    return " ".join(run.text for run in cell)


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Group runs into rows by baseline, from top to bottom and from left to right."""
    downward = sorted(runs, key=lambda run: run.y)
    for row in grouped(
        downward, lambda row, run: run.y - row[0].y > SAME_LINE * min(run.size, row[0].size)
    ):
        yield sorted(row, key=lambda run: run.x0)


def _is_framed(x0: float, x1: float, y: float, size: float, rules: Sequence[Rule]) -> bool:
    """Return whether a line is between two nearby rules with the same ends, as in a frame."""
    over = [one for one in rules if one.x0 <= x0 + SAME_EDGE and one.x1 >= x1 - SAME_EDGE]
    above = max((one for one in over if one.y < y - size / 2), key=lambda one: one.y, default=None)
    below = min((one for one in over if one.y > y), key=lambda one: one.y, default=None)
    if above is None or below is None or below.y - above.y > MAX_FRAME * size:
        return False
    return max(abs(above.x0 - below.x0), abs(above.x1 - below.x1)) <= SAME_EDGE


def _table(rows: Sequence[Sequence[Run]]) -> Iterator[list[Cell]]:
    """Split each row into cells at wide gaps, and at gaps aligned with gaps in neighboring rows.

    A line of running text is a single cell.
    """
    gaps = [[(one.x1, run.x0) for one, run in pairwise(row)][:MAX_GAPS] for row in rows]
    for index, row in enumerate(rows):
        above = gaps[max(0, index - NEIGHBOR_LINES) : index]
        below = gaps[index + 1 : index + 1 + NEIGHBOR_LINES]
        yield list(grouped(row, partial(_separated, [*above, *below])))


def _separated(near: Sequence[Sequence[tuple[float, float]]], cell: Cell, run: Run) -> bool:
    """Return whether the gap before a run is wide, or aligned with gaps in several nearby rows."""
    left, right, size = cell[-1].x1, run.x0, run.size
    if not MIN_ALIGNED_GAP * size <= right - left < CELL_GAP * size:
        return right - left >= CELL_GAP * size
    least = MIN_GAP_OVERLAP * size
    aligned = (any(min(right, r) - max(left, x) >= least for x, r in gaps) for gaps in near)
    return sum(aligned) >= MIN_ALIGNED_LINES


def _with_second_lines(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    """Merge each row that continues the cells of the row above into that row."""
    found: list[list[Cell]] = []
    for row in rows:
        if found and (places := _places(found[-1], row)):
            for place, cell in zip(places, row, strict=True):
                found[-1][place].extend(cell)
        else:
            found.append(row)
    return found


def _places(row: Sequence[Cell], below: Sequence[Cell]) -> list[int]:
    """Return the indexes of the cells that the row below continues, or [] if it is a new row."""
    if len(row) < 2 or len(below) > len(row):
        return []
    down = min(cell[-1].y for cell in below) - max(cell[-1].y for cell in row)
    if not 0 < down <= MAX_CELL_PITCH * max(cell[0].size for cell in row):
        return []
    over = [[place for place, one in enumerate(row) if _overlap(one, cell)] for cell in below]
    places = [places[0] for places in over if len(places) == 1]
    texts = [_text(cell) for cell in below]
    # Amounts fit on one line.
    if len(set(places)) < len(below) or not all(any(map(str.isalpha, text)) for text in texts):
        return []
    lower = sum(map(begins_lower, texts))
    return [] if 0 in places and lower < MIN_LOWER_SHARE * len(below) else places


def _overlap(one: Cell, other: Cell) -> bool:
    """Return whether two cells overlap horizontally."""
    right = min(max(run.x1 for run in one), max(run.x1 for run in other))
    return right > max(min(run.x0 for run in one), min(run.x0 for run in other))
