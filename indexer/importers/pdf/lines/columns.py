"""Runs of a page -> its regions in reading order: what is above, left column, right column.

A gutter is an empty upright strip with text on both sides; the one with most text beside it is cut
first, and what is above it, left of it, right of it and below it is cut again in the same way.
A strip ends where a line of text or a drawn line crosses it. A strip between the columns of a table
is no gutter. The regions are read in the file's order where each of them is one piece of it: on
designed pages that order is right more often than any that is guessed from positions.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.glyphs.textpage import Word
from indexer.importers.pdf.lines.endings import begins_cased, begins_lower
from indexer.importers.pdf.lines.list_markers import bullet
from indexer.importers.pdf.lines.runs import Run

GUTTER = 0.7  # least width, in sizes of the type
FEWEST = 3  # runs on either side
MAX_DEPTH = 12  # cuts within cuts
MAX_RUNS = 3000  # that are cut; more are no columns of text, and are read from the top

BAND = 2.5  # empty height across the page, in sizes, that separates its head or foot from the rest
FAR = 6.0  # empty height, in sizes, that separates columns from other columns below
HEAD, FOOT = 0.22, 0.85  # parts of the height that a head may reach down to, and a foot begin at

PROSE = 0.22  # least share of lines that begin in lower case, as wrapped lines do
LEADERS = 0.25  # most share of lines with rows of dots
BULLETS = 0.2  # least share of lines that begin with a bullet
CASED = 0.5  # least share of lines with letters that have capitals, in a script that has them
FULL = 0.6  # least share of the width that lines of a script without capitals fill
LONG = 12  # least mean characters of a line
LONG_IDEOGRAPHS = 6
LABEL = 26  # most mean characters of a label before a paragraph
LABELS = 0.62  # most lines of a column of labels, for a line beside it
BESIDE = 0.8  # least share of labels that are on the line of what they name
APART = 0.35  # share of lines on one of the other side's, below which they are no cells
FEWEST_LINES = 4  # of a column that is recognised by that
SAME_LINE = 0.3  # between baselines, in sizes

Places = npt.NDArray[np.float64]


def regions(runs: Sequence[Run], height: float, rules: Sequence[Rule] = ()) -> list[list[Run]]:
    """Return the runs by region, regions in reading order, the runs of each from the top."""
    walls = [Run(Word("", rule.x0, rule.x1, rule.y, 0.0, False, False)) for rule in rules]
    ordered = sorted([*runs, *walls], key=lambda run: (run.y, run.x0))
    if len(ordered) > MAX_RUNS:
        return [list(runs)]
    head: list[list[Run]] = []
    body: list[list[Run]] = []
    foot: list[list[Run]] = []
    for band in _bands(ordered, height):
        found: list[list[Run]] = []
        _cut(band, found, MAX_DEPTH)
        is_head = len(found) < 2 and band[-1].bottom < HEAD * height and not body
        part = head if is_head else foot if band[0].top > FOOT * height else body
        part.extend(found)
    return [*head, *_in_file_order(body), *foot]


def _in_file_order(regions: list[list[Run]]) -> list[list[Run]]:
    """Return the regions in the file's order if each is one piece of it, else as they are."""
    owners = sorted((run.order, number) for number, region in enumerate(regions) for run in region)
    pieces = 1 + sum(one[1] != after[1] for one, after in pairwise(owners))
    if pieces > len(regions):
        return regions
    return sorted(regions, key=lambda region: median(run.order for run in region))


def _bands(runs: Sequence[Run], height: float) -> list[list[Run]]:
    """Return head, body and foot, where wide empty strips separate them."""
    found: list[list[Run]] = [[]]
    bottom = 0.0
    for run in runs:
        empty = run.top - bottom
        at_edge = run.top < HEAD * height or bottom > FOOT * height
        if run.text and empty > (BAND if at_edge else FAR) * run.size and bottom:
            found.append([])
        found[-1].append(run)
        bottom = max(bottom, run.bottom) if run.text else bottom
    return [band for band in found if band]


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
    """Return what is above, left of, right of and below the best gutter."""
    x0 = np.array([run.x0 for run in runs])
    x1 = np.array([run.x1 for run in runs])
    is_text = np.array([bool(run.text) for run in runs])
    size = float(np.median([run.size for run in text]))
    for x, first, last in _strips(x0, x1, is_text, GUTTER * size):
        left = [run for run in runs[first:last] if run.x1 <= x]
        right = [run for run in runs[first:last] if run.x1 > x]
        if _are_columns([run for run in left if run.text], [run for run in right if run.text]):
            return list(runs[:first]), left, right, list(runs[last:])
    return None


def _strips(
    x0: Places, x1: Places, is_text: npt.NDArray[np.bool_], width: float
) -> list[tuple[float, int, int]]:
    """Return where strips are free, between which runs, the one with most text beside it first."""
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


class _Side(NamedTuple):
    """How the lines on one side of a strip look."""

    mean: float  # characters of a line
    prose: bool


def _are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Return whether both sides are read from top to bottom, one after the other.

    Lines of text begin in lower case; cells do not, or are short, and are on the lines of the
    other side. A file that has all of one side before all of the other has columns.
    """
    if not left or not right:
        return False
    one, other = _look(left), _look(right)
    if min(one.mean, other.mean) < _least(left, right):
        return False
    if not (one.prose or other.prose):
        fewer, more = sorted((left, right), key=len)
        return len(fewer) >= FEWEST_LINES and _beside(fewer, more) < APART * len(fewer)
    return not (_are_labels(left, one, right) or _are_labels(right, other, left))


def _least(left: Sequence[Run], right: Sequence[Run]) -> int:
    dense = any(char > "\u2e80" for char in f"{left[0].text}{right[0].text}")
    return LONG_IDEOGRAPHS if dense else LONG


def _look(runs: Sequence[Run]) -> _Side:
    texts = [run.text for run in runs]
    mean = sum(map(len, texts)) / len(texts)
    if sum("..." in text for text in texts) > LEADERS * len(texts):
        return _Side(mean, prose=False)
    lower = sum(map(begins_lower, texts)) / len(texts)
    bullets = sum(bool(bullet(text)) for text in texts) / len(texts)
    prose = lower >= PROSE or bullets >= BULLETS
    if not prose and sum(map(begins_cased, texts)) < CASED * len(texts):
        width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
        prose = sum(run.x1 - run.x0 for run in runs) >= FULL * width * len(runs)
    return _Side(mean, prose)


def _are_labels(labels: Sequence[Run], look: _Side, others: Sequence[Run]) -> bool:
    """Return whether one side is names of what is on the other, line by line."""
    if look.mean > LABEL or len(labels) > LABELS * len(others):
        return False
    return _beside(labels, others) >= BESIDE * len(labels)


def _beside(runs: Sequence[Run], others: Sequence[Run]) -> int:
    """Return how many of the runs are on a line of the others."""
    lines = sorted(run.y for run in others)
    return sum(_is_near(run, lines) for run in runs)


def _is_near(run: Run, lines: Sequence[float]) -> bool:
    at = bisect_left(lines, run.y)
    return any(abs(y - run.y) <= SAME_LINE * run.size for y in lines[max(0, at - 1) : at + 1])
