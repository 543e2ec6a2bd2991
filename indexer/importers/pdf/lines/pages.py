"""An open PDF -> its pages, one open at a time, and what could not be read of them."""

from typing import NamedTuple

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.legible import is_legible
from indexer.importers.pdf.glyphs.margins import without_line_numbers
from indexer.importers.pdf.glyphs.pictures import picture, shows_something
from indexer.importers.pdf.glyphs.rules import Rule, rules
from indexer.importers.pdf.glyphs.words import Words, read_words
from indexer.importers.pdf.lines import ocr
from indexer.importers.pdf.lines.columns import regions
from indexer.importers.pdf.lines.direction import is_right_to_left, mirrored, mirrored_rules
from indexer.importers.pdf.lines.lines import Line, lines
from indexer.importers.pdf.lines.page import Page
from indexer.importers.pdf.lines.runs import runs
from kb.domain.imports import Remark

FEW = 15  # words: a stamp on the picture of a page, or its number


class _Seen(NamedTuple):
    words: Words
    drawn: list[Rule]
    legible: bool
    picture: bool  # whether the page shows more than its words


class Reader:
    """Reads the pages of a document, and keeps remarks."""

    def __init__(self, document: pdfium2.PdfDocument, language: str | None) -> None:
        self._document = document
        self._tesseract = ocr.Tesseract(language)
        self._pictures = 0
        self._unread: dict[str, list[int]] = {}  # remark -> pages

    def read(self, number: int) -> Page:
        """A page (from 1); without lines where it cannot be read."""
        handle = pdfium.FPDF_LoadPage(self._document.raw, number - 1)
        if not handle:
            self._remark(number, "damaged; nothing of it was read")
            return Page(number, 0.0, ())
        try:
            seen = _see(handle)
        finally:
            pdfium.FPDF_ClosePage(handle)
        found = _laid_out(seen.words, seen.drawn) if seen.legible else []
        if seen.picture:
            scanned = self._by_picture(number, seen)
            if sum(len(line.text) for line in scanned) > 2 * sum(len(line.text) for line in found):
                return Page(number, seen.words.height, scanned, hidden=True)
        return Page(number, seen.words.height, found, seen.words.hidden)

    def _by_picture(self, number: int, seen: _Seen) -> list[Line]:
        """The lines that are only drawn, as tesseract reads them."""
        if not self._tesseract.languages:
            what = "only a picture of text" if not seen.words.words else "text without meaning"
            self._remark(number, f"{what}; nothing was read. Next: {ocr.INSTALL}", seen.legible)
            return []
        if self._pictures >= ocr.MOST_PAGES:
            self._remark(number, f"only a picture; at most {ocr.MOST_PAGES} of a file are read")
            return []
        self._pictures += 1
        try:
            return self._tesseract.read(picture(self._document, number))
        except ocr.TooLongError:
            self._remark(number, f"only a picture, not read within {ocr.PAGE_S:.0f} seconds")
        except pdfium2.PdfiumError:
            self._remark(number, "only a picture, which cannot be drawn")
        return []

    def _remark(self, number: int, text: str, has_text: bool = False) -> None:
        if not has_text:
            self._unread.setdefault(text, []).append(number)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was not read, pages in a row together."""
        found = [
            (first, last, text)
            for text, numbers in self._unread.items()
            for first, last in _rows(numbers)
        ]
        return tuple(
            Remark(place=_place(first, last), text=text) for first, last, text in sorted(found)
        )


def _see(handle: pdfium.FPDF_PAGE) -> _Seen:
    words = read_words(handle)
    legible = is_legible(words.text)
    drawn = rules(handle) if words.upright and legible else []
    if words.words and not legible:
        return _Seen(words, drawn, legible, picture=True)
    return _Seen(words, drawn, legible, len(words.words) <= FEW and shows_something(handle))


def _laid_out(words: Words, drawn: list[Rule]) -> list[Line]:
    """The words of a page as lines in reading order."""
    counted = without_line_numbers(words.words, words.width)
    if is_right_to_left(words.text):
        counted, drawn = mirrored(counted, words.width), mirrored_rules(drawn, words.width)
    return lines(regions(runs(counted), words.height, drawn))


def _rows(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of the numbers that follow each other."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _place(first: int, last: int) -> str:
    return f"page {first}" if first == last else f"pages {first}-{last}"
