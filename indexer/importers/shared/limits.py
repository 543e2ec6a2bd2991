"""Collect the blocks of a file, within limits."""

from collections.abc import Iterable

from indexer.importers.base import Block, SourceInfo
from kb.errors import UnreadableError

MAX_BLOCKS = 300_000  # a novel has 3,000; this many short blocks use 250 MB of memory


def gathered(blocks: Iterable[Block], info: SourceInfo) -> tuple[Block, ...]:
    """Return the blocks as a tuple. Raise UnreadableError if there are none or too many."""
    found = []
    for block in blocks:
        found.append(block)
        if len(found) > MAX_BLOCKS:
            wrong = f"more than {MAX_BLOCKS:,} paragraphs or fields"
            raise UnreadableError(info.name, wrong, "fewer. Next: split the file")
    if not found:
        raise UnreadableError(info.name, "no text found", "a file with text")
    return tuple(found)
