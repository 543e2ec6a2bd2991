"""A PDF file -> an open document, or the reason why it cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.base import Asked
from kb.errors import UnreadableError

MOST_PAGES = 20_000


@contextmanager
def opened(path: Path, asked: Asked) -> Iterator[pdfium2.PdfDocument]:
    """The document, closed at the end; UnreadableError where it has no pages that can be opened."""
    try:
        document = pdfium2.PdfDocument(path, password=asked.password or None)
    except pdfium2.PdfiumError as error:
        raise _unreadable(asked, error.err_code) from error
    except UnicodeEncodeError as error:  # a password that no file can have
        raise _unreadable(asked, pdfium.FPDF_ERR_PASSWORD) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise UnreadableError(asked.name, f"{count:,} pages", f"at most {MOST_PAGES:,}")
        yield document
    finally:
        document.close()


def _unreadable(asked: Asked, code: int | None) -> UnreadableError:
    if code == pdfium.FPDF_ERR_PASSWORD and asked.password:
        return UnreadableError(
            asked.name, "encrypted, and the password is not the one that opens it",
            "its password. Next: kb import --password PASSWORD",
        )  # fmt: skip
    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableError(
            asked.name, "encrypted", "its password. Next: kb import --password PASSWORD"
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableError(
            asked.name, "encrypted in a way that is not known here", "a copy without encryption"
        )
    return UnreadableError(
        asked.name,
        "not a PDF that can be opened: damaged, cut short or without pages",
        "a whole PDF",
    )
