"""Lay out the words of pages as lines in reading order, and remark on what was not read."""

import re
from collections import defaultdict
from subprocess import TimeoutExpired

import pypdfium2 as pdfium2

from indexer.importers.pdf.glyphs.drawings import draw
from indexer.importers.pdf.glyphs.page import Glyphs
from indexer.importers.pdf.lines import ocr
from indexer.importers.pdf.lines.columns import regions
from indexer.importers.pdf.lines.lines import Line, Page, lines
from indexer.importers.pdf.lines.runs import runs, with_drop_caps
from indexer.importers.shared.grouped import grouped
from kb.domain.imports import Remark

# Hebrew, Arabic, Syriac, Thaana, N'Ko and adjacent scripts, and their presentation forms.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


class PageReader:
    """Lays out pages as lines, using tesseract for images of text, and collects remarks."""

    def __init__(self, document: pdfium2.PdfDocument, language: str | None) -> None:
        self._document = document
        self._tesseract = ocr.Tesseract(language)
        self._pictures = 0
        self._pages: dict[str, list[int]] = defaultdict(list)  # page numbers by remark

    def read(self, glyphs: Glyphs) -> Page:
        """Return a page with its lines, or without lines if it cannot be read."""
        number = glyphs.number
        if glyphs.damaged:
            self._pages["damaged; nothing was read"].append(number)
        if glyphs.struck:
            self._pages["struck-out text left out"].append(number)
        found = _lines(glyphs) if glyphs.legible else []
        if glyphs.picture:
            scanned = self._by_picture(glyphs)
            if sum(len(line.text) for line in scanned) > 2 * sum(len(line.text) for line in found):
                return Page(number, glyphs.height, scanned, hidden=True)
        return Page(number, glyphs.height, found, glyphs.hidden)

    def _by_picture(self, glyphs: Glyphs) -> list[Line]:
        """Return the lines that tesseract recognizes in an image of the page, or [] if it fails."""
        number = glyphs.number
        if not self._tesseract.languages:
            what = "unreadable text" if glyphs.words else "only an image of text"
            if not glyphs.legible:
                self._pages[f"{what}; nothing was read. Next: {ocr.INSTALL}"].append(number)
            return []
        self._pictures += 1
        try:
            if self._pictures <= ocr.MAX_PAGES:
                return self._tesseract.read(draw(self._document, number), number)
            wrong = f"only an image; at most {ocr.MAX_PAGES} images per file are read"
        except TimeoutExpired:
            wrong = f"only an image, not read within {ocr.PAGE_S:.0f} seconds"
        except pdfium2.PdfiumError:
            wrong = "only an image, which cannot be rendered"
        self._pages[wrong].append(number)
        return []

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks on what was not read, one for each cause and range of pages."""
        found = sorted(
            (pages[0], pages[-1], text)
            for text, numbers in self._pages.items()
            for pages in grouped(numbers, lambda pages, number: number > pages[-1] + 1)
        )
        return tuple(
            Remark(place=f"page {first}" if first == last else f"pages {first}-{last}", text=text)
            for first, last, text in found
        )


def _lines(glyphs: Glyphs) -> list[Line]:
    """Return the words of a page as lines in reading order."""
    words, rules = with_drop_caps(glyphs.words), glyphs.rules
    right_to_left, letters = _RIGHT_TO_LEFT.findall(glyphs.text), _LETTER.findall(glyphs.text)
    if len(right_to_left) > 0.5 * len(letters):  # mirror the page: its first column is then left
        width = glyphs.width
        words = [word._replace(x0=width - word.x1, x1=width - word.x0) for word in words]
        rules = [rule._replace(x0=width - rule.x1, x1=width - rule.x0) for rule in rules]
    found = enumerate(regions(runs(words), glyphs.height, rules))
    return [line for number, part in found for line in lines(part, glyphs.number, number, rules)]
