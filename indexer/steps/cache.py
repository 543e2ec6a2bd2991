"""Cache results in SQLite, keyed by their input, so that only new inputs are computed."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

# Citations are cached too; another name would make existing cache files useless.
_TABLE = "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB)"


class BuildCache:
    """A key-value store in one SQLite file; a damaged file is replaced by an empty one."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._connection.close()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the cached values by key, without missing keys and values that are not BLOBs."""
        statement = "SELECT value FROM vector WHERE key=? AND typeof(value)='blob'"
        return {
            key: row[0]
            for key in set(keys)
            if (row := self._connection.execute(statement, [key]).fetchone())
        }

    def put(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Store values by key, in one transaction."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)


def _open(path: Path) -> sqlite3.Connection:
    """Open a cache, after deleting it if it is damaged or its table has other columns."""
    connection = sqlite3.connect(path)
    if not _is_usable(connection):
        connection.close()
        path.unlink()
        connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(_TABLE)
    return connection


def _is_usable(connection: sqlite3.Connection) -> bool:
    """Return whether a database is intact and its table, if any, has the columns of a cache."""
    try:
        whole = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(vector)")]
    except sqlite3.OperationalError:  # a locked file or a full disk, not a damaged file
        raise
    except sqlite3.DatabaseError:
        return False
    return whole and columns in ([], ["key", "value"])
