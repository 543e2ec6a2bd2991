"""Detect the format of a zip document by its parts."""

import struct
import zipfile
import zlib
from typing import BinaryIO, NamedTuple

from kb.domain.file_formats import FORMATS

_MAX_MIMETYPE = 100  # bytes of the part that states a media type
_FOREIGN = b"application/vnd."  # the type of another program, whatever parts the zip holds
# Exceptions of zipfile for a damaged file; undecodable names are ValueErrors.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error, OverflowError, OSError,
)  # fmt: skip


class Parts(NamedTuple):
    """The names of a zip's parts, and the content of its part `mimetype`."""

    names: tuple[str, ...]
    mimetype: bytes


def read_parts(file: BinaryIO) -> Parts:
    """Read the list of parts; raise one of BROKEN if the zip is damaged or truncated."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "mimetype" not in names:
            return Parts(tuple(names), b"")
        with archive.open("mimetype") as part:
            return Parts(tuple(names), part.read(_MAX_MIMETYPE).strip())


def zip_format(parts: Parts) -> str | None:
    """Return the format by the media type in the zip, or by its parts."""
    for form in FORMATS:
        if parts.mimetype in {one.encode() for one in form.mimetypes}:
            return form.name
    if parts.mimetype.startswith(_FOREIGN):
        return None
    for form in FORMATS:
        if form.parts and all(_holds(parts.names, part) for part in form.parts):
            return form.name
    return None


def cut_zip_format(head: bytes) -> str | None:
    """Return the format of a truncated zip by the headers of its first parts."""
    stated = head[38:] if head[30:38] == b"mimetype" else b""
    for form in FORMATS:
        if any(stated.startswith(one.encode()) for one in form.mimetypes):
            return form.name
    if stated:
        return None
    for form in FORMATS:
        if any(part.encode() in head for part in form.parts):
            return form.name
    return None


def _holds(names: tuple[str, ...], part: str) -> bool:
    return any(name.startswith(part) for name in names)
