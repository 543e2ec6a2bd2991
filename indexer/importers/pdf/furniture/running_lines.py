"""Find running heads, running feet and page numbers.

A line at the edge of a page is furniture if its letters recur at the same height on nearby pages,
or if it is a number that increases from page to page. Edges are read inwards and only as far as
such lines go, so that a line of text is never removed because of its position alone.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import MAX_LEVELS, Edge, Level, Recurring, edges
from indexer.importers.pdf.furniture.labels import Labels, Printed, numeral
from indexer.importers.pdf.lines.lines import Page

ONE_REPETITION_PAGES = 2  # distance: left and right pages have heads of their own
MIN_TEXT_DISTANCE = 1.7  # of a line that is not part of the text, in type sizes
MAX_SMALL_SIZE = 0.96  # of the text's size, for a line with a page number in it
MAX_SMALL_CHARACTERS = 80  # of such a line
MIN_TITLE_SIZE = 1.2  # of the text's size: a recurring title is kept once


class Furniture(NamedTuple):
    """The lines of each page that are not text, and the printed page numbers."""

    lines: dict[int, frozenset[int]]  # page -> indexes of its lines
    labels: Labels


def find_furniture(pages: Sequence[Page], body: float) -> Furniture:
    """Return the running lines by page, and the printed page numbers.

    `body` is the size of the text. A file that consists of heads and page numbers keeps them,
    because it has no other text.
    """
    ends = [edges(page) for page in pages]
    recurring = Recurring(ends)
    printed = Printed(ends, recurring)
    known = _Known(recurring, printed, body)
    texts = [tuple(line.text for line in page.lines) for page in pages]
    times = Counter(texts)
    found: dict[int, frozenset[int]] = {}
    for page, text in zip(ends, texts, strict=True):
        running = (known.running(page.page, *end) for end in page.ends.items())
        found[page.page] = frozenset().union(*running) if times[text] == 1 else frozenset()
    if all(len(found[page.number]) == len(page.lines) for page in pages):
        found = dict.fromkeys(found, frozenset())
    return Furniture(found, printed.labels(len(pages)))


class _Known(NamedTuple):
    recurring: Recurring
    printed: Printed
    body: float

    def running(self, page: int, end: str, levels: Sequence[Level]) -> set[int]:
        """Return the indexes of the lines at one end that are not text."""
        taken = self._around_number(page, levels)
        for number, level in enumerate(levels):
            whole = len(level.edges) > 1 and self._recurs(page, end, level)
            running = [
                edge
                for edge in level.edges
                if whole or self._recurs(page, end, edge) or self._is_number(page, edge)
            ]
            if not running:
                return taken
            if len(running) < len(level.edges) and not _is_apart(levels, number):
                return taken.union(edge.place for edge in running)
            # Text beside a running line is its variable part.
            taken.update(edge.place for edge in level.edges)
        # A repeated letter has more: heads are not that long.
        return taken if len(levels) < MAX_LEVELS else set()

    def _recurs(self, page: int, end: str, edge: Edge | Level) -> bool:
        """Return whether the line recurs on nearby pages.

        A large line is a title: its digits must match too, and its first occurrence is kept.
        Digits must also match in a line with an isolated number, which may be a table row.
        """
        if not edge.key:
            return False
        large = isinstance(edge, Edge) and edge.size > MIN_TITLE_SIZE * self.body
        key = edge.exact if isinstance(edge, Edge) and (large or edge.isolated) else edge.key
        others = self.recurring.near(end, key, page, edge.y)
        if large and not any(other < page for other in others):
            return False
        return len(others) > 1 or any(abs(other - page) <= ONE_REPETITION_PAGES for other in others)

    def _around_number(self, page: int, levels: Sequence[Level]) -> set[int]:
        """Return the page number that is apart from the text, and the lines further out.

        A number alone on a line is the page's if it is expected, or outermost.
        """
        for number, level in enumerate(levels):
            if _is_apart(levels, number) and any(
                edge.alone
                and edge.size <= MIN_TITLE_SIZE * self.body
                and (number == 0 or self._is_number(page, edge))
                for edge in level.edges
            ):
                return {edge.place for outer in levels[: number + 1] for edge in outer.edges}
        return set()

    def _is_number(self, page: int, edge: Edge) -> bool:
        """Return whether the line is the page number or, if small, contains it."""
        small = edge.size <= MAX_SMALL_SIZE * self.body and len(edge.exact) <= MAX_SMALL_CHARACTERS
        known = self.printed.on(page) if edge.alone else self.printed.near(page)
        for read in filter(None, map(numeral, edge.numbers)):
            if read.value == page and (edge.alone or edge.called or small):
                return True
            if known and known.holds(read, page) and (edge.alone or small or edge.isolated):
                return True
        return False


def _is_apart(levels: Sequence[Level], number: int) -> bool:
    """Return whether the next line inwards is further away than lines of text."""
    level, *after = levels[number : number + 2]
    size = max(edge.size for edge in level.edges)
    return not after or abs(after[0].y - level.y) > MIN_TEXT_DISTANCE * size
