"""Horizontal lines that are drawn on a page: they part what is above them from what is below."""

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

THIN = 3.0  # points; a higher shape is no line
SHORTEST = 60.0  # points
MOST = 20_000  # objects of a page that are looked at; a map has more


class Rule(NamedTuple):
    """A line from left to right, in points from the top left of the page."""

    x0: float
    x1: float
    y: float


def rules(page: pdfium.FPDF_PAGE) -> list[Rule]:
    """The lines of an upright page, each once."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    corner, highest = min(box.left, box.right), max(box.bottom, box.top)
    found: dict[Rule, None] = {}
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST)):
        shape = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        wide, high = right.value - left.value, top.value - bottom.value
        if high <= THIN and wide >= SHORTEST:
            rule = Rule(left.value - corner, right.value - corner, highest - top.value)
            found[rule] = None
    return list(found)
