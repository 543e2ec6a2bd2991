"""Open a PDF and read its metadata."""

import ctypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

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
_BETWEEN_AUTHORS = re.compile(r"[;|]|,?\s*https?://\S+|\s(?:and|y)\s")


class Stated(NamedTuple):
    """The metadata of a PDF."""

    title: str | None  # None if it is a file name or unusable
    authors: tuple[str, ...]  # without account names
    language: str | None  # a BCP 47 tag
    labels: tuple[str | None, ...]  # of the pages; () if they are missing or identical


def opened(path: Path, info: SourceInfo) -> pdfium2.PdfDocument:
    """Open a PDF. Raise UnreadableError if it is damaged, encrypted or has too many pages."""
    pdfium.FPDF_LoadMemDocument64(b"", 0, None)  # or an earlier file's error may be reported
    wrong, expected = "a PDF that is damaged, cut off or without pages", "an intact PDF"
    try:
        document = pdfium2.PdfDocument(path, password=info.password or None)
    except (pdfium2.PdfiumError, UnicodeEncodeError) as error:
        # A password that cannot be encoded cannot be correct.
        code = getattr(error, "err_code", pdfium.FPDF_ERR_PASSWORD)
        if code == pdfium.FPDF_ERR_PASSWORD:
            wrong = "encrypted, and the password is wrong" if info.password else "encrypted"
            expected = "its password. Next: kb import --password PASSWORD"
        elif code == pdfium.FPDF_ERR_SECURITY:
            wrong, expected = "encrypted in an unknown way", "a copy without encryption"
        raise UnreadableError(info.name, wrong, expected) from error
    if len(document) > MAX_PAGES:
        pages = f"{len(document):,} pages"
        document.close()
        raise UnreadableError(info.name, pages, f"at most {MAX_PAGES:,}")
    return document


def metadata(document: pdfium2.PdfDocument) -> Stated:
    """Return the title, authors, language and page labels stated in a PDF."""
    title = usable_title(text_of(pdfium.FPDF_GetMetaText, document, b"Title"))
    authors = one_line(text_of(pdfium.FPDF_GetMetaText, document, b"Author"))
    pages = range(len(document))
    labels = [one_line(text_of(pdfium.FPDF_GetPageLabel, document, page)) for page in pages]
    told = any(labels) and (len(labels) == 1 or len(set(labels)) > 1)
    return Stated(
        title=None if title and _FILE_NAME.fullmatch(title) else title,
        authors=creators(_BETWEEN_AUTHORS.split(authors)[:MAX_AUTHORS]),
        language=stated_language(text_of(pdfium.FPDFCatalog_GetLanguage, document)),
        labels=tuple(label or None for label in labels) if told else (),
    )


def text_of(function: Callable[..., int], *arguments: Any) -> str:
    """Return the text that a PDFium function writes to a buffer, or "" if it is too long."""
    units = (ctypes.c_ushort * MAX_VALUE_UNITS)()
    function(*arguments, units, ctypes.sizeof(units))
    return bytes(units).decode("utf-16-le", "replace").partition("\0")[0]
