"""What a file is -> which module reads it -> what that module makes of it.

The bytes decide; the name decides only between kinds of text that look alike.
"""

import gzip
import re
import zipfile
import zlib
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Protocol, cast

from indexer.importers.base import Asked, Block, Extracted
from indexer.importers.detect.texts import ENDINGS, page_format, text_format
from indexer.importers.detect.unsupported import other, other_ole, other_text, other_zip
from indexer.importers.shared.zip_archive import office_format
from kb.domain.imports import Remark
from kb.errors import UnreadableError

# A format and the module that reads it; each is loaded when a file needs it.
IMPORTERS = {
    "pdf": "indexer.importers.pdf.extract",
    "html": "indexer.importers.html.extract",
    "mhtml": "indexer.importers.html.extract",
    "docx": "indexer.importers.office.extract",
    "odt": "indexer.importers.office.extract",
    "rtf": "indexer.importers.office.extract",
    "epub": "indexer.importers.office.extract",
    "doc": "indexer.importers.office.extract",  # which says what it is
    "vtt": "indexer.importers.captions.extract",
    "srt": "indexer.importers.captions.extract",
    "markdown": "indexer.importers.markdown.extract",
    "text": "indexer.importers.plain.extract",
    "jsonl": "indexer.importers.rows.extract",
    "json": "indexer.importers.rows.extract",
    "csv": "indexer.importers.rows.extract",
    "tsv": "indexer.importers.rows.extract",
}
READ = "PDF, HTML, DOCX, ODT, RTF, EPUB, VTT, SRT, Markdown, text, JSONL or CSV"

_HEAD = 65_536  # bytes that tell the format
_PDF = re.compile(rb"%PDF-\d")
_PDF_WITHIN = 1024  # bytes; readers accept as much before the header
_GZIP = b"\x1f\x8b"
_ROWS = {"jsonl", "json", "csv", "tsv"}
_ALIKE = ({"json", "jsonl"}, {"csv", "tsv"}, {"html", "mhtml"})
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOISE = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MIMETYPE = 100  # bytes of the entry that names a kind; more is none
# What the library raises where a zip is damaged: names that are no text are ValueErrors.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError,
    EOFError,
)  # fmt: skip
_MANY = 20  # one such byte in so many is no text

# What the text of a block may not hold: see `Block.text`.
_UNCLEAN = re.compile(
    r"[^\S ]|[\x00-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufffe\uffff\ud800-\udfff]|^ |  | $"
)


class Importer(Protocol):
    """A module that reads a format."""

    @staticmethod
    def extract(path: Path, asked: Asked) -> Extracted:
        """What the file holds; UnreadableError where it cannot be read."""


def extract(path: Path, asked: Asked) -> Extracted:
    """A file, read by the module of its format.

    UnreadableError where it is of no format that is read here, is damaged, or has no words.
    ValueError where a module breaks the contract of `Extracted`, which is a fault of ours.
    """
    form = format_of(path, asked.name)
    found = cast(Importer, import_module(IMPORTERS[form])).extract(path, asked)
    if not found.blocks:
        raise UnreadableError(asked.name, "it has no words", "a file with text")
    for number, block in enumerate(found.blocks):
        if wrong := broken(block):
            raise ValueError(f"importer of {form}, block {number}: {wrong}: {block!r:.200}")
    misnamed = _misnamed(asked.name, found.format)
    return found.model_copy(update={"remarks": (*misnamed, *found.remarks)})


def broken(block: Block) -> str:
    """What breaks the contract of a block; empty where nothing does."""
    if _UNCLEAN.search(block.text):
        return "its text is not one clean line"
    if (block.kind == "heading") != (block.level > 0):
        return "only a heading has a level"
    starts = [mark.start for mark in block.marks]
    if starts and (starts[0] != 0 or starts[-1] >= len(block.text)):
        return "its marks do not begin at 0 or lie beyond its text"
    if any(after <= before for before, after in pairwise(starts)):
        return "its marks are not in order"
    return ""


def format_of(path: Path, name: str) -> str:
    """The format of a file, a key of IMPORTERS, by its bytes first and its name last.

    UnreadableError says what a file is that cannot be read, and what to bring instead.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise UnreadableError(name, "an empty file of 0 bytes", READ)
    if _PDF.search(head[:_PDF_WITHIN]):
        return "pdf"
    ending = _ending(name)
    if head.startswith(_GZIP):
        return _packed(path, name)
    if office := _office(path, name, ending):
        return office
    if known := other(head):
        raise UnreadableError(name, f"it is {known[0]}", known[1])
    return _text(head, name, ending)


def _office(path: Path, name: str, ending: str) -> str | None:
    """The format of a document of an office program; None where it is none."""
    form = office_format(path)
    known = other_ole(ending) if form == "doc" else None
    if form is None:
        with path.open("rb") as file:
            known = _zip(path, name) if file.read(4) == b"PK\3\4" else None
    if known:
        raise UnreadableError(name, f"it is {known[0]}", known[1])
    return form


def _zip(path: Path, name: str) -> tuple[str, str]:
    """What a zip is that holds no document."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    mimetype = file.read(_MIMETYPE)
    except _DAMAGED as error:
        wrong = f"a zip archive that is damaged or cut off ({error})"
        raise UnreadableError(name, wrong, "a whole file; copy it again") from error
    return other_zip(names, mimetype)


def _packed(path: Path, name: str) -> str:
    """The format of rows that are packed with gzip, as collections are; other files are refused."""
    try:
        with gzip.open(path) as file:
            head = file.read(_HEAD)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        wrong = f"packed with gzip, and damaged or cut off ({error})"
        raise UnreadableError(name, wrong, "a whole file; copy it again") from error
    known = other(head)
    form = text_format(_ascii(head), _ending(name.removesuffix(".gz")))
    if known or form not in _ROWS:
        what = known[0] if known else form
        raise UnreadableError(name, f"packed with gzip ({what})", "the file in it; unpack it first")
    return form


def _text(head: bytes, name: str, ending: str) -> str:
    # Bytes of 0 are left aside, for half of UTF-16 is such.
    if not head.startswith(_MARKS) and len(_NOISE.findall(head)) * _MANY > len(head):
        promised = ENDINGS.get(ending)
        what = f"its name promises {promised}, and its bytes are none" if promised else ""
        raise UnreadableError(name, what or "no kind of file that is known here", READ)
    text = _ascii(head)
    start = text.lstrip()
    known = None if page_format(start) else other_text(start)
    if known:
        raise UnreadableError(name, f"it is {known[0]}", known[1])
    return text_format(text, ending)


def _ascii(head: bytes) -> str:
    """The beginning of a text, good enough to find words of ASCII in it, whatever its encoding."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _ending(name: str) -> str:
    return Path(name).suffix.lower().removeprefix(".")


def _misnamed(name: str, form: str) -> tuple[Remark, ...]:
    """A remark where the name promises another format than the bytes keep."""
    ending = _ending(name)
    promised = ENDINGS.get(ending)
    if promised is None or promised == form or any({promised, form} <= kin for kin in _ALIKE):
        return ()
    return (Remark(place="", text=f"its name ends in .{ending}, but it is {form}; read as {form}"),)
