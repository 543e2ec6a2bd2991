"""Original files of imported documents: where they are, and what a browser does with them."""

from pathlib import Path
from typing import NamedTuple

from kb.domain.passages import Card
from kb.errors import DamagedDocumentError
from kb.shelves.layout import latest_version, read_origin

# Media types of formats that browsers show; other formats are downloads.
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
    format: str  # as the importer recognized it

    @property
    def is_shown(self) -> bool:
        """Whether browsers show it; they save other formats."""
        return self.format in SHOWN


def original_of(shelves: Path | None, document: Card) -> Original | None:
    """Return the original of a document; None if it is on no shelf, not served, or missing."""
    if shelves is None or document.shelf is None:
        return None
    # Both names come from the index: they are slugs, and lead to one folder of the shelves.
    try:
        version = latest_version(shelves / document.shelf / document.id)
        origin = read_origin(version)
    except DamagedDocumentError:
        return None
    path = version / origin.original
    name = origin.name.rsplit("/", 1)[-1] or document.id
    found = Original(path, name, origin.format)
    return found if path.is_file() and not path.is_symlink() else None
