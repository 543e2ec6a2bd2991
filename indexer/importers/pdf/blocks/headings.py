"""Which groups of lines are headings, and of which level."""

import re
from collections.abc import Iterable, Sequence

from indexer.importers.pdf.blocks.drafts import Draft, Look
from indexer.importers.pdf.blocks.measures import Measures, half
from indexer.importers.pdf.lines import endings
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.pdf.lines.list_markers import bullet

LARGER = 1.12  # times the text's size
LONGEST, LONGEST_BOLD = 220, 160  # characters
MOST_LINES = 5
DEEPEST = 6

_LETTERS = re.compile(r"[^\W\d_]")


def look(group: Sequence[Line], measures: Measures) -> Look | None:
    """How the group is set, if it is a heading."""
    text = " ".join(line.text for line in group)
    letters = _LETTERS.findall(text)
    if len(letters) < 2 or len(group) > MOST_LINES or bullet(text):
        return None
    size = max(line.size for line in group)
    larger = size > LARGER * measures.body
    bold = all(line.bold for line in group)
    capitals = len(letters) > 3 and all(char.isupper() for char in letters)
    if len(text) > (LONGEST if larger else LONGEST_BOLD):
        return None
    found = Look(half(size), bold, capitals)
    if larger:
        return None if _is_sentence(text) and len(text) > LONGEST_BOLD / 2 else found
    if size < 0.75 * measures.body or _is_sentence(text) or endings.begins_lower(text):
        return None
    if (bold and not measures.bold) or (capitals and len(group) <= 2 and len(text.split()) > 1):
        return found
    return None


def _is_sentence(text: str) -> bool:
    """Whether the text ends as sentences do; a heading may be a question."""
    closed = endings.plain(text)
    return closed.endswith((".", ",", ";", "…")) and not re.search(r"(?:^|\s)\S{1,4}\.$", closed)


def set_levels(drafts: Iterable[Draft]) -> dict[int, int]:
    """The level of each heading, by its place among the drafts.

    Looks are ranked: larger before smaller, bold before plain, capitals before small letters. A
    look that bookmarks know has the level they give it.
    """
    headings = [(index, draft) for index, draft in enumerate(drafts) if draft.look]
    known: dict[Look, int] = {}
    for _, draft in headings:
        if draft.level and draft.look:
            known[draft.look] = min(draft.level, known.get(draft.look, DEEPEST))
    ranked = sorted({draft.look for _, draft in headings if draft.look}, reverse=True)
    levels: dict[Look, int] = {}
    level = 0
    for one in ranked:
        level = known.get(one, min(level + 1, DEEPEST))
        levels[one] = level
    return {index: draft.level or levels[draft.look] for index, draft in headings if draft.look}
