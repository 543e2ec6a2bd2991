"""Helpers that import files onto a small shelf and compare shelves."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.imports.run import ImportPaths, ImportReport, ImportRequest, run_import
from indexer.imports.workers import Limits
from tests.builders import make_corpus, silent

LIMITS = Limits(seconds=60, megabytes=1024)


def place(folder: Path, limits: Limits = LIMITS) -> ImportPaths:
    """Return the paths of an import: a shelf folder beside a corpus without documents.

    The corpus of the folder is used if there is one.
    """
    corpus = folder / "corpus"
    if not corpus.exists():
        make_corpus(folder, [])
    return ImportPaths(folder / "shelves", corpus, limits=limits)


def bring_in(at: ImportPaths, *paths: Path | str, **request: Any) -> ImportReport:
    """Import onto the shelf `mine`, in one process: starting it takes longer than a small file.

    Files are called English: to find that out, each process would unpack the model of languages.
    """
    options: dict[str, Any] = {"shelf": "mine", "processes": 1, "language": "en"} | request
    return run_import(ImportRequest([str(path) for path in paths], **options), at, silent)


def sums(root: Path, without: Sequence[str] = ("origin.json",)) -> dict[str, str]:
    """Return the SHA-256 of each file under a folder by its relative path.

    Lock files and the names in `without` are left out; by default the origins, which name folders
    of the import.
    """
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in {*without, ".lock"}
    }
