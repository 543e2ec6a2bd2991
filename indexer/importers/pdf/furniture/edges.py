"""Read the lines at the top and bottom of pages, where running lines and page numbers are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.importers.pdf.lines.lines import CELL, Line, Page

MAX_LEVELS = 6  # line heights that are read from the top and from the bottom
EDGE_HEIGHT = 0.2  # share of the page height for headers, and for footers
SAME_HEIGHT = 3.0  # points
MAX_NUMBER_LINE = 40  # characters that are searched for a number
MAX_CELLS = 4  # in a line with an isolated number; a table row has more
NEIGHBOR_PAGES = 8  # before and after
SAME_PLACE = 6.0  # points between the heights of a line on two pages

_LETTERS = re.compile(r"[\W\d_]+")
_ROMAN = "[ivxlc]{1,7}|[IVXLC]{1,7}"
_WORD = r"page|pages|pg\.?|p\.|página|pagina|pág\.?|pag\.?|seite|folio|hoja"
_PART = r"(?:(?:\d{1,3}|[A-Z])[-–.])?"  # 7-45: the page of a chapter
_OF = r"(?:\s*(?:of|de|/|von)\s*\d{1,5})?"
_ALONE = re.compile(
    rf"[\W_]*(?:(?:{_WORD})\s*)?[\W_]*(?P<number>{_PART}\d{{1,5}}|{_ROMAN}){_OF}[\W_]*",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?:(?:{_WORD})\s*)?(?P<number>\d{{1,5}}|{_ROMAN})(?=\s|$)", re.IGNORECASE)
_LAST = re.compile(
    rf"(?:^|\s)(?:(?:{_WORD})\s*)?(?P<number>\d{{1,5}}|{_ROMAN}){_OF}\s*\W?$", re.IGNORECASE
)
_CALLED = re.compile(rf"(?:^|\s)(?:{_WORD})\s*\d", re.IGNORECASE)


class Edge(NamedTuple):
    """A line at the top or bottom of a page."""

    place: int  # index among the page's lines
    x0: float
    y: float
    size: float
    key: str  # its letters, which identify it on other pages
    exact: str  # its full text
    numbers: tuple[str, ...]  # candidates for the page number
    alone: bool  # whether it is only a number
    called: bool  # whether it is labeled as a page number: "Page 3"
    isolated: bool  # whether the number is a cell of its own


class Level(NamedTuple):
    """The lines at one height."""

    edges: Sequence[Edge]
    y: float
    key: str  # their letters together, regardless of line breaks


class Edges(NamedTuple):
    """The levels at the top and at the foot of a page, outermost first."""

    page: int
    ends: dict[str, Sequence[Level]]


def edges(page: Page) -> Edges:
    """Return the lines at the top and bottom of a page."""
    order = sorted(enumerate(page.lines), key=lambda one: one[1].y)
    margin = EDGE_HEIGHT * page.height
    top = (_edge(*one) for one in order if one[1].y < margin)
    foot = (_edge(*one) for one in reversed(order) if one[1].y > page.height - margin)
    return Edges(page.number, {"top": _levels(top), "foot": _levels(foot)})


def _levels(order: Iterable[Edge]) -> list[Level]:
    levels: list[list[Edge]] = []
    for edge in order:
        if levels and abs(edge.y - levels[-1][0].y) <= SAME_HEIGHT:
            levels[-1].append(edge)
        else:
            levels.append([edge])
    found = []
    for level in levels[:MAX_LEVELS]:
        ordered = sorted(level, key=lambda edge: edge.x0)
        key = " ".join(edge.key for edge in ordered if edge.key)
        found.append(Level(level, level[0].y, key))
    return found


def _edge(place: int, line: Line) -> Edge:
    text = line.text
    alone = _ALONE.fullmatch(text) if len(text) <= MAX_NUMBER_LINE else None
    cells = text.split(CELL)
    cells = cells if 1 < len(cells) <= MAX_CELLS else []
    isolated = [cell["number"] for cell in map(_ALONE.fullmatch, cells) if cell]
    ends = (_FIRST.match(text), _LAST.search(text[-MAX_NUMBER_LINE:]))
    numbers = [alone["number"]] if alone else [*isolated, *(one["number"] for one in ends if one)]
    return Edge(
        place, line.x0, line.y, line.size,
        key="" if alone else _LETTERS.sub(" ", text).strip().casefold(),
        exact=text.strip().casefold(),
        numbers=tuple(numbers),
        alone=bool(alone),
        called=_CALLED.search(text[:MAX_NUMBER_LINE]) is not None,
        isolated=bool(isolated) and not alone,
    )  # fmt: skip


class Recurring:
    """The heights of recurring lines, by end of the page and key."""

    def __init__(self, pages: Sequence[Edges]) -> None:
        self._heights: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(dict)
        for page in pages:
            for end, levels in page.ends.items():
                for level in levels:
                    keys = {level.key, *(edge.key for edge in level.edges)}
                    keys |= {edge.exact for edge in level.edges if edge.key}
                    for key in keys - {""}:
                        self._heights[end, key].setdefault(page.page, []).append(level.y)

    def is_anywhere(self, end: str, key: str) -> bool:
        """Return whether a line occurs at this end of more than one page."""
        return len(self._heights.get((end, key), ())) > 1

    def near(self, end: str, key: str, page: int, y: float) -> list[int]:
        """Return the neighboring pages that have a line at the same end and height."""
        heights = self._heights.get((end, key), {})
        return [
            other
            for other in range(page - NEIGHBOR_PAGES, page + NEIGHBOR_PAGES + 1)
            if other != page and any(abs(one - y) <= SAME_PLACE for one in heights.get(other, ()))
        ]
