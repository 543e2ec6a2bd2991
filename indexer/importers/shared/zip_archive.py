"""Read parts of a zip whose sizes, names and locks were checked first."""

import mmap
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from indexer.importers.detect.zips import BROKEN
from kb.errors import UnreadableError

MEBI = 1024 * 1024
MOST_ENTRIES = 10_000
# Bytes of all entries, pictures too, as the zip declares them; pictures are never unpacked.
MOST_DECLARED = 1024 * MEBI
# An entry of many bytes that packs better than this is made to fill a disk.
LARGE, MOST_RATIO = 32 * MEBI, 250
# Bytes of one part that is read, and of all of them: the text of 900 pages in Word's XML is 17 MB.
LARGEST_PART = 64 * MEBI
MOST_READ = 128 * MEBI


def encrypted_ole(path: Path) -> bool:
    """Whether an OLE container holds an encrypted document, and not an old one."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find("EncryptedPackage".encode("utf-16-le")) >= 0


class Archive:
    """A zip whose entries are vetted; parts are read by name, within limits."""

    def __init__(self, zipped: zipfile.ZipFile, name: str) -> None:
        self._zipped, self._name, self._left = zipped, name, MOST_READ
        entries = zipped.infolist()
        _vet_number(entries, name)
        for entry in entries:
            _vet(entry, name)
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        self.names = tuple(self._sizes)

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def read(self, part: str) -> bytes:
        """The bytes of a part; UnreadableError where it is absent, damaged or too large."""
        size = self._sizes.get(part)
        if size is None:
            raise self.wrong(part, "absent", "a complete document; save it again")
        if size > min(LARGEST_PART, self._left):
            limit = f"at most {LARGEST_PART // MEBI} MB a part and {MOST_READ // MEBI} MB in all"
            raise self.wrong(part, f"unpacks to {size:,} bytes of text", limit)
        self._left -= size
        try:
            # What is written here is longer than it says: zipfile reads no further than `size`,
            # and its checksum fails.
            with self._zipped.open(part) as file:
                return file.read(size)
        except BROKEN as error:
            raise self.wrong(part, "damaged", "a complete document; open and save it") from error

    def wrong(self, part: str, wrong: str, expected: str) -> UnreadableError:
        """The error that names a part of this document."""
        return UnreadableError(self._name, wrong, expected, part)


@contextmanager
def opened(path: Path, name: str) -> Iterator[Archive]:
    """The vetted zip at a path; UnreadableError where it is damaged, locked or a trap."""
    try:
        zipped = zipfile.ZipFile(path)
    except BROKEN as error:
        wrong = "damaged or cut off: its list of contents cannot be read"
        raise UnreadableError(name, wrong, "a complete document; copy it again") from error
    with zipped:
        yield Archive(zipped, name)


def _vet_number(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        wrong = f"a zip of {len(entries):,} entries"
        raise UnreadableError(name, wrong, f"a document of at most {MOST_ENTRIES:,}")
    declared = sum(entry.file_size for entry in entries)
    if declared > MOST_DECLARED:
        wrong = f"unpacks to {declared:,} bytes"
        raise UnreadableError(name, wrong, f"a document of at most {MOST_DECLARED // MEBI} MB")


def _vet(entry: zipfile.ZipInfo, name: str) -> None:
    """UnreadableError where an entry is locked or would lie outside of the document's folder."""
    shown = entry.orig_filename[:200]  # `filename` ends at a NUL
    if entry.flag_bits & 0x1:
        raise UnreadableError(name, "encrypted", "a document without a password", repr(shown))
    if _leads_out(shown):
        raise UnreadableError(name, "its path leads out", "names inside the document", repr(shown))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError(name, "a symbolic link", "files only", repr(shown))
    if entry.file_size > max(LARGE, MOST_RATIO * entry.compress_size):
        wrong = f"unpacks from {entry.compress_size:,} to {entry.file_size:,} bytes"
        raise UnreadableError(name, wrong, "a document, not a zip bomb", repr(shown))


def _leads_out(shown: str) -> bool:
    path = PurePosixPath(shown)
    if not path.parts or path.is_absolute() or ":" in path.parts[0]:
        return True
    return ".." in path.parts or "\\" in shown or "\0" in shown


def write(file: Path, parts: dict[str, bytes]) -> None:
    """Write a zip of these parts, unpacked, for a program that reads it at once."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
        for part, content in parts.items():
            zipped.writestr(part, content)
