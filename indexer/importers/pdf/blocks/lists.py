"""Recognize tables of contents, reference lists, endnotes and indexes."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from indexer.importers.base import BlockKind
from indexer.importers.pdf.blocks.grouping import Draft
from indexer.importers.pdf.lines.lines import LEADER, Line
from indexer.importers.shared.grouped import grouped
from indexer.importers.shared.section_titles import NUMBER, REFERENCES, is_contents_heading

MIN_LEADER_LINES = 3  # on a page with a table of contents
MIN_NUMBERED_SHARE = 0.5  # of the lines after a heading "Contents" have a page number
MAX_LINES_BETWEEN = 2  # lines of a long title between two lines with leaders
MIN_ENTRY_SHARE = 0.5  # of the paragraphs look like works, notes or index entries
MIN_INDEX_ENTRIES = 6  # in an index without a heading
MAX_WORDS_PER_PAGE_NUMBER = 6  # in an index

_ENDS = re.compile(r"(?:^|[\s\t.…\x1d])(?:[A-Z]-?)?(?:\d{1,4}|[ivxlc]{1,7})\W?$", re.IGNORECASE)
_BEGINS = re.compile(r"\d{1,3}[\s\t]")
# Headings of reference lists, endnotes and sources.
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
    """Return whether a line in a table of contents ends with a page number."""
    return _ENDS.search(text) is not None


def contents_lines(lines: Sequence[Line], unfinished: bool) -> frozenset[int]:
    """Return the indexes of the lines that belong to a table of contents.

    `unfinished` says that the previous page ended inside a table of contents.
    """
    leaders = [
        index for index, line in enumerate(lines) if LEADER in line.text and ends_entry(line.text)
    ]
    found: set[int] = set()
    if len(leaders) >= MIN_LEADER_LINES:
        found.update(leaders)
        for one, after in pairwise(leaders):
            if after - one <= MAX_LINES_BETWEEN + 1:
                found.update(range(one, after))
    headings = (index for index, line in enumerate(lines) if is_contents_heading(line.text))
    heading = next(headings, -1 if unfinished else None)
    return frozenset(found if heading is None else found | _after(heading, lines))


def _after(heading: int, lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the entries below the heading of a table of contents.

    The last entry and at least half of all entries begin or end with a number. Return an empty set
    if fewer than MIN_LEADER_LINES do.
    """
    texts = enumerate((line.text for line in lines[heading + 1 :]), start=heading + 1)
    ends = [index for index, text in texts if ends_entry(text) or _BEGINS.match(text)]
    while ends and len(ends) < MIN_NUMBERED_SHARE * (ends[-1] - heading):
        ends.pop()
    return set(range(heading + 1, ends[-1] + 1)) if len(ends) >= MIN_LEADER_LINES else set()


def mark_lists(drafts: Sequence[Draft]) -> None:
    """Set the kind of drafts in reference lists and indexes, including those below subheadings.

    A list ends at the next heading of the same or a higher level, or at a subheading above text
    that does not look like entries. An index at the end of a file may have no heading.
    """
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            for kind, heading, entry in _LISTS:
                if heading.fullmatch(draft.written):
                    _mark(drafts[index:], kind, entry)
    last = (draft for draft in reversed(drafts) if draft.kind == "paragraph")
    entries = list(takewhile(lambda draft: _is_entry(draft.written), last))
    if len(entries) >= MIN_INDEX_ENTRIES:
        for draft in entries:
            draft.kind = "contents"


def _is_entry(text: str) -> bool:
    """Return whether a text is an index entry with page numbers, or a one-letter index heading."""
    pages = len(_PAGES.findall(text))
    return len(text) == 1 or (pages > 0 and len(text.split()) <= pages * MAX_WORDS_PER_PAGE_NUMBER)


def _mark(drafts: Sequence[Draft], kind: BlockKind, entry: re.Pattern[str]) -> None:
    """Set the kind of the drafts in the list below the first draft, which is a heading."""
    sections = grouped(drafts, lambda _, draft: draft.kind == "heading")
    for number, (heading, *below) in enumerate(sections):
        if number and heading.level <= drafts[0].level:
            return
        text = [draft for draft in below if draft.kind in _TEXT]
        entries = sum(entry.search(draft.written) is not None for draft in text)
        if text and entries >= MIN_ENTRY_SHARE * len(text):
            for draft in text:
                draft.kind = kind
        elif number or below:  # a subheading may directly follow the list's heading
            return
