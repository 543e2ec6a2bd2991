"""Read the horizontal rules of a page, detect large images, and render a page as an image."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from typing import NamedTuple

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

MAX_RULE_HEIGHT = 3.0  # points; a taller shape is not a rule
MIN_SEPARATOR_LENGTH = 60.0  # points, for a rule that separates the text above and below it
MAX_OBJECTS = 20_000  # page objects that are read; a map has more
MAX_SEGMENTS = 400  # segments in a path that is read; a drawing has more
MAX_ANNOTATIONS = 2_000  # on a page

DPI = 300  # recommended by the documentation of tesseract
MAX_PIXELS = 36_000_000  # in a rendered page; A3 at 300 dpi has 17 million
MIN_IMAGE_SHARE = 0.05  # of the page area
MIN_OUTLINES = 40  # paths, on a page whose letters are outlines


class Box(NamedTuple):
    """A rectangle in PDF coordinates: the visible part of a page, or the bounds of an object."""

    left: float
    bottom: float
    right: float
    top: float


class Rule(NamedTuple):
    """A horizontal rule, in points from the top left of the page."""

    x0: float
    x1: float
    y: float
    edge: bool = False  # part of a path or annotation; may strike words, not separate text

    def separates(self) -> bool:
        """Return whether the rule may separate the text above it from the text below it."""
        return not self.edge and self.x1 - self.x0 >= MIN_SEPARATOR_LENGTH


class Picture(NamedTuple):
    """A page rendered as a portable graymap (PGM)."""

    data: bytes
    dots: float  # per inch


def read_rules(page: pdfium2.PdfPage, box: Box) -> list[Rule]:
    """Return the horizontal rules that paths and strikeout annotations draw, without duplicates."""
    found = dict.fromkeys(chain(_drawn(page), _marked(page)))
    return [Rule(x0 - box.left, x1 - box.left, box.top - y, edge) for x0, x1, y, edge in found]


def _objects(page: pdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, Box]]:
    """Yield the objects of a page with their types and bounds; unknown bounds are all 0."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        shape = pdfium.FPDFPage_GetObject(page, index)
        bounds = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(shape, *bounds)
        box = Box(*(one.value for one in bounds))
        yield shape, pdfium.FPDFPageObj_GetType(shape), box


def _drawn(page: pdfium2.PdfPage) -> Iterator[Rule]:
    """Yield rules for thin paths and thin parts of other paths, in the file's coordinates."""
    for shape, kind, (left, bottom, right, top) in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if top - bottom <= MAX_RULE_HEIGHT:
                yield Rule(left, right, (top + bottom) / 2)
            elif 2 < (count := pdfium.FPDFPath_CountSegments(shape)) <= MAX_SEGMENTS:
                yield from _thin_parts(shape, count)


def _thin_parts(shape: pdfium.FPDF_PAGEOBJECT, count: int) -> Iterator[Rule]:
    """Yield a rule for each thin part of a path; a single path may strike several words."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return  # a drawing or letter outlines
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        parts[-1].append((across, matrix.b * x.value + matrix.d * y.value + matrix.f))
    for xs, ys in (zip(*part, strict=True) for part in parts):
        if max(ys) - min(ys) <= MAX_RULE_HEIGHT < max(xs) - min(xs):
            yield Rule(min(xs), max(xs), (min(ys) + max(ys)) / 2, edge=True)


def _marked(page: pdfium2.PdfPage) -> Iterator[Rule]:
    """Yield a rule for each line of text that a strikeout annotation marks."""
    corners = pdfium.FS_QUADPOINTSF()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(mark) == pdfium.FPDF_ANNOT_STRIKEOUT:
            for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(mark)):
                if pdfium.FPDFAnnot_GetAttachmentPoints(mark, at, corners):
                    xs = (corners.x1, corners.x2, corners.x3, corners.x4)
                    ys = (corners.y1, corners.y2, corners.y3, corners.y4)
                    yield Rule(min(xs), max(xs), sum(ys) / 4, edge=True)
        pdfium.FPDFPage_CloseAnnot(mark)


def shows_something(page: pdfium2.PdfPage) -> bool:
    """Return whether a page has a large image or form object, or many paths."""
    width, height = page.get_size()
    drawn = 0
    for _, kind, (left, bottom, right, top) in _objects(page):
        large = (right - left) * (top - bottom) >= MIN_IMAGE_SHARE * width * height
        if large and kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
            return True
        drawn += kind == pdfium.FPDF_PAGEOBJ_PATH
    return drawn >= MIN_OUTLINES


def draw(document: pdfium2.PdfDocument, number: int) -> Picture:
    """Render a page, numbered from 1, in grayscale; a very large one at a lower resolution."""
    with closing(document.get_page(number - 1)) as page:
        width, height = page.get_size()
        dots = DPI * min(1.0, (MAX_PIXELS / (width * height)) ** 0.5 * 72 / DPI)
        with closing(page.render(scale=dots / 72, grayscale=True, may_draw_forms=False)) as bitmap:
            grey = bitmap.to_numpy()
            size = f"P5 {grey.shape[1]} {grey.shape[0]} 255\n".encode()
            return Picture(size + grey.tobytes(), dots)
