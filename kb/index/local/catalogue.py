"""The SQLite catalog of an index: entries, documents, names, thesaurus and gazetteer."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Entry, Unit
from kb.domain.phrases import Phrases
from kb.domain.places import Place
from kb.domain.tables import Table
from kb.domain.topics import Topic
from kb.index.contract import Contents

FILE = "catalogue.sqlite"

_SCHEMA = """
CREATE TABLE passage (key INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, json TEXT NOT NULL);
CREATE TABLE phrase (key INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE document (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (name TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID;
CREATE TABLE tie (target TEXT, relation TEXT, id TEXT, PRIMARY KEY (target, relation, id))
    WITHOUT ROWID;
CREATE TABLE citation (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE drawing (name TEXT PRIMARY KEY, svg TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE topic (position INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE place (position INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE coverage (position INTEGER PRIMARY KEY, json TEXT NOT NULL);
"""
_CITATIONS = TypeAdapter(tuple[Formatted, ...])
# Values per statement; SQLite allows far more placeholders.
_BATCH = 500
# Entries are immutable, and validating one takes 0.3 ms. At about 10 kB each, this many take 20 MB.
MAX_CACHED_ENTRIES = 2000
NO_PHRASES = Phrases()
MAX_CACHED_IDS = 50_000  # about 150 bytes each


def write_store(folder: Path, contents: Contents) -> None:
    """Write the catalog to a folder; unit i has key i."""
    with sqlite3.connect(folder / FILE) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO passage VALUES (?, ?, ?)", _passages(contents.units))
        connection.executemany(
            "INSERT INTO phrase VALUES (?, ?)",
            (
                (key, _json(unit.phrases))
                for key, unit in enumerate(contents.units)
                if unit.phrases.by_language
            ),
        )
        connection.executemany(
            "INSERT INTO document VALUES (?, ?)",
            ((document.id, _json(document)) for document in contents.documents),
        )
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", _names(contents.units))
        connection.executemany(
            "INSERT OR IGNORE INTO tie VALUES (?, ?, ?)",
            ((tie.to, tie.relation, doc.id) for doc in contents.documents for tie in doc.related),
        )
        connection.executemany(
            "INSERT INTO citation VALUES (?, ?)",
            ((id, _CITATIONS.dump_json(tuple(some))) for id, some in contents.citations.items()),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO former VALUES (?, ?)",
            ((entry.id, _json(entry)) for entry in contents.former),
        )
        connection.executemany("INSERT INTO drawing VALUES (?, ?)", contents.drawings.items())
        for table, nouns in (
            ("topic", contents.topics),
            ("place", contents.places),
            ("coverage", contents.coverage),
        ):
            rows = [(position, _json(noun)) for position, noun in enumerate(nouns)]
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608
    connection.close()


def _passages(units: Sequence[Unit]) -> Iterable[tuple[int, str, str]]:
    return ((key, unit.entry.id, _json(unit.entry)) for key, unit in enumerate(units))


def _names(units: Sequence[Unit]) -> Iterable[tuple[str, int]]:
    return ((name, key) for key, unit in enumerate(units) for name in unit.names)


def _json(noun: Any) -> str:
    return str(noun.model_dump_json(exclude_none=True))


Value = TypeVar("Value")


class _Memo(Generic[Value]):
    """A cache that reads values by key on first use and is pruned when it exceeds `limit`."""

    def __init__(self, read: Callable[[Sequence[int]], dict[int, Value]], limit: int) -> None:
        self._read, self._limit = read, limit
        self._known: dict[int, Value] = {}

    def get(self, keys: Sequence[int]) -> list[Value]:
        """Return the values in the order of the keys; threads may read the same value twice."""
        known = self._known
        missing = [key for key in keys if key not in known]
        if missing:
            if len(known) > self._limit:
                known = self._known = {key: known[key] for key in keys if key in known}
            known.update(self._read(missing))
        return [known[key] for key in keys]


class Store:
    """The open, read-only catalog; threads share one connection under a lock."""

    def __init__(self, folder: Path) -> None:
        # A generation never changes, so `immutable` tells SQLite to create no lock files.
        address = (folder / FILE).absolute().as_uri() + "?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = Lock()
        self._entries: dict[int, Entry] = {}
        self._cache_lock = Lock()
        self._ids = _Memo(self._read_ids, MAX_CACHED_IDS)
        self._phrases = _Memo(self._read_phrases, MAX_CACHED_ENTRIES)

    def close(self) -> None:
        """Close the database file."""
        self._connection.close()

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _among(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run a statement for all values and return its rows; `{}` becomes the placeholders."""
        found = []
        for start in range(0, len(values), _BATCH):
            batch = values[start : start + _BATCH]
            found += self._rows(statement.format(",".join("?" * len(batch))), batch)
        return found

    def fetch(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries in the order of the keys."""
        found = {key: self._entries[key] for key in keys if key in self._entries}
        missing = [key for key in keys if key not in found]
        for key, text in self._among("SELECT key, json FROM passage WHERE key IN ({})", missing):
            found[key] = Entry.model_validate_json(text)
            self._cache(key, found[key])
        return [found[key] for key in keys]

    def _cache(self, key: int, entry: Entry) -> None:
        """Cache an entry, dropping the oldest one if the cache is full."""
        with self._cache_lock:
            if len(self._entries) >= MAX_CACHED_ENTRIES:
                self._entries.pop(next(iter(self._entries)), None)
            self._entries[key] = entry

    def _read_ids(self, keys: Sequence[int]) -> dict[int, str]:
        return dict(self._among("SELECT key, id FROM passage WHERE key IN ({})", keys))

    def _read_phrases(self, keys: Sequence[int]) -> dict[int, Phrases]:
        rows = dict(self._among("SELECT key, json FROM phrase WHERE key IN ({})", keys))
        held = {key: Phrases.model_validate_json(text) for key, text in rows.items()}
        return {key: held.get(key, NO_PHRASES) for key in keys}

    def ids(self, keys: Sequence[int]) -> list[str]:
        """Return the ids of the passages in the order of the keys."""
        return self._ids.get(keys)

    def keys(self, ids: Iterable[str]) -> dict[str, int]:
        """Map passage ids to their keys, omitting unknown ids."""
        return dict(self._among("SELECT id, key FROM passage WHERE id IN ({})", list(ids)))

    def phrases(self, keys: Sequence[int]) -> list[Phrases]:
        """Return the search phrases of each passage, in the order of the keys."""
        return self._phrases.get(keys)

    def named(self, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Map each indexed name (a `name_key`) to the ascending keys of its passages."""
        found: dict[str, list[int]] = {}
        statement = "SELECT name, key FROM name WHERE name IN ({}) ORDER BY name, key"
        for name, key in self._among(statement, names):
            found.setdefault(name, []).append(key)
        return {name: tuple(keys) for name, keys in found.items()}

    def document(self, document_id: str) -> Document | None:
        """Return the document with this id, or None if the id is unknown."""
        rows = self._rows("SELECT json FROM document WHERE id = ?", [document_id])
        return Document.model_validate_json(rows[0][0]) if rows else None

    def related_to(self, document_id: str) -> list[tuple[str, str]]:
        """Return (relation, document id) for each document that refers to the given one."""
        statement = "SELECT relation, id FROM tie WHERE target = ? ORDER BY relation, id"
        return [(str(relation), str(one)) for relation, one in self._rows(statement, [document_id])]

    def former(self, passage_id: str) -> Entry | None:
        """Return a passage of an earlier version of a document, or None if the id is unknown."""
        rows = self._rows("SELECT json FROM former WHERE id = ?", [passage_id])
        return Entry.model_validate_json(rows[0][0]) if rows else None

    def citations(self, passage_id: str) -> list[Formatted]:
        """Return the citations of a passage, one per style; empty if the build made none."""
        rows = self._rows("SELECT json FROM citation WHERE id = ?", [passage_id])
        return list(_CITATIONS.validate_json(rows[0][0])) if rows else []

    def drawing(self, name: str) -> str | None:
        """Return the chart with this name as SVG, or None if there is none."""
        rows = self._rows("SELECT svg FROM drawing WHERE name = ?", [name])
        return str(rows[0][0]) if rows else None

    def topics(self) -> list[Topic]:
        """Return the topics, in the order of the thesaurus."""
        rows = self._rows("SELECT json FROM topic ORDER BY position")
        return [Topic.model_validate_json(row[0]) for row in rows]

    def coverage(self) -> list[Table]:
        """Return the tables that count the contents of the corpus, in order."""
        rows = self._rows("SELECT json FROM coverage ORDER BY position")
        return [Table.model_validate_json(row[0]) for row in rows]

    def places(self) -> list[Place]:
        """Return the places, in the order of the gazetteer."""
        rows = self._rows("SELECT json FROM place ORDER BY position")
        return [Place.model_validate_json(row[0]) for row in rows]
