"""Read records from delimited text such as CSV, detecting the delimiter and the header."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from indexer.importers.rows.record import MAX_FIELD_CHARACTERS, Record, is_known
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.remarks import Remarks

_DELIMITERS = "\t;,|"
_NO_DELIMITER = "\x1f"  # for a file with one column, in which commas are part of the text
_BROKEN = 0  # in place of the last line number of a row that cannot be read
_SAMPLE_CHARACTERS = 65_536  # used to detect the delimiter
_SAMPLE_ROWS = 50  # used to detect the delimiter and the width
_MIN_EQUAL_SHARE = 0.5  # of the rows have the most common number of cells
_MIN_HEADER_SHARE = 0.6  # of the usual number of cells are filled in a header; fewer in a title
_MAX_NAME_CHARACTERS = 100  # in the name of a column
_YEAR = re.compile(r"(?:FY\s?)?(?:1[5-9]|20)\d\d(?:[-/]\d{2,4})?", re.IGNORECASE)
_FIGURE = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d.,'\s]*[%)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)  # a first line that Excel writes


class Cells(NamedTuple):
    """The cells of a row, and the number of its first line."""

    line: int
    cells: list[str]


class Delimited(NamedTuple):
    """A parsed table: format, lines above the header, column names and rows."""

    form: str
    above: list[str]
    names: list[str]
    rows: list[Cells]


def read_table(text: str, remarks: Remarks) -> Delimited:
    """Parse a text as a table, without column names if no row looks like a header."""
    stated = _STATED.match(text)
    if stated:
        text = "\n" + text[stated.end() :]  # so that line numbers stay correct
    delimiter = stated[1] if stated else _delimiter(text)
    found = list(_rows(text, delimiter, remarks))
    counts = Counter(_filled(row.cells) for row in found[:_SAMPLE_ROWS])
    usual = max(counts, key=lambda filled: (counts[filled], filled), default=0)
    first = next(
        (at for at, row in enumerate(found) if _filled(row.cells) >= usual * _MIN_HEADER_SHARE), 0
    )
    lines = (" | ".join(filter(None, map(one_line, row.cells))) for row in found[:first])
    above = list(filter(None, lines))
    names: list[str] = []
    if _is_header(found[first:]):
        names, first = found[first].cells, first + 1
    return Delimited("tsv" if delimiter == "\t" else "csv", above, names, found[first:])


def records(table: Delimited, remarks: Remarks) -> Iterator[Record]:
    """Yield the rows of a table as records, with a remark for each that does not fit the header."""
    for number, (line, cells) in enumerate(table.rows, start=1):
        place = f"line {line}"
        names = table.names or [""] * len(cells)
        while len(cells) > len(names) and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) != len(names):
            remarks.add(place, f"number of cells: {len(cells)}, in the header: {len(names)}")
        names = names[: len(cells)] + [""] * (len(cells) - len(names))
        yield Record(place, number, list(zip(names, cells, strict=True)))


def _rows(text: str, delimiter: str, remarks: Remarks) -> Iterator[Cells]:
    """Yield every nonempty row.

    An unclosed quotation mark would make the rest of the file one cell, so from its line on,
    quotation marks are read as plain characters.
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
    remarks.add(f"line {row.line}", "a quotation mark at the start of a cell is never closed")
    for rest, _ in _read(lines[row.line - 1 :], delimiter, csv.QUOTE_NONE):
        if any(map(str.strip, rest.cells)):
            cells = [cell.strip('"') for cell in rest.cells]
            yield Cells(rest.line + row.line - 1, cells)


def _read(lines: list[str], delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[Cells, int]]:
    """Yield each row with its last line number, or _BROKEN if the csv module cannot read it."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, quoting=quoting)
    allowed = csv.field_size_limit(MAX_FIELD_CHARACTERS)
    try:
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell that exceeds the limit
                yield Cells(line, []), _BROKEN
            else:
                yield Cells(line, cells), reader.line_num
    finally:
        csv.field_size_limit(allowed)


def _open(lines: list[str], delimiter: str) -> bool:
    """Return whether a text ends inside a quoted cell."""
    try:
        for _ in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first rows most evenly, or _NO_DELIMITER."""
    lines = text[:_SAMPLE_CHARACTERS].split("\n")
    lines = (lines[:-1] if len(text) > _SAMPLE_CHARACTERS else lines) or lines

    def fits(delimiter: str) -> tuple[float, int]:
        read = (row.cells for row, _ in _read(lines, delimiter, csv.QUOTE_MINIMAL))
        counts = Counter(len(cells) for cells in islice(filter(any, read), _SAMPLE_ROWS))
        usual, times = max(counts.items(), key=lambda one: (one[0] > 1, one[1]), default=(0, 0))
        share = times / max(1, counts.total())
        return (round(share, 1), usual) if usual > 1 and share >= _MIN_EQUAL_SHARE else (0, 0)

    best = max(_DELIMITERS, key=fits)
    return best if fits(best)[1] > 1 else _NO_DELIMITER


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_header(rows: list[Cells]) -> bool:
    """Return whether the first row looks like a header: short, distinct names and, maybe, years."""
    held = [cell.strip() for cell in rows[0].cells if cell.strip()] if rows else []
    if any(map(is_known, held)):
        return True
    names = [cell for cell in held if not _YEAR.fullmatch(cell)]
    fine = all(len(name) <= _MAX_NAME_CHARACTERS and not _FIGURE.fullmatch(name) for name in names)
    return bool(names) and fine and len(set(held)) == len(held) and len(rows) > 1
