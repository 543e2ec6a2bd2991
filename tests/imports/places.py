"""Small shelves: what an import needs, and what two shelves have in common."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.imports.pool import Limits
from indexer.imports.run import Place, Summary, Wish, bring
from tests.builders import make_corpus

LIMITS = Limits(seconds=60, megabytes=1024)


def silent(step: str, done: int, total: int) -> None:
    """Report nothing."""


def place(folder: Path, limits: Limits = LIMITS) -> Place:
    """Shelves in a folder of their own, beside a corpus with topics and places."""
    corpus = folder / "corpus"
    if not corpus.exists():
        make_corpus(folder, [])
    return Place(folder / "shelves", corpus, limits=limits)


def bring_in(at: Place, *paths: Path | str, **wish: Any) -> Summary:
    """Import onto the shelf `mine`."""
    return bring(Wish([str(path) for path in paths], **({"shelf": "mine"} | wish)), at, silent)


def sums(root: Path, without: Sequence[str] = ("origin.json",)) -> dict[str, str]:
    """The SHA-256 of every file under a folder by its name; folders of imports are in origins."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in {*without, ".lock"}
    }
