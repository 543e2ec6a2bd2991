"""Small shelves: what an import needs, and what two shelves have in common."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.imports.run import ImportPaths, ImportReport, ImportRequest, run_import
from indexer.imports.workers import Limits
from tests.builders import make_corpus, silent

LIMITS = Limits(seconds=60, megabytes=1024)


def place(folder: Path, limits: Limits = LIMITS) -> ImportPaths:
    """ShelfStore in a folder of their own, beside a corpus with topics and places."""
    corpus = folder / "corpus"
    if not corpus.exists():
        make_corpus(folder, [])
    return ImportPaths(folder / "shelves", corpus, limits=limits)


def bring_in(at: ImportPaths, *paths: Path | str, **request: Any) -> ImportReport:
    """Import onto the shelf `mine`, in one process: starting it takes longer than a small file."""
    options: dict[str, Any] = {"shelf": "mine", "processes": 1} | request
    return run_import(ImportRequest([str(path) for path in paths], **options), at, silent)


def sums(root: Path, without: Sequence[str] = ("origin.json",)) -> dict[str, str]:
    """The SHA-256 of every file under a folder by its name; folders of imports are in origins."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in {*without, ".lock"}
    }
