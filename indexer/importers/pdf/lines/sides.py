"""Whether the text on both sides of an empty strip is two columns, or cells of a table."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.lines.endings import begins_cased, begins_lower
from indexer.importers.pdf.lines.list_markers import bullet
from indexer.importers.pdf.lines.runs import Run

PROSE = 0.22  # least share of lines that begin in lower case, as wrapped lines do
LEADERS = 0.25  # most share of lines with rows of dots
BULLETS = 0.2  # least share of lines that begin with a bullet
CASED = 0.5  # least share of lines with letters that have capitals, in a script that has them
FULL = 0.6  # least share of the width that lines of a script without capitals fill
LONG = 12  # least mean characters of a line
LONG_IDEOGRAPHS = 6
LABEL = 26  # most mean characters of a label before a paragraph
LABELS = 0.62  # most lines of a column of labels, for a line beside it
BESIDE = 0.8  # least share of labels that stand on the line of what they name
APART = 0.35  # share of lines that stand on one of the other side's, below which they are no cells
FEWEST = 4  # lines of which that is told
SAME_LINE = 0.3  # between baselines, in sizes


class _Side(NamedTuple):
    """What the lines on one side look like."""

    mean: float  # characters of a line
    prose: bool


def are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether both sides are read from top to bottom, one after the other.

    Text goes on from line to line, so that lines begin in lower case; cells do not, or are short,
    and stand on the lines of the other side.
    """
    if not left or not right:
        return False
    one, other = _look(left), _look(right)
    if min(one.mean, other.mean) < _least(left, right):
        return False
    if not (one.prose or other.prose):
        fewer, more = sorted((left, right), key=len)
        return len(fewer) >= FEWEST and _beside(fewer, more) < APART * len(fewer)
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
    """Whether one side is names of what stands on the other, line by line."""
    if look.mean > LABEL or len(labels) > LABELS * len(others):
        return False
    return _beside(labels, others) >= BESIDE * len(labels)


def _beside(runs: Sequence[Run], others: Sequence[Run]) -> int:
    """How many of the runs stand on a line of the others."""
    lines = sorted(run.y for run in others)
    return sum(_near(run, lines) for run in runs)


def _near(run: Run, lines: Sequence[float]) -> bool:
    at = bisect_left(lines, run.y)
    return any(abs(y - run.y) <= SAME_LINE * run.size for y in lines[max(0, at - 1) : at + 1])
