"""The lines of one page, and how they are kept small until the whole file has been read.

Whether a line is a running head, a heading or a note is told by other pages, so all pages are read
before the first block is made. A line as an object takes some ten times the room of its words;
kept as one text and one array of numbers, a page takes about twice the room of its words.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.importers.pdf.lines.lines import Line

_NUMBERS = 9  # of a line, kept as 32-bit floats: enough for points and counts


class Page(NamedTuple):
    """A page that was read."""

    number: int  # from 1
    height: float
    lines: Sequence[Line]  # in reading order
    hidden: bool = False  # its text is what a scanner's program recognised


class Packed(NamedTuple):
    """A page, kept small."""

    number: int
    height: float
    hidden: bool
    texts: str
    numbers: "array[float]"


def pack(page: Page) -> Packed:
    """The page in little room; texts hold no line feed."""
    numbers = array("f")
    for line in page.lines:
        numbers.extend(line[1:])
    texts = "\n".join(line.text for line in page.lines)
    return Packed(page.number, page.height, page.hidden, texts, numbers)


def unpack(packed: Packed) -> Page:
    """The page as it was, to the precision of 32 bits."""
    texts = packed.texts.split("\n") if packed.numbers else []
    rows: Iterable[tuple[float, ...]] = zip(*[iter(packed.numbers)] * _NUMBERS, strict=True)
    lines = [
        Line(text, x0, x1, y, size, bool(bold), int(region), left, right, bool(begins))
        for text, (x0, x1, y, size, bold, region, left, right, begins) in zip(
            texts, rows, strict=True
        )
    ]
    return Page(packed.number, packed.height, lines, packed.hidden)
