"""Split plain text into lines with their pages, and group the lines into chunks.

OCR programs write a form feed after each page. Running headers, footers and page numbers are
removed. Wrapped prose has full lines, on which the next word would not have fit. Minutes, agendas
and poems have lines of any length, which are not joined.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

_MIN_WIDTH, _MAX_WIDTH = 40, 200  # characters per line in wrapped prose
_MIN_FULL_SHARE = 0.5  # of the lines followed by another are full, in wrapped prose
_FULL_WIDTH = 0.88  # of the usual width, to allow for ragged edges
_MIN_LOWER_SHARE = 0.4  # of lines after full ones begin in lowercase; in a list, none do
_MIN_CHUNK_SHARE = 0.8  # of the lines are full, in a single wrapped paragraph
END = re.compile(r"[.:;!?…]['\"”’)\]]*$")
_NUMBER = re.compile(
    r"\W*(?:(?:page|p[aá]gina|p\.?|p[aá]g\.?)\s*)?\d{1,4}(?:\s*(?:of|de|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2  # lines at the top and bottom of a page that may recur on every page
_MIN_PAGES, _MIN_SHARE = 3, 0.5  # number and share of pages that share a running header or footer


class Row(NamedTuple):
    """A line without its line break, and its page number, which is 0 in a file without pages."""

    text: str
    page: int


def rows(text: str) -> tuple[list[Row], int | None]:
    """Return the lines in order, and the number of pages, or None if there are no form feeds."""
    pages = [page.split("\n") for page in text.rstrip("\f\n \t").split("\f")]
    if len(pages) == 1:
        return [Row(line.rstrip(), 0) for line in pages[0]], None
    running = _running(pages)
    found = []
    for number, page in enumerate(pages, start=1):
        edges = _edges(page)
        dropped = {at for at in edges if _key(page[at]) in running}
        ends = (*edges[:1], *edges[-1:])  # where page numbers are
        dropped |= {at for at in ends if _NUMBER.fullmatch(page[at].strip())}
        kept = (line for at, line in enumerate(page) if at not in dropped)
        found += [Row(line.rstrip(), number) for line in kept]
    return found, len(pages)


def _running(pages: list[list[str]]) -> set[str]:
    """Return the lines that recur at the edges of many pages, ignoring digits."""
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    least = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least}


def _key(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))


def _edges(page: list[str]) -> list[int]:
    """Return the indexes of the first and last nonempty lines of a page."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    return filled if len(filled) < 2 * _EDGE_LINES else filled[:_EDGE_LINES] + filled[-_EDGE_LINES:]


# The gap between two columns of a table.
GAP = re.compile(r"(?<=\S)(?:\s*\t\s*| {4,})(?=\S)")

_WORDS = re.compile(r"[^\W_]")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_LEVELS = {"=": 1, "-": 2, "~": 3}
_MAX_TITLE_CHARACTERS = 100  # in an underlined heading


class Chunk(NamedTuple):
    """Consecutive nonempty lines; `level` is above 0 for an underlined heading."""

    rows: list[Row]
    level: int = 0


def chunks(rows: list[Row]) -> list[Chunk]:
    """Return the runs of lines with words, joined across page breaks within a sentence."""
    found: list[Chunk] = []
    for chunk in _runs(rows):
        if found and _over_page(found[-1], chunk):
            found[-1] = Chunk(found[-1].rows + chunk.rows)
        else:
            found.append(chunk)
    return found


def _runs(rows: list[Row]) -> Iterator[Chunk]:
    run: list[Row] = []
    for row in rows:
        if _WORDS.search(row.text):
            run.append(row)
            continue
        if run and row.text.strip() and GAP.search(run[-1].text):
            continue  # a rule inside a table
        underline = _UNDERLINE.fullmatch(row.text)
        # A rule under a single line underlines it; under several lines it ends a table.
        if run and underline and len(run) == 1 and len(run[0].text) <= _MAX_TITLE_CHARACTERS:
            yield Chunk(run, _LEVELS[underline[1][0]])
        elif run:
            yield Chunk(run)
        run = []
    if run:
        yield Chunk(run)


def _over_page(before: Chunk, chunk: Chunk) -> bool:
    """Return whether a sentence continues across a page break."""
    last, first = before.rows[-1], chunk.rows[0]
    turned = last.page != first.page and not before.level and not chunk.level
    return turned and goes_on(last.text, first.text, 0)


def width(chunks: Sequence[Sequence[str]]) -> int:
    """Return the width in characters to which a file's prose is wrapped, or 0 if it is not.

    A chunk is a run of nonempty lines. If the file is mostly lists and tables, the width comes
    from chunks that are clearly wrapped.
    """
    pairs = [pair for chunk in chunks for pair in pairwise(chunk)]
    if len(pairs) < 2:
        return 0
    usual = round(quantiles([len(line) for line, _ in pairs], n=10)[-1])
    if _wrapped(pairs, usual, _MIN_FULL_SHARE):
        return usual
    longest = ((max(map(len, chunk)), list(pairwise(chunk))) for chunk in chunks)
    own = (
        wide for wide, some in longest if len(some) > 1 and _wrapped(some, wide, _MIN_CHUNK_SHARE)
    )
    return max(own, default=0)


def _wrapped(pairs: Sequence[tuple[str, str]], wide: int, share: float) -> bool:
    """Return whether enough lines are full, and enough of the next lines continue a sentence."""
    if not _MIN_WIDTH <= wide <= _MAX_WIDTH:
        return False
    after = [after for line, after in pairs if full(line, after, wide)]
    within = sum(not line.lstrip()[:1].isupper() for line in after)
    return len(after) >= share * len(pairs) and within >= _MIN_LOWER_SHARE * len(after)


def full(line: str, after: str, wide: int) -> bool:
    """Return whether a line is full: the first word of the next one would not have fit."""
    word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > wide * _FULL_WIDTH


def goes_on(line: str, after: str, wide: int) -> bool:
    """Return whether a sentence continues on the next line."""
    if wide and full(line, after, wide):
        return True
    return after.lstrip()[:1].islower() and not END.search(line)
