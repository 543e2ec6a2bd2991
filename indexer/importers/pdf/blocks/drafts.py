"""Draft of a block: its lines with their pages, then its text."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.importers.base import BlockKind, Mark
from indexer.importers.pdf.lines.lines import Line


class Part(NamedTuple):
    """A line of a block, on its page."""

    line: Line
    page: int


class Look(NamedTuple):
    """Typography of a heading, which decides its level."""

    size: float
    bold: bool
    capitals: bool


@dataclass(slots=True)
class Draft:
    """A block under construction: first lines, then text."""

    kind: BlockKind
    parts: list[Part]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading named by a bookmark
    written: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.parts[0].line

    @property
    def last(self) -> Line:
        """Its last line so far."""
        return self.parts[-1].line

    @property
    def page(self) -> int:
        """The page of its last line so far."""
        return self.parts[-1].page
