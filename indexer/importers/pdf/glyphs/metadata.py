"""What a PDF states of itself: title, authors, language, and the labels of its pages."""

import ctypes
import re

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.shared.clean import one_line
from indexer.importers.shared.titles import usable_title

LONGEST = 4096  # bytes of a value, in UTF-16
MOST_AUTHORS = 50

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_FILE = re.compile(r"\S+\.\w{1,5}")  # a file of any program
# Names of accounts and programs that word processors put in the place of the author.
_NOBODY = re.compile(
    r"(?:(?:microsoft|ms) .*|.*\buser\b.*|.*\badmin(?:istrator)?\b.*|owner|unknown|author|default"
    r"|guest|root|pc|windows.*|usuario.*|autor|desconocido|anonymous|adobe .*|\S*@\S*|.*\\.*"
    r"|.*\.\w{3}"
    r"|[a-z]+[\d_.]*\w*|\W*)"
)


def title(document: pdfium2.PdfDocument) -> str | None:
    """The stated title, unless a program left something else there."""
    stated = usable_title(document.get_metadata_value("Title"))
    return None if stated and _FILE.fullmatch(stated) else stated


def authors(document: pdfium2.PdfDocument) -> tuple[str, ...]:
    """The stated authors, a name each, without names of accounts."""
    stated = one_line(document.get_metadata_value("Author"))
    names = [name.strip() for name in re.split(r"\s*[;|]\s*|\s+(?:and|y)\s+", stated)][
        :MOST_AUTHORS
    ]
    return tuple(dict.fromkeys(name for name in names if not _is_nobody(name)))


def _is_nobody(name: str) -> bool:
    lower = name.casefold()
    account = name == lower and " " not in name  # jsmith; persons and bodies have capitals
    return account or _NOBODY.fullmatch(lower if " " in lower else name) is not None


def language(document: pdfium2.PdfDocument) -> str | None:
    """The stated language as a BCP 47 tag."""
    units = (ctypes.c_ushort * (LONGEST // 2))()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, units, LONGEST // 2)
    stated = _decoded(units, length)
    if not _LANGUAGE.fullmatch(stated):
        return None
    first, *rest = re.split("[-_]", stated)
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join([first.lower(), *parts])


def labels(document: pdfium2.PdfDocument, count: int) -> tuple[str | None, ...]:
    """The stated label of each page; none where they are missing or say 1, 2, 3."""
    units = (ctypes.c_ushort * (LONGEST // 2))()
    found = [
        one_line(_decoded(units, pdfium.FPDF_GetPageLabel(document.raw, index, units, LONGEST)))
        for index in range(count)
    ]
    plain = all(label in {"", str(page)} for page, label in enumerate(found, start=1))
    if plain or (count > 1 and len(set(found)) == 1):
        return ()
    return tuple(label or None for label in found)


def _decoded(units: "ctypes.Array[ctypes.c_ushort]", length: int) -> str:
    """Text of so many bytes with its end mark, or so many units: it ends at the first zero."""
    if not 0 < length <= LONGEST:
        return ""
    return bytes(units).decode("utf-16-le", "replace").partition("\0")[0]
