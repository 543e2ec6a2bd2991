"""Read the words in a page's text layer, with their positions and styles."""

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.drawings import Box, Rule
from indexer.importers.shared.hyphens import HYPHEN

_TOKEN = re.compile(f"[^\\s{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_MAX_SKEW = 0.26  # sine of 15 degrees: scans are skewed by less, watermarks by more
_SIZE_TOLERANCE = 0.1  # relative size difference between parts of one word
_BASELINE_TOLERANCE = 0.12  # distance between the baselines of parts of one word, in type sizes

_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_MAX_FONT_NAME = 128  # bytes in the name of a font
_BOLD = re.compile(r"bold|black|heavy|demi|CMBX|CMSSBX|SFBX|Medi$|-Bd|Bd$|Blk", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|webdings|dingbats|marlett|monotype ?sorts", re.IGNORECASE)
_MAX_BULLET = 2  # characters in a bullet in a symbol font


def _call(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
    """Wrap a PDFium function to take pointers as plain integers and return None for null.

    pypdfium2 wraps every pointer in an object, which takes longer than the call. Several calls are
    made for each word. They take less than a microsecond, so they do not release the GIL.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    called: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return called


_POINTER, _NUMBER = ctypes.c_void_p, ctypes.c_int
_object_at = _call(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _NUMBER)
_origin = _call(pdfium.FPDFText_GetCharOrigin, _NUMBER, _POINTER, _NUMBER, _POINTER, _POINTER)
_loose_box = _call(pdfium.FPDFText_GetLooseCharBox, _NUMBER, _POINTER, _NUMBER, _POINTER)
_matrix = _call(pdfium.FPDFText_GetMatrix, _NUMBER, _POINTER, _NUMBER, _POINTER)
_font_size = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _NUMBER)
_unicode_at = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _NUMBER)
_font_of = _call(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
_mode_of = _call(pdfium.FPDFTextObj_GetTextRenderMode, _NUMBER, _POINTER)


class Word(NamedTuple):
    """A sequence of characters without spaces, with its position on the upright page.

    Positions are in points: `x` to the right, and `y` downward from the top to the baseline.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    joined: bool  # whether no space precedes it, as for a superscript or part in another font
    turn: int = 0  # quarter turns counterclockwise; -1 if it is skewed
    hidden: bool = False


# Size, bold, turn and hidden as in a `Word`, and whether the font is a symbol font.
_Style = tuple[float, bool, int, bool, bool]


def read_words(page: pdfium2.PdfPage, box: Box, rules: Iterable[Rule]) -> tuple[str, list[Word]]:
    """Return the characters of a page, and its words, which may be split at the ends of rules."""
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        reader = _TextPage(handle, box, rules)
        return reader.text, list(reader.words())
    finally:
        pdfium.FPDFText_ClosePage(handle)


class _TextPage:
    """The text layer of an open page, whose words are each rotated upright."""

    def __init__(self, handle: pdfium.FPDF_TEXTPAGE, shown: Box, rules: Iterable[Rule]) -> None:
        self.page = ctypes.cast(handle, ctypes.c_void_p).value
        self.shown = shown
        self.text = self._text(handle)
        self._ends: dict[int, list[float]] = defaultdict(list)  # ends of rules: x -> y
        for rule in rules:
            self._ends[round(rule.x0)].append(rule.y)
            self._ends[round(rule.x1)].append(rule.y)
        self._fonts: dict[int, tuple[bool, bool]] = {}  # bold, symbols
        self._name = ctypes.create_string_buffer(_MAX_FONT_NAME)
        self._styles: dict[int | None, _Style] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._box_at = ctypes.addressof(self._box)
        self._matrix_at = ctypes.addressof(self._matrix)

    def _text(self, handle: pdfium.FPDF_TEXTPAGE) -> str:
        """Return all characters of the page, read one by one if the faster call omits some."""
        count = max(0, pdfium.FPDFText_CountChars(handle))
        units = (ctypes.c_ushort * (2 * count + 1))()
        written = pdfium.FPDFText_GetText(handle, 0, count, units)
        text = bytes(units)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (_unicode_at(self.page, index) for index in range(count))
        return "".join(HYPHEN if code == 2 else chr(min(code, 0x10FFFF)) for code in codes)

    def words(self) -> Iterator[Word]:
        """Yield the words of the page in file order."""
        page, before = self.page, -1
        for found in _TOKEN.finditer(self.text):
            start, end = found.span()
            first = _object_at(page, start)
            joined, before = start == before, end
            if end - start == 1 or _object_at(page, end - 1) == first:
                yield self._placed(start, end, first, joined)
            else:
                yield from self._parts(start, end, joined)

    def _placed(self, start: int, end: int, first: int | None, joined: bool) -> Word:
        style = self._styles.get(first) or self._style(first, start)
        _origin(self.page, start, *self._at)
        _loose_box(self.page, end - 1, self._box_at)
        size, bold, turn, hidden, symbols = style
        left, bottom, right, top = self.shown
        x, y, box = self._x.value, self._y.value, self._box
        inward = (x - left, y - bottom, right - x, top - y)  # along the text, by turn
        ends = (box.right - left, box.top - bottom, right - box.left, top - box.bottom)
        x0, x1, down = inward[turn], ends[turn], inward[turn - 1]
        if turn == 0 and x1 < x0:  # right-to-left: the last character is the leftmost
            x0, x1 = box.left - left, x0 + size / 2
        text = self.text[start:end]
        if symbols and end - start <= _MAX_BULLET and text < "\u0100":
            text = "•"
        return Word(text, x0, x1, down, size, bold, joined, turn, hidden)

    def _parts(self, start: int, end: int, joined: bool) -> list[Word]:
        """Return a word in several text objects as parts, merging those that match in style."""
        parts: list[Word] = []
        for shape, group in groupby(range(start, end), key=partial(_object_at, self.page)):
            indexes = list(group)
            word = self._placed(indexes[0], indexes[-1] + 1, shape, joined or bool(parts))
            if parts and _continues(parts[-1], word) and not self._is_cut(word):
                text = parts[-1].text + word.text
                parts[-1] = parts[-1]._replace(text=text, x1=word.x1)
            else:
                parts.append(word)
        return parts

    def _is_cut(self, word: Word) -> bool:
        """Return whether a rule at the height of the text begins or ends where a word begins."""
        return any(
            0 < word.y - y < word.size
            for near in range(round(word.x0) - 2, round(word.x0) + 3)
            for y in self._ends.get(near, ())
        )

    def _style(self, found: int | None, index: int) -> _Style:
        _matrix(self.page, index, self._matrix_at)
        matrix = self._matrix
        size = _font_size(self.page, index) * math.hypot(matrix.c, matrix.d)
        mode = _mode_of(found) if found else 0
        bold, symbols = self._font(_font_of(found) or 0 if found else 0)
        bold = bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        hidden = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        style = round(size, 1), bold, _turn(matrix.a, matrix.b), hidden, symbols
        self._styles[found] = style
        return style

    def _font(self, font: int) -> tuple[bool, bool]:
        """Return whether a font is bold, and whether it is a symbol font; `font` is its address."""
        if font not in self._fonts:
            handle = ctypes.cast(font, pdfium.FPDF_FONT)
            length = pdfium.FPDFFont_GetBaseFontName(handle, self._name, _MAX_FONT_NAME)
            name = self._name.value.decode("latin-1") if 0 < length <= _MAX_FONT_NAME else ""
            flags = pdfium.FPDFFont_GetFlags(handle)
            bold = bool(_BOLD.search(name)) or (flags != -1 and bool(flags & _FORCE_BOLD))
            self._fonts[font] = bold, bool(_SYMBOLS.search(name))
        return self._fonts[font]


def _continues(word: Word, after: Word) -> bool:
    """Return whether the next part of a word has the same direction, size and baseline."""
    if word.turn != after.turn or abs(word.size - after.size) > _SIZE_TOLERANCE * word.size:
        return False
    return abs(word.y - after.y) <= _BASELINE_TOLERANCE * max(word.size, after.size)


def _turn(along: float, across: float) -> int:
    """Return the quarter turns of a text direction, or -1 if it is skewed or undefined."""
    turns = math.atan2(across, along) / (math.pi / 2)
    is_skewed = abs(math.sin((turns - round(turns)) * math.pi / 2)) > _MAX_SKEW
    return -1 if is_skewed or along == across == 0 else round(turns) % 4
