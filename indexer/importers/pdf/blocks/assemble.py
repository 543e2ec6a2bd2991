"""Assemble the lines of all pages into blocks: paragraphs, items, headings, notes, lists."""

from collections.abc import Sequence

from indexer.importers.base import Block
from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.blocks.flow import Flow
from indexer.importers.pdf.blocks.headings import set_levels, unmark_pull_quotes
from indexer.importers.pdf.blocks.hyphens import Hyphens
from indexer.importers.pdf.blocks.lists import mark_lists
from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.blocks.write import Writer
from indexer.importers.pdf.furniture.running_lines import Furniture
from indexer.importers.pdf.lines.lines import Page


def write_drafts(
    pages: Sequence[Page],
    furniture: Furniture,
    measures: Measures,
    outline: Outline,
    language: str | None,
) -> list[Draft]:
    """Return the drafts of all pages in reading order, with their text."""
    flow = Flow(measures, outline)
    for page in pages:
        flow.add(page, furniture.lines[page.number])
    hyphens = Hyphens(
        lambda: ("\n".join(line.text for line in page.lines) for page in pages), language
    )
    writer = Writer(hyphens, flow.marks)
    for draft in flow.drafts:
        writer.write(draft)
    drafts = [draft for draft in flow.drafts if draft.written]
    unmark_pull_quotes(drafts, measures.body)
    return drafts


def blocks_of(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """Return the drafts as blocks, with heading levels, and with contents and references marked."""
    levels = set_levels(drafts)
    mark_lists(drafts, levels)
    return tuple(
        Block(kind=draft.kind, text=draft.written, level=levels.get(index, 0), marks=draft.marks)
        for index, draft in enumerate(drafts)
    )
