"""Headings that say what stands below them: a list of works, notes at the end, an index."""

import re
from collections.abc import Sequence

from indexer.importers.base import BlockKind
from indexer.importers.pdf.blocks.drafts import Draft

LISTED = 0.5  # least share of paragraphs that look like works or notes

_REFERENCES = re.compile(
    r"(?:[\dIVX]+(?:\.\d+)*[.:)]?\s+|[A-Z][.)]\s+|(?:appendix|anexo)\s+\w+[.:]?\s+)?"
    r"(?:(?:selected |list of |lista de )?(?:references|bibliography|works cited|sources"
    r"|literature cited|sources cited|cited references|references cited|literature|notes"
    r"|end ?notes|footnotes"
    r"|references and notes|notes and references|further reading|referencias(?: bibliogr[áa]ficas)?"
    r"|bibliograf[íi]a|obras citadas|fuentes|notas|notas al final|literatura citada))\s*[:.]?",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"^\W*\d{1,3}[\s.)\]]|\b(?:1[89]|20)\d\d[a-z]?\b|https?:|\bdoi\b|\bibid\b|\bpp?\.",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"(?:general |subject |name )?index"
    r"|[íi]ndice (?:alfab[ée]tico|anal[íi]tico|onom[áa]stico|tem[áa]tico)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\d[,;]|\d$")
_LISTS: tuple[tuple[BlockKind, re.Pattern[str], re.Pattern[str]], ...] = (
    ("references", _REFERENCES, _WORK),
    ("contents", _INDEX, _ENTRY),
)
_TEXT = frozenset({"paragraph", "item", "note", "row"})


def mark_lists(drafts: Sequence[Draft], levels: dict[int, int]) -> None:
    """Give what stands below such a heading its kind, and what stands below those under it.

    A list ends at a heading of its level, or at one below which nothing looks like it.
    """
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            for kind, heading, entry in _LISTS:
                if heading.fullmatch(draft.written or ""):
                    _mark(drafts, levels, index, (kind, entry))


def _mark(
    drafts: Sequence[Draft],
    levels: dict[int, int],
    heading: int,
    listed: tuple[BlockKind, re.Pattern[str]],
) -> None:
    start = heading + 1
    while True:
        end = start
        while end < len(drafts) and drafts[end].kind != "heading":
            end += 1
        directly_below = start == end == heading + 1
        if not _mark_part(drafts[start:end], *listed) and not directly_below:
            return
        if end >= len(drafts) or levels[end] <= levels[heading]:
            return
        start = end + 1


def _mark_part(drafts: Sequence[Draft], kind: BlockKind, entry: re.Pattern[str]) -> bool:
    """Give the drafts their kind, if most look like entries of the list."""
    text = [draft for draft in drafts if draft.kind in _TEXT]
    entries = sum(entry.search(draft.written or "") is not None for draft in text)
    if not text or entries < LISTED * len(text):
        return False
    for draft in text:
        draft.kind = kind
    return True
