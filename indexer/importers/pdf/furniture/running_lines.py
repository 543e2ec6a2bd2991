"""Which lines are running heads, running feet and page numbers.

A line at an edge of a page is one where its letters come again at the same height on pages near,
or where it is a number that goes up by one from page to page. Edges are read inwards and only as
far as such lines go, so that a line of the text is never taken for one because of its place.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import LEVELS, Edge, Edges, Level, Side
from indexer.importers.pdf.furniture.labels import Printed
from indexer.importers.pdf.furniture.page_numbers import numeral
from indexer.importers.pdf.furniture.recurring import Recurring, ends

NEXT = 2  # pages on which one repetition is enough: left and right pages have heads of their own
APART = 1.7  # distance to the text, in sizes, of a line that is no part of it
SMALL = 0.96  # of the text's size: a line with the page's number in it, at the edge
LONGEST = 80  # characters of such a line
LARGE = 1.2  # of the text's size: a title that comes again is kept once


class Furniture(NamedTuple):
    """What of each page is no text, and what its number says."""

    lines: dict[int, frozenset[int]]  # page -> indexes of its lines
    labels: tuple[str | None, ...]


def furniture(pages: Sequence[Edges], count: int, body: float) -> Furniture:
    """Running lines by page, and printed page numbers; `count` is of the file's pages."""
    recurring = Recurring(pages)
    printed = Printed(pages, recurring)
    known = _Known(recurring, printed, body)
    twice = {whole for whole, times in Counter(page.whole for page in pages).items() if times > 1}
    found = {
        page.page: frozenset().union(*(known.running(page.page, *end) for end in ends(page)))
        if page.whole not in twice
        else frozenset()
        for page in pages
    }
    return Furniture(found, printed.labels(count))


class _Known(NamedTuple):
    recurring: Recurring
    printed: Printed
    body: float

    def running(self, page: int, name: str, side: Side) -> set[int]:
        """Indexes of the lines of one edge that are no text, from the outermost inwards."""
        taken = self._around_number(page, side)
        for number, level in enumerate(side.levels):
            whole = len(level.edges) > 1 and self._recurs(page, name, level)
            running = [
                edge
                for edge in level.edges
                if whole or self._recurs(page, name, edge) or self._is_number(page, edge)
            ]
            if not running:
                break
            if len(running) < len(level.edges) and not _stands_apart(side, number):
                taken.update(edge.place for edge in running)
                break
            # What stands beside a running line is the part of it that changes.
            taken.update(edge.place for edge in level.edges)
        else:
            if len(side.levels) == LEVELS:
                return set()  # a letter that was sent twice: heads are not that long
        return taken

    def _recurs(self, page: int, name: str, edge: Edge | Level) -> bool:
        """Whether the line comes again near.

        A large line is a title: its numbers count too, and it is kept where it comes first.
        """
        if not edge.key:
            return False
        large = isinstance(edge, Edge) and edge.size > LARGE * self.body
        key = edge.exact if large and isinstance(edge, Edge) else edge.key
        others = self.recurring.near(name, key, page, edge.y)
        if large and not any(other < page for other in others):
            return False
        return len(others) > 1 or any(abs(other - page) <= NEXT for other in others)

    def _around_number(self, page: int, side: Side) -> set[int]:
        """A page's number that stands apart from the text, and what is further out than it."""
        for number, level in enumerate(side.levels):
            if _stands_apart(side, number) and any(
                self._may_be_number(page, number, edge) for edge in level.edges
            ):
                return {edge.place for outer in side.levels[: number + 1] for edge in outer.edges}
        return set()

    def _may_be_number(self, page: int, level: int, edge: Edge) -> bool:
        """Whether a number alone is the page's: it fits in, or is the outermost line."""
        if not edge.alone or edge.size > LARGE * self.body:
            return False
        return level == 0 or self._is_number(page, edge)

    def _is_number(self, page: int, edge: Edge) -> bool:
        """Whether the line says the page's number and, unless it is small, nothing else."""
        small = edge.size <= SMALL * self.body and len(edge.exact) <= LONGEST
        ahead = self.printed.on(page) if edge.alone else self.printed.near(page)
        for read in map(numeral, edge.numbers):
            if read and read.value == page and (edge.alone or edge.called or small):
                return True
            if read and ahead and ahead.holds(read, page) and (edge.alone or small):
                return True
        return False


def _stands_apart(side: Side, number: int) -> bool:
    """Whether the next line inwards is further away than lines of a text are."""
    level, *after = side.levels[number : number + 2]
    if not after:
        return True
    return abs(after[0].y - level.y) > APART * max(edge.size for edge in level.edges)
