"""Convert an RTF file to UTF-8 for pandoc."""

from pathlib import Path

from indexer.importers.office import rtf_text
from indexer.importers.office.metadata import About
from indexer.importers.office.package import Prepared
from indexer.importers.shared.zip_archive import MEBI
from kb.errors import UnreadableError

MAX_BYTES = 256 * MEBI  # with images, which are written as digits
MAX_TEXT_BYTES = 32 * MEBI  # without images


def prepare(path: Path, folder: Path, name: str) -> Prepared:
    """Write the file in UTF-8 into the folder; pandoc's output holds its metadata."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableError(name, f"{size:,} bytes of RTF", f"at most {MAX_BYTES // MEBI} MB")
    original = path.read_bytes()
    try:
        content = rtf_text.in_utf8(original)
    except rtf_text.CutOffError as error:
        wrong = "cut off: it ends within a group"
        raise UnreadableError(name, wrong, "a whole document; copy it again") from error
    if len(content) > MAX_TEXT_BYTES:
        wrong = f"{len(content):,} bytes of RTF beside its pictures"
        raise UnreadableError(name, wrong, f"at most {MAX_TEXT_BYTES // MEBI} MB; split it")
    file = folder / "document.rtf"
    file.write_bytes(content)
    return Prepared(file, "rtf", About(), changed=b"\\deleted" in original)
