"""The text of an open page -> its words as they stand, each with how it is set."""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs import calls
from indexer.importers.pdf.glyphs.fonts import Fonts

# PDFium writes U+FFFE for a hyphen at the end of a line, and no line break behind it.
HYPHEN = "\ufffe"

_TOKEN = re.compile(f"[^\\s{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_STRAIGHT = 0.26  # sine of 15 degrees: scans lie askew by less, watermarks by more
_SAME_SIZE = 0.1  # of a size, by which parts of one word may differ
_SAME_LINE = 0.12  # of a size, by which their baselines may


class Word(NamedTuple):
    """Characters without a space between them, as they lie on the page turned upright.

    Places are in points, `x` to the right and `y` downwards from the top to the baseline.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    joined: bool  # no space before it: a superscript, or a part in another font


class Style(NamedTuple):
    """How a piece of text is set."""

    size: float
    bold: bool
    turn: int  # quarter turns counter-clockwise; -1 where it lies askew
    hidden: bool


class Box(NamedTuple):
    """The part of a page that is shown."""

    left: float
    bottom: float
    right: float
    top: float

    def size(self, turn: int) -> tuple[float, float]:
        """Width and height after so many quarter turns."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if turn % 2 else (width, height)


def shown(page: pdfium.FPDF_PAGE) -> Box:
    """The part of a page that is shown, in points of the file."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Box(
        min(box.left, box.right),
        min(box.bottom, box.top),
        max(box.left, box.right),
        max(box.bottom, box.top),
    )


class TextPage:
    """The text of one page, open; words are turned upright, each by its own direction."""

    def __init__(self, handle: pdfium.FPDF_TEXTPAGE, shown: Box) -> None:
        self.page = ctypes.cast(handle, ctypes.c_void_p).value
        self.shown = shown
        self.text = self._text(handle)
        self.fonts = Fonts()
        self.styles: dict[int | None, Style] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._box_at = ctypes.addressof(self._box)
        self._matrix_at = ctypes.addressof(self._matrix)

    def _text(self, handle: pdfium.FPDF_TEXTPAGE) -> str:
        """All characters, one a place; read one by one where the quick way leaves some out."""
        count = max(0, pdfium.FPDFText_CountChars(handle))
        units = (ctypes.c_ushort * (2 * count + 1))()
        written = pdfium.FPDFText_GetText(handle, 0, count, units)
        text = bytes(units)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (calls.unicode_at(self.page, index) for index in range(count))
        return "".join(HYPHEN if code == 2 else chr(min(code, 0x10FFFF)) for code in codes)

    def words(self) -> Iterator[tuple[Word, Style]]:
        """Every word, in the file's order."""
        text_object, page, before = calls.text_object, self.page, -1
        for found in _TOKEN.finditer(self.text):
            start, end = found.span()
            first = text_object(page, start)
            joined, before = start == before, end
            if end - start == 1 or text_object(page, end - 1) == first:
                yield self._placed(start, end, first, joined)
            else:
                yield from self._parts(start, end, joined)

    def _placed(self, start: int, end: int, first: int | None, joined: bool) -> tuple[Word, Style]:
        style = self.styles.get(first) or self._style(first, start)
        calls.origin(self.page, start, *self._at)
        calls.loose_box(self.page, end - 1, self._box_at)
        left, bottom, right, top = self.shown
        x, y, box = self._x.value, self._y.value, self._box
        size, bold, turn, _ = style
        if turn == 0:
            x0, x1, down = x - left, box.right - left, top - y
            if x1 < x0:  # the last character is the left one
                x0, x1 = box.left - left, x0 + size / 2
        elif turn == 1:
            x0, x1, down = y - bottom, box.top - bottom, x - left
        elif turn == 2:
            x0, x1, down = right - x, right - box.left, y - bottom
        else:
            x0, x1, down = top - y, top - box.bottom, right - x
        return Word(self.text[start:end], x0, x1, down, size, bold, joined), style

    def _parts(self, start: int, end: int, joined: bool) -> Iterator[tuple[Word, Style]]:
        """A word set in several pieces: one where they lie on one line in one size."""
        first = text_object = calls.text_object(self.page, start)
        style, place = self._start(first, start)
        for index in range(start + 1, end):
            other = calls.text_object(self.page, index)
            if other == text_object:
                continue
            text_object = other
            next_style, next_place = self._start(other, index)
            if not _goes_on(style, place, next_style, next_place):
                yield self._placed(start, index, first, joined)
                start, first, joined = index, other, True
                style, place = next_style, next_place
        yield self._placed(start, end, first, joined)

    def _start(self, found: int | None, index: int) -> tuple[Style, tuple[float, float]]:
        style = self.styles.get(found) or self._style(found, index)
        calls.origin(self.page, index, *self._at)
        return style, (self._x.value, self._y.value)

    def _style(self, found: int | None, index: int) -> Style:
        calls.matrix(self.page, index, self._matrix_at)
        matrix = self._matrix
        size = calls.font_size(self.page, index) * math.hypot(matrix.c, matrix.d)
        mode = calls.mode_of(found) if found else 0
        bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        bold = bold or self.fonts.bold(calls.font_of(found) or 0 if found else 0)
        hidden = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        style = Style(round(size, 1), bold, _turn(matrix.a, matrix.b), hidden)
        self.styles[found] = style
        return style


def _goes_on(
    style: Style, place: tuple[float, float], after: Style, next_place: tuple[float, float]
) -> bool:
    """Whether the next piece of a word is of the same size on the same line."""
    if style.turn != after.turn or abs(style.size - after.size) > _SAME_SIZE * style.size:
        return False
    across = abs(place[1 - style.turn % 2] - next_place[1 - style.turn % 2])
    return across <= _SAME_LINE * max(style.size, after.size)


def _turn(along: float, across: float) -> int:
    """Quarter turns of a direction; -1 where it is none."""
    length = math.hypot(along, across)
    if not length:
        return -1
    if abs(across) <= _STRAIGHT * length:
        return 0 if along > 0 else 2
    if abs(along) <= _STRAIGHT * length:
        return 1 if across > 0 else 3
    return -1
