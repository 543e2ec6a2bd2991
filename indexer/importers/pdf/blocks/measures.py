"""Measure the type size and line spacing of a file's running text."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from indexer.importers.pdf.lines.lines import CELL, Page

STEPS_PER_SIZE = 20  # distances are counted in twentieths of the type size
MIN_COMMON_SHARE = 0.12  # of the distances at a size, for the line spacing in paragraphs
MAX_SIZE_RATIO = 1.12  # between type sizes of one paragraph, or of text that is not large
DEFAULT_PITCH = 1.2  # line spacing, in type sizes
MIN_PITCH, MAX_PITCH = 0.85, 2.6  # line spacing in paragraphs


class Measures:
    """Type size and line spacing of a file's running text, measured over all pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        characters: Counter[float] = Counter()
        bold: Counter[float] = Counter()
        self._steps: dict[float, Counter[int]] = defaultdict(Counter)
        self._pitches: dict[float, float] = {}
        for page in pages:
            for line in page.lines:
                characters[half(line.size)] += len(line.text)
                bold[half(line.size)] += len(line.text) if line.bold else 0
            for before, line in pairwise(page.lines):
                step = round((line.y - before.y) / max(line.size, 1.0) * STEPS_PER_SIZE)
                alike = before.region == line.region and half(before.size) == half(line.size)
                usual = MIN_PITCH <= step / STEPS_PER_SIZE <= MAX_PITCH
                if alike and usual and CELL not in line.text:
                    self._steps[half(line.size)][step] += 1
        # The most common type size, that of running text, and whether most text in it is bold.
        self.body = max(characters, key=lambda size: (characters[size], -size), default=0.0)
        self.bold = bold[self.body] > 0.5 * characters[self.body]

    def is_large(self, size: float) -> bool:
        """Return whether a type size is larger than that of running text, as in a heading."""
        return size > MAX_SIZE_RATIO * self.body

    def pitch(self, size: float) -> float:
        """Return the line spacing in paragraphs of the given type size, in points.

        It is the smallest common distance between baselines, because paragraphs are farther apart.
        """
        size = half(size)
        if size not in self._pitches:
            steps = self._steps.get(size) or self._steps.get(self.body) or Counter()
            least = MIN_COMMON_SHARE * steps.total()
            near = ((step - 1, step, step + 1) for step in sorted(steps))
            common = (some for some in near if sum(steps[one] for one in some) > least)
            last = (max(filter(steps.get, some)) / STEPS_PER_SIZE for some in common)
            self._pitches[size] = next(last, DEFAULT_PITCH) * max(size, 1.0)
        return self._pitches[size]


def half(size: float) -> float:
    """Round a type size to half a point, so that nearly equal sizes count as one."""
    return round(size * 2) / 2


def are_alike(one: float, other: float, most: float = MAX_SIZE_RATIO) -> bool:
    """Return whether the ratio of two type sizes is at most `most`, as within a paragraph."""
    return max(one, other) <= most * min(one, other)
