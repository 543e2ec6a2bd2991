"""Read the lines at the top and foot of pages, where running heads and page numbers are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.lines.lines import CELL, Page

MAX_LEVELS = 6  # heights of lines read from the top and from the foot
EDGE_HEIGHT = 0.2  # share of the page height for heads, and for feet
SAME_HEIGHT = 3.0  # points
MAX_NUMBER_LINE = 40  # characters that are searched for a number
MAX_CELLS = 4  # of a line with an isolated number; a table row has more
NEIGHBOUR_PAGES = 8  # before and after
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
    """A line at the top or foot of a page."""

    place: int  # index among the page's lines
    y: float
    size: float
    key: str  # its letters, which identify it on other pages
    exact: str  # its letters and digits
    numbers: tuple[str, ...]  # candidates for the page number
    alone: bool  # nothing but a number
    called: bool  # labelled as a page number: "Page 3"
    isolated: bool  # the number is a cell of its own


class Level(NamedTuple):
    """The lines at one height."""

    edges: tuple[Edge, ...]
    y: float
    key: str  # their letters together, regardless of line breaks


Side = tuple[Level, ...]  # the lines at one end of a page, outermost first


class Edges(NamedTuple):
    """Both ends of a page."""

    page: int
    top: Side
    foot: Side

    def ends(self) -> tuple[tuple[str, Side], tuple[str, Side]]:
        """Return both ends by name."""
        return ("top", self.top), ("foot", self.foot)


def edges(page: Page) -> Edges:
    """Return the lines at both ends of a page."""
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].y)
    least, most = EDGE_HEIGHT * page.height, (1 - EDGE_HEIGHT) * page.height
    heads = [index for index in order if page.lines[index].y < least]
    feet = [index for index in reversed(order) if page.lines[index].y > most]
    return Edges(page.number, _side(page, heads), _side(page, feet))


def _side(page: Page, order: Sequence[int]) -> Side:
    levels: list[list[int]] = []
    for index in order:
        if levels and abs(page.lines[index].y - page.lines[levels[-1][0]].y) <= SAME_HEIGHT:
            levels[-1].append(index)
        elif len(levels) < MAX_LEVELS:
            levels.append([index])
        else:
            break
    return tuple(_level(page, level) for level in levels)


def _level(page: Page, indexes: Sequence[int]) -> Level:
    found = tuple(_edge(page, index) for index in indexes)
    ordered = sorted(found, key=lambda edge: page.lines[edge.place].x0)
    key = " ".join(edge.key for edge in ordered if edge.key)
    return Level(found, found[0].y, key)


def _edge(page: Page, index: int) -> Edge:
    line = page.lines[index]
    text = line.text
    alone = _ALONE.fullmatch(text) if len(text) <= MAX_NUMBER_LINE else None
    cells = text.split(CELL) if CELL in text else []
    isolated = [
        cell["number"]
        for cell in map(_ALONE.fullmatch, cells if len(cells) <= MAX_CELLS else [])
        if cell
    ]
    ends = (_FIRST.match(text), _LAST.search(text[-MAX_NUMBER_LINE:]))
    numbers = [alone["number"]] if alone else [*isolated, *(one["number"] for one in ends if one)]
    return Edge(
        place=index,
        y=line.y,
        size=line.size,
        key="" if alone else _LETTERS.sub(" ", text).strip().casefold(),
        exact=text.strip().casefold(),
        numbers=tuple(dict.fromkeys(numbers)),
        alone=bool(alone),
        called=_CALLED.search(text[:MAX_NUMBER_LINE]) is not None,
        isolated=bool(isolated) and not alone,
    )


class Recurring:
    """Heights of recurring lines at page edges, by end of the page and by key."""

    def __init__(self, pages: Sequence[Edges]) -> None:
        self._heights: dict[tuple[str, str], dict[int, list[float]]] = {}
        for page in pages:
            for name, side in page.ends():
                for level in side:
                    keys = {level.key, *(edge.key for edge in level.edges)}
                    keys |= {edge.exact for edge in level.edges if edge.key}
                    for key in keys - {""}:
                        heights = self._heights.setdefault((name, key), {})
                        heights.setdefault(page.page, []).append(level.y)

    def is_anywhere(self, name: str, key: str) -> bool:
        """Return whether the line occurs at this end of more than one page."""
        return len(self._heights.get((name, key), ())) > 1

    def near(self, name: str, key: str, page: int, y: float) -> list[int]:
        """Return the neighbour pages that have the line at this end and height."""
        heights = self._heights.get((name, key), {})
        return [
            other
            for other in range(page - NEIGHBOUR_PAGES, page + NEIGHBOUR_PAGES + 1)
            if other != page and any(abs(one - y) <= SAME_PLACE for one in heights.get(other, ()))
        ]
