"""Read the bookmarks of a PDF, and find the corresponding headings on the pages."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.document import text_of
from indexer.importers.pdf.lines.lines import Line
from indexer.importers.pdf.lines.wording import letters_only, settle

MAX_LEVEL = 6  # levels of headings
MAX_BOOKMARKS = 20_000
MAX_LINES = 5  # in a heading
MIN_LETTERS = 2  # in a bookmark

_NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|cap[ií]tulo|secci[oó]n|parte)?\s*[\dIVXivx]+(?:[.\d]*)[\s.:)–—-]+|[A-Z][.)]\s+)",
    re.IGNORECASE,
)


class Outline:
    """The bookmarks of a PDF, by page: a mapping from each title to its heading level."""

    def __init__(self, document: pdfium2.PdfDocument) -> None:
        self._pages: dict[int, dict[str, int]] = defaultdict(dict)
        for mark in islice(document.get_toc(max_depth=MAX_LEVEL), MAX_BOOKMARKS):
            target = mark.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                for key in _keys(text_of(pdfium.FPDFBookmark_GetTitle, mark)):
                    if len(key) >= MIN_LETTERS and not key.isdecimal():
                        self._pages[index + 1][key] = mark.level + 1

    def split(self, lines: Sequence[Line]) -> list[tuple[list[Line], int]]:
        """Split the lines of a page into headings with their levels, and other text with level 0.

        A heading has exactly the words of a bookmark to the page, with or without a section number.
        """
        wanted = self._pages.get(lines[0].page)
        parts: list[tuple[list[Line], int]] = []
        start = 0
        while start < len(lines):
            end, level = _match(lines, start, wanted) if wanted else (len(lines), 0)
            if level or not parts or parts[-1][1]:
                parts.append(([], level))
            parts[-1][0].extend(lines[start:end])
            start = end
        return parts


def _match(lines: Sequence[Line], start: int, wanted: Mapping[str, int]) -> tuple[int, int]:
    """Return the end and level of the longest heading that begins at a line; level 0 if none."""
    text, best = "", (start + 1, 0)
    for end in range(start, min(start + MAX_LINES, len(lines))):
        text = f"{text} {settle(lines[end].text)}".strip()
        level = next((wanted[key] for key in _keys(text) if key in wanted), 0)
        if level:
            best = (end + 1, level)
    return best


def _keys(title: str) -> list[str]:
    """Return the letters and digits of a title, with and without its section number."""
    return [letters_only(text) for text in (title, _NUMBER.sub("", title))]
