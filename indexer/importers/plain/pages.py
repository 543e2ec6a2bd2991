"""Plain text -> its lines, with the page that each is on where form feeds part pages.

Programs that turn paper into text put a form feed after each page. What stands at the head or the
foot of every page, and a page's own number, is no part of the text.
"""

import re
from collections import Counter
from typing import NamedTuple

_NUMBER = re.compile(
    r"\W*(?:(?:page|p[aá]gina|p\.?|p[aá]g\.?)\s*)?\d{1,4}(?:\s*(?:of|de|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines of a page's head and foot that may stand on every page
_PAGES, _SHARE = 3, 0.5  # a line is a running head on so many pages and on such a share of them


class Row(NamedTuple):
    """A line without its end, and its page from 1; 0 in a file without pages."""

    text: str
    page: int


def rows(text: str) -> tuple[list[Row], int | None]:
    """The lines in order and the number of pages; None where no form feed parts pages."""
    pages = [page.split("\n") for page in text.rstrip("\f\n \t").split("\f")]
    if len(pages) == 1:
        return [Row(line.rstrip(), 0) for line in pages[0]], None
    running = _running(pages)
    found = []
    for number, page in enumerate(pages, start=1):
        kept = _body(page, running)
        found += [Row(line.rstrip(), number) for line in kept]
    return found, len(pages)


def _running(pages: list[list[str]]) -> set[str]:
    """The lines that stand at the edge of many pages, numbers in them left aside."""
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    return {
        key for key, count in counts.items() if count >= _PAGES and count >= _SHARE * len(pages)
    }


def _key(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))


def _edges(page: list[str]) -> list[int]:
    """Where the first and the last lines of a page with words are."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    return filled if len(filled) < 2 * _EDGE else filled[:_EDGE] + filled[-_EDGE:]


def _body(page: list[str], running: set[str]) -> list[str]:
    """The lines of a page without running heads and without its number."""
    edges = _edges(page)
    numbers = {at for at in (*edges[:1], *edges[-1:]) if _NUMBER.fullmatch(page[at].strip())}
    dropped = numbers | {at for at in edges if _key(page[at]) in running}
    return [line for at, line in enumerate(page) if at not in dropped]
