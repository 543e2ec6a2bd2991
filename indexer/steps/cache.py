"""What took time to make, by what it was made from: an edit makes again only what it changed."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self


class Remembered:
    """Bytes by key in one SQLite file; a damaged file is thrown away, for it holds only time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _open(path)
        self._connection.execute("PRAGMA journal_mode=WAL")
        # The name is that of the first thing that was remembered; caches that people have keep it.
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._connection.close()

    def known(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Those of the keys that are remembered, with what they stand for."""
        statement = "SELECT value FROM vector WHERE key=?"
        return {
            key: bytes(row[0])
            for key in set(keys)
            if (row := self._connection.execute(statement, [key]).fetchone())
        }

    def remember(self, made: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep all of it, or none where the program ends."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", made)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA quick_check").fetchone() == ("ok",):
            return connection
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        pass
    connection.close()
    path.unlink()
    return sqlite3.connect(path)
