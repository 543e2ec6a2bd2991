"""Original files of imported documents: where they are, and how a browser shows them."""

from pathlib import Path
from typing import NamedTuple

from kb.domain.formats import format_named
from kb.domain.passages import Card
from kb.errors import DamagedDocumentError
from kb.shelves.layout import latest_version, read_origin


class Original(NamedTuple):
    """The bytes that were imported last, as a file."""

    path: Path
    name: str  # as the person's file was called
    format: str  # as the importer recognized it

    @property
    def media_type(self) -> str | None:
        """Return the media type that a browser shows it as; None where it saves the file."""
        known = format_named(self.format)
        return known.media_type if known else None


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
