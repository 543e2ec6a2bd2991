"""Read the bookmarks of a PDF, and find the headings that they name on their pages."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.document import text_of
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.pdf.lines.superscripts import settle

MAX_LEVEL = 6  # levels of headings
MAX_BOOKMARKS = 20_000
MAX_LINES = 5  # of a heading
MIN_LETTERS = 2  # of a bookmark

_OTHER = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|cap[ií]tulo|secci[oó]n|parte)?\s*[\dIVXivx]+(?:[.\d]*)[\s.:)–—-]+|[A-Z][.)]\s+)",
    re.IGNORECASE,
)

Found = dict[int, tuple[int, int]]  # first line -> line after the last, level


class Outline:
    """Bookmarks by page."""

    def __init__(self) -> None:
        self._pages: dict[int, list[tuple[str, int]]] = defaultdict(list)

    def put(self, page: int, title: str, level: int) -> None:
        """Add a bookmark to a page (from 1)."""
        for key in dict.fromkeys((_key(title), _key(_NUMBER.sub("", title)))):
            if len(key) >= MIN_LETTERS and not key.isdecimal():
                self._pages[page].append((key, min(level, MAX_LEVEL)))

    def find(self, page: int, lines: Sequence[Line]) -> Found:
        """Return the headings among a page's lines: those with exactly the words of a bookmark."""
        wanted = dict(self._pages.get(page, ()))
        found: Found = {}
        if not wanted:
            return found
        longest = max(map(len, wanted))
        start = 0
        while start < len(lines):
            end, level = _match(lines, start, wanted, longest)
            if level:
                found[start] = (end, level)
            start = end
        return found


def _match(
    lines: Sequence[Line], start: int, wanted: dict[str, int], longest: int
) -> tuple[int, int]:
    """Return the end of the longest heading that begins here, and its level; level 0 if none."""
    text, best = "", (start + 1, 0)
    for end in range(start, min(start + MAX_LINES, len(lines))):
        text = f"{text} {settle(lines[end].text)}".strip()
        if len(text) > 3 * longest + 20:
            break
        level = wanted.get(_key(text)) or wanted.get(_key(_NUMBER.sub("", text)))
        if level:
            best = (end + 1, level)
    return best


def _key(text: str) -> str:
    return _OTHER.sub("", text).casefold()


def read_outline(document: pdfium2.PdfDocument) -> Outline:
    """Return the document's bookmarks that lead to a page."""
    found = Outline()
    for page, title, level in islice(_bookmarks(document), MAX_BOOKMARKS):
        found.put(page, title, level)
    return found


def _bookmarks(document: pdfium2.PdfDocument) -> Iterator[tuple[int, str, int]]:
    for mark in document.get_toc(max_depth=MAX_LEVEL):
        target = mark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            yield index + 1, text_of(pdfium.FPDFBookmark_GetTitle, mark), mark.level + 1
