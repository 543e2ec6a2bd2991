"""What stands at the top and the foot of a page, where running heads and page numbers are."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from indexer.importers.pdf.lines.page import Page

LEVELS = 6  # lines from the top and from the foot, those at one height counted once
HEIGHT = 0.2  # part of a page that heads, and as much that feet, are within
SAME_HEIGHT = 3.0  # points
LONGEST = 40  # characters in which a number is looked for

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
    """A line at the top or the foot of a page."""

    place: int  # among the page's lines
    y: float
    size: float
    key: str  # its letters, by which it is known again on other pages
    exact: str  # its letters and digits
    numbers: tuple[str, ...]  # what may be the page's number
    alone: bool  # nothing but a number
    called: bool  # "Page 3": the number is said to be the page's


class Level(NamedTuple):
    """The lines at one height."""

    edges: tuple[Edge, ...]
    y: float
    key: str  # their letters together, however they are cut into lines


class Side(NamedTuple):
    """The lines at one end of a page, the outermost first."""

    levels: tuple[Level, ...]


class Edges(NamedTuple):
    """Both ends of a page."""

    page: int
    top: Side
    foot: Side
    whole: int  # a sum of all letters of the page


def edges(page: Page) -> Edges:
    """The lines at both ends of a page."""
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].y)
    least, most = HEIGHT * page.height, (1 - HEIGHT) * page.height
    heads = [index for index in order if page.lines[index].y < least]
    feet = [index for index in reversed(order) if page.lines[index].y > most]
    whole = crc32("".join(line.text for line in page.lines).encode("utf-8", "replace"))
    return Edges(page.number, _side(page, heads), _side(page, feet), whole)


def _side(page: Page, order: Sequence[int]) -> Side:
    levels: list[list[int]] = []
    for index in order:
        if levels and abs(page.lines[index].y - page.lines[levels[-1][0]].y) <= SAME_HEIGHT:
            levels[-1].append(index)
        elif len(levels) < LEVELS:
            levels.append([index])
        else:
            break
    return Side(tuple(_level(page, level) for level in levels))


def _level(page: Page, indexes: Sequence[int]) -> Level:
    found = tuple(_edge(page, index) for index in indexes)
    ordered = sorted(found, key=lambda edge: page.lines[edge.place].x0)
    key = " ".join(edge.key for edge in ordered if edge.key)
    return Level(found, found[0].y, key)


def _edge(page: Page, index: int) -> Edge:
    line = page.lines[index]
    text = line.text
    alone = _ALONE.fullmatch(text) if len(text) <= LONGEST else None
    numbers: tuple[str, ...]
    if alone:
        numbers = (alone["number"],)
    else:
        found = (_FIRST.match(text), _LAST.search(text[-LONGEST:]))
        numbers = tuple(one["number"] for one in found if one)
    called = _CALLED.search(text[:LONGEST]) is not None
    key = _LETTERS.sub(" ", text).strip().casefold()
    exact = text.strip().casefold()
    return Edge(index, line.y, line.size, "" if alone else key, exact, numbers, bool(alone), called)
