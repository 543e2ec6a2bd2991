"""The searcher of the published generation; it follows the pointer while requests run."""

import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kb.encoders.base import TextEncoder
from kb.encoders.cross_encoder import Reranker
from kb.errors import IndexMismatchError, IndexMissingError, KbError
from kb.index.local.generations import MANIFEST, open_generation, read_pointer, searched
from kb.index.local.reader import LocalReader
from kb.search.searcher import Searcher

LOOK_SECONDS = 0.5  # between two looks at the pointer: one short read
RETRY_SECONDS = 10.0  # between two tries to open what could not be opened; a try reads every file

# What opening the files of a generation raises, where they are damaged or vanish under it.
_BROKEN = (OSError, ValueError, RuntimeError, EOFError, sqlite3.Error)

Sign = tuple[str, int, int]
Open = Callable[[Path, str], LocalReader]


class Serving(NamedTuple):
    """What is served now, and why it is not newer."""

    searcher: Searcher | None
    trouble: KbError | None


class IndexWatcher:
    """Holds a searcher and swaps in the next one; a request keeps the one that it began with."""

    def __init__(
        self,
        root: Path,
        encoder: TextEncoder,
        every: float = LOOK_SECONDS,
        multilingual: TextEncoder | None = None,
        reranker: Reranker | None = None,
        with_shelves: bool = False,
    ) -> None:
        self._home, self._with_shelves = root, with_shelves
        self._encoder, self._every = encoder, every
        self._multilingual, self._reranker = multilingual, reranker
        self._serving = Serving(None, IndexMissingError(f"{root.name}: not opened yet"))
        self._seen: Sign | None = ("", 0, 0)  # no generation has this name
        self._again = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def _root(self) -> Path:
        """The index of the corpus; with shelves, once something was imported, the one of both."""
        return searched(self._home) if self._with_shelves else self._home

    @property
    def serving(self) -> Serving:
        """The searcher and the trouble, of one moment."""
        return self._serving

    def searcher(self) -> Searcher:
        """The searcher of the newest generation that could be opened; else why there is none."""
        searcher, trouble = self._serving
        if searcher is None and trouble is not None:
            raise trouble.with_traceback(None)
        assert searcher is not None  # noqa: S101 - one of the two is there
        return searcher

    def __enter__(self) -> Self:
        self.refresh()
        self._stop.clear()
        self._thread = threading.Thread(target=self._follow, name="kb-watcher", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self) -> None:
        while not self._stop.wait(self._every):
            self.refresh()

    def refresh(self) -> None:
        """Open what is published, if it was published again or could not be opened before."""
        sign = _sign(self._root)
        if sign == self._seen and time.monotonic() < self._again:
            return
        self._seen, self._again = sign, float("inf")
        try:
            self._serving = Serving(self._open(), None)
        except (KbError, *_BROKEN) as error:
            self._again = time.monotonic() + RETRY_SECONDS
            self._serving = Serving(self._serving.searcher, _shown(error, self._root))

    def _open(self) -> Searcher:
        self._encoder.question("warm")  # the model is loaded before the first question
        reader = open_published(self._root)
        if reader.manifest.encoder != self._encoder.identity:
            raise IndexMismatchError(
                f"{self._root}: built with the model {reader.manifest.encoder.name}; "
                f"this server has {self._encoder.identity.name}. Next: kb build"
            )
        searcher = Searcher(
            reader, self._encoder, multilingual=self._multilingual, reranker=self._reranker
        )
        # Closed when the last request that uses it has ended, and not before.
        weakref.finalize(searcher, reader.close)
        return searcher


def open_published(root: Path, opened: Open = open_generation) -> LocalReader:
    """The published generation; tried again where it was replaced and deleted while it opened."""
    while True:
        pointer = read_pointer(root)
        try:
            return opened(root, pointer.current)
        except (KbError, *_BROKEN):
            if read_pointer(root) == pointer:
                raise


def _sign(root: Path) -> Sign | None:
    """What changes when a generation is published, or is built again in its place."""
    try:
        generation = read_pointer(root).current
        stat = (root / "generations" / generation / MANIFEST).stat()
    except (KbError, OSError):
        return None
    return (generation, stat.st_mtime_ns, stat.st_ino)


def _shown(error: Exception, root: Path) -> KbError:
    """The error as other machines may see it: without the folders above the index."""
    if not isinstance(error, KbError):
        name = type(error).__name__
        return IndexMismatchError(f"{root.name}: cannot be opened ({name}). Next: kb build")
    return type(error)(str(error).replace(str(root), root.name))
