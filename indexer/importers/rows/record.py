"""A row of any file, and the blocks that it becomes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.importers.base import Block, BlockKind
from indexer.importers.shared.clean import one_line
from kb.domain.imports import Remark

LONGEST_FIELD = 1_000_000  # characters of one field that are read; a long book has as many

_LONGEST_ID = 200
_TOLD = 20  # remarks of one kind that are given one by one
_LEVEL = 2  # of the heading that a row's title is
_ID = ("_id", "id", "identifier", "uuid", "key")
_TITLE = ("title", "título", "titulo", "headline", "heading", "name", "nombre")
_TEXT = (
    "text", "texto", "body", "content", "contents", "contenido", "abstract", "description",
    "descripción", "descripcion",
)  # fmt: skip
_EMPTY_LINE = re.compile(r"\n\s*\n")


Fields = list[tuple[str, str]]


class Record(NamedTuple):
    """The fields of a row, in order; those without name have an empty one."""

    place: str
    number: int
    fields: Fields


class Remarks:
    """Remarks with a place each; beyond some of one kind only their number."""

    def __init__(self) -> None:
        self._by_text: dict[str, list[str]] = {}

    def add(self, place: str, text: str) -> None:
        """Remember what is wrong at a place."""
        self._by_text.setdefault(text, []).append(place)

    def all(self) -> list[Remark]:
        """Every kind in the order of its first place."""
        found = []
        for text, places in self._by_text.items():
            found += [Remark(place=place, text=text) for place in places[:_TOLD]]
            if len(places) > _TOLD:
                more = f"{len(places) - _TOLD} more places: {text}"
                found.append(Remark(place=f"after {places[_TOLD - 1]}", text=more))
        return found


def is_known(name: str) -> bool:
    """Whether a field of that name is an id, a title or a text."""
    return name.strip().lower() in {*_ID, *_TITLE, *_TEXT}


def blocks(record: Record, ids: dict[str, str], remarks: Remarks) -> Iterator[Block]:
    """A heading of its title, paragraphs of its text, and a `row` of each other field.

    `ids` are those of the records before, each with its place.
    """
    fields = [(name, _bounded(value, record, remarks)) for name, value in record.fields]
    fields = [(name, value) for name, value in fields if value.strip()]
    at = {part: _find(fields, names) for part, names in _PARTS.items()}
    item = _item(record, fields, at["id"], ids, remarks)
    if at["title"] >= 0:
        yield from _block("heading", fields[at["title"]][1], item, level=_LEVEL)
    if at["text"] >= 0:
        for piece in _EMPTY_LINE.split(fields[at["text"]][1]):
            yield from _block("paragraph", piece, item)
    for number, (name, value) in enumerate(fields):
        if number not in at.values():
            yield from _block("row", f"{name}: {value}" if name.strip() else value, item)


def _block(kind: BlockKind, text: str, item: str, level: int = 0) -> Iterator[Block]:
    if line := one_line(text):
        yield Block(kind=kind, text=line, level=level, item=item)


def _item(record: Record, fields: Fields, at: int, ids: dict[str, str], remarks: Remarks) -> str:
    """The id of a record as it is given, else its number among the rows."""
    item = one_line(fields[at][1])[:_LONGEST_ID].strip() if at >= 0 else ""
    if item and item in ids:
        remarks.add(record.place, f"its id stands in {ids[item]} already")
    item = item or f"row {record.number}"
    ids.setdefault(item, record.place)
    return item


_PARTS = {"id": _ID, "title": _TITLE, "text": _TEXT}


def _find(fields: Fields, names: tuple[str, ...]) -> int:
    """Which field has the first of the names that any has; -1 where none has."""
    held = [name.strip().lower() for name, _ in fields]
    return next((held.index(name) for name in names if name in held), -1)


def _bounded(value: str, record: Record, remarks: Remarks) -> str:
    if len(value) <= LONGEST_FIELD:
        return value
    remarks.add(record.place, f"of a field over {LONGEST_FIELD:,} characters the rest is left out")
    return value[:LONGEST_FIELD]
