"""A shelf as one file for a colleague: a zip of its documents, with what it holds and its sums."""

import hashlib
import json
import re
import zipfile
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from indexer.imports.store import (
    ORIGIN,
    PIECES,
    RECORD,
    REVIEW,
    SUGGESTIONS,
    TEXT,
    Kept,
    Shelves,
    checked_name,
    origin,
    pieces_of,
    suggested_in,
    text_of,
)
from kb.domain.documents import SLUG
from kb.errors import CorpusError, NotFoundError, ShelfError

MANIFEST, KIND, FORMAT = "shelf.json", "precedent-shelf", 1
MAX_BYTES = 8 << 30  # unpacked
MAX_FILES = 100_000
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the same shelf packs to the same bytes

_NAME = re.compile(
    rf"(?P<id>{SLUG[1:-1]})/(?:{re.escape(RECORD)}|{re.escape(REVIEW)}|"
    rf"[1-9]\d{{0,5}}/(?:original(?:\.[a-z0-9]{{1,8}})?|"
    rf"{'|'.join(map(re.escape, (TEXT, PIECES, SUGGESTIONS, ORIGIN)))}))"
)


def pack(shelves: Shelves, shelf: str, target: Path) -> int:
    """Write a shelf into one file; how many documents. Folders of this machine are not named in it.

    NotFoundError where nothing is on the shelf, ShelfError where the file is there already.
    """
    documents = shelves.documents(shelf)
    if not documents:
        raise NotFoundError(f"nothing is on the shelf '{shelf}'. Next: kb shelf list")
    if target.exists():
        raise ShelfError(f"{target}: is there already. Next: name another file")
    fresh = target.with_name(f"{target.name}.part")
    sums: dict[str, str] = {}
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for kept in documents:
                for path in sorted(kept.folder.rglob("*")):
                    if path.is_file():
                        name = path.relative_to(kept.folder.parent).as_posix()
                        sums[name] = _put(archive, name, _without_folders(path))
            about = {"kind": KIND, "format": FORMAT, "shelf": shelf, "sums": sums}
            _put(archive, MANIFEST, json.dumps(about, indent=1).encode())
        fresh.replace(target)
    except OSError as error:
        raise ShelfError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        fresh.unlink(missing_ok=True)
    return len(documents)


def _put(archive: zipfile.ZipFile, name: str, content: Path | bytes) -> str:
    """Write one entry; the SHA-256 of it."""
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as out:
        if isinstance(content, bytes):
            out.write(content)
            digest.update(content)
        else:
            with content.open("rb") as file:
                while piece := file.read(1 << 20):
                    out.write(piece)
                    digest.update(piece)
    return digest.hexdigest()


def _without_folders(path: Path) -> Path | bytes:
    """The file; an origin without the folders of this machine."""
    if path.name != ORIGIN:
        return path
    came = origin(path.parent)
    if not came.path.startswith(("http://", "https://")):
        came = came.model_copy(update={"path": came.name})
    return came.model_dump_json(indent=1).encode()


def unpack(shelves: Shelves, source: Path, shelf: str | None) -> tuple[str, int]:
    """Take in a packed shelf, under its own name or another; its name and how many documents.

    Everything is read and checked aside before anything is put on the shelf. ShelfError names what
    is wrong with the file, or the documents that are on a shelf already.
    """
    shelves.clear()
    folder = shelves.incoming / "unpacked"
    folder.mkdir(parents=True)
    try:
        name = _unpacked(source, folder, shelf)
        documents = [Kept(name, path) for path in sorted(folder.iterdir())]
        here = {one.id for one in shelves.documents()}
        twice = sorted(here & {one.id for one in documents})
        if twice:
            raise ShelfError(
                f"{source}: {', '.join(twice[:5])}: on a shelf of this machine already. "
                f"Next: kb shelf remove SHELF DOCUMENT"
            )
        for one in documents:
            _check(source, one)
        for one in documents:
            shelves.place(name, one.id, one.folder)
        return name, len(documents)
    finally:
        shelves.clear()


def _unpacked(source: Path, folder: Path, shelf: str | None) -> str:
    """The name of the shelf, after its files were unpacked and found to be as it says."""
    try:
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read(MANIFEST))
            if about["kind"] != KIND or about["format"] != FORMAT:
                raise ShelfError(f"{source}: packed in another format; expected format {FORMAT}")
            sums: dict[str, str] = dict(about["sums"])
            _refuse_bombs(source, archive, sums)
            for name, expected in sums.items():
                _take(source, archive, name, expected, folder)
            return checked_name(shelf or str(about["shelf"]))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise ShelfError(
            f"{source}: not a packed shelf; expected one of kb shelf export"
        ) from error


def _refuse_bombs(source: Path, archive: zipfile.ZipFile, sums: dict[str, str]) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_BYTES:
        raise ShelfError(f"{source}: too large; expected at most {MAX_BYTES >> 30} GB unpacked")
    named = [one.filename for one in entries if one.filename != MANIFEST]
    if sorted(named) != sorted(sums):
        raise ShelfError(f"{source}: holds other files than it says")
    odd = next((name for name in named if not _NAME.fullmatch(name)), None)
    if odd is not None:
        raise ShelfError(f"{source}: holds {odd[:80]!r}, which no shelf has")


def _take(source: Path, archive: zipfile.ZipFile, name: str, expected: str, folder: Path) -> None:
    """Unpack one file; its name was checked, so it lies under the folder."""
    target = folder / PurePosixPath(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), archive.getinfo(name).file_size
    with archive.open(name) as packed, target.open("wb") as out:
        while piece := packed.read(min(1 << 20, left + 1)):
            left -= len(piece)
            if left < 0:
                raise ShelfError(f"{source}: {name} is longer than it says")
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != expected:
        raise ShelfError(f"{source}: {name} is damaged; expected sha256 {expected[:12]}...")


def _check(source: Path, kept: Kept) -> None:
    """A document can be read whole, and its pieces lie in its text."""
    try:
        if kept.record().id != kept.id:
            raise ShelfError(f"{source}: {kept.id} has the record of another document")
        if [path.name for path in kept.versions] != [
            str(number) for number in range(1, len(kept.versions) + 1)
        ]:
            raise ShelfError(f"{source}: {kept.id} lacks a version")
        kept.rejected()
        for version in kept.versions:
            length = len(text_of(version))
            places = [*pieces_of(version), *suggested_in(version)]
            beyond = any(not 0 <= one.start < one.end <= length for one in places)
            if beyond or not (version / origin(version).original).is_file():
                raise ShelfError(f"{source}: {kept.id}/{version.name} is not whole")
    except (OSError, ValidationError, ValueError, KeyError, IndexError, CorpusError) as error:
        raise ShelfError(f"{source}: {kept.id} cannot be read ({error})") from error
