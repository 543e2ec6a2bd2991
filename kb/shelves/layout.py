"""Folders and files of a shelf on disk.

SHELVES/NAME/DOCUMENT/record.md          the record, a corpus file that people may edit
SHELVES/NAME/DOCUMENT/review.json        which suggestions were rejected
SHELVES/NAME/DOCUMENT/1/, 2/ ...         versions; the last is searched, the ids of all still work
    original.EXT  text.md  pieces.jsonl  suggestions.jsonl  origin.json
SHELVES/.incoming/                       unfinished import; the next import deletes it
SHELVES/.lock                            held by the process that writes
"""

from pathlib import Path

from kb.domain.imports import Origin
from kb.errors import DamagedDocumentError, Problem

DEFAULT_SHELF = "mine"
RECORD, REVIEW, ORIGIN = "record.md", "review.json", "origin.json"
TEXT, PIECES, SUGGESTIONS = "text.md", "pieces.jsonl", "suggestions.jsonl"
INCOMING, LOCK = ".incoming", ".lock"


def version_folders(document: Path) -> list[Path]:
    """Return the version folders, oldest first; raise DamagedDocumentError if unreadable."""
    try:
        found = [path for path in document.iterdir() if path.name.isdecimal()]
    except OSError as error:
        raise damaged(document, error, "a folder of a document") from error
    return sorted(found, key=lambda path: int(path.name))


def latest_version(document: Path) -> Path:
    """Return the folder of the latest version; raise DamagedDocumentError if there is none."""
    found = version_folders(document)
    if not found:
        raise damaged(document, "no version of the document", "folder 1 with the imported file")
    return found[-1]


def read_origin(version: Path) -> Origin:
    """Read the origin of a version; raise DamagedDocumentError if it cannot be read."""
    path = version / ORIGIN
    try:
        return Origin.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise damaged(path, error, "the origin that an import wrote") from error


def damaged(path: Path, wrong: Exception | str, expected: str) -> DamagedDocumentError:
    """Return an error that names a file or folder of a shelf and says what was expected."""
    if isinstance(wrong, OSError):
        wrong = f"cannot be read ({wrong.strerror})"
    elif isinstance(wrong, Exception):
        wrong = "damaged"
    return DamagedDocumentError(Problem(str(path), 1, wrong, expected))
