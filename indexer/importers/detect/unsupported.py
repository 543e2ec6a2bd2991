"""Identify the types of unsupported files, and say which files to import instead."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

_PICTURE = "text. Next: put the picture into a PDF, whose scanned pages are read"
_SOUND = "its captions, as .vtt or .srt"
_PACKED = "the files in it. Next: unpack it"
_PAGES = "a PDF of it"
_SHEET = "a CSV file for each sheet or table"
_NONE = "a document"


class Other(NamedTuple):
    """An unsupported file type with its signature, and the kind of file to import instead."""

    at: int
    signature: bytes
    name: str
    expected: str


_OTHERS = (
    Other(0, b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    Other(0, b"\x89PNG\r\n", "a PNG picture", _PICTURE),
    Other(0, b"GIF8", "a GIF picture", _PICTURE),
    Other(0, b"II*\0", "a TIFF picture", _PICTURE),
    Other(0, b"MM\0*", "a TIFF picture", _PICTURE),
    Other(8, b"WEBP", "a WebP picture", _PICTURE),
    Other(0, b"8BPS", "a Photoshop picture", _PICTURE),
    Other(4, b"ftyphei", "a HEIC picture", _PICTURE),
    Other(4, b"ftypmif1", "a HEIC picture", _PICTURE),
    Other(4, b"ftypavif", "an AVIF picture", _PICTURE),
    Other(4, b"ftypM4A", "a recording (M4A)", _SOUND),
    Other(4, b"ftyp", "a video (MP4 or QuickTime)", _SOUND),
    Other(8, b"WAVE", "a recording (WAV)", _SOUND),
    Other(8, b"AVI ", "a video (AVI)", _SOUND),
    Other(0, b"ID3", "a recording (MP3)", _SOUND),
    Other(0, b"\xff\xfb", "a recording (MP3)", _SOUND),
    Other(0, b"\xff\xf3", "a recording (MP3)", _SOUND),
    Other(0, b"OggS", "a recording (Ogg)", _SOUND),
    Other(0, b"fLaC", "a recording (FLAC)", _SOUND),
    Other(0, b"\x1a\x45\xdf\xa3", "a video (Matroska or WebM)", _SOUND),
    Other(0, b"\0\0\1\xba", "a video (MPEG)", _SOUND),
    Other(0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _PACKED),
    Other(0, b"Rar!\x1a\7", "a RAR archive", _PACKED),
    Other(0, b"BZh", "a bzip2 archive", _PACKED),
    Other(0, b"\xfd7zXZ\0", "an xz archive", _PACKED),
    Other(0, b"\x28\xb5\x2f\xfd", "a zstd archive", _PACKED),
    Other(257, b"ustar", "a tar archive", _PACKED),
    Other(0, b"MSCF", "a cabinet archive", _PACKED),
    Other(0, b"\x7fELF", "a program", _NONE),
    Other(0, b"MZ\x90\0", "a Windows program", _NONE),
    Other(0, b"SQLite format 3\0", "a database", _SHEET),
    Other(0, b"PAR1", "a Parquet file", _SHEET),
    Other(0, b"AT&TFORM", "a DjVu document", _PAGES),
    Other(60, b"BOOKMOBI", "a Kindle book", "the same book as EPUB"),
    Other(0, b"%!PS", "a PostScript document", _PAGES),
    Other(0, b"bplist00", "a Safari web archive", "the page saved as HTML or PDF"),
)

# Containers, zip and Microsoft OLE, whose type is known from their parts or file extension.
_IN_ZIP = (
    ("xl/", "an Excel workbook", _SHEET),
    ("ppt/", "a PowerPoint presentation", _PAGES),
    ("visio/", "a Visio drawing", _PAGES),
    ("Index/Document.iwa", "a Pages or Keynote document", "a Word document or a PDF of it"),
    ("Index/", "an Apple document", "a Word document or a PDF of it"),
)
_BY_MIMETYPE = {
    b"application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument spreadsheet", _SHEET),
    b"application/vnd.oasis.opendocument.presentation": ("an OpenDocument presentation", _PAGES),
    b"application/vnd.oasis.opendocument.graphics": ("an OpenDocument drawing", _PAGES),
}
_BY_ENDING = {
    ".xls": ("an old Excel workbook", _SHEET),
    ".ppt": ("an old PowerPoint presentation", _PAGES),
    ".pps": ("an old PowerPoint presentation", _PAGES),
    ".msg": ("an Outlook e-mail", "a PDF of it, or its text"),
    ".pub": ("a Publisher document", _PAGES),
    ".vsd": ("a Visio drawing", _PAGES),
}

_MAIL = re.compile(r"^(?:MIME-Version|Received|DKIM-Signature|Return-Path):", re.I | re.M)
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[ \t].*\n(?:[ \t].*\n)*)+")
_XML = (
    (re.compile(r"<svg[\s>]"), "a picture (SVG)", _PICTURE),
    (re.compile(r"<tt[\s>]"), "captions in TTML", _SOUND),
    (re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]"), "a news feed", "the page that it links to"),
    (re.compile(r"<(?:office:document|pkg:package|w:wordDocument)[\s>]"), "a document in one XML "
     "file", "the same saved as .docx or .odt"),
)  # fmt: skip


def other(head: bytes) -> tuple[str, str] | None:
    """Return a file's type by its signature and the kind of file to import instead, or None."""
    known = (one for one in _OTHERS if head.startswith(one.signature, one.at))
    return next(((one.name, one.expected) for one in known), None)


def other_zip(names: Sequence[str], mimetype: bytes) -> tuple[str, str]:
    """Return the type of a zip without a supported document, and the file to import instead."""
    if mimetype in _BY_MIMETYPE:
        return _BY_MIMETYPE[mimetype]
    for part, name, expected in _IN_ZIP:
        if any(held.startswith(part) for held in names):
            return name, expected
    return "a zip archive", _PACKED


def other_ole(name: str) -> tuple[str, str] | None:
    """Return an OLE file's type by its extension, as `other` does, or None if unknown."""
    return _BY_ENDING.get(PurePath(name).suffix.lower())


def other_text(text: str) -> tuple[str, str] | None:
    """Return a text's type by its beginning, like `other`, or None if it may be supported."""
    header = _HEADER.match(text)
    if header and _MAIL.search(header.group()):
        return "an e-mail", "a PDF of it, or its text"
    if text.startswith("[Script Info]"):
        return "captions in SubStation Alpha", _SOUND
    if text.startswith("{") and '"nbformat"' in text:
        return "a Jupyter notebook", "the notebook exported as HTML or Markdown"
    if not re.match(r"<\?xml\s|<svg[\s>]", text):
        return None
    for pattern, name, expected in _XML:
        if pattern.search(text):
            return name, expected
    return "XML", "a page, a document or a table"
