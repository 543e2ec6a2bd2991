"""A block in the making: its lines, each with its page, before they are joined."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.importers.base import BlockKind, Mark
from indexer.importers.pdf.lines.lines import Line


class Part(NamedTuple):
    """A line of a block, on its page."""

    line: Line
    page: int


class Look(NamedTuple):
    """How a heading is set: what its level is told by."""

    size: float
    bold: bool
    capitals: bool


@dataclass(slots=True)
class Draft:
    """A block in lines, until it is written as a text; then its lines are given up."""

    kind: BlockKind
    parts: list[Part]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading that bookmarks name
    written: str | None = None
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
        """The page that it ends on so far."""
        return self.parts[-1].page
