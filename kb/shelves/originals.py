"""Originals of imported documents: where they lie, and what a browser does with them."""

import json
from pathlib import Path
from typing import NamedTuple

from kb.domain.passages import Card

# What a browser shows itself; everything else is a download.
_PLAIN = "text/plain; charset=utf-8"
SHOWN = {
    "pdf": "application/pdf", "html": "text/html", "vtt": _PLAIN, "srt": _PLAIN,
    "markdown": _PLAIN, "text": _PLAIN, "csv": _PLAIN, "tsv": _PLAIN, "jsonl": _PLAIN,
    "json": _PLAIN,
}  # fmt: skip


class Original(NamedTuple):
    """The bytes that were imported last, as a file."""

    path: Path
    name: str  # as the person's file was called
    format: str  # what the importer found it to be

    @property
    def is_shown(self) -> bool:
        """Whether browsers show it; else they save it."""
        return self.format in SHOWN


def original_of(shelves: Path | None, document: Card) -> Original | None:
    """The original of a document; None where it is on no shelf, or not served, or taken away."""
    if shelves is None or document.shelf is None:
        return None
    # Both names come from the index: they are slugs, and lead to one folder of the shelves.
    folder = shelves / document.shelf / document.id
    try:
        version = max(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
        came = json.loads((folder / str(version) / "origin.json").read_bytes())
        path = folder / str(version) / Path(came["original"]).name
        name = str(came["name"]).rsplit("/", 1)[-1] or document.id
        found = Original(path, name, str(came["format"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if path.is_file() and not path.is_symlink() else None
