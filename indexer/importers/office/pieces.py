"""A block before the whole document is known: a piece of text and how it looks."""

from typing import NamedTuple

from indexer.importers.base import BlockKind


class Piece(NamedTuple):
    """A block to be, with what tells headings and tables of contents from paragraphs."""

    kind: BlockKind
    text: str  # one clean line
    level: int = 0
    bold: bool = False  # every word of it
    linked: bool = False  # nothing but links inside the document
    style: str = ""  # the name that the document gives to its look
