"""Pack a shelf into one zip file with a manifest of checksums, and unpack it."""

import hashlib
import re
import shutil
import zipfile
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import Literal

from indexer.imports.find import MAX_FILE_BYTES
from indexer.imports.store import ShelfStore, StoredDocument, checked_name
from indexer.imports.validate import Rules, load_document
from kb.domain.base import Noun
from kb.domain.sources import SLUG
from kb.errors import CorpusError, NotFoundError, ShelfError
from kb.shelves.layout import ORIGIN, PIECES, RECORD, REVIEW, SUGGESTIONS, TEXT, read_origin

MANIFEST = "shelf.json"
MAX_TOTAL_BYTES = 8 << 30  # of all entries, as declared in the zip
MAX_ENTRIES = 100_000
# Limits for the files that are later read into memory whole.
MAX_BYTES = {RECORD: 2 << 20, REVIEW: 1 << 20, ORIGIN: 1 << 20,
             TEXT: 64 << 20, PIECES: 128 << 20, SUGGESTIONS: 64 << 20}  # fmt: skip
MAX_MANIFEST_BYTES_AN_ENTRY = 512  # a name has about 200 characters at most, a checksum 64
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the same shelf packs to the same bytes

_NAME = re.compile(
    rf"(?P<id>{SLUG[1:-1]})/(?:{re.escape(RECORD)}|{re.escape(REVIEW)}|"
    rf"[1-9]\d{{0,5}}/(?:original(?:\.[a-z0-9]{{1,8}})?|"
    rf"{'|'.join(map(re.escape, (TEXT, PIECES, SUGGESTIONS, ORIGIN)))}))"
)


class Manifest(Noun):
    """Manifest of a packed shelf: its name, and a checksum for each file."""

    kind: Literal["precedent-shelf"] = "precedent-shelf"
    format: Literal[1] = 1
    shelf: str
    sums: dict[str, str]  # SHA-256 by file name


