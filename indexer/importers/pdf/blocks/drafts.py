"""Models of a draft block and of the typography of a heading."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.importers.base import BlockKind, Mark
from indexer.importers.pdf.lines.lines import Line


class Look(NamedTuple):
    """Typography of a heading, which determines its level."""

    size: float
    bold: bool
    capitals: bool


@dataclass(slots=True)
class Draft:
    """A block under construction: its lines and, once they have been joined, its text."""

    kind: BlockKind
    lines: list[Line]
    look: Look | None = None  # of a heading
    level: int = 0  # of a heading
    written: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> Line:
        """The first line of the draft."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line of the draft so far."""
        return self.lines[-1]
