"""Original files of imported documents and their media types."""

from pathlib import Path
from typing import NamedTuple

from kb.domain.file_formats import format_named
from kb.domain.passages import Card
from kb.errors import DamagedDocumentError
from kb.shelves.layout import latest_version, read_origin


class Original(NamedTuple):
    """The imported file of a document's latest version."""

    path: Path
    name: str  # name of the imported file
    format: str  # format detected by the importer

    @property
    def media_type(self) -> str | None:
        """Return the media type for display in a browser, or None to offer a download."""
        known = format_named(self.format)
        return known.media_type if known else None


def original_of(shelves: Path | None, document: Card) -> Original | None:
    """Return the original of an imported document, or None if it is not served or is missing."""
    if shelves is None or document.shelf is None:
        return None
    # Both names come from the index and are slugs, so the path stays within the shelves.
    try:
        version = latest_version(shelves / document.shelf / document.id)
        origin = read_origin(version)
    except DamagedDocumentError:
        return None
    path = version / origin.original
    name = origin.name.rsplit("/", 1)[-1] or document.id
    found = Original(path, name, origin.format)
    return found if path.is_file() and not path.is_symlink() else None
