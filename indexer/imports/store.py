"""Read, add, change and remove documents on shelves; renaming makes each change atomic."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from indexer.corpus.parse import parse
from indexer.corpus.read import read_text
from indexer.imports.record import record_file
from kb.domain.base import Noun
from kb.domain.documents import Document
from kb.domain.imports import Piece, Review, StoredSuggestion
from kb.domain.passages import CORPUS
from kb.domain.sources import SLUG
from kb.errors import NotFoundError, ShelfError
from kb.shelves.layout import (
    DEFAULT_SHELF,
    INCOMING,
    ORIGIN,
    PIECES,
    RECORD,
    REVIEW,
    SUGGESTIONS,
    TEXT,
    damaged,
    latest_version,
    version_folders,
)

MAX_SHELF_NAME = 40  # characters

_Line = TypeVar("_Line", bound=Noun)


class StoredDocument(NamedTuple):
    """A document on a shelf."""

    shelf: str
    folder: Path

    @property
    def id(self) -> str:
        """Id of the document, which is also the name of its folder."""
        return self.folder.name

    @property
    def versions(self) -> list[Path]:
        """Folders of all versions, oldest first."""
        return version_folders(self.folder)

    @property
    def latest(self) -> Path:
        """Folder of the latest version. Raise DamagedDocumentError if there is no version."""
        return latest_version(self.folder)

    def record(self) -> Document:
        """Return the record. Raise CorpusError with all its problems if it is invalid."""
        path = self.folder / RECORD
        return parse(str(path), read_text(path)).document

    def rejected(self) -> set[str]:
        """Return the slugs of rejected suggestions. Raise DamagedDocumentError if unreadable."""
        path = self.folder / REVIEW
        if not path.is_file():
            return set()
        try:
            return set(Review.model_validate_json(path.read_bytes()).rejected)
        except (OSError, ValueError) as error:
            raise damaged(path, error, '{"rejected": ["s-..."]}') from error

    def write_record(self, document: Document) -> None:
        """Replace the record. Raise CorpusError if the corpus format cannot represent it."""
        path = self.folder / RECORD
        _replace(path, record_file(str(path), document))

    def write_rejected(self, slugs: set[str]) -> None:
        """Replace the list of rejected suggestions."""
        review = Review(rejected=tuple(sorted(slugs)))
        _replace(self.folder / REVIEW, review.model_dump_json(indent=1) + "\n")


def read_version_text(version: Path) -> str:
    """Return the extracted text of a version, without converting line endings.

    Raise DamagedDocumentError if it cannot be read.
    """
    path = version / TEXT
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise damaged(path, error, "the text that an import wrote") from error


def read_pieces(version: Path) -> list[Piece]:
    """Return the pieces of a version, in order. Raise DamagedDocumentError if unreadable."""
    return _lines(version / PIECES, Piece)


def read_suggestions(version: Path) -> list[StoredSuggestion]:
    """Return the suggestions of a version, in order. Raise DamagedDocumentError if unreadable."""
    return _lines(version / SUGGESTIONS, StoredSuggestion)


def _lines(path: Path, noun: type[_Line]) -> list[_Line]:
    try:
        with path.open("rb") as file:
            return [noun.model_validate_json(line) for line in file]
    except (OSError, ValueError) as error:
        raise damaged(path, error, "the lines of JSON that an import wrote") from error


def write_lines(path: Path, nouns: Sequence[Noun]) -> None:
    """Write models as JSON Lines."""
    lines = [noun.model_dump_json(exclude_none=True, exclude_defaults=True) for noun in nouns]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


class ShelfStore:
    """The folder that contains all shelves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / INCOMING

    def names(self) -> list[str]:
        """Return the names of all shelves, sorted."""
        if not self.root.is_dir():
            return []
        return sorted(p.name for p in self.root.iterdir() if p.is_dir() and is_name(p.name))

    def documents(self, shelf: str | None = None) -> list[StoredDocument]:
        """Return the documents on one shelf, or on all shelves, sorted by shelf and id."""
        return [
            StoredDocument(name, folder)
            for name in self.names()
            if shelf in (None, name)
            for folder in sorted((self.root / name).iterdir())
            if (folder / RECORD).is_file() and not folder.is_symlink()
        ]

    def document(self, document_id: str) -> StoredDocument:
        """Return the document with this id. Raise NotFoundError if it is not on a shelf."""
        for name in self.names() if re.fullmatch(SLUG, document_id) else ():
            folder = self.root / name / document_id
            if (folder / RECORD).is_file() and not folder.is_symlink():
                return StoredDocument(name, folder)
        raise NotFoundError(f"no document '{document_id[:200]}' on a shelf. Next: kb shelf list")

    def digest(self) -> str:
        """Return a hex SHA-256 of all shelf files that are indexed, or "" if there are none."""
        total, some = hashlib.sha256(), False
        for path in self._indexed_files():
            some = True
            name = path.relative_to(self.root).as_posix()
            line = f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
            total.update(os.fsencode(line))
        return total.hexdigest() if some else ""

    def _indexed_files(self) -> Iterator[Path]:
        for stored in self.documents():
            paths = [stored.folder / RECORD, stored.folder / REVIEW]
            for version in stored.versions:
                paths += (version / name for name in (TEXT, PIECES, SUGGESTIONS, ORIGIN))
            yield from (path for path in paths if path.is_file())

    def clear(self) -> None:
        """Delete the folder of incoming files, including those that a killed import left."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def add(self, shelf: str, document_id: str, folder: Path) -> StoredDocument:
        """Move a complete new document from `folder` to a shelf."""
        _sync_all(folder)
        (self.root / shelf).mkdir(exist_ok=True)
        target = self.root / shelf / document_id
        folder.rename(target)
        _sync(target.parent)
        return StoredDocument(shelf, target)

    def add_version(self, stored: StoredDocument, folder: Path) -> None:
        """Move a new version from `folder` to the folder of its document."""
        _sync_all(folder)
        folder.rename(stored.folder / str(int(stored.latest.name) + 1))
        _sync(stored.folder)

    def remove(self, shelf: str, document_id: str | None = None) -> int:
        """Delete a document or a whole shelf, and return the number of documents deleted.

        Raise NotFoundError if there is none.
        """
        removed = [one for one in self.documents(shelf) if document_id in (None, one.id)]
        if not removed:
            wanted = f"document '{document_id}'" if document_id else "document"
            raise NotFoundError(f"no {wanted} on the shelf '{shelf}'. Next: kb shelf list")
        self.incoming.mkdir(exist_ok=True)
        for stored in removed:
            stored.folder.rename(self.incoming / f"removed-{stored.id}")
        if not any((self.root / shelf).iterdir()):
            (self.root / shelf).rmdir()
        self.clear()
        return len(removed)


def is_name(name: str) -> bool:
    """Return whether this is a valid name for a shelf."""
    return bool(re.fullmatch(SLUG, name)) and name != CORPUS and len(name) <= MAX_SHELF_NAME


def checked_name(name: str) -> str:
    """Return the name unchanged. Raise ShelfError if it is not a valid name for a shelf."""
    if not is_name(name):
        raise ShelfError(
            f"shelf '{name[:80]}': expected at most {MAX_SHELF_NAME} characters, only a-z, 0-9 and "
            f"single hyphens, and not '{CORPUS}'. Next: kb import --shelf {DEFAULT_SHELF}"
        )
    return name


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, "utf-8", newline="\n")
    _sync(fresh)
    fresh.replace(path)
    _sync(path.parent)


def _sync_all(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
