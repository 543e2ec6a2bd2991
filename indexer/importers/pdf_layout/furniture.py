"""Which lines are running heads, running feet and page numbers, and the page numbers they print.

A line at an edge of a page is one where its letters come again at the same height on pages near,
or where it is a number that goes up by one from page to page. Edges are read inwards and only as
far as such lines go, so that a line of the text is never taken for one because of its place.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.importers.pdf_layout.edges import Edge, Edges, Level, Side
from indexer.importers.pdf_layout.numerals import Numeral, numeral

NEXT = 2  # pages on which one repetition is enough: left and right pages have heads of their own
NEAR = 8  # pages on which two are
SAME_HEIGHT = 6.0  # points
APART = 1.7  # distance to the text, in sizes, of a line that is no part of it
SMALL = 0.96  # of the text's size: a line with the page's number in it, at the edge
LARGE = 1.2  # of the text's size: a title that comes again is kept once
SURE = 3  # pages of a sequence that a number far from them is still a part of


class Furniture(NamedTuple):
    """What of each page is no text, and what its number says."""

    lines: dict[int, frozenset[int]]  # page -> indexes of its lines
    labels: tuple[str | None, ...]


def furniture(pages: Sequence[Edges], count: int, body: float) -> Furniture:
    """Running lines by page, and printed page numbers; `count` is of the file's pages."""
    places = _places(pages)
    offsets = _offsets(pages, places)
    found = {}
    for page in pages:
        taken: set[int] = set()
        for name, side in (("top", page.top), ("foot", page.foot)):
            taken |= _running(page.page, name, side, _Known(places, offsets, body))
        found[page.page] = frozenset(taken)
    return Furniture(found, _labels(offsets, count))


class _Place(NamedTuple):
    page: int
    y: float


Places = dict[tuple[str, str], list[_Place]]  # end of a page, letters -> where, in order


class _Known(NamedTuple):
    places: Places
    offsets: dict[int, tuple[str, int]]
    body: float


def _places(pages: Sequence[Edges]) -> Places:
    """On which pages and how high each line with letters stands."""
    found: Places = defaultdict(list)
    for page in pages:
        for name, side in (("top", page.top), ("foot", page.foot)):
            for level in side.levels:
                keys = {level.key, *(edge.key for edge in level.edges)}
                keys |= {edge.exact for edge in level.edges if edge.key}
                for key in keys - {""}:
                    found[name, key].append(_Place(page.page, level.y))
    return found


def _all(page: Edges) -> Iterator[tuple[str, Edge]]:
    for name, side in (("top", page.top), ("foot", page.foot)):
        for level in side.levels:
            for edge in level.edges:
                yield name, edge


def _repeated(page: int, name: str, edge: Edge | Level, known: _Known) -> bool:
    """Whether the line comes again near.

    A large line is a title: its numbers count too, and it is kept where it comes first.
    """
    if not edge.key:
        return False
    large = isinstance(edge, Edge) and edge.size > LARGE * known.body
    places = known.places[name, edge.exact if large else edge.key]
    first = bisect_left(places, page - NEAR, key=lambda place: place.page)
    last = bisect_left(places, page + NEAR + 1, key=lambda place: place.page)
    others = [
        place.page
        for place in places[first:last]
        if place.page != page and abs(place.y - edge.y) <= SAME_HEIGHT
    ]
    if large and not any(other < page for other in others):
        return False
    return len(others) > 1 or any(abs(other - page) <= NEXT for other in others)


def _running(page: int, name: str, side: Side, known: _Known) -> set[int]:
    """Indexes of the lines of one edge that are no text, from the outermost inwards."""
    taken = _around_number(page, side, known)
    for number, level in enumerate(side.levels):
        whole = len(level.edges) > 1 and _repeated(page, name, level, known)
        running = [
            edge
            for edge in level.edges
            if whole or _repeated(page, name, edge, known) or _is_number(page, edge, known)
        ]
        if not running:
            break
        if len(running) == len(level.edges) or _stands_apart(side, number):
            # What stands beside a running line is the part of it that changes.
            taken.update(edge.index for edge in level.edges)
        else:
            taken.update(edge.index for edge in running)
            break
    return taken


def _around_number(page: int, side: Side, known: _Known) -> set[int]:
    """A page's number that stands apart from the text, and what is further out than it."""
    for number, level in enumerate(side.levels):
        if not _stands_apart(side, number):
            continue
        if any(_may_be_number(page, number, edge, known) for edge in level.edges):
            return {edge.index for outer in side.levels[: number + 1] for edge in outer.edges}
    return set()


def _may_be_number(page: int, level: int, edge: Edge, known: _Known) -> bool:
    """Whether a number alone is the page's: it fits in, or is the outermost line of the page."""
    if not edge.alone or edge.size > LARGE * known.body:
        return False
    return level == 0 or _is_number(page, edge, known)


def _stands_apart(side: Side, number: int) -> bool:
    """Whether the next line inwards is further away than lines of a text are."""
    level, *after = side.levels[number : number + 2]
    if not after:
        return True
    return abs(after[0].y - level.y) > APART * max(edge.size for edge in level.edges)


def _is_number(page: int, edge: Edge, known: _Known) -> bool:
    if not edge.alone and not edge.called:
        return edge.size < SMALL * known.body and str(page) in edge.numbers
    for read in map(numeral, edge.numbers):
        if read and read.value == page:
            return True
        if read and edge.alone and (read.style, read.value - page) == known.offsets.get(page):
            return True
    return False


def _numbers(page: Edges, places: Places) -> Iterator[Numeral]:
    """What may be the page's number: a number alone, or at an end of a line that comes again."""
    for name, edge in _all(page):
        if edge.alone or len(places.get((name, edge.key), ())) > 1:
            for text in edge.numbers:
                if read := numeral(text):
                    yield read


def _offsets(pages: Sequence[Edges], places: Places) -> dict[int, tuple[str, int]]:
    """How far the printed number is ahead of the page's, where pages near agree on it."""
    seen = {
        page.page: {(read.style, read.value - page.page) for read in _numbers(page, places)}
        for page in pages
    }
    support: Counter[tuple[str, int]] = Counter()
    agreed: dict[int, set[tuple[str, int]]] = {}
    for page, offsets in seen.items():
        near = set().union(*(seen.get(page + step, set()) for step in (-2, -1, 1, 2)))
        agreed[page] = offsets & near
        support.update(agreed[page])
    found = {}
    for page, offsets in seen.items():
        known = agreed[page] or {one for one in offsets if support[one] >= SURE}
        if known:
            found[page] = max(known, key=lambda one: (support[one], one))
    return found


def _labels(offsets: dict[int, tuple[str, int]], count: int) -> tuple[str | None, ...]:
    """The printed number of each page; a page without one between two of a sequence has its own."""
    labels: list[str | None] = [None] * count
    known = sorted(offsets)
    for page, after in zip(known, [*known[1:], 0], strict=False):
        last = after - 1 if offsets[page] == offsets.get(after) else page
        style, ahead = offsets[page]
        for one in range(page, last + 1):
            if one + ahead > 0:
                labels[one - 1] = Numeral(one + ahead, style).printed()
    plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
    return () if plain else tuple(labels)
