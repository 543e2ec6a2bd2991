"""A shelf on disk. A document comes, changes and goes by one rename each.

SHELVES/NAME/DOCUMENT/record.md          its record, a corpus file that people may edit
SHELVES/NAME/DOCUMENT/review.json        which suggestions were rejected
SHELVES/NAME/DOCUMENT/1/, 2/ ...         versions; the last one is searched, ids of all resolve
    original.EXT  text.md  pieces.jsonl  suggestions.jsonl  origin.json
SHELVES/.incoming/                       what an import is writing; the next one clears it
SHELVES/.lock                            held by the one program that may write
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from indexer.corpus.parse import parse
from indexer.corpus.read import read_text
from indexer.corpus.write import write
from kb.domain.documents import SLUG, Document
from kb.domain.imports import Origin, Piece, Suggested
from kb.domain.noun import Noun
from kb.domain.passages import CORPUS
from kb.errors import NotFoundError, ShelfError

RECORD, REVIEW, ORIGIN = "record.md", "review.json", "origin.json"
TEXT, PIECES, SUGGESTIONS = "text.md", "pieces.jsonl", "suggestions.jsonl"
INCOMING, LOCK = ".incoming", ".lock"
DEFAULT = "mine"

_Line = TypeVar("_Line", bound=Noun)


class Kept(NamedTuple):
    """A document on a shelf."""

    shelf: str
    folder: Path

    @property
    def id(self) -> str:
        """Its id, which is the name of its folder."""
        return self.folder.name

    @property
    def versions(self) -> list[Path]:
        """The folders of its versions, the oldest first."""
        found = [path for path in self.folder.iterdir() if path.name.isdecimal()]
        return sorted(found, key=lambda path: int(path.name))

    @property
    def latest(self) -> Path:
        """The folder of the version that is searched."""
        return self.versions[-1]

    def record(self) -> Document:
        """The record; CorpusError with every problem, where a person's edit broke it."""
        path = self.folder / RECORD
        return parse(str(path), read_text(path)).document

    def rejected(self) -> set[str]:
        """Slugs of suggestions that a person rejected."""
        path = self.folder / REVIEW
        return set(json.loads(path.read_text("utf-8"))["rejected"]) if path.is_file() else set()

    def write_record(self, document: Document) -> None:
        """Put a new record in the place of the old one."""
        _replace(self.folder / RECORD, write(document))

    def write_rejected(self, slugs: set[str]) -> None:
        """Remember which suggestions were rejected."""
        _replace(self.folder / REVIEW, json.dumps({"rejected": sorted(slugs)}, indent=1) + "\n")


def origin(version: Path) -> Origin:
    """Where a version came from."""
    return Origin.model_validate_json((version / ORIGIN).read_bytes())


def text_of(version: Path) -> str:
    """The extracted text of a version, with its line ends as they are."""
    return (version / TEXT).read_bytes().decode("utf-8")


def pieces_of(version: Path) -> list[Piece]:
    """The passages of a version, in order."""
    return _lines(version / PIECES, Piece)


def suggested_in(version: Path) -> list[Suggested]:
    """The suggestions of a version, in order."""
    return _lines(version / SUGGESTIONS, Suggested)


def _lines(path: Path, noun: type[_Line]) -> list[_Line]:
    with path.open("rb") as file:
        return [noun.model_validate_json(line) for line in file]


def write_lines(path: Path, nouns: Sequence[Noun]) -> None:
    """A noun a line."""
    lines = [noun.model_dump_json(exclude_none=True, exclude_defaults=True) for noun in nouns]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


class Shelves:
    """The folder of all shelves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / INCOMING

    def names(self) -> list[str]:
        """Every shelf, by name."""
        if not self.root.is_dir():
            return []
        return sorted(p.name for p in self.root.iterdir() if p.is_dir() and is_name(p.name))

    def documents(self, shelf: str | None = None) -> list[Kept]:
        """The documents of one shelf or of all, by shelf and id."""
        return [
            Kept(name, folder)
            for name in ([shelf] if shelf else self.names())
            if (self.root / name).is_dir()
            for folder in sorted((self.root / name).iterdir())
            if (folder / RECORD).is_file() and not folder.is_symlink()
        ]

    def document(self, document_id: str) -> Kept:
        """One document; NotFoundError where it is on no shelf."""
        for kept in self.documents():
            if kept.id == document_id:
                return kept
        raise NotFoundError(f"no document '{document_id[:200]}' on a shelf. Next: kb shelf list")

    def digest(self) -> str:
        """A SHA-256 over everything that shapes the index; empty where nothing is on a shelf."""
        total, some = hashlib.sha256(), False
        for path in self._shaping():
            some = True
            name = path.relative_to(self.root).as_posix()
            total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return total.hexdigest() if some else ""

    def _shaping(self) -> Iterator[Path]:
        for kept in self.documents():
            yield kept.folder / RECORD
            if (kept.folder / REVIEW).is_file():
                yield kept.folder / REVIEW
            for version in kept.versions:
                yield from (version / name for name in (TEXT, PIECES, SUGGESTIONS, ORIGIN))

    def clear(self) -> None:
        """Forget what an import that was killed had been writing."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def place(self, shelf: str, document_id: str, folder: Path) -> Kept:
        """Put a whole new document, written in `folder`, on a shelf."""
        _sync_all(folder)
        (self.root / shelf).mkdir(exist_ok=True)
        target = self.root / shelf / document_id
        folder.rename(target)
        _sync(target.parent)
        return Kept(shelf, target)

    def add_version(self, kept: Kept, folder: Path) -> None:
        """Put a new version, written in `folder`, beside the ones before."""
        _sync_all(folder)
        folder.rename(kept.folder / str(int(kept.latest.name) + 1))
        _sync(kept.folder)

    def remove(self, shelf: str, document_id: str | None = None) -> int:
        """Take a document, or a whole shelf, away; how many documents that were."""
        gone = [one for one in self.documents(shelf) if document_id in (None, one.id)]
        if not gone:
            asked = f"document '{document_id}'" if document_id else "document"
            raise NotFoundError(f"no {asked} on the shelf '{shelf}'. Next: kb shelf list")
        self.incoming.mkdir(exist_ok=True)
        for kept in gone:
            kept.folder.rename(self.incoming / f"removed-{kept.id}")
        if not any((self.root / shelf).iterdir()):
            (self.root / shelf).rmdir()
        self.clear()
        return len(gone)


def is_name(name: str) -> bool:
    """Whether a shelf may be called so."""
    return bool(re.match(SLUG, name)) and name != CORPUS and len(name) <= 40


def checked_name(name: str) -> str:
    """The name; ShelfError where a shelf may not be called so."""
    if not is_name(name):
        raise ShelfError(
            f"shelf '{name[:80]}': expected up to 40 of a-z, 0-9 and single hyphens, "
            f"and not '{CORPUS}'. Next: kb import --shelf {DEFAULT}"
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
