"""Read the lines at the top and bottom of pages, where running lines and page numbers are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from indexer.importers.pdf.lines.lines import CELL, Line, Page
from indexer.importers.shared.numerals import roman

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


class Numeral(NamedTuple):
    """A page number and its style: `1`, `i` or `I`, or a prefix and `1`, as in `A-1`."""

    value: int
    style: str

    def printed(self) -> str:
        """Format the number as it is printed on a page."""
        if self.style in {"i", "I"}:
            return roman(self.value) if self.style == "i" else roman(self.value).upper()
        return f"{self.style.removesuffix('1')}{self.value}"


def numeral(text: str) -> Numeral | None:
    """Parse an Arabic or Roman page number; return None if the text is not one.

    >>> numeral("xiv"), numeral("vx")
    (Numeral(value=14, style='i'), None)
    """
    counted = re.fullmatch(r"((?:\d+|[A-Za-z])[-–.])?(\d+)", text)
    if counted:
        return Numeral(int(counted[2]), f"{counted[1] or ''}1")
    try:
        value = int(RomanNumeral.from_string(text))
    except InvalidRomanNumeralError:
        return None
    return Numeral(value, "I" if text.isupper() else "i")


class Edge(NamedTuple):
    """A line near the top or bottom of a page."""

    place: int  # index among the page's lines
    x0: float
    y: float
    size: float
    key: str  # its letters, which identify it on other pages
    exact: str  # its full text
    numbers: Sequence[Numeral]  # candidates for the page number
    alone: bool  # whether it is only a number
    called: bool  # whether it is labeled as a page number: "Page 3"
    isolated: bool  # whether the number is a cell of its own


class Level(NamedTuple):
    """Lines at the same height at the top or bottom of a page."""

    y: float
    edges: list[Edge]

    @property
    def key(self) -> str:
        """The letters of all lines, from left to right, which identify them on other pages."""
        ordered = sorted(self.edges, key=lambda edge: edge.x0)
        return " ".join(edge.key for edge in ordered if edge.key)


class End(NamedTuple):
    """The lines near the top or bottom of a page, grouped by height, outermost first."""

    page: int
    is_top: bool
    levels: Sequence[Level]


def ends(page: Page) -> Iterator[End]:
    """Yield the lines near the top of a page, then those near its bottom."""
    downward = sorted(enumerate(page.lines), key=lambda one: one[1].y)
    for is_top, lines in ((True, downward), (False, downward[::-1])):
        levels: list[Level] = []
        for place, line in lines:
            if (line.y if is_top else page.height - line.y) >= EDGE_HEIGHT * page.height:
                break
            if not levels or abs(line.y - levels[-1].y) > SAME_HEIGHT:
                levels.append(Level(line.y, []))
            levels[-1].edges.append(_edge(place, line))
        yield End(page.number, is_top, levels[:MAX_LEVELS])


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
        numbers=[read for text in numbers if (read := numeral(text))],
        alone=bool(alone),
        called=_CALLED.search(text[:MAX_NUMBER_LINE]) is not None,
        isolated=bool(isolated) and not alone,
    )  # fmt: skip


class Recurring:
    """Index of the lines at page edges, which finds those that recur on other pages."""

    def __init__(self, ends: Iterable[End]) -> None:
        self._heights: dict[tuple[bool, str], dict[int, list[float]]] = defaultdict(dict)
        for end in ends:
            for level in end.levels:
                keys = {level.key, *(edge.key for edge in level.edges)}
                keys |= {edge.exact for edge in level.edges if edge.key}
                for key in keys - {""}:
                    self._heights[end.is_top, key].setdefault(end.page, []).append(level.y)

    def is_anywhere(self, end: End, key: str) -> bool:
        """Return whether a text occurs at this end of more than one page, at any height."""
        return len(self._heights.get((end.is_top, key), ())) > 1

    def near(self, end: End, key: str, y: float) -> list[int]:
        """Return the neighboring pages that have the line at the same end and height."""
        heights = self._heights.get((end.is_top, key), {})
        return [
            page
            for page in range(end.page - NEIGHBOR_PAGES, end.page + NEIGHBOR_PAGES + 1)
            if page != end.page and any(abs(one - y) <= SAME_PLACE for one in heights.get(page, ()))
        ]
