"""Detect the format of a file from its content and, for text formats, also from its name."""

import gzip
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from indexer.importers.detect.unsupported import other, other_ole, other_text, other_zip
from indexer.importers.rows.objects import json_form
from indexer.importers.shared.zip_archive import BROKEN
from kb.domain.file_formats import FORMATS, PLAIN, format_named, format_promised
from kb.errors import UnreadableError

READ = "PDF, HTML, DOCX, ODT, RTF, EPUB, VTT, SRT, Markdown, text, JSONL or CSV"

_HEAD_BYTES = 65_536  # enough to detect the format
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\3\4"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOISE = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MAX_NOISE = 20  # fewer than one in 20 bytes of text are controls
_SIGNATURES = [(one.name, re.compile(one.begins)) for one in FORMATS if one.begins]
_AGAIN = "an intact file. Next: copy it again"
_MAX_MIMETYPE = 100  # bytes, in the part that states a media type
_FOREIGN = b"application/vnd."  # unless listed, an unsupported file, whatever its parts
# Comments, declarations and processing instructions may precede the first tag of a page.
_BEFORE = re.compile(r"(?:\s*(?:<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).)*\?>))*\s*", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|span|br|a|article|title)\b[^<>]*>", re.IGNORECASE)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:.*\n(?:[ \t].*\n)*){2,}")
_RELATED = re.compile(
    r"^Content-Type:\s*multipart/related|^Snapshot-Content-Location:", re.I | re.M
)

_SENT = re.compile(r"^(?:Received|Return-Path|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)


def format_of(path: Path, name: str) -> str:
    """Return the name of the file's format.

    Raise UnreadableError if the format is not supported; the message says what the file is and
    what to import instead.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if not head:
            raise UnreadableError(name, "an empty file", READ)
        form = _binary(file, head, name)
    if form is None:
        _refuse(other(head), name)
    return form or _text(head, name)


def _refuse(known: tuple[str, str] | None, name: str) -> None:
    """Raise UnreadableError if a file is known to be of an unsupported type."""
    if known:
        raise UnreadableError(name, f"it is {known[0]}", known[1])


def text_format(head: str, name: str) -> str:
    """Return the format of a text, detected from its first characters or its file extension."""
    start = head.lstrip("\ufeff \t\n")
    stated = page_format(start) or json_form(start)
    if stated:
        return stated
    promised = format_promised(name)
    if promised is None or promised.folder == "html":
        return "html" if promised and _TAG.search(head) else "text"
    return promised.name if promised.media_type == PLAIN else "text"


def is_mhtml(start: str) -> bool:
    """Return whether a text begins with the headers of a saved web page, not of an e-mail."""
    header = _HEADERS.match(start)
    return bool(header and _RELATED.search(header[0]) and not _SENT.search(header[0]))


def page_format(start: str) -> str | None:
    """Return `html` or `mhtml` if a text begins like a web page, else None."""
    if is_mhtml(start):
        return "mhtml"
    before = _BEFORE.match(start)
    return "html" if _PAGE.match(start, before.end() if before else 0) else None


def _read_parts(file: BinaryIO) -> tuple[list[str], bytes]:
    """Return a zip's part names and media type. Raise an error in BROKEN if it is damaged."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "mimetype" not in names:
            return names, b""
        with archive.open("mimetype") as part:
            return names, part.read(_MAX_MIMETYPE).strip()


def _zip_format(names: list[str], mimetype: bytes) -> str | None:
    """Return the format of a zip from its media type or parts, or None if it is not supported."""
    for form in FORMATS:
        if mimetype in {one.encode() for one in form.mimetypes}:
            return form.name
    if mimetype.startswith(_FOREIGN):
        return None
    for form in FORMATS:
        if form.parts and all(any(one.startswith(part) for one in names) for part in form.parts):
            return form.name
    return None


def _binary(file: BinaryIO, head: bytes, name: str) -> str | None:
    """Return the format that a signature or an archive's content shows, or None if neither does."""
    if head.startswith(_GZIP):
        return _packed(file, name)
    start = _ascii(head).lstrip(" \t\n")
    begun = next((form for form, pattern in _SIGNATURES if pattern.match(start)), None)
    if begun is None and head.startswith(_ZIP):
        return _zip(file, name)
    if begun == "doc":
        _refuse(other_ole(name), name)
    return begun


def _zip(file: BinaryIO, name: str) -> str:
    try:
        names, mimetype = _read_parts(file)
    except BROKEN as error:
        wrong = f"a zip archive that is damaged or cut off ({error})"
        raise UnreadableError(name, wrong, _AGAIN) from error
    if form := _zip_format(names, mimetype):
        return form
    what, expected = other_zip(names, mimetype)
    raise UnreadableError(name, f"it is {what}", expected)


def _packed(file: BinaryIO, name: str) -> str:
    """Return the format of a gzipped file of records. Raise UnreadableError for any other."""
    file.seek(0)
    try:
        with gzip.open(file) as unpacked:
            head = unpacked.read(_HEAD_BYTES)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        wrong = f"a gzip file that is damaged or cut off ({error})"
        raise UnreadableError(name, wrong, _AGAIN) from error
    known = other(head)
    form = text_format(_ascii(head), name.removesuffix(".gz"))
    found = format_named(form)
    if known or found is None or found.folder != "rows":
        what = known[0] if known else form
        raise UnreadableError(name, f"a gzip file ({what})", "the file in it. Next: unpack it")
    return form


def _text(head: bytes, name: str) -> str:
    # Zero bytes are not counted, because half of UTF-16 is zero bytes.
    if not head.startswith(_MARKS) and len(_NOISE.findall(head)) * _MAX_NOISE > len(head):
        promised = format_promised(name)
        what = f"named as {promised.name}, but in another format" if promised else ""
        raise UnreadableError(name, what or "a file in an unknown format", READ)
    text = _ascii(head)
    if not page_format(text.lstrip()):
        _refuse(other_text(text.lstrip()), name)
    return text_format(text, name)


def _ascii(head: bytes) -> str:
    """Decode the beginning of a text so that ASCII words are correct whatever its encoding."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
