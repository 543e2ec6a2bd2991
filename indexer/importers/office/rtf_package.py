"""An RTF file -> one in UTF-8 for pandoc."""

from pathlib import Path

from indexer.importers.office import rtf_text
from indexer.importers.office.metadata import About
from indexer.importers.office.package import Prepared
from indexer.importers.shared.zip_archive import MEBI
from kb.errors import UnreadableError

LARGEST = 256 * MEBI  # bytes with pictures, which are written as digits
MOST_TEXT = 32 * MEBI  # bytes without them


def prepare(path: Path, folder: Path, name: str) -> Prepared:
    """The file in UTF-8, written into the folder; what it says of itself is in pandoc's tree."""
    size = path.stat().st_size
    if size > LARGEST:
        raise UnreadableError(name, f"{size:,} bytes of RTF", f"at most {LARGEST // MEBI} MB")
    original = path.read_bytes()
    try:
        content = rtf_text.in_utf8(original)
    except rtf_text.CutOffError as error:
        wrong = "cut off: it ends within a group"
        raise UnreadableError(name, wrong, "a whole document; copy it again") from error
    if len(content) > MOST_TEXT:
        wrong = f"{len(content):,} bytes of RTF beside its pictures"
        raise UnreadableError(name, wrong, f"at most {MOST_TEXT // MEBI} MB; split it")
    file = folder / "document.rtf"
    file.write_bytes(content)
    return Prepared(file, "rtf", About(), changed=b"\\deleted" in original)
