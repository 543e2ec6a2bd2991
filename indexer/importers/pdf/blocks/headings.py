"""Recognize headings and their levels, and find the title of a document."""

import re
from collections import defaultdict
from collections.abc import Sequence

from indexer.importers.pdf.blocks.grouping import Draft, Look
from indexer.importers.pdf.blocks.measures import Measures, half
from indexer.importers.pdf.lines import wording
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.shared.grouped import grouped
from indexer.importers.shared.section_titles import is_contents_heading
from indexer.importers.shared.titles import usable_title

MAX_LARGE_CHARACTERS, MAX_BOLD_CHARACTERS = 220, 160  # in a heading
MAX_LINES = 5
MAX_LEVEL = 6
MIN_QUOTE_WORDS = 5  # in a quotation, which is not a heading
MIN_PULL_QUOTE_WORDS = 8  # in a sentence in large type that repeats the text
MAX_TITLE_PITCH = 2.0  # line spacing in a title, in type sizes
MAX_TITLE_PAGES = 3  # pages at the start that are searched for the title

_QUOTES = ("“", "”", "«", "»", "„", '"', "‘‘", "''")
# Headings common to many documents, in English and Spanish.
_GENERIC = re.compile(
    r"(?:introduction|(?:executive )?summary|foreword|preface|acknowledge?ments?|abstract|overview"
    r"|in this (?:document|issue|report)|welcome|agenda|annex|appendix|notes?|report"
    r"|contact(?: us)?|about (?:us|this report)|for immediate release|introducción"
    r"|resumen(?: ejecutivo)?|prólogo|prefacio|presentación|agradecimientos"
    r"|en este (?:documento|número|informe)|en esta edición"
    r"|bienvenid[oa]s?|anexo|notas?|informe|contacto|nota de prensa)\W*"
    r"|(?:table|figure|chart|box|tabla|cuadro|figura|gráfico|recuadro) \d.*",
    re.IGNORECASE,
)


def look(group: Sequence[Line]) -> Look:
    """Return the typography of a group of lines."""
    letters = [char for line in group for char in line.text if char.isalpha()]
    capitals = len(letters) > 3 and all(map(str.isupper, letters))
    return Look(half(max(line.size for line in group)), all(line.bold for line in group), capitals)


def is_heading(group: Sequence[Line], look: Look, measures: Measures) -> bool:
    """Return whether a group of lines looks like a heading: large, bold or in capitals."""
    text = " ".join(line.text for line in group)
    letters = [char for char in text if char.isalpha()]
    size = max(line.size for line in group)
    large = measures.is_large(size)
    if len(text) > (MAX_LARGE_CHARACTERS if large else MAX_BOLD_CHARACTERS):
        return False
    if len(group) > MAX_LINES or len(letters) < 2 or wording.bullet(text):
        return False
    if len(set(letters)) == 1 and letters[0] not in "IVXLC":
        return False  # an ornament
    if text.startswith(_QUOTES) and len(text.split()) >= MIN_QUOTE_WORDS:
        return False
    if large:
        return not _is_sentence(text) or len(text) <= MAX_BOLD_CHARACTERS / 2
    in_capitals = look.capitals and len(group) <= 2 and " " in text
    return (in_capitals or (look.bold and not measures.bold)) and not (
        size < 0.75 * measures.body or _is_sentence(text) or wording.begins_lower(text)
    )


def _is_sentence(text: str) -> bool:
    """Return whether a text ends with a period, comma, semicolon or ellipsis.

    A period after a short word counts as part of an abbreviation. A question may be a heading.
    """
    closed = wording.plain(text)
    return closed.endswith((".", ",", ";", "…")) and not re.search(r"(?:^|\s)\S{1,4}\.$", closed)


def unmark_pull_quotes(drafts: Sequence[Draft], measures: Measures) -> None:
    """Turn large headings into paragraphs if they are sentences that nearby paragraphs repeat."""
    texts: dict[int, str] = defaultdict(str)
    for draft in drafts:
        if draft.kind == "paragraph":
            for page in {line.page for line in draft.lines}:
                texts[page] += wording.letters_only(draft.written)
    for draft in drafts:
        if not draft.look or draft.level or not measures.is_large(draft.look.size):
            continue
        text, page = wording.letters_only(draft.written), draft.first.page
        repeated = any(text in texts[near] for near in (page - 1, page, page + 1))
        is_long = len(draft.written.split()) >= MIN_PULL_QUOTE_WORDS
        if repeated and is_long and wording.ends_sentence(draft.written):
            draft.kind, draft.look = "paragraph", None


def set_levels(drafts: Sequence[Draft]) -> None:
    """Set the level of each heading.

    Looks are ranked: larger before smaller, bold before regular, capitals before mixed case. A look
    shared with headings that have bookmarks takes its level from the bookmarks.
    """
    levels: dict[Look, int] = {}
    for draft in drafts:
        if draft.look and draft.level:
            levels[draft.look] = min(draft.level, levels.get(draft.look, MAX_LEVEL))
    level = 0
    for one in sorted({draft.look for draft in drafts if draft.look}, reverse=True):
        level = levels.setdefault(one, min(level + 1, MAX_LEVEL))
    for draft in drafts:
        if draft.look:
            draft.level = draft.level or levels[draft.look]


def visible_title(drafts: Sequence[Draft]) -> str | None:
    """Return the largest usable heading on one of the first pages, or None.

    Adjacent headings of the largest type size are joined into one title.
    """

    def is_apart(title: Sequence[Draft], draft: Draft) -> bool:
        down = draft.first.y - title[-1].last.y
        return not 0 < down <= MAX_TITLE_PITCH * draft.first.size

    for page in sorted({draft.first.page for draft in drafts})[:MAX_TITLE_PAGES]:
        found = defaultdict(list)  # type size -> headings
        for draft in drafts:
            if draft.look and draft.first.page == page and not _is_generic(draft.written):
                found[draft.look.size].append(draft)
        for title in grouped(found[max(found, default=0.0)], is_apart):
            if usable := usable_title(" ".join(draft.written for draft in title)):
                return usable
    return None


def checked_title(stated: str | None, visible: str | None, drafts: Sequence[Draft]) -> str | None:
    """Return the metadata title, or None if it is generic or unrelated to the first pages.

    It is not checked if the pages show no title.
    """
    if not stated or not visible:
        return stated
    words = set(re.findall(r"\w{3,}", stated.casefold()))
    first = (draft.written for draft in drafts if draft.first.page <= MAX_TITLE_PAGES)
    shown = set(re.findall(r"\w{3,}", " ".join(first).casefold()))
    return None if _is_generic(stated) or (words and not words & shown) else stated


def _is_generic(text: str) -> bool:
    """Return whether a text is a heading common to many documents, not a title."""
    return is_contents_heading(text) or _GENERIC.fullmatch(text.strip()) is not None
