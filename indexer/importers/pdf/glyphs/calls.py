"""The calls of PDFium that are made for each word, with pointers as plain integers.

pypdfium2 wraps every pointer in an object; that costs more than the call itself, and pages have
thousands of words. The functions here are the same ones at the same addresses, and keep the
interpreter's lock, for they take less than a microsecond.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def _call(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
    """The same function with other types; a pointer to nothing is None."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    called: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return called


_POINTER, _NUMBER = ctypes.c_void_p, ctypes.c_int

text_object = _call(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _NUMBER)
origin = _call(pdfium.FPDFText_GetCharOrigin, _NUMBER, _POINTER, _NUMBER, _POINTER, _POINTER)
loose_box = _call(pdfium.FPDFText_GetLooseCharBox, _NUMBER, _POINTER, _NUMBER, _POINTER)
matrix = _call(pdfium.FPDFText_GetMatrix, _NUMBER, _POINTER, _NUMBER, _POINTER)
font_size = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _NUMBER)
unicode_at = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _NUMBER)
font_of = _call(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
mode_of = _call(pdfium.FPDFTextObj_GetTextRenderMode, _NUMBER, _POINTER)
