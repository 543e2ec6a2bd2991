"""Draft of a block: its lines, then its text."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.importers.base import BlockKind, Mark
from indexer.importers.pdf.lines.lines import Line


class Look(NamedTuple):
    """Typography of a heading, which decides its level."""

    size: float
    bold: bool
    capitals: bool


@dataclass(slots=True)
class Draft:
    """A block under construction: first lines, then text."""

    kind: BlockKind
    lines: list[Line]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading
    written: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line so far."""
        return self.lines[-1]
