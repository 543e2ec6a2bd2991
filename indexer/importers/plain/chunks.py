"""Split plain text into chunks between empty lines, each a heading, rows or text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.importers.plain.pages import Row
from indexer.importers.plain.wrap import END

# Between the columns of a table.
GAP = re.compile(r"(?<=\S)(?:\s*\t\s*| {4,})(?=\S)")

_WORDS = re.compile(r"[^\W_]")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_LEVELS = {"=": 1, "-": 2, "~": 3}
_MAX_TITLE_CHARACTERS = 100  # of a heading


class Chunk(NamedTuple):
    """Consecutive non-empty lines; a level above 0 is that of an underlined heading."""

    rows: list[Row]
    level: int = 0


def chunks(rows: list[Row]) -> list[Chunk]:
    """Yield runs of lines with words; rules and empty lines separate them, a page end may not."""
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
            continue  # a rule within a table
        underline = _UNDERLINE.fullmatch(row.text)
        # A rule under one line underlines it; under more lines it ends a table.
        if run and underline and len(run) == 1 and len(run[0].text) <= _MAX_TITLE_CHARACTERS:
            yield Chunk(run, _LEVELS[underline[1][0]])
        elif run:
            yield Chunk(run)
        run = []
    if run:
        yield Chunk(run)


def _over_page(before: Chunk, chunk: Chunk) -> bool:
    """Return whether a sentence continues across the end of a page."""
    last, first = before.rows[-1], chunk.rows[0]
    turned = last.page != first.page and not before.level and not chunk.level
    return turned and first.text.lstrip()[:1].islower() and not END.search(last.text)
