"""The embedded engine, which keeps generations in a local folder."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from kb.errors import IndexMismatchError, KbError
from kb.index.contract import Manifest
from kb.index.local.generations import (
    MANIFEST,
    POINTER,
    REPAIR,
    LocalWriter,
    read_pointer,
    verify,
)
from kb.index.local.reader import LocalReader
from kb.locks import locked

IMPORTS = "shelves"  # subfolder with the index that also contains imported documents

# Errors raised if a file is damaged, or deleted while it is being opened.
_DAMAGED = (OSError, ValueError, RuntimeError, EOFError, sqlite3.Error)


class LocalEngine:
    """An engine that keeps generations in a folder, as tantivy, faiss and SQLite files."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def current(self) -> str:
        """Return the id of the published generation; raise IndexMissingError if there is none."""
        return read_pointer(self._root).current

    def is_published(self) -> bool:
        """Return whether a generation is published."""
        return (self._root / POINTER).is_file()

    def revision(self) -> tuple[str, int, int] | None:
        """Return a value that changes with each publication; None if nothing is published."""
        try:
            generation = self.current()
            stat = (self._folder(generation) / MANIFEST).stat()
        except (KbError, OSError):
            return None
        return (generation, stat.st_mtime_ns, stat.st_ino)

    def verify(self) -> Manifest:
        """Check every file of the published generation and return its manifest."""
        return verify(self._folder(self.current()))

    def reader(self, generation: str | None = None) -> LocalReader:
        """Open a generation, by default the published one.

        Retry if a build replaces and deletes the published generation meanwhile. Raise
        IndexMismatchError if the files are damaged.
        """
        if generation is not None:
            return self._open(generation)
        while True:
            current = self.current()
            try:
                return self._open(current)
            except KbError:
                if self.current() == current:
                    raise

    def _open(self, generation: str) -> LocalReader:
        folder = self._folder(generation)
        manifest = verify(folder)
        try:
            return LocalReader(folder, manifest)
        except _DAMAGED as error:
            name = type(error).__name__
            raise IndexMismatchError(f"{folder}: cannot be opened ({name}). {REPAIR}") from error

    def writer(self) -> LocalWriter:
        """Return the writer for this folder; the caller must hold the lock."""
        return LocalWriter(self._root)

    def locked(
        self, waiting: Callable[[], object], wait: bool = True
    ) -> AbstractContextManager[None]:
        """Return a context manager that holds the write lock; see `kb.locks.locked`."""
        return locked(self._root, waiting, wait)

    def imports(self) -> "LocalEngine":
        """Return the engine for the index that also contains imported documents."""
        return LocalEngine(self._root / IMPORTS)

    def searched(self) -> "LocalEngine":
        """Return the engine for the index with imported documents if published, else this one."""
        imports = self.imports()
        return imports if imports.is_published() else self

    def _folder(self, generation: str) -> Path:
        return self._root / "generations" / generation
