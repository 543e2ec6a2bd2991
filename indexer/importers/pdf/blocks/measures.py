"""Measure the type size of a file's running text and the distance of its lines."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from indexer.importers.pdf.lines.lines import CELL, Page

STEPS_PER_SIZE = 20  # distances are counted in twentieths of a type size
MIN_COMMON_SHARE = 0.12  # of a size's distances, for the distance within a paragraph
DEFAULT_PITCH = 1.2  # distance of lines, in sizes
MIN_PITCH, MAX_PITCH = 0.85, 2.6  # distance of lines of a paragraph


class Measures:
    """Statistics of the lines of all pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._sizes: Counter[float] = Counter()  # characters
        self._bold: Counter[float] = Counter()
        self._steps: dict[float, Counter[int]] = {}
        self._pitches: dict[float, float] = {}
        for page in pages:
            self._add(page)

    def _add(self, page: Page) -> None:
        before = None
        for line in page.lines:
            size = half(line.size)
            self._sizes[size] += len(line.text)
            if line.bold:
                self._bold[size] += len(line.text)
            if before and before.region == line.region and CELL not in line.text:
                step = round((line.y - before.y) / max(line.size, 1.0) * STEPS_PER_SIZE)
                if (
                    half(before.size) == size
                    and MIN_PITCH * STEPS_PER_SIZE <= step <= MAX_PITCH * STEPS_PER_SIZE
                ):
                    self._steps.setdefault(size, Counter())[step] += 1
            before = line

    @cached_property
    def body(self) -> float:
        """Type size of most characters; 0 if there are none."""
        return max(self._sizes, key=lambda size: (self._sizes[size], -size), default=0.0)

    @cached_property
    def bold(self) -> bool:
        """Return whether the running text itself is bold."""
        return self._bold[self.body] > 0.5 * self._sizes[self.body]

    def pitch(self, size: float) -> float:
        """Return the distance of lines within a paragraph of the given size, in points."""
        size = half(size)
        if size not in self._pitches:
            self._pitches[size] = self._pitch(size)
        return self._pitches[size] * max(size, 1.0)

    def _pitch(self, size: float) -> float:
        """Return the smallest common distance: paragraphs are further apart than lines."""
        steps = self._steps.get(size) or self._steps.get(self.body) or Counter()
        least = MIN_COMMON_SHARE * steps.total()
        for step in sorted(steps):
            if sum(steps[near] for near in (step - 1, step, step + 1)) > least:
                return (
                    max(near for near in (step - 1, step, step + 1) if steps[near]) / STEPS_PER_SIZE
                )
        return DEFAULT_PITCH


def half(size: float) -> float:
    """Round a size to half a point, so that the same type counts as one size."""
    return round(size * 2) / 2
