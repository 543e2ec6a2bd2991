"""What is a list, not text: tables of contents, lists of works, notes at the end, indexes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.importers.base import BlockKind
from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.lines.lines import CELL, LEADER, Line
from indexer.importers.shared.section_titles import NUMBER, REFERENCES, is_contents_heading

FEWEST = 3  # lines with leaders on a page
SHARE = 0.5  # of the lines after a heading "Contents" that end in a number
BETWEEN = 2  # lines of a title of several, between two lines with leaders
LISTED = 0.5  # least share of paragraphs that look like works, notes or entries of an index
FEWEST_ENTRIES = 6  # paragraphs of an index that has no heading
WORDS_A_PAGE = 6  # most words for each page number in an index

_ENDS = re.compile(r"(?:^|[\s\t.…\x1d])(?:[A-Z]-?)?(?:\d{1,4}|[ivxlc]{1,7})\W?$", re.IGNORECASE)
_BEGINS = re.compile(r"\d{1,3}[\s\t]")
# Headings of lists of works, and of notes and sources at the end.
_REFERENCES = re.compile(
    rf"{NUMBER}(?:{REFERENCES}|(?:selected |list of |lista de )?(?:sources|sources cited|literature"
    r"|notes|end ?notes|footnotes|references and notes|notes and references|further reading|fuentes"
    r"|notas|notas al final))\s*[:.]?",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"^\W*\d{1,3}[\s.)\]]|\b(?:1[89]|20)\d\d[a-z]?\b|https?:|\bdoi\b|\bibid\b|\bpp?\.",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"(?:general |subject |name )?index(?: of (?:names|subjects|places))?"
    r"|[íi]ndice (?:alfab[ée]tico|anal[íi]tico|onom[áa]stico|tem[áa]tico|de (?:nombres|materias))"
    r"|(?:sach|personen)?register|index (?:alphabétique|des noms)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\d[,;]|\d$")
_PAGES = re.compile(r",\s?\d{1,4}(?:[-–]\d{1,4})?(?=[,;.\s]|$)")
_LISTS: tuple[tuple[BlockKind, re.Pattern[str], re.Pattern[str]], ...] = (
    ("references", _REFERENCES, _WORK),
    ("contents", _INDEX, _ENTRY),
)
_TEXT = frozenset({"paragraph", "item", "note", "row"})


def ends_entry(text: str) -> bool:
    """Return whether a line of a table of contents ends with its page."""
    return _ENDS.search(text) is not None


def without_leaders(text: str) -> str:
    """Return the line with its row of dots as one space."""
    return text.replace(LEADER, " ").replace(CELL, " ")


def contents_lines(lines: Sequence[Line], unfinished: bool) -> frozenset[int]:
    """Return the indexes of the lines of a table of contents.

    `unfinished` says that the page before ended in one.
    """
    leaders = [
        index for index, line in enumerate(lines) if LEADER in line.text and ends_entry(line.text)
    ]
    found: set[int] = set()
    if len(leaders) >= FEWEST:
        found.update(leaders)
        for one, after in pairwise(leaders):
            if after - one <= BETWEEN + 1:
                found.update(range(one, after))
    heading = next(
        (index for index, line in enumerate(lines) if is_contents_heading(line.text)), None
    )
    if heading is not None or unfinished:
        found |= _after(-1 if heading is None else heading, lines)
    return frozenset(found)


def _after(heading: int, lines: Sequence[Line]) -> set[int]:
    """Return the lines after the heading to the last with a number at an end, if most have one."""
    ends = [
        index
        for index in range(heading + 1, len(lines))
        if ends_entry(lines[index].text) or _BEGINS.match(lines[index].text)
    ]
    while ends and len(ends) < SHARE * (ends[-1] - heading):
        ends.pop()
    return set(range(heading + 1, ends[-1] + 1)) if len(ends) >= FEWEST else set()


def mark_lists(drafts: Sequence[Draft], levels: dict[int, int]) -> None:
    """Give what is below such a heading its kind, and what is below those under it.

    A list ends at a heading of its level, or at one below which nothing looks like it. An index at
    the end of a file may have no heading.
    """
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            for kind, heading, entry in _LISTS:
                if heading.fullmatch(draft.written):
                    _mark(drafts, levels, index, (kind, entry))
    start = len(drafts)
    while start and (drafts[start - 1].kind != "paragraph" or _is_entry(drafts[start - 1].written)):
        start -= 1
    entries = [draft for draft in drafts[start:] if draft.kind == "paragraph"]
    if len(entries) >= FEWEST_ENTRIES:
        for draft in entries:
            draft.kind = "contents"


def _is_entry(text: str) -> bool:
    """Return whether a text is words and the pages that they are on, or a letter above those."""
    pages = len(_PAGES.findall(text))
    return len(text) == 1 or (pages > 0 and len(text.split()) <= pages * WORDS_A_PAGE)


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
    entries = sum(entry.search(draft.written) is not None for draft in text)
    if not text or entries < LISTED * len(text):
        return False
    for draft in text:
        draft.kind = kind
    return True
