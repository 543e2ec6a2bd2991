"""Open a PDF and read its metadata: title, authors, language and page labels."""

import ctypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.base import SourceInfo
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.stated import creators, stated_language
from indexer.importers.shared.titles import usable_title
from kb.errors import UnreadableError

MAX_PAGES = 20_000
MAX_VALUE_UNITS = 4096  # UTF-16 code units in a metadata value
MAX_AUTHORS = 50

_FILE_NAME = re.compile(r"\S+\.\w{1,5}")


def opened(path: Path, info: SourceInfo) -> pdfium2.PdfDocument:
    """Open a document. Raise UnreadableError if it cannot be opened."""
    pdfium.FPDF_LoadMemDocument64(b"", 0, None)  # or an earlier file's error may be reported
    try:
        document = pdfium2.PdfDocument(path, password=info.password or None)
    except pdfium2.PdfiumError as error:
        raise _unreadable(info, error.err_code) from error
    except UnicodeEncodeError as error:  # from a password that no PDF can have
        raise _unreadable(info, pdfium.FPDF_ERR_PASSWORD) from error
    if len(document) > MAX_PAGES:
        pages = f"{len(document):,} pages"
        document.close()
        raise UnreadableError(info.name, pages, f"at most {MAX_PAGES:,}")
    return document


def _unreadable(info: SourceInfo, code: int | None) -> UnreadableError:
    wrong = "a PDF that is damaged, cut off or without pages"
    expected = "an intact PDF"
    if code == pdfium.FPDF_ERR_PASSWORD:
        wrong = "encrypted"
        expected = "its password. Next: kb import --password PASSWORD"
        if info.password:
            wrong = "encrypted, and the password is wrong"
    elif code == pdfium.FPDF_ERR_SECURITY:
        wrong, expected = "encrypted in an unknown way", "a copy without encryption"
    return UnreadableError(info.name, wrong, expected)


def stated_title(document: pdfium2.PdfDocument) -> str | None:
    """Return the title in the metadata, or None if it is a file name or unusable."""
    stated = usable_title(text_of(pdfium.FPDF_GetMetaText, document, b"Title"))
    return None if stated and _FILE_NAME.fullmatch(stated) else stated


def authors(document: pdfium2.PdfDocument) -> tuple[str, ...]:
    """Return the names of the authors in the metadata, without account names."""
    stated = text_of(pdfium.FPDF_GetMetaText, document, b"Author")
    names = re.split(r"[;|]|,?\s*https?://\S+|\s(?:and|y)\s", one_line(stated))
    return creators(names[:MAX_AUTHORS])


def language(document: pdfium2.PdfDocument) -> str | None:
    """Return the language stated in the document catalog, as a BCP 47 tag."""
    return stated_language(text_of(pdfium.FPDFCatalog_GetLanguage, document))


def stated_labels(document: pdfium2.PdfDocument) -> tuple[str | None, ...]:
    """Return the page labels stored in the file, or () if they are missing or all the same."""
    pages = range(len(document))
    found = [one_line(text_of(pdfium.FPDF_GetPageLabel, document, page)) for page in pages]
    if not any(found) or (len(found) > 1 and len(set(found)) == 1):
        return ()
    return tuple(label or None for label in found)


def text_of(function: Callable[..., int], *arguments: Any) -> str:
    """Return the text that a PDFium function writes to a buffer, or "" if it is too long."""
    units = (ctypes.c_ushort * MAX_VALUE_UNITS)()
    function(*arguments, units, ctypes.sizeof(units))
    return bytes(units).decode("utf-16-le", "replace").partition("\0")[0]
