"""Pages -> blocks, once all have been read: what recurs, what is a heading, what goes on."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.base import Block
from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.blocks.flow import Flow
from indexer.importers.pdf.blocks.headings import set_levels
from indexer.importers.pdf.blocks.hyphens import Hyphens
from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.blocks.sections import mark_lists
from indexer.importers.pdf.blocks.write import Writer
from indexer.importers.pdf.furniture.edges import Edges
from indexer.importers.pdf.furniture.running_lines import furniture
from indexer.importers.pdf.lines.page import Packed, unpack
from indexer.importers.shared.titles import usable_title


class Assembled(NamedTuple):
    """The text of a file."""

    blocks: tuple[Block, ...]
    labels: tuple[str | None, ...]  # as they are printed
    title: str | None  # the largest heading of the first page


def assemble(
    pages: Sequence[Packed], ends: Sequence[Edges], measures: Measures, outline: Outline
) -> Assembled:
    """The blocks of all pages in reading order.

    A file of nothing but heads and page numbers keeps them: it has no other text.
    """
    found = furniture(ends, len(pages), measures.body)
    if all(len(found.lines[page.number]) == len(unpack(page).lines) for page in pages):
        found = found._replace(lines={page.number: frozenset() for page in pages})
    flow = Flow(measures, outline)
    hyphens = Hyphens(lambda: (packed.texts for packed in pages))
    writer = Writer(hyphens, lambda page: flow.marks.get(page, frozenset()))
    for packed in pages:
        flow.add(unpack(packed), found.lines[packed.number])
        for draft in flow.finished(packed.number):
            writer.write(draft)
    for draft in flow.finished(len(pages) + 1):
        writer.write(draft)
    return _assembled([draft for draft in flow.drafts if draft.written], found.labels)


def _assembled(drafts: Sequence[Draft], labels: tuple[str | None, ...]) -> Assembled:
    levels = set_levels(drafts)
    mark_lists(drafts, levels)
    blocks = tuple(
        Block(
            kind=draft.kind, text=draft.written or "", level=levels.get(index, 0), marks=draft.marks
        )
        for index, draft in enumerate(drafts)
    )
    return Assembled(blocks, labels, _title(drafts))


def _title(drafts: Sequence[Draft]) -> str | None:
    """The first of the largest headings on the first page with text."""
    first = next((draft.marks[0].page for draft in drafts), 0)
    found = [
        (draft.look.size, draft.written)
        for draft in drafts
        if draft.look and draft.marks[0].page == first
    ]
    largest = max((size for size, _ in found), default=0.0)
    titles = (usable_title(text) for size, text in found if size == largest)
    return next((title for title in titles if title), None)
