"""Which lines are running heads, running feet and page numbers.

A line at an edge of a page is one if its letters come again at the same height on pages near, or if
it is a number that goes up from page to page. Edges are read inwards and only as far as such
lines go, so that a line of the text is never taken for one because of its place.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import LEVELS, Edge, Level, Recurring, Side, edges
from indexer.importers.pdf.furniture.labels import Labels, Printed, numeral
from indexer.importers.pdf.lines.lines import Page

NEXT = 2  # pages on which one repetition is enough: left and right pages have heads of their own
APART = 1.7  # distance to the text, in sizes, of a line that is no part of it
SMALL = 0.96  # of the text's size: a line with the page's number in it, at the edge
MAX_SMALL = 80  # characters of such a line
LARGE = 1.2  # of the text's size: a title that comes again is kept once


class Furniture(NamedTuple):
    """What of each page is no text, and the numbers that are printed on the pages."""

    lines: dict[int, frozenset[int]]  # page -> indexes of its lines
    labels: Labels


def find_furniture(pages: Sequence[Page], body: float) -> Furniture:
    """Return the running lines by page, and the printed page numbers.

    `body` is the size of the text. A file of nothing but heads and page numbers keeps them: it has
    no other text.
    """
    ends = [edges(page) for page in pages]
    recurring = Recurring(ends)
    printed = Printed(ends, recurring)
    known = _Known(recurring, printed, body)
    times = Counter(map(_whole, pages))
    found = {
        page.number: frozenset().union(*(known.running(page.number, *end) for end in one.ends()))
        if times[_whole(page)] == 1
        else frozenset()
        for page, one in zip(pages, ends, strict=True)
    }
    if all(len(found[page.number]) == len(page.lines) for page in pages):
        found = dict.fromkeys(found, frozenset())
    return Furniture(found, printed.labels(len(pages)))


def _whole(page: Page) -> int:
    """Return a number by which pages of the same words are recognised."""
    return hash(tuple(line.text for line in page.lines))


class _Known(NamedTuple):
    recurring: Recurring
    printed: Printed
    body: float

    def running(self, page: int, name: str, side: Side) -> set[int]:
        """Return the indexes of the lines at one end that are no text, outermost first."""
        taken = self._around_number(page, side)
        for number, level in enumerate(side):
            whole = len(level.edges) > 1 and self._recurs(page, name, level)
            running = [
                edge
                for edge in level.edges
                if whole or self._recurs(page, name, edge) or self._is_number(page, edge)
            ]
            if not running:
                break
            if len(running) < len(level.edges) and not _is_apart(side, number):
                taken.update(edge.place for edge in running)
                break
            # What is beside a running line is the part of it that changes.
            taken.update(edge.place for edge in level.edges)
        else:
            if len(side) == LEVELS:
                return set()  # a letter that was sent twice: heads are not that long
        return taken

    def _recurs(self, page: int, name: str, edge: Edge | Level) -> bool:
        """Return whether the line comes again near.

        A large line is a title: its numbers count too, and it is kept where it comes first. They
        count in a row of a table too, which has a number apart from its words.
        """
        if not edge.key:
            return False
        large = isinstance(edge, Edge) and edge.size > LARGE * self.body
        key = edge.exact if isinstance(edge, Edge) and (large or edge.isolated) else edge.key
        others = self.recurring.near(name, key, page, edge.y)
        if large and not any(other < page for other in others):
            return False
        return len(others) > 1 or any(abs(other - page) <= NEXT for other in others)

    def _around_number(self, page: int, side: Side) -> set[int]:
        """Return a page's number that is apart from the text, and what is further out."""
        for number, level in enumerate(side):
            if _is_apart(side, number) and any(
                self._may_be_number(page, number, edge) for edge in level.edges
            ):
                return {edge.place for outer in side[: number + 1] for edge in outer.edges}
        return set()

    def _may_be_number(self, page: int, level: int, edge: Edge) -> bool:
        """Return whether a number alone is the page's: it fits in, or is the outermost line."""
        if not edge.alone or edge.size > LARGE * self.body:
            return False
        return level == 0 or self._is_number(page, edge)

    def _is_number(self, page: int, edge: Edge) -> bool:
        """Return whether the line says the page's number and, unless small, nothing else."""
        small = edge.size <= SMALL * self.body and len(edge.exact) <= MAX_SMALL
        known = self.printed.on(page) if edge.alone else self.printed.near(page)
        for read in map(numeral, edge.numbers):
            if read and read.value == page and (edge.alone or edge.called or small):
                return True
            if (
                read
                and known
                and known.holds(read, page)
                and (edge.alone or small or edge.isolated)
            ):
                return True
        return False


def _is_apart(side: Side, number: int) -> bool:
    """Return whether the next line inwards is further away than lines of a text are."""
    level, *after = side[number : number + 2]
    if not after:
        return True
    return abs(after[0].y - level.y) > APART * max(edge.size for edge in level.edges)
