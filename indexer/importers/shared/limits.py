"""The blocks of a file, all of them: at least one, and no more than memory holds."""

from collections.abc import Iterable

from indexer.importers.base import Block, SourceInfo
from kb.errors import UnreadableError

MOST_BLOCKS = 300_000  # a novel has 3,000; so many short ones take 250 MB of memory


def gathered(blocks: Iterable[Block], info: SourceInfo, expected: str) -> tuple[Block, ...]:
    """The blocks in order; UnreadableError where there is none, or more than MOST_BLOCKS."""
    found = []
    for block in blocks:
        found.append(block)
        if len(found) > MOST_BLOCKS:
            wrong = f"more than {MOST_BLOCKS:,} paragraphs or fields"
            raise UnreadableError(info.name, wrong, "less: split the file")
    if not found:
        raise UnreadableError(info.name, "it has no words", expected)
    return tuple(found)
