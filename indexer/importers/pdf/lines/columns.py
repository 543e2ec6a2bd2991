"""Runs of a page -> its regions in reading order: what stands above, left column, right column.

A gutter is an empty upright strip with text on both sides; the one with most text beside it is cut
first, and what is above it, left of it, right of it and below it is cut again in the same way.
A strip ends where a line of text or a drawn line crosses it. Strips between the columns of a table
are no gutters (`sides.py`).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.importers.pdf.glyphs.rules import Rule
from indexer.importers.pdf.glyphs.textpage import Word
from indexer.importers.pdf.lines.runs import Run
from indexer.importers.pdf.lines.sides import are_columns

GUTTER = 0.7  # least width, in sizes of the type
FEWEST = 3  # runs on either side
DEEPEST = 12  # cuts within cuts
MOST = 3000  # runs that are cut; more are no columns of text, and are read from the top

BAND = 2.5  # empty height across the page, in sizes, that parts its head or foot from its columns
FAR = 6.0  # empty height, in sizes, that parts columns from other columns below
HEAD, FOOT = 0.22, 0.85  # parts of the height that a head may reach down to, and a foot begin at

Places = npt.NDArray[np.float64]


def regions(runs: Sequence[Run], height: float, drawn: Sequence[Rule] = ()) -> list[list[Run]]:
    """The runs by region, regions in reading order, runs of each from the top."""
    walls = [
        Run(Word("", rule.x0, rule.x1, rule.y, 0.0, bold=False, joined=False)) for rule in drawn
    ]
    ordered = sorted([*runs, *walls], key=lambda run: (run.y, run.x0))
    if len(ordered) > MOST:
        return [list(runs)]
    found: list[list[Run]] = []
    for band in _bands(ordered, height):
        _cut(band, found, DEEPEST)
    return found


def _bands(runs: Sequence[Run], height: float) -> list[list[Run]]:
    """Head, body and foot, where wide empty strips part them."""
    found: list[list[Run]] = [[]]
    bottom = 0.0
    for run in runs:
        empty = run.top - bottom
        at_edge = run.top < HEAD * height or bottom > FOOT * height
        if run.text and empty > (BAND if at_edge else FAR) * run.size and bottom:
            found.append([])
        found[-1].append(run)
        bottom = max(bottom, run.bottom) if run.text else bottom
    return found


def _cut(runs: list[Run], found: list[list[Run]], depth: int) -> None:
    text = [run for run in runs if run.text]
    parts = _parts(runs, text) if depth and len(text) >= 2 * FEWEST else None
    if parts is None:
        if text:
            found.append(text)
        return
    for part in parts:
        _cut(part, found, depth - 1)


def _parts(runs: Sequence[Run], text: Sequence[Run]) -> tuple[list[Run], ...] | None:
    """Above, left of, right of and below the best gutter."""
    x0 = np.array([run.x0 for run in runs])
    x1 = np.array([run.x1 for run in runs])
    is_text = np.array([bool(run.text) for run in runs])
    size = float(np.median([run.size for run in text]))
    for x, first, last in _strips(x0, x1, is_text, GUTTER * size):
        left = [run for run in runs[first:last] if run.x1 <= x]
        right = [run for run in runs[first:last] if run.x1 > x]
        if are_columns([run for run in left if run.text], [run for run in right if run.text]):
            return list(runs[:first]), left, right, list(runs[last:])
    return None


def _strips(
    x0: Places, x1: Places, is_text: npt.NDArray[np.bool_], width: float
) -> list[tuple[float, int, int]]:
    """Where a strip is free and between which runs, the one with most text beside it first."""
    edges = np.unique(np.round(x0[is_text]))[1:] - 0.75
    left = x1[:, None] <= edges - width
    right = x0[:, None] >= edges
    crossing = ~(left | right)
    left, right = left & is_text[:, None], right & is_text[:, None]
    some = (left.sum(axis=0) >= FEWEST) & (right.sum(axis=0) >= FEWEST)
    edges, crossing = edges[some], crossing[:, some]
    nothing = np.zeros((1, len(edges)), int)
    lefts = np.vstack([nothing, np.cumsum(left[:, some], axis=0)])
    rights = np.vstack([nothing, np.cumsum(right[:, some], axis=0)])
    found = []
    for column, x in enumerate(edges.tolist()):
        stops = np.flatnonzero(crossing[:, column])
        starts = np.concatenate(([0], stops + 1))
        ends = np.concatenate((stops, [len(x0)]))
        beside = np.minimum(
            lefts[ends, column] - lefts[starts, column],
            rights[ends, column] - rights[starts, column],
        )
        best = int(np.argmax(beside))
        if beside[best] >= FEWEST:
            found.append((int(beside[best]), x - width / 2, int(starts[best]), int(ends[best])))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(x, first, last) for _, x, first, last in found]
