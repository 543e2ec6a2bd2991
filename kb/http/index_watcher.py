"""Reload the searcher when a new index generation is published while the server runs."""

import threading
import time
import weakref
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kb.encoders.cross_encoder import Reranker
from kb.encoders.vector_spaces import Spaces
from kb.errors import IndexMismatchError, IndexMissingError, KbError
from kb.index.contract import Engine, OpenReader
from kb.index.engine import open_engine
from kb.search.searcher import Searcher

LOOK_SECONDS = 0.5  # between two checks of the pointer; a check reads one small file
RETRY_SECONDS = 10.0  # between two attempts to open a broken index; an attempt reads every file


class Serving(NamedTuple):
    """The current searcher, and the error that prevents the use of a newer index."""

    searcher: Searcher | None
    trouble: KbError | None


class IndexWatcher:
    """A watcher that replaces the searcher when a new generation of the index is published.

    A request keeps the searcher with which it started.
    """

    def __init__(
        self,
        root: Path,
        spaces: Spaces,
        every: float = LOOK_SECONDS,
        reranker: Reranker | None = None,
        with_shelves: bool = False,
    ) -> None:
        self._root, self._home, self._with_shelves = root, open_engine(root), with_shelves
        self._spaces, self._every, self._reranker = spaces, every, reranker
        self._serving = Serving(None, IndexMissingError(f"{root.name}: not opened yet"))
        self._seen: object = ""  # equal to no revision
        self._again = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def _engine(self) -> Engine:
        """Return the engine to serve; it includes imported documents only if `with_shelves`."""
        return self._home.searched() if self._with_shelves else self._home

    @property
    def serving(self) -> Serving:
        """Return the current searcher and error, read together so that they are consistent."""
        return self._serving

    def searcher(self) -> Searcher:
        """Return the searcher of the newest usable generation; raise the error if there is none."""
        searcher, trouble = self._serving
        if searcher is None and trouble is not None:
            raise trouble.with_traceback(None)
        assert searcher is not None  # noqa: S101 - one of the two is set
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
        """Open the published index if it is new; on failure, keep the old one and retry later."""
        sign = self._engine.revision()
        if sign == self._seen and time.monotonic() < self._again:
            return
        self._seen, self._again = sign, float("inf")
        try:
            self._serving = Serving(self._open(), None)
        except KbError as error:
            self._again = time.monotonic() + RETRY_SECONDS
            self._serving = Serving(self._serving.searcher, _shown(error, self._root))

    def _open(self) -> Searcher:
        reader = self._engine.reader()  # first, so that no model is loaded without an index
        try:
            self._load_encoder(reader)
        except KbError:
            reader.close()
            raise
        searcher = Searcher(reader, self._spaces, reranker=self._reranker)
        # Closed once the last request that uses it has ended.
        weakref.finalize(searcher, reader.close)
        return searcher

    def _load_encoder(self, reader: OpenReader) -> None:
        """Load the main encoder; raise IndexMismatchError if the index was built with another."""
        main = self._spaces[0]
        built = reader.manifest.vectors[main.name].encoder
        if built != main.encoder.identity:
            raise IndexMismatchError(
                f"{self._root}: built with the model {built.name}; "
                f"this server has {main.encoder.identity.name}. Next: kb build"
            )
        main.encoder.question("warm")


def _shown(error: KbError, root: Path) -> KbError:
    """Return the error for clients, with the index path shortened to the folder name."""
    return type(error)(str(error).replace(str(root), root.name))
