"""Runs of a region -> its lines from the top, with the cells of tables apart."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.lines.cells import CELL, gaps, merged, parted, with_leaders
from indexer.importers.pdf.lines.runs import Run

NEAR = 4  # lines above and below that a column of spaces is looked for in
SAME_LINE = 0.3  # between baselines, in sizes
BOLD = 0.94  # share of the letters of a bold line; the rest may be a mark of a note


class Line(NamedTuple):
    """One line of text on a page, or one row of a table; places in points from its top left."""

    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    bold: bool
    region: int  # number of its column or part of the page
    left: float  # edges of that
    right: float
    begins: bool  # known to begin a paragraph


def lines(regions: Sequence[Sequence[Run]]) -> list[Line]:
    """The lines of a page in reading order."""
    return [line for number, runs in enumerate(regions) for line in _lines(runs, number)]


def _lines(runs: Sequence[Run], region: int) -> list[Line]:
    rows = _rows(runs)
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    if len(rows) == len(runs):
        return [_line([run], run.text, region, left, right) for run in runs]
    spaces = [gaps(row) for row in rows]
    cells = [
        parted(row, [*spaces[max(0, index - NEAR) : index], *spaces[index + 1 : index + 1 + NEAR]])
        for index, row in enumerate(rows)
    ]
    found = []
    for first, last in merged(cells):
        text = CELL.join(cell.text for cell in cells[first])
        row = [run for one in rows[first:last] for run in one]
        found.append(_line(row, text, region, left, right))
    return found


def _line(row: Sequence[Run], text: str, region: int, left: float, right: float) -> Line:
    first = row[0]
    text = with_leaders(text)
    if len(row) == 1:
        bold = first.bold > BOLD * first.letters
        return Line(text, first.x0, first.x1, first.y, first.size, bold, region, left, right, False)
    size = max(row, key=lambda run: len(run.text)).size
    bold = sum(run.bold for run in row) > BOLD * sum(run.letters for run in row)
    x1 = max(run.x1 for run in row)
    return Line(text, first.x0, x1, first.y, size, bold, region, left, right, False)


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs by baseline, from the top, those of each from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        row = rows[-1] if rows else None
        if row and run.y - row[0].y <= SAME_LINE * min(run.size, row[0].size):
            row.append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in rows]
