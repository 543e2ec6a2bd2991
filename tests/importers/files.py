"""Files with given content, read by the importer of their format."""

from pathlib import Path

from indexer.importers import extract as importers
from indexer.importers.base import Extracted, SourceInfo


def read(folder: Path, name: str, content: str | bytes, language: str | None = None) -> Extracted:
    """Write a file with this name and content (text as UTF-8) and return what is extracted."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return importers.extract(path, SourceInfo(name=name, language=language))


def texts(extracted: Extracted, *kinds: str) -> list[str]:
    """Return the texts of the blocks of these kinds, or of all blocks."""
    return [block.text for block in extracted.blocks if not kinds or block.kind in kinds]
