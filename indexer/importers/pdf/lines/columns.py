"""Split the runs of a page into regions (columns and what spans them) in reading order.

A gutter is an empty vertical strip with text on both sides. The gutter with most text beside it
is cut first; the parts above, left, right and below are cut again in the same way. A strip ends
where text or a rule crosses it. A strip between the columns of a table is not a gutter. Regions
are read in file order if each is contiguous in the file: on designed pages that order is right
more often than one guessed from positions.
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
from indexer.importers.pdf.lines.runs import Run
from indexer.importers.pdf.lines.wording import begins_cased, begins_lower, bullet

MIN_GUTTER = 0.7  # width, in type sizes
MIN_RUNS = 3  # on either side
MAX_DEPTH = 12  # of nested cuts
MAX_RUNS = 3000  # with more, the page is not columns of text and is read from the top

MIN_EDGE_SPACE = 2.5  # empty height, in sizes, that separates the head or foot of a page
MIN_BAND_SPACE = 6.0  # empty height, in sizes, that separates columns from columns below
HEAD, FOOT = 0.22, 0.85  # shares of the page height: a head ends above one, a foot begins below

MIN_LOWER_SHARE = 0.22  # of prose lines that begin in lower case, as wrapped lines do
MAX_LEADER_SHARE = 0.25  # of prose lines with leaders
MIN_BULLET_SHARE = 0.2  # of list lines that begin with a bullet
MIN_CASED_SHARE = 0.5  # of lines that begin with a cased letter, in a script with case
MIN_FILLED_WIDTH = 0.6  # share of the width that prose of a script without case fills
MIN_LINE_CHARACTERS = 12  # mean
MIN_LINE_IDEOGRAPHS = 6
MAX_LABEL_CHARACTERS = 26  # mean of labels before paragraphs
MAX_LABEL_LINES = 0.62  # lines of labels for each line beside them
MIN_ALIGNED_LABELS = 0.8  # share of labels on a line of the text that they name
MAX_ALIGNED_COLUMNS = 0.35  # share of lines level with the other side; table cells have more
MIN_COLUMN_LINES = 4  # of a column recognized by that share
SAME_LINE = 0.3  # between baselines, in sizes

Places = npt.NDArray[np.float64]


def regions(runs: Sequence[Run], height: float, rules: Sequence[Rule] = ()) -> list[list[Run]]:
    """Return the regions in reading order, each with its runs from the top."""
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
    """Sort the regions in file order if each is contiguous in the file, else keep their order."""
    owners = sorted((run.order, number) for number, region in enumerate(regions) for run in region)
    pieces = 1 + sum(one[1] != after[1] for one, after in pairwise(owners))
    if pieces > len(regions):
        return regions
    return sorted(regions, key=lambda region: median(run.order for run in region))


def _bands(runs: Sequence[Run], height: float) -> list[list[Run]]:
    """Split the page at wide empty horizontal strips."""
    found: list[list[Run]] = [[]]
    bottom = 0.0
    for run in runs:
        empty = run.top - bottom
        at_edge = run.top < HEAD * height or bottom > FOOT * height
        if (
            run.text
            and empty > (MIN_EDGE_SPACE if at_edge else MIN_BAND_SPACE) * run.size
            and bottom
        ):
            found.append([])
        found[-1].append(run)
        bottom = max(bottom, run.bottom) if run.text else bottom
    return [band for band in found if band]


def _cut(runs: list[Run], found: list[list[Run]], depth: int) -> None:
    text = [run for run in runs if run.text]
    parts = _parts(runs, text) if depth and len(text) >= 2 * MIN_RUNS else None
    if parts is None:
        if text:
            found.append(text)
        return
    for part in parts:
        _cut(part, found, depth - 1)


def _parts(runs: Sequence[Run], text: Sequence[Run]) -> tuple[list[Run], ...] | None:
    """Return the runs above, left of, right of and below the best gutter; None without one."""
    x0 = np.array([run.x0 for run in runs])
    x1 = np.array([run.x1 for run in runs])
    is_text = np.array([bool(run.text) for run in runs])
    size = float(np.median([run.size for run in text]))
    for x, first, last in _strips(x0, x1, is_text, MIN_GUTTER * size):
        left = [run for run in runs[first:last] if run.x1 <= x]
        right = [run for run in runs[first:last] if run.x1 > x]
        if _are_columns([run for run in left if run.text], [run for run in right if run.text]):
            return list(runs[:first]), left, right, list(runs[last:])
    return None


def _strips(
    x0: Places, x1: Places, is_text: npt.NDArray[np.bool_], width: float
) -> list[tuple[float, int, int]]:
    """Return empty strips as (x, first run, end run), the one with most text beside it first."""
    edges = np.unique(np.round(x0[is_text]))[1:] - 0.75
    left = x1[:, None] <= edges - width
    right = x0[:, None] >= edges
    crossing = ~(left | right)
    left, right = left & is_text[:, None], right & is_text[:, None]
    some = (left.sum(axis=0) >= MIN_RUNS) & (right.sum(axis=0) >= MIN_RUNS)
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
        if beside[best] >= MIN_RUNS:
            found.append((int(beside[best]), x - width / 2, int(starts[best]), int(ends[best])))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(x, first, last) for _, x, first, last in found]


class _Side(NamedTuple):
    """Statistics of the lines on one side of a strip."""

    mean: float  # characters per line
    prose: bool


def _are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Return whether the sides are columns, read from top to bottom one after the other.

    Wrapped lines of text often begin in lower case. Table cells are short or begin in upper case,
    and are level with lines of the other side.
    """
    if not left or not right:
        return False
    one, other = _describe(left), _describe(right)
    if min(one.mean, other.mean) < _min_characters(left, right):
        return False
    if not (one.prose or other.prose):
        fewer, more = sorted((left, right), key=len)
        return len(fewer) >= MIN_COLUMN_LINES and _count_aligned(
            fewer, more
        ) < MAX_ALIGNED_COLUMNS * len(fewer)
    return not (_are_labels(left, one, right) or _are_labels(right, other, left))


