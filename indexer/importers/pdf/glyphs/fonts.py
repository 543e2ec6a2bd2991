"""Whether a font is bold, by its name and its flags."""

import ctypes
import re

import pypdfium2.raw as pdfium

_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_LONGEST = 128  # bytes of a name; a longer one is no name
_BOLD = re.compile(r"bold|black|heavy|demi|CMBX|CMSSBX|SFBX|Medi$|-Bd|Bd$|Blk", re.IGNORECASE)


class Fonts:
    """The fonts of one page, each asked once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}
        self._name = ctypes.create_string_buffer(_LONGEST)

    def bold(self, font: int) -> bool:
        """Whether the font at this address is bold; no font is not."""
        if font not in self._known:
            self._known[font] = bool(font) and self._is_bold(font)
        return self._known[font]

    def _is_bold(self, font: int) -> bool:
        handle = ctypes.cast(font, pdfium.FPDF_FONT)
        length = pdfium.FPDFFont_GetBaseFontName(handle, self._name, _LONGEST)
        name = self._name.value.decode("latin-1") if 0 < length <= _LONGEST else ""
        flags = pdfium.FPDFFont_GetFlags(handle)
        return bool(_BOLD.search(name)) or (flags != -1 and bool(flags & _FORCE_BOLD))
