"""Find the quotations in the blocks of a draft."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.quotes.nouns import Quotation

# Pairs of marks, in the order in which they are tried. Single marks are also apostrophes, so they
# are not taken for quotations; inside a quotation they stay as they are.
_PAIRS = re.compile(r"“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|\"([^\"]+)\"")


class Block(NamedTuple):
    """A paragraph, heading, table cell or note of a draft.

    `notes` is the text of the notes that it refers to. A block quotation is one quotation.
    """

    text: str
    place: str  # `paragraph 3`
    is_quoted: bool = False
    notes: str = ""


def quotations(blocks: Sequence[Block]) -> list[Quotation]:
    """Return the quotations of a draft in order.

    >>> [one.text for one in quotations([Block('They ask for “free buses” and "no fares".', "")])]
    ['free buses', 'no fares']
    """
    found: list[Quotation] = []
    for index, block in enumerate(blocks):
        near = blocks[max(0, index - 1) : index + 2] if block.is_quoted else [block]
        context = "\n".join(filter(None, (part for one in near for part in (one.text, one.notes))))
        for start, end in _spans(block):
            found.append(
                Quotation(
                    text=block.text[start:end],
                    place=block.place,
                    block=index,
                    start=start,
                    end=end,
                    context=context,
                )
            )
    return found


def _spans(block: Block) -> Iterator[tuple[int, int]]:
    if block.is_quoted:
        stripped = block.text.strip().strip('“”«»"')
        if stripped:
            start = block.text.index(stripped)
            yield start, start + len(stripped)
        return
    for pair in _PAIRS.finditer(block.text):
        group = pair.lastindex or 1
        if pair[group].strip():
            yield pair.span(group)
