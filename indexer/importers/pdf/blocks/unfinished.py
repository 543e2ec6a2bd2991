"""Paragraphs that a column or a page cut, and which text goes on with them."""

import re
from collections.abc import Sequence

from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.lines import endings

SAME_SIZE = 1.08  # times that one part may be larger than the other
FULL = 4.0  # sizes that a line which goes on may end before its column does
SHORTEST = 16  # characters of a line that goes on
MOST = 8  # columns back that a paragraph may go on from, on the same page or the last one

_TEXT = frozenset({"paragraph", "item"})
_CAPTION = re.compile(
    r"(?:fig(?:ure|ura|\.)?|table|tabla|cuadro|gr[áa]fic[ao]|chart|box|map|mapa|source|fuente|note|nota)s?\b"
    r"[\s.:]*[\dA-Z:]",
    re.IGNORECASE,
)


def is_running(draft: Draft) -> bool:
    """Whether the draft is running text, which may go on, and no caption."""
    return draft.kind in _TEXT and not _CAPTION.match(draft.first.text)


class Unfinished:
    """The paragraphs that columns ended in without an end of a sentence, latest last."""

    def __init__(self) -> None:
        self._open: list[Draft] = []

    def goes_on_in(self, draft: Draft, page: int, first: bool) -> Draft | None:
        """The paragraph that the draft goes on with, if it does.

        `first` says that nothing stands above the draft in its column.
        """
        self._open = [one for one in self._open if one.written is None]
        for one in reversed(self._open):
            back = page - one.page
            if back <= 1 and _fit(one, draft):
                lower = endings.begins_lower(draft.first.text)
                next_to_it = one is self._open[-1] and not back
                if lower or (first and _clearly(one, draft, next_to_it)):
                    self._open.remove(one)
                    return one
        return None

    def end(self, column: Sequence[Draft]) -> None:
        """Keep what a column ended in: its last full line, for captions may stand below it."""
        cut = [draft for draft in column if is_running(draft) and _is_cut(draft.last.text)]
        full = [draft for draft in cut if _is_full(draft)]
        if cut:
            last = (full or cut)[-1]
            self._open = [*(one for one in self._open if one is not last), last][-MOST:]


def _is_cut(text: str) -> bool:
    """Whether a line is one of a text that goes on, and not a cell or a caption."""
    return len(text) >= SHORTEST and not endings.ends_sentence(text)


def _is_full(draft: Draft) -> bool:
    last = draft.last
    return len(draft.parts) > 1 and last.right - last.x1 <= FULL * last.size


def _fit(before: Draft, after: Draft) -> bool:
    """Whether the two are set in the same way."""
    last, first = before.last, after.first
    larger, smaller = max(last.size, first.size), min(last.size, first.size)
    return larger <= SAME_SIZE * smaller and last.bold == first.bold and after.kind != "item"


def _clearly(before: Draft, after: Draft, next_to_it: bool) -> bool:
    """Whether the paragraph goes on although no small letter says so.

    It does behind a broken word, and behind a full line that ends with an article, a comma or the
    like, or in a script without capitals; or, in the next column of a page, behind any full line.
    """
    last, first = before.last, after.first
    if endings.is_hyphenated(last.text):
        return True
    if last.right - last.x1 > FULL * last.size:
        return False
    caseless = not endings.begins_cased(f"{last.text}{first.text}")
    return endings.is_open(last.text) or caseless or (next_to_it and len(before.parts) > 1)
