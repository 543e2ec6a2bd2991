"""Read entries of a zip after checking their sizes, names and encryption."""

import mmap
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kb.errors import UnreadableError

# Exceptions that zipfile raises for a damaged file; undecodable names raise ValueError.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error, OverflowError, OSError,
)  # fmt: skip

MEBI = 1024 * 1024
MAX_ENTRIES = 10_000
# Declared size of all entries, including images, which are never unpacked.
MAX_DECLARED_BYTES = 1024 * MEBI
# An entry that exceeds this size and this compression ratio is a zip bomb.
MIN_BOMB_BYTES, MAX_RATIO = 32 * MEBI, 250
# Limits for each part that is read, and for all of them: 900 pages of Word XML have 17 MB.
MAX_PART_BYTES = 64 * MEBI
MAX_READ_BYTES = 128 * MEBI


def encrypted_ole(path: Path) -> bool:
    """Return whether an OLE file is an encrypted Office document, not an old Word file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find("EncryptedPackage".encode("utf-16-le")) >= 0


class Archive:
    """A zip whose entries have been vetted and can be read by name, within limits."""

    def __init__(self, zipped: zipfile.ZipFile, name: str) -> None:
        self._zipped, self._name, self._left = zipped, name, MAX_READ_BYTES
        entries = zipped.infolist()
        if len(entries) > MAX_ENTRIES:
            wrong = f"a zip with {len(entries):,} entries"
            raise UnreadableError(name, wrong, f"a document with at most {MAX_ENTRIES:,}")
        if (declared := sum(entry.file_size for entry in entries)) > MAX_DECLARED_BYTES:
            limit = f"a document of at most {MAX_DECLARED_BYTES // MEBI} MB"
            raise UnreadableError(name, f"unpacks to {declared:,} bytes", limit)
        for entry in entries:
            _vet(entry, name)
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        self.names = tuple(self._sizes)

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def read(self, part: str) -> bytes:
        """Return the bytes of a part. Raise UnreadableError if missing, damaged or too large."""
        size = self._sizes.get(part)
        if size is None:
            raise self.wrong(part, "missing", "a complete document. Next: save it again")
        if size > min(MAX_PART_BYTES, self._left):
            limit = (
                f"at most {MAX_PART_BYTES // MEBI} MB per part, {MAX_READ_BYTES // MEBI} MB in all"
            )
            raise self.wrong(part, f"unpacks to {size:,} bytes of text", limit)
        self._left -= size
        try:
            # If a part is longer than declared, zipfile stops at `size` and the checksum differs.
            with self._zipped.open(part) as file:
                return file.read(size)
        except BROKEN as error:
            expected = "a complete document. Next: open and save it"
            raise self.wrong(part, "damaged", expected) from error

    def wrong(self, part: str, wrong: str, expected: str) -> UnreadableError:
        """Return an error about a part of this document."""
        return UnreadableError(self._name, wrong, expected, part)


@contextmanager
def opened(path: Path, name: str) -> Iterator[Archive]:
    """Open and vet a zip. Raise UnreadableError if damaged, encrypted, too large or malicious."""
    try:
        zipped = zipfile.ZipFile(path)
    except BROKEN as error:
        wrong = "damaged or cut off: its list of contents cannot be read"
        raise UnreadableError(name, wrong, "a complete document. Next: copy it again") from error
    with zipped:
        yield Archive(zipped, name)


def _vet(entry: zipfile.ZipInfo, name: str) -> None:
    """Raise UnreadableError for an encrypted entry, a link, a zip bomb or a path traversal."""
    shown = entry.orig_filename[:200]  # `filename` ends at a NUL
    if entry.flag_bits & 0x1:
        raise UnreadableError(name, "encrypted", "a document without a password", repr(shown))
    path = PurePosixPath(shown)
    inside = path.parts and not path.is_absolute() and ":" not in path.parts[0]
    if not inside or ".." in path.parts or "\\" in shown or "\0" in shown:
        wrong = "a path outside the document"
        raise UnreadableError(name, wrong, "paths inside the document", repr(shown))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError(name, "a symbolic link", "files only", repr(shown))
    if entry.file_size > max(MIN_BOMB_BYTES, MAX_RATIO * entry.compress_size):
        wrong = f"unpacks from {entry.compress_size:,} to {entry.file_size:,} bytes"
        raise UnreadableError(name, wrong, "a document, not a zip bomb", repr(shown))


def write(file: Path, parts: dict[str, bytes]) -> None:
    """Write parts, keyed by name, to an uncompressed zip for another program to read."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
        for part, content in parts.items():
            zipped.writestr(part, content)
