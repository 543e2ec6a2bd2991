"""Where the lines at the edges of pages come again."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import Edge, Edges, Side

NEAR = 8  # pages before and behind
SAME_HEIGHT = 6.0  # points


class _Place(NamedTuple):
    page: int
    y: float


class Recurring:
    """The places of each line, by the end of the page and its letters."""

    def __init__(self, pages: Sequence[Edges]) -> None:
        self._places: dict[tuple[str, str], list[_Place]] = defaultdict(list)
        for page in pages:
            for name, side in ends(page):
                for level in side.levels:
                    keys = {level.key, *(edge.key for edge in level.edges)}
                    keys |= {edge.exact for edge in level.edges if edge.key}
                    for key in keys - {""}:
                        self._places[name, key].append(_Place(page.page, level.y))

    def is_anywhere(self, name: str, key: str) -> bool:
        """Whether the line is at this end of more than one page."""
        return len(self._places.get((name, key), ())) > 1

    def near(self, name: str, key: str, page: int, y: float) -> list[int]:
        """The other pages near that have the line at this end and this height."""
        places = self._places.get((name, key), [])
        first = bisect_left(places, page - NEAR, key=lambda place: place.page)
        last = bisect_left(places, page + NEAR + 1, key=lambda place: place.page)
        return [
            place.page
            for place in places[first:last]
            if place.page != page and abs(place.y - y) <= SAME_HEIGHT
        ]


def ends(page: Edges) -> tuple[tuple[str, Side], tuple[str, Side]]:
    """Both ends of a page by name."""
    return ("top", page.top), ("foot", page.foot)


def all_edges(page: Edges) -> Iterator[tuple[str, Edge]]:
    """The lines at both ends, each with the name of its end."""
    for name, side in ends(page):
        for level in side.levels:
            for edge in level.edges:
                yield name, edge
