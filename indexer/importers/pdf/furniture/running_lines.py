"""Find running headers, running footers and page numbers.

A line at the edge of a page is furniture if its letters recur at the same height on nearby pages,
or if it is a number that increases from page to page. Edges are read inward, up to the first line
that is not furniture, so that no line is removed because of its position alone.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import MAX_LEVELS, Edge, Level, Recurring, edges
from indexer.importers.pdf.furniture.labels import Labels, Printed, numeral
from indexer.importers.pdf.lines.lines import Page

# Distance in pages at which one repetition suffices; left and right pages have different headers.
ONE_REPETITION_PAGES = 2
MIN_TEXT_DISTANCE = 1.7  # from the text to a line that is not part of it, in type sizes
MAX_SMALL_SIZE = 0.96  # relative to the body text, for a line that contains a page number
MAX_SMALL_CHARACTERS = 80  # in a line that contains a page number
MIN_TITLE_SIZE = 1.2  # relative to the body text, for a recurring title, which is kept once


class Furniture(NamedTuple):
    """The lines on each page that are not text, and the printed page labels."""

    lines: dict[int, frozenset[int]]  # page -> indexes of its lines
    labels: Labels


def find_furniture(pages: Sequence[Page], body: float) -> Furniture:
    """Return the running lines by page, and the printed page labels.

    `body` is the size of the body text. If a file has only headers and page numbers, they are kept
    as its text.
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
        """Return the indexes of the lines at one end of a page that are not text."""
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
            # Text beside a running line is the part of it that varies.
            taken.update(edge.place for edge in level.edges)
        # No header has so many lines; this is repeated text, such as a form letter.
        return taken if len(levels) < MAX_LEVELS else set()

    def _recurs(self, page: int, end: str, edge: Edge | Level) -> bool:
        """Return whether a line recurs on nearby pages.

        A large line is a title, whose digits must also match and whose first occurrence is kept.
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
        """Return the page number, if it is set apart from the text, and the lines beyond it.

        A number alone on a line is the page number if it is outermost or the expected one.
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
        """Return whether a line is the page number, or clearly contains it."""
        small = edge.size <= MAX_SMALL_SIZE * self.body and len(edge.exact) <= MAX_SMALL_CHARACTERS
        known = self.printed.on.get(page) if edge.alone else self.printed.near(page)
        for read in filter(None, map(numeral, edge.numbers)):
            if read.value == page and (edge.alone or edge.called or small):
                return True
            if known and known.holds(read, page) and (edge.alone or small or edge.isolated):
                return True
        return False


def _is_apart(levels: Sequence[Level], number: int) -> bool:
    """Return whether the next line inward is farther away than a line of the same text."""
    level, *after = levels[number : number + 2]
    size = max(edge.size for edge in level.edges)
    return not after or abs(after[0].y - level.y) > MIN_TEXT_DISTANCE * size
