"""Pandoc's tables -> rows of cells, every cell in its column."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from indexer.importers.office.pandoc_json import Node


class Cell(NamedTuple):
    """A cell, or the part of a larger one that lies in this column."""

    blocks: list[Node]


_EMPTY = Cell([])


def caption(table: Node) -> list[Node]:
    """The blocks of the caption of a table or figure."""
    found: list[Node] = table["c"][1][1]
    return found


def size(blocks: list[Node]) -> int:
    """The characters of the words in blocks, about."""
    found, waiting = 0, list[Any](blocks)
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found += len(one)
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict) and "c" in one:
            waiting.append(one["c"])
    return found


def rows(table: Node) -> list[list[Cell]]:
    """The rows, heads first; a cell over several columns or rows is empty after its first."""
    return [row for section in _sections(table) for row in _grid(section)]


def _sections(table: Node) -> Iterator[list[Any]]:
    _attr, _caption, _columns, head, bodies, foot = table["c"]
    yield head[1]
    for body in bodies:
        yield body[2]
        yield body[3]
    yield foot[1]


def _grid(section: list[Any]) -> Iterator[list[Cell]]:
    below: dict[int, int] = {}  # rows that a cell of an earlier row still takes, by column
    for _attr, cells in section:
        row: list[Cell] = []
        for _cell_attr, _align, high, wide, blocks in cells:
            _skip(row, below)
            # A file may say any number; no table has more columns than this.
            columns = range(len(row), len(row) + min(max(wide, 1), 100))
            below.update((column, high - 1) for column in columns if high > 1)
            row += [Cell(blocks), *[_EMPTY] * (len(columns) - 1)]
        _skip(row, below)
        yield row


def _skip(row: list[Cell], below: dict[int, int]) -> None:
    """Leave the next columns empty where a cell of an earlier row reaches into them."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append(_EMPTY)
