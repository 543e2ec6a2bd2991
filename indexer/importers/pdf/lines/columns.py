"""Split the runs of a page into regions, such as columns, in reading order.

A gutter is an empty vertical strip with text on both sides. The page is first split into bands at
tall empty spaces. Each band is cut at the gutter with the most text beside it; the parts above,
left, right and below are then cut in the same way. A strip ends where text or a rule crosses it. A
strip between the columns of a table is not a gutter. Regions between the header and the footer are
read in file order if each is contiguous in the file: on designed pages, that order is correct more
often than an order guessed from positions.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.glyphs.textpage import Word
from indexer.importers.pdf.lines.runs import Run
from indexer.importers.pdf.lines.wording import begins_cased, begins_lower, bullet

MIN_GUTTER = 0.7  # width, in type sizes
MIN_RUNS = 3  # on each side
MAX_DEPTH = 12  # of nested cuts
MAX_RUNS = 3000  # a page with more does not have columns of text and is one region

MIN_EDGE_SPACE = 2.5  # empty height, in sizes, that separates the header or footer of a page
MIN_BAND_SPACE = 6.0  # empty height, in sizes, that separates columns from columns below
# Shares of the page height: a header ends above the first, a footer begins below the second.
HEAD, FOOT = 0.22, 0.85

MIN_LOWER_SHARE = 0.22  # of lines of prose begin in lowercase, as wrapped lines do
MAX_LEADER_SHARE = 0.25  # of lines of prose have leaders
MIN_BULLET_SHARE = 0.2  # of lines in a list begin with a bullet
MIN_CASED_SHARE = 0.5  # of lines begin with a cased letter, in a script with case
MIN_FILLED_WIDTH = 0.6  # share of the width that prose in a script without case fills
MIN_LINE_CHARACTERS = 12  # on average
MIN_LINE_IDEOGRAPHS = 6
MAX_LABEL_CHARACTERS = 26  # on average, in labels beside paragraphs
MAX_LABEL_LINES = 0.62  # lines of labels for each line beside them
MIN_ALIGNED_LABELS = 0.8  # share of the labels that are level with a line beside them
MAX_ALIGNED_COLUMNS = 0.35  # share of lines level with the other side; table cells have more
MIN_COLUMN_LINES = 4  # in a column that is recognized by MAX_ALIGNED_COLUMNS
SAME_LINE = 0.3  # between baselines, in sizes


def regions(runs: Sequence[Run], height: float, rules: Sequence[Rule] = ()) -> list[list[Run]]:
    """Return the regions of a page in reading order, each with its runs from top to bottom.

    A page with more than MAX_RUNS runs and rules is a single region, with its runs in file order.
    """
    walls = [Run(Word("", rule.x0, rule.x1, rule.y, 0.0, False, False)) for rule in rules]
    ordered = sorted([*runs, *walls], key=lambda run: (run.y, run.x0))
    if len(ordered) > MAX_RUNS:
        return [list(runs)]
    parts: dict[str, list[list[Run]]] = {"head": [], "body": [], "foot": []}
    for band in _bands(ordered, height):
        found = _cut(band)
        is_head = len(found) < 2 and band[-1].bottom < HEAD * height and not parts["body"]
        parts["head" if is_head else "foot" if band[0].top > FOOT * height else "body"] += found
    return [*parts["head"], *_in_file_order(parts["body"]), *parts["foot"]]


def _in_file_order(regions: list[list[Run]]) -> list[list[Run]]:
    """Sort regions in file order if each is contiguous in the file; otherwise keep their order."""
    owners = sorted((run.order, number) for number, region in enumerate(regions) for run in region)
    pieces = 1 + sum(one[1] != after[1] for one, after in pairwise(owners))
    if pieces > len(regions):
        return regions
    return sorted(regions, key=lambda region: median(run.order for run in region))


def _bands(runs: Sequence[Run], height: float) -> list[list[Run]]:
    """Split a page at tall empty horizontal strips."""
    found: list[list[Run]] = [[]]
    bottom = 0.0
    for run in runs:
        at_edge = run.top < HEAD * height or bottom > FOOT * height
        least = MIN_EDGE_SPACE if at_edge else MIN_BAND_SPACE
        if run.text and bottom and run.top - bottom > least * run.size:
            found.append([])
        found[-1].append(run)
        bottom = max(bottom, run.bottom) if run.text else bottom
    return [band for band in found if band]


def _cut(runs: Sequence[Run], depth: int = MAX_DEPTH) -> list[list[Run]]:
    """Return the regions of a band, cut recursively at the best gutter."""
    text = [run for run in runs if run.text]
    if not text:
        return []
    if depth and len(text) >= 2 * MIN_RUNS:
        size = median(run.size for run in text)
        for x, first, last in _strips(runs, MIN_GUTTER * size):
            left = [run for run in runs[first:last] if run.x1 <= x]
            right = [run for run in runs[first:last] if run.x1 > x]
            if _are_columns([run for run in left if run.text], [run for run in right if run.text]):
                parts = (runs[:first], left, right, runs[last:])
                return [region for part in parts for region in _cut(part, depth - 1)]
    return [text]


def _strips(runs: Sequence[Run], width: float) -> list[tuple[float, int, int]]:
    """Return empty strips as (x, first index, end index), where the indexes are those of runs.

    The strips with the most text beside them come first.
    """
    x0, x1 = np.array([(run.x0, run.x1) for run in runs]).T[:, :, None]
    is_text = np.array([[bool(run.text)] for run in runs])
    edges = np.unique(np.round(x0[is_text]))[1:] - 0.75
    left, right = x1 <= edges - width, x0 >= edges
    crossing = ~(left | right)
    # The number of runs on each side above each run, with the total in an extra last row.
    counts = (np.cumsum(side & is_text, axis=0) for side in (left, right))
    lefts, rights = (np.pad(count, ((1, 0), (0, 0))) for count in counts)
    found = []
    for column in np.flatnonzero(np.minimum(lefts[-1], rights[-1]) >= MIN_RUNS):
        stops = np.flatnonzero(crossing[:, column])
        starts, ends = np.append(0, stops + 1), np.append(stops, len(runs))
        within = (side[ends, column] - side[starts, column] for side in (lefts, rights))
        beside = np.minimum(*within)
        best = int(np.argmax(beside))
        if beside[best] >= MIN_RUNS:
            x = float(edges[column]) - width / 2
            found.append((int(beside[best]), x, int(starts[best]), int(ends[best])))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(x, first, last) for _, x, first, last in found]


def _are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Return whether the two sides of a strip are columns of text, read one after the other.

    Wrapped lines of text often begin in lowercase. Table cells are short or begin in uppercase, and
    are level with lines on the other side.
    """
    if not left or not right:
        return False
    dense = any(char > "\u2e80" for char in f"{left[0].text}{right[0].text}")
    if min(_width(left), _width(right)) < (MIN_LINE_IDEOGRAPHS if dense else MIN_LINE_CHARACTERS):
        return False
    if not (_is_prose(left) or _is_prose(right)):
        fewer, more = sorted((left, right), key=len)
        aligned = _count_aligned(fewer, more)
        return len(fewer) >= MIN_COLUMN_LINES and aligned < MAX_ALIGNED_COLUMNS * len(fewer)
    return not (_are_labels(left, right) or _are_labels(right, left))


