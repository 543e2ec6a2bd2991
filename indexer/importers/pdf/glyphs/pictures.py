"""Whether a page without text shows something, and the page as a picture."""

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

DOTS = 300  # an inch: what tesseract's own documentation recommends
MOST_DOTS = 36_000_000  # of a picture: A3 at 300 an inch is 17 million
LEAST_PART = 0.05  # of the page that a picture covers
DRAWN = 40  # shapes: letters that were turned into outlines
MOST = 5_000  # objects of a page that are looked at


class Picture(NamedTuple):
    """A page in grey, as a portable greymap (PGM)."""

    data: bytes
    dots: float  # an inch


def shows_something(page: pdfium.FPDF_PAGE) -> bool:
    """Whether there is a picture on the page, or many shapes."""
    whole = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    drawn = 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST)):
        shape = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
            pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
            part = abs(right.value - left.value) * abs(top.value - bottom.value)
            if part >= LEAST_PART * whole:
                return True
        drawn += kind == pdfium.FPDF_PAGEOBJ_PATH
    return drawn >= DRAWN


def picture(document: pdfium2.PdfDocument, number: int) -> Picture:
    """A page (from 1) in grey; with fewer dots where it is very large."""
    page = document.get_page(number - 1)
    try:
        width, height = page.get_size()
        dots = DOTS * min(1.0, (MOST_DOTS / (width * height)) ** 0.5 * 72 / DOTS)
        bitmap = page.render(scale=dots / 72, grayscale=True, may_draw_forms=False)
        try:
            grey = bitmap.to_numpy()
            size = f"P5 {grey.shape[1]} {grey.shape[0]} 255\n".encode()
            return Picture(size + grey.tobytes(), dots)
        finally:
            bitmap.close()
    finally:
        page.close()
