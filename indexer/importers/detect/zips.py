"""Detect the format of a document that is a zip, by its parts."""

import struct
import zipfile
import zlib
from typing import BinaryIO, NamedTuple

from kb.domain.formats import FORMATS

_MAX_MIMETYPE = 100  # bytes of the part that states a media type
_FOREIGN = b"application/vnd."  # a stated type of another program, whatever parts it holds
# What zipfile raises for a damaged file: names that are not text are ValueErrors.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error, OverflowError, OSError,
)  # fmt: skip


class Parts(NamedTuple):
    """The names of the parts of a zip, and what its part `mimetype` says."""

    names: tuple[str, ...]
    mimetype: bytes


def read_parts(file: BinaryIO) -> Parts:
    """Read the list of parts; one of the errors BROKEN where the zip is damaged or cut off."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "mimetype" not in names:
            return Parts(tuple(names), b"")
        with archive.open("mimetype") as part:
            return Parts(tuple(names), part.read(_MAX_MIMETYPE).strip())


def zip_format(parts: Parts) -> str | None:
    """Return the format whose media type the zip states, or whose parts it holds."""
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
    """Return the format of a zip without its directory, by the headers of its first parts."""
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
