"""Open a PDF and read its metadata: title, authors, language, page labels."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.base import SourceInfo
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.titles import usable_title
from kb.errors import UnreadableError

MAX_PAGES = 20_000
MAX_VALUE_BYTES = 4096  # of a metadata value, in UTF-16
MAX_AUTHORS = 50

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_FILE_NAME = re.compile(r"\S+\.\w{1,5}")
# Account and program names that word processors write as the author.
_NOT_A_PERSON = re.compile(
    r"(?:(?:microsoft|ms) .*|.*\buser\b.*|.*\badmin(?:istrator)?\b.*|owner|unknown|author|default"
    r"|guest|root|pc|windows.*|usuario.*|autor|desconocido|anonymous|adobe .*|\S*@\S*|.*\\.*"
    r"|.*\.\w{3}"
    r"|[a-z]+[\d_.]*\w*|\W*)"
)


@contextmanager
def opened(path: Path, info: SourceInfo) -> Iterator[pdfium2.PdfDocument]:
    """Open the document and close it afterwards; UnreadableError if it cannot be opened."""
    try:
        document = pdfium2.PdfDocument(path, password=info.password or None)
    except pdfium2.PdfiumError as error:
        raise _unreadable(info, error.err_code) from error
    except UnicodeEncodeError as error:  # a password that no PDF can have
        raise _unreadable(info, pdfium.FPDF_ERR_PASSWORD) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableError(info.name, f"{count:,} pages", f"at most {MAX_PAGES:,}")
        yield document
    finally:
        document.close()


def _unreadable(info: SourceInfo, code: int | None) -> UnreadableError:
    password = "its password. Next: kb import --password PASSWORD"  # noqa: S105 (a message)
    wrong, expected = {
        pdfium.FPDF_ERR_PASSWORD: ("encrypted", password),
        pdfium.FPDF_ERR_SECURITY: ("encrypted in an unknown way", "a copy without encryption"),
    }.get(
        code or 0,
        ("not a PDF that can be opened: damaged, cut short or without pages", "a whole PDF"),
    )
    if code == pdfium.FPDF_ERR_PASSWORD and info.password:
        wrong = "encrypted, and the password is not the one that opens it"
    return UnreadableError(info.name, wrong, expected)


def stated_title(document: pdfium2.PdfDocument) -> str | None:
    """Return the title in the metadata; None for a file name or an unusable title."""
    stated = usable_title(document.get_metadata_value("Title"))
    return None if stated and _FILE_NAME.fullmatch(stated) else stated


def authors(document: pdfium2.PdfDocument) -> tuple[str, ...]:
    """Return the authors in the metadata, one name each, without account names."""
    stated = one_line(document.get_metadata_value("Author"))
    names = [name.strip() for name in re.split(r"\s*[;|]\s*|\s+(?:and|y)\s+", stated)]
    return tuple(dict.fromkeys(name for name in names[:MAX_AUTHORS] if not _is_account(name)))


def _is_account(name: str) -> bool:
    lower = name.casefold()
    # jsmith: names of people and organizations have capitals.
    account = name == lower and " " not in name
    return account or _NOT_A_PERSON.fullmatch(lower if " " in lower else name) is not None


def language(document: pdfium2.PdfDocument) -> str | None:
    """Return the language of the document catalog as a BCP 47 tag."""
    units = (ctypes.c_ushort * (MAX_VALUE_BYTES // 2))()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, units, MAX_VALUE_BYTES // 2)
    stated = _decoded(units, length)
    if not _LANGUAGE.fullmatch(stated):
        return None
    first, *rest = re.split("[-_]", stated)
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join([first.lower(), *parts])


def stated_labels(document: pdfium2.PdfDocument) -> tuple[str | None, ...]:
    """Return the stored label of each page; () if they are missing or are 1, 2, 3."""
    units = (ctypes.c_ushort * (MAX_VALUE_BYTES // 2))()
    found = [
        one_line(
            _decoded(units, pdfium.FPDF_GetPageLabel(document.raw, index, units, MAX_VALUE_BYTES))
        )
        for index in range(len(document))
    ]
    plain = all(label in {"", str(page)} for page, label in enumerate(found, start=1))
    if plain or (len(found) > 1 and len(set(found)) == 1):
        return ()
    return tuple(label or None for label in found)


def _decoded(units: "ctypes.Array[ctypes.c_ushort]", length: int) -> str:
    """Return the text of a buffer up to its first zero unit."""
    if not 0 < length <= MAX_VALUE_BYTES:
        return ""
    return bytes(units).decode("utf-16-le", "replace").partition("\0")[0]
