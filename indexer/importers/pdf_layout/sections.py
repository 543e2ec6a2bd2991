"""Headings that say what stands below them: a list of works, or notes at the end."""

import re
from collections.abc import Sequence

from indexer.importers.pdf_layout.drafts import Draft

LISTED = 0.5  # least share of paragraphs that look like works or notes

_REFERENCES = re.compile(
    r"(?:[\dIVX]+(?:\.\d+)*[.:)]?\s+|[A-Z][.)]\s+|(?:appendix|anexo)\s+\w+[.:]?\s+)?"
    r"(?:(?:selected |list of |lista de )?(?:references|bibliography|works cited|literature cited|sources"
    r"|sources cited|cited references|references cited|literature|notes|end ?notes|footnotes"
    r"|references and notes|notes and references|further reading|referencias(?: bibliogr[áa]ficas)?"
    r"|bibliograf[íi]a|obras citadas|fuentes|notas|notas al final|literatura citada))\s*[:.]?",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"^\W*\d{1,3}[\s.)\]]|\b(?:1[89]|20)\d\d[a-z]?\b|https?:|\bdoi\b|\bibid\b|\bpp?\.",
    re.IGNORECASE,
)
_TEXT = frozenset({"paragraph", "item", "note", "row"})


def mark_references(drafts: Sequence[Draft], levels: dict[int, int]) -> None:
    """Make references of what stands below such a heading, down to the next of its level."""
    for index, draft in enumerate(drafts):
        if draft.kind == "heading" and _REFERENCES.fullmatch(draft.text.strip()):
            end = index + 1
            while end < len(drafts) and not _ends(drafts[end], levels.get(end, 0), levels[index]):
                end += 1
            below = [one for one in drafts[index + 1 : end] if one.kind in _TEXT]
            listed = sum(_WORK.search(one.text) is not None for one in below)
            if below and listed >= LISTED * len(below):
                for one in below:
                    one.kind = "references"


def _ends(draft: Draft, level: int, own: int) -> bool:
    return draft.kind == "heading" and (
        level <= own or len(draft.text) > 3 and not _WORK.search(draft.text)
    )