def pack(store: ShelfStore, shelf: str, target: Path) -> int:
    """Write a shelf to one file, without the paths of this machine's folders.

    Return the number of documents. Raise NotFoundError if the shelf has none, and ShelfError if
    the file already exists or cannot be written.
    """
    documents = store.documents(shelf)
    if not documents:
        raise NotFoundError(f"no documents on the shelf '{shelf}'. Next: kb shelf list")
    if target.exists():
        raise ShelfError(f"{target}: already exists. Next: name another file")
    fresh = target.with_name(f"{target.name}.part")
    sums: dict[str, str] = {}
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for stored in documents:
                for path in sorted(stored.folder.rglob("*")):
                    name = path.relative_to(stored.folder.parent).as_posix()
                    if path.is_file() and _NAME.fullmatch(name):
                        sums[name] = _put(archive, name, _opened(path))
            manifest = Manifest(shelf=shelf, sums=sums)
            _put(archive, MANIFEST, BytesIO(manifest.model_dump_json(indent=1).encode()))
        fresh.replace(target)
    except OSError as error:
        raise ShelfError(
            f"{target}: cannot be written ({error.strerror}). Next: name a file in another folder"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return len(documents)


def _put(archive: zipfile.ZipFile, name: str, content: BufferedReader | BytesIO) -> str:
    """Write one entry and return its SHA-256."""
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with content, archive.open(entry, "w", force_zip64=True) as out:
        shutil.copyfileobj(content, out)
        content.seek(0)
        return hashlib.file_digest(content, "sha256").hexdigest()


def _opened(path: Path) -> BufferedReader | BytesIO:
    """Open a file to pack; in an origin, reduce the path to the file name."""
    if path.name != ORIGIN:
        return path.open("rb")
    origin = read_origin(path.parent)
    if not origin.path.startswith(("http://", "https://")):
        origin = origin.model_copy(update={"path": origin.name})
    return BytesIO(origin.model_dump_json(indent=1).encode())


def unpack(store: ShelfStore, source: Path, shelf: str | None, rules: Rules) -> tuple[str, int]:
    """Add a packed shelf under its own name or `shelf`; return the name and document count.

    Everything is read and checked before anything is added to the shelf. Raise ShelfError if the
    file is invalid or a document is already on a shelf.
    """
    store.clear()
    folder = store.incoming / "unpacked"
    folder.mkdir(parents=True)
    try:
        name = _unpack_files(source, folder, shelf)
        documents = [StoredDocument(name, path) for path in sorted(folder.iterdir())]
        here = {one.id for one in store.documents()}
        repeated = sorted(here & {one.id for one in documents})
        if repeated:
            raise ShelfError(
                f"{source}: {', '.join(repeated[:5])}: already on a shelf on this machine. "
                f"Next: kb shelf remove SHELF DOCUMENT"
            )
        for one in documents:
            _check(source, one, rules)
        for one in documents:
            store.add(name, one.id, one.folder)
        return name, len(documents)
    finally:
        store.clear()


def _unpack_files(source: Path, folder: Path, shelf: str | None) -> str:
    """Unpack the files, check them against the manifest, and return the name of the shelf."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _read_manifest(source, archive)
            _check_entries(source, archive, manifest)
            for name, expected in manifest.sums.items():
                _unpack_file(source, archive, name, expected, folder)
            return checked_name(shelf or manifest.shelf)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise _not_a_shelf(source) from error
    except OSError as error:
        if error.filename is not None and Path(error.filename) != source:
            raise  # an error in the shelves' own folder
        raise _not_a_shelf(source) from error


def _not_a_shelf(source: Path) -> ShelfError:
    return ShelfError(
        f"{source}: not a packed shelf; expected a file of format 1. "
        f"Next, on the other machine: kb shelf export SHELF FILE"
    )


def _read_manifest(source: Path, archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest; raise ShelfError if it is too large for the number of entries."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ShelfError(f"{source}: {len(entries):,} files; expected at most {MAX_ENTRIES:,}")
    most = MAX_MANIFEST_BYTES_AN_ENTRY * (len(entries) + 1)
    size = archive.getinfo(MANIFEST).file_size
    if size > most:
        raise ShelfError(f"{source}: {MANIFEST} has {size:,} bytes; expected at most {most:,}")
    with archive.open(MANIFEST) as file:
        return Manifest.model_validate_json(file.read(most))


def _check_entries(source: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Raise ShelfError if a name or size declared in the zip is not allowed."""
    entries = [one for one in archive.infolist() if one.filename != MANIFEST]
    if sum(one.file_size for one in entries) > MAX_TOTAL_BYTES:
        most = MAX_TOTAL_BYTES >> 30
        raise ShelfError(f"{source}: too large; expected at most {most} GB unpacked")
    if sorted(one.filename for one in entries) != sorted(manifest.sums):
        raise ShelfError(f"{source}: wrong files; expected those listed in its {MANIFEST}")
    for one in entries:
        name = one.filename
        if not _NAME.fullmatch(name):
            raise ShelfError(f"{source}: {name[:80]!r}; expected only files of a shelf")
        most = MAX_BYTES.get(name.rsplit("/", 1)[-1], MAX_FILE_BYTES)
        if one.file_size > most:
            raise ShelfError(
                f"{source}: {name[:80]} has {one.file_size:,} bytes; expected at most {most:,}"
            )


def _unpack_file(
    source: Path, archive: zipfile.ZipFile, name: str, expected: str, folder: Path
) -> None:
    """Unpack one file; its name has been checked, so the target is inside the folder."""
    target = folder / PurePosixPath(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, target.open("w+b") as out:
        shutil.copyfileobj(packed, out)  # at most as many bytes as the zip declares
        out.seek(0)
        digest = hashlib.file_digest(out, "sha256").hexdigest()
    if digest != expected:
        raise ShelfError(f"{source}: {name} is damaged; expected sha256 {expected[:12]}...")


def _check(source: Path, stored: StoredDocument, rules: Rules) -> None:
    """Raise ShelfError unless a document is complete and valid under this machine's rules."""
    try:
        load_document(stored, rules)
        names = [path.name for path in stored.versions]
        if names != [str(number) for number in range(1, len(names) + 1)]:
            raise ShelfError(f"{source}: {stored.id} lacks a version; expected 1 to {len(names)}")
        for version in stored.versions:
            original = read_origin(version).original
            if not (version / original).is_file():
                raise ShelfError(f"{source}: {stored.id}/{version.name} has no file {original}")
    except CorpusError as error:
        where = f"{stored.folder}/"
        lines = "\n".join(str(one).replace(where, f"{stored.id}/") for one in error.problems)
        raise ShelfError(
            f"{source}: a document breaks the rules of this corpus:\n{lines}\n"
            f"Next: ask for a corrected file, or add its topics and places to the corpus"
        ) from error
