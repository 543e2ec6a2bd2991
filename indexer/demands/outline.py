"""Track the scope of each block, such as a section of demands or an announced list."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from indexer.demands.headings import (
    Heading,
    announced_body,
    announces_by_noun,
    announces_list,
    announces_paragraph,
    is_heading_like,
    is_programme,
    number_end,
)
from indexer.demands.resolutions import opens_resolution
from indexer.importers.base import Block

# Levels of unmarked lines that look like headings, below those of marked headings.
UPPER_CASE_LEVEL, OTHER_CASE_LEVEL = 7, 8


class Scope(NamedTuple):
    """The scope of a block, which determines what counts as a demand."""

    # In a section, sentences count too; in a list, only items; in a program, imperative items.
    kind: Literal["section", "list", "resolution", "programme"]
    target: str | None = None
    is_strong: bool = False  # for demands, not only recommendations


class _Section:
    """The section of demands that is being read."""

    def __init__(self, level: int, heading: Heading) -> None:
        self.level, self.is_strong = level, heading.is_strong
        self.target = heading.target
        self.current_target = heading.target  # from the last heading in it that names a body
        self.has_demand = False
        self.is_flat = False  # whether it continues under headings at its own level
        self.is_paused = False  # whether the last heading does not announce demands


class Outline:
    """Tracker of the scope of each block, which reads the blocks in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._has_capitals = any(one.text.isupper() for one in blocks if _may_be_heading(one))
        self._section: _Section | None = None
        self._list: Scope | None = None
        self._is_announced = False  # whether the last block ends with `this is what we want`
        self._is_programme = bool(blocks) and is_programme(blocks[0].text) and bool(self.level(0))
        self._has_ended = False  # whether the last heading ends lists of demands

    def level(self, index: int) -> int:
        """Return the level of a heading, which may be unmarked; 0 for other blocks."""
        block = self._blocks[index]
        if block.kind == "heading":
            return block.level
        is_item = self._list is not None and bool(number_end(block.text))
        if not _may_be_heading(block) or is_item:
            return 0
        is_upper = block.text.isupper() or not self._has_capitals
        return UPPER_CASE_LEVEL if is_upper else OTHER_CASE_LEVEL

    def enter(self, index: int) -> None:
        """Read a heading, which may begin, continue or end a section of demands."""
        text, level = self._blocks[index].text, self.level(index)
        heading = Heading(text)
        self._has_ended = heading.ends
        self._list, self._is_announced = None, False
        is_title = index == 0 and not self._is_item(1)
        if heading.asks and not is_title:
            self._section = _Section(level, heading)
        elif self._section:
            self._continue(self._section, heading, level)
        if announces_list(text) or opens_resolution(text) or self._announces_by_noun(index):
            self.read(index)

    def read(self, index: int) -> None:
        """Read any other block, which may announce a list, or end one that it does not continue."""
        block = self._blocks[index]
        self._is_announced = announces_paragraph(block.text)
        if opens_resolution(block.text):
            self._list = Scope("resolution", None, is_strong=True)
        elif announces_list(block.text) or self._announces_by_noun(index):
            self._list = Scope("list", announced_body(block.text), is_strong=True)
        elif self._list and not _continues_list(block):
            self._list = None

    def note_demand(self) -> None:
        """Record that the last block contains a demand."""
        if self._section:
            self._section.has_demand = True

    def scope(self, index: int) -> Scope | None:
        """Return the scope of a block; None if it is outside any section or list of demands."""
        block, section = self._blocks[index], self._section
        if self._list and _continues_list(block):
            return self._list
        if self._is_announced:
            return Scope("section", None, is_strong=True)
        if section and not section.is_paused:
            kind: Literal["section", "list"] = "list" if section.is_flat else "section"
            return Scope(kind, section.current_target, section.is_strong)
        if self._is_programme and not section and not self._has_ended and is_item(block):
            return Scope("programme")
        return None

    def _announces_by_noun(self, index: int) -> bool:
        return announces_by_noun(self._blocks[index].text) and self._is_item(index + 1)

    def _is_item(self, index: int) -> bool:
        return index < len(self._blocks) and is_item(self._blocks[index])

    def _continue(self, section: _Section, heading: Heading, level: int) -> None:
        """Handle a heading while a demands section is open: a subheading, a sibling, or its end."""
        is_beside = level <= section.level
        is_over = level < section.level or (section.has_demand and not section.is_flat)
        if is_beside and (heading.ends or is_over):
            self._section = None
            return
        section.is_flat = section.is_flat or is_beside
        section.is_paused = heading.ends
        section.current_target = heading.body or section.target


def is_item(block: Block) -> bool:
    """Return whether a block is a list item, or begins with a printed number."""
    return block.kind == "item" or bool(number_end(block.text))


def _continues_list(block: Block) -> bool:
    return is_item(block) or block.text[0].islower()


def _may_be_heading(block: Block) -> bool:
    return block.kind == "paragraph" and is_heading_like(block.text)
