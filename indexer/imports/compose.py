"""Compose blocks into one Markdown text, and record the position of each block in it.

The text of a block is unchanged: Markdown markup is only before it or after it. Notes come last,
so that no note interrupts a sentence. A comment between blocks marks the start of a page.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.base import Block, Extracted, Mark
from kb.text.list_markers import PRINTED_NUMBER

_NUMBERED = re.compile(rf"{PRINTED_NUMBER}\s")
_COMPACT = {"item", "row", "contents", "references"}  # no empty line between two of the same kind


class PlacedBlock(NamedTuple):
    """A block and its position: its text is exactly [start, end) of the composed text."""

    block: Block
    number: int  # index among the importer's blocks
    start: int
    end: int
    section: tuple[str, ...]  # headings above it, outermost first
    paragraph: int | None  # from 1; None if the source has pages or times

    def page(self, at: int) -> int | None:
        """Return the page of the file at this offset in the text, or None if it has no pages."""
        return next((mark.page for mark in self._before(at) if mark.page), None)

    def timestamp(self, at: int) -> str | None:
        """Return the time in the recording at this offset in the text, or None without times."""
        return next((mark.timestamp for mark in self._before(at) if mark.timestamp), None)

    def _before(self, at: int) -> Sequence[Mark]:
        return [mark for mark in self.block.marks if self.start + mark.start <= at][::-1]


class ComposedText(NamedTuple):
    """The text of a document, and its blocks in text order."""

    text: str
    blocks: tuple[PlacedBlock, ...]


def compose(extracted: Extracted) -> ComposedText:
    """Return the Markdown text and the position of each block."""
    writer, sections = _Writer(extracted.labels), _sections(extracted.blocks)
    ordered = sorted(enumerate(extracted.blocks), key=lambda one: one[1].kind == "note")
    for index, block in ordered:
        writer.add(block, index, sections[index])
    return ComposedText("".join([*writer.parts, "\n"]), tuple(writer.blocks))


def _sections(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    """Return the headings above each block, outermost first, not including the block itself."""
    sections, path = [], list[tuple[int, str]]()
    for block in blocks:
        if block.kind == "heading":
            path = [(level, words) for level, words in path if level < block.level]
        sections.append(tuple(words for _, words in path))
        if block.kind == "heading":
            path.append((block.level, block.text))
    return sections


class _Writer:
    def __init__(self, labels: Sequence[str | None]) -> None:
        self._labels = labels
        self.parts: list[str] = []
        self._length = 0
        self._last: Block | None = None
        self._page: int | None = None
        self._paragraphs = 0
        self.blocks: list[PlacedBlock] = []

    def add(self, block: Block, index: int, section: tuple[str, ...]) -> None:
        last = self._last
        if last is not None:
            compact = last.kind == block.kind and block.kind in _COMPACT
            self._write("\n" if compact else "\n\n")
        self._turn_page(block)
        self._write(_marks(block, last))
        start = self._length
        self._write(block.text)
        counts = block.kind in {"paragraph", "item"} and not block.marks
        self._paragraphs += counts
        number = self._paragraphs if counts else None
        self.blocks.append(PlacedBlock(block, index, start, self._length, section, number))
        self._last = block

    def _turn_page(self, block: Block) -> None:
        pages = [mark.page for mark in block.marks if mark.page]
        if pages and pages[0] != self._page:
            label = self._labels[pages[0] - 1] if pages[0] <= len(self._labels) else None
            self._write(f"<!-- page {pages[0]}{f', printed {label}' if label else ''} -->\n\n")
        self._page = pages[-1] if pages else self._page

    def _write(self, part: str) -> None:
        self.parts.append(part)
        self._length += len(part)


def _marks(block: Block, last: Block | None) -> str:
    """Return the Markdown prefix of a block: heading marks, list marker or speaker."""
    if block.kind == "heading":
        return f"{'#' * max(1, block.level)} "
    if block.kind == "item" and not _NUMBERED.match(block.text):
        return "- "
    if block.speaker and (last is None or last.speaker != block.speaker):
        return f"**{block.speaker}:** "
    return ""
