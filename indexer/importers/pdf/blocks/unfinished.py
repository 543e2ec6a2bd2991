"""Join paragraphs that are split across columns and pages."""

import re
from collections.abc import Sequence

from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.blocks.grouping import begins_with_dash
from indexer.importers.pdf.lines.wording import (
    begins_cased,
    begins_lower,
    ends_sentence,
    is_hyphenated,
    is_open,
)

MAX_SIZE_RATIO = 1.08  # between the two parts of a paragraph
MAX_WIDTH_RATIO = 1.35  # between the line widths of the two parts
MAX_ROOM = 4.0  # space at the end of a full line, in type sizes
MIN_CHARACTERS = 16  # of a line that continues
MAX_OPEN = 8  # columns back that a paragraph may continue from, on this page or the previous one

_TEXT = frozenset({"paragraph", "item"})
_CAPTION = re.compile(
    r"(?:fig(?:ure|ura|\.)?|table|tabla|cuadro|gr[áa]fic[ao]|chart|box|map|mapa|source|fuente|note|nota)s?\b"
    r"[\s.:]*[\dA-Z:]",
    re.IGNORECASE,
)


def is_running(draft: Draft) -> bool:
    """Return whether the draft is running text, not a caption or part of a table."""
    first = draft.first
    return draft.kind in _TEXT and not first.table and not _CAPTION.match(first.text)


class Unfinished:
    """Paragraphs whose column ended within a sentence, latest last."""

    def __init__(self) -> None:
        self._open: list[Draft] = []

    def continued_by(self, draft: Draft, first: bool) -> Draft | None:
        """Return the paragraph that the draft continues, if any.

        `first` says that nothing is above the draft in its column.
        """
        text = draft.first.text
        lower = begins_lower(text) or begins_with_dash(text)
        for one in reversed(self._open):
            back = draft.first.page - one.last.page
            if back <= 1 and _fit(one, draft):
                next_to_it = one is self._open[-1] and not back
                if lower or (first and _clearly(one, draft, next_to_it)):
                    self._open.remove(one)
                    return one
        return None

    def end(self, column: Sequence[Draft]) -> None:
        """Add the unfinished paragraph of a column: the last full one, as captions may follow."""
        cut = [draft for draft in column if is_running(draft) and _is_cut(draft.last.text)]
        full = [draft for draft in cut if _is_full(draft)]
        if cut:
            last = (full or cut)[-1]
            self._open = [*(one for one in self._open if one is not last), last][-MAX_OPEN:]


def _is_cut(text: str) -> bool:
    """Return whether a line belongs to text that continues, not to a cell or caption."""
    return len(text) >= MIN_CHARACTERS and not ends_sentence(text)


def _is_full(draft: Draft) -> bool:
    last = draft.last
    return len(draft.lines) > 1 and last.right - last.x1 <= MAX_ROOM * last.size


def _fit(before: Draft, after: Draft) -> bool:
    """Return whether the two have the same type and line width."""
    last, first = before.last, after.first
    larger, smaller = max(last.size, first.size), min(last.size, first.size)
    if larger > MAX_SIZE_RATIO * smaller or last.bold != first.bold:
        return False
    if after.kind == "item" and not begins_with_dash(first.text):
        return False
    one = max(line.x1 - line.x0 for line in before.lines)
    other = max(line.x1 - line.x0 for line in after.lines)
    wider = len(before.lines) > 1 and other > MAX_WIDTH_RATIO * one
    narrower = len(after.lines) > 1 and one > MAX_WIDTH_RATIO * other
    return not (wider or narrower)


def _clearly(before: Draft, after: Draft, next_to_it: bool) -> bool:
    """Return whether the paragraph continues although no lower-case letter shows it.

    It continues after a broken word; after a full line that ends with an article, a comma or the
    like, or in a script without case; and, in the next column of a page, after any full line.
    """
    last, first = before.last, after.first
    if is_hyphenated(last.text):
        return True
    if last.right - last.x1 > MAX_ROOM * last.size:
        return False
    caseless = not begins_cased(f"{last.text}{first.text}")
    return is_open(last.text) or caseless or (next_to_it and len(before.lines) > 1)