def _width(runs: Sequence[Run]) -> float:
    """Return the average number of characters per run."""
    return sum(len(run.text) for run in runs) / len(runs)


def _is_prose(runs: Sequence[Run]) -> bool:
    """Return whether lines are wrapped text or list items, not cells or a table of contents."""
    texts, count = [run.text for run in runs], len(runs)
    if sum("..." in text for text in texts) > MAX_LEADER_SHARE * count:
        return False
    if sum(map(begins_lower, texts)) >= MIN_LOWER_SHARE * count:
        return True
    if sum(bullet(text) > 0 for text in texts) >= MIN_BULLET_SHARE * count:
        return True
    if sum(map(begins_cased, texts)) >= MIN_CASED_SHARE * count:
        return False
    width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
    return sum(run.x1 - run.x0 for run in runs) >= MIN_FILLED_WIDTH * width * count


def _are_labels(labels: Sequence[Run], others: Sequence[Run]) -> bool:
    """Return whether one side consists of labels for the lines on the other side."""
    if _width(labels) > MAX_LABEL_CHARACTERS or len(labels) > MAX_LABEL_LINES * len(others):
        return False
    return _count_aligned(labels, others) >= MIN_ALIGNED_LABELS * len(labels)


def _count_aligned(runs: Sequence[Run], others: Sequence[Run]) -> int:
    """Return how many runs are level with a run on the other side."""
    lines = np.array([run.y for run in others])
    return sum(bool(np.abs(lines - run.y).min() <= SAME_LINE * run.size) for run in runs)
