"""Exceptions whose messages say what is wrong, where, what was expected and what to do next.

KbError
├── CorpusError           a corpus file is invalid                   exit 1
├── JudgmentsError        a judged collection cannot be read         exit 1
├── IndexMissingError     no index has been built                    503 / exit 1
├── IndexMismatchError    the index is damaged or incompatible       503 / exit 1
├── BusyError             another build is running                   exit 1
├── NotFoundError         no such document, record, topic or place   404 / exit 1
├── QueryError            the query is invalid                       422 / exit 2
├── CursorError           a cursor from another query or index       409 (kb/http/cursors.py)
├── CitationError         citations cannot be formatted              exit 1
├── UnreadableError       a file or address cannot be imported       exit 1
├── FullListError         a saved list has no more room              409 (kb/web/saved_list.py)
├── ListFileError         a file is not a saved list                 422 (kb/web/list_file.py)
├── ShelfError            a shelf or its file cannot be used         exit 1
│   └── DamagedDocumentError   files of a document on a shelf are missing or damaged
├── StorageError          the disk is full, or a folder is read-only exit 1
├── EncoderError          the model is missing or modified           exit 1
└── MediaTypeError        an unsupported media type                  415 (kb/http/problems.py)
"""

import errno
import os
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """A problem in a file, shown as `path:line: WRONG; expected EXPECTED`."""

    path: str
    line: int
    wrong: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.wrong}; expected {self.expected}"


class KbError(Exception):
    """Base class of errors that a user can fix, with an exit code, an HTTP status and a slug."""

    exit_code = 1
    status = 500
    slug = "error"


class CorpusError(KbError):
    """Corpus files are invalid; `problems` lists every problem found."""

    slug = "corpus"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{lines}\n{len(self.problems)} problem(s). Next: kb check")


class JudgmentsError(KbError):
    """Lines of a judged collection are invalid; `problems` lists every problem found."""

    slug = "judgments"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{lines}\n{len(self.problems)} problem(s). Next: kb evaluate --help")


class IndexMissingError(KbError):
    """The index folder has no published generation."""

    status = 503
    slug = "index-missing"


class IndexMismatchError(KbError):
    """An index generation is damaged, or was built in another format or with another encoder."""

    status = 503
    slug = "index-mismatch"


class BusyError(KbError):
    """Another build holds the lock on the index."""

    slug = "busy"


class NotFoundError(KbError):
    """The index contains nothing with that id or name."""

    status = 404
    slug = "not-found"


class QueryError(KbError):
    """The query is invalid: it is too long, or a value is not allowed."""

    exit_code = 2
    status = 422
    slug = "query"


class CitationError(KbError):
    """The citation processor or a style is missing or damaged, or the processor fails."""

    status = 503
    slug = "citations"


class UnreadableError(KbError):
    """A file or URL cannot be imported; shown as `NAME, PLACE: WRONG; expected EXPECTED`."""

    slug = "unreadable"

    def __init__(self, name: str, wrong: str, expected: str, place: str = "") -> None:
        self.name, self.wrong, self.expected, self.place = name, wrong, expected, place
        where = f"{name}, {place}" if place else name
        super().__init__(f"{where}: {wrong}; expected {expected}")


class ShelfError(KbError):
    """A shelf or one of its files cannot be used."""

    slug = "shelf"


class DamagedDocumentError(ShelfError):
    """Files of a document on a shelf are missing or damaged; `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem}. Next: restore the file, or kb shelf remove SHELF DOCUMENT")


class StorageError(KbError):
    """The disk is full, or a file or folder cannot be read or written."""

    slug = "storage"


# Error numbers for a full or read-only disk, and for wrong paths and missing permissions.
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
           sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}  # fmt: skip


def storage_error(error: Exception) -> StorageError | None:
    """Return a StorageError if a full disk, a path or a permission caused the exception, else None.

    tantivy and faiss report these errors as ValueError and RuntimeError, without an error number,
    so their messages are searched for the system's wording.
    """
    where, wrong = "", ""
    if isinstance(error, OSError) and error.errno in FULL_DISK | FORBIDDEN:
        where, wrong = f"{error.filename}: " if error.filename else "", str(error.strerror)
    elif isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        wrong = str(error) if code & 0xFF in _SQLITE else ""
    else:
        words = [os.strerror(code) for code in (*FULL_DISK, errno.EACCES)]
        wrong = next((one for one in words if one in str(error)), "")
    if not wrong:
        return None
    return StorageError(
        f"{where}{wrong}; expected a folder with free space and permission to write. "
        f"Next: free up space, change the permission or name another folder (--index, --shelves)"
    )


class EncoderError(KbError):
    """An encoder or reranker is missing or damaged, or cannot be loaded or exported."""

    slug = "encoder"