def _min_characters(left: Sequence[Run], right: Sequence[Run]) -> int:
    dense = any(char > "\u2e80" for char in f"{left[0].text}{right[0].text}")
    return MIN_LINE_IDEOGRAPHS if dense else MIN_LINE_CHARACTERS


def _describe(runs: Sequence[Run]) -> _Side:
    texts = [run.text for run in runs]
    mean = sum(map(len, texts)) / len(texts)
    if sum("..." in text for text in texts) > MAX_LEADER_SHARE * len(texts):
        return _Side(mean, prose=False)
    lower = sum(map(begins_lower, texts)) / len(texts)
    bullets = sum(bool(bullet(text)) for text in texts) / len(texts)
    prose = lower >= MIN_LOWER_SHARE or bullets >= MIN_BULLET_SHARE
    if not prose and sum(map(begins_cased, texts)) < MIN_CASED_SHARE * len(texts):
        width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
        prose = sum(run.x1 - run.x0 for run in runs) >= MIN_FILLED_WIDTH * width * len(runs)
    return _Side(mean, prose)


def _are_labels(labels: Sequence[Run], look: _Side, others: Sequence[Run]) -> bool:
    """Return whether one side holds labels of the lines on the other side."""
    if look.mean > MAX_LABEL_CHARACTERS or len(labels) > MAX_LABEL_LINES * len(others):
        return False
    return _count_aligned(labels, others) >= MIN_ALIGNED_LABELS * len(labels)


def _count_aligned(runs: Sequence[Run], others: Sequence[Run]) -> int:
    """Return how many of the runs are level with one of the others."""
    lines = sorted(run.y for run in others)
    return sum(_is_near(run, lines) for run in runs)


def _is_near(run: Run, lines: Sequence[float]) -> bool:
    at = bisect_left(lines, run.y)
    return any(abs(y - run.y) <= SAME_LINE * run.size for y in lines[max(0, at - 1) : at + 1])
