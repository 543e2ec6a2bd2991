"""A block in the making: its lines, each with its page, before they are joined."""

from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.importers.extracted import BlockKind
from indexer.importers.pdf_layout.lines import Line


class Part(NamedTuple):
    """A line of a block, on its page."""

    line: Line
    page: int


class Look(NamedTuple):
    """How a heading is set: what its level is told by."""

    size: float
    bold: bool
    capitals: bool


@dataclass
class Draft:
    """A block and its lines."""

    kind: BlockKind
    parts: list[Part]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading that bookmarks name
    notes: set[str] = field(default_factory=set)  # marks of the notes on its pages

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.parts[0].line

    @property
    def last(self) -> Line:
        """Its last line so far."""
        return self.parts[-1].line

    @property
    def text(self) -> str:
        """Its lines with spaces between them; for a look at it, not for readers."""
        return " ".join(part.line.text for part in self.parts)
