"""Delimited text (CSV, TSV and their kin) -> records, by the names in its header.

The standard library reads the cells. Which character parts them, which row is the header and
what stands above it is told here, from the first rows.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from indexer.importers.rows.record import LONGEST_FIELD, Record, Remarks, is_known
from indexer.importers.shared.clean import one_line

_DELIMITERS = "\t;,|"
_NONE = "\x1f"  # parts nothing: a file of one column, whose commas are words
_BROKEN = 0  # stands for the last line of a row that cannot be read
_SAMPLE = 65_536  # characters, and
_HEAD = 50  # rows that tell the delimiter and the width
_SHARE = 0.5  # of the rows have as many cells as most
_FULL = 0.6  # of the usual cells are filled in a header; a title above it fills fewer
_LONGEST_NAME = 100  # characters of a column's name
_YEAR = re.compile(r"(?:FY\s?)?(?:1[5-9]|20)\d\d(?:[-/]\d{2,4})?", re.IGNORECASE)
_FIGURE = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d.,'\s]*[%)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel's own line


class Cells(NamedTuple):
    """A row, and the line on which it begins."""

    line: int
    cells: list[str]


class Delimited(NamedTuple):
    """A table: `csv` or `tsv`, what stands above the header, the header, and the rest."""

    form: str
    above: list[str]
    names: list[str]
    rows: list[Cells]


def read_table(text: str, remarks: Remarks) -> Delimited:
    """The table of a text; without names where no row looks like a header."""
    stated = _STATED.match(text)
    if stated:
        text = "\n" + text[stated.end() :]  # the numbers of the lines stay
    delimiter = stated[1] if stated else _delimiter(text)
    found = list(_rows(text, delimiter, remarks))
    usual = _usual([row.cells for row in found[:_HEAD]])
    first = next((at for at, row in enumerate(found) if _filled(row.cells) >= usual * _FULL), 0)
    above = [" | ".join(filter(None, map(one_line, row.cells))) for row in found[:first]]
    above = [line for line in above if line]
    names: list[str] = []
    if _is_header(found[first:]):
        names, first = found[first].cells, first + 1
    return Delimited("tsv" if delimiter == "\t" else "csv", above, names, found[first:])


def records(table: Delimited, remarks: Remarks) -> Iterator[Record]:
    """The rows under the header; one with more or fewer cells than it is a remark as well."""
    for number, (line, cells) in enumerate(table.rows, start=1):
        place = f"line {line}"
        names = table.names or [""] * len(cells)
        while len(cells) > len(names) and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) != len(names):
            remarks.add(place, f"cells: {len(cells)}, names in the header: {len(names)}")
        names = names[: len(cells)] + [""] * (len(cells) - len(names))
        yield Record(place, number, list(zip(names, cells, strict=True)))


def _rows(text: str, delimiter: str, remarks: Remarks) -> Iterator[Cells]:
    """Every row that has words.

    A quotation mark that is never closed would swallow all that follows it: from its line on such
    marks are read as characters.
    """
    lines = text.split("\n")
    for row, after in _read(lines, delimiter, csv.QUOTE_MINIMAL):
        if row.line < after == len(lines) and _open(lines[row.line - 1 :], delimiter):
            break
        if after == _BROKEN:
            break
        if any(map(str.strip, row.cells)):
            yield row
    else:
        return
    remarks.add(f"line {row.line}", "a cell begins with a quotation mark and never ends")
    for rest, _ in _read(lines[row.line - 1 :], delimiter, csv.QUOTE_NONE):
        if any(map(str.strip, rest.cells)):
            cells = [cell.strip('"') for cell in rest.cells]
            yield Cells(rest.line + row.line - 1, cells)


def _read(lines: list[str], delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[Cells, int]]:
    """Each row and the line on which it ends; _BROKEN where the library cannot read it."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, quoting=quoting)
    allowed = csv.field_size_limit(LONGEST_FIELD)
    try:
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell beyond the limit
                yield Cells(line, []), _BROKEN
            else:
                yield Cells(line, cells), reader.line_num
    finally:
        csv.field_size_limit(allowed)


def _open(lines: list[str], delimiter: str) -> bool:
    """Whether a text ends within a quoted cell."""
    try:
        for _ in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter(text: str) -> str:
    """The character that parts most rows of the beginning into the same number of cells."""
    lines = text[:_SAMPLE].split("\n")
    lines = (lines[:-1] if len(text) > _SAMPLE else lines) or lines

    def fits(delimiter: str) -> tuple[float, int]:
        read = (row.cells for row, _ in _read(lines, delimiter, csv.QUOTE_MINIMAL))
        counts = Counter(len(cells) for cells in islice(filter(any, read), _HEAD))
        usual, times = max(counts.items(), key=lambda one: (one[0] > 1, one[1]), default=(0, 0))
        share = times / max(1, counts.total())
        return (round(share, 1), usual) if usual > 1 and share >= _SHARE else (0, 0)

    best = max(_DELIMITERS, key=fits)
    return best if fits(best)[1] > 1 else _NONE


def _usual(rows: Sequence[list[str]]) -> int:
    """How many cells are filled in most rows."""
    counts = Counter(map(_filled, rows))
    return max(counts, key=lambda filled: (counts[filled], filled), default=0)


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_header(rows: list[Cells]) -> bool:
    """Whether the first of some rows has names: short, distinct, words, with years at most."""
    held = [cell.strip() for cell in rows[0].cells if cell.strip()] if rows else []
    if any(map(is_known, held)):
        return True
    names = [cell for cell in held if not _YEAR.fullmatch(cell)]
    fine = all(len(name) <= _LONGEST_NAME and not _FIGURE.fullmatch(name) for name in names)
    return bool(names) and fine and len(set(held)) == len(held) and len(rows) > 1
