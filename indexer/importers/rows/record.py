"""Convert records into blocks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.importers.base import Block, BlockKind
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.remarks import Remarks

MAX_FIELD_CHARACTERS = 1_000_000  # read from one field; a long book has as many

_MAX_ID_CHARACTERS = 200
_TITLE_LEVEL = 2  # heading level of a row's title
_ID = ("_id", "id", "identifier", "uuid", "key")
_TITLE = ("title", "título", "titulo", "headline", "heading", "name", "nombre")
_TEXT = (
    "text", "texto", "body", "content", "contents", "contenido", "abstract", "description",
    "descripción", "descripcion",
)  # fmt: skip
_PARTS = {"id": _ID, "title": _TITLE, "text": _TEXT}
_EMPTY_LINE = re.compile(r"\n\s*\n")

Fields = list[tuple[str, str]]


class Record(NamedTuple):
    """The fields of a row, in order; unnamed fields have an empty name."""

    place: str
    number: int
    fields: Fields


def is_known(name: str) -> bool:
    """Return whether a field name is one of those for an id, a title or a text."""
    return name.strip().lower() in {*_ID, *_TITLE, *_TEXT}


def blocks_of(record: Record, ids: dict[str, str], remarks: Remarks) -> Iterator[Block]:
    """Yield a heading for the title, paragraphs for the text, and a `row` for each other field.

    `ids` maps the ids of earlier records to their locations; the record's id is added.
    """
    fields = [(name, _bounded(value, record, remarks)) for name, value in record.fields]
    fields = [(name, value) for name, value in fields if value.strip()]
    held = [name.strip().lower() for name, _ in fields]
    at = {
        part: next((held.index(name) for name in names if name in held), -1)
        for part, names in _PARTS.items()
    }
    item = _item(record, fields, at["id"], ids, remarks)
    if at["title"] >= 0:
        yield from _block("heading", fields[at["title"]][1], item, level=_TITLE_LEVEL)
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
    """Return the id of a record, or its row number. Add a remark if the id is repeated."""
    item = one_line(fields[at][1])[:_MAX_ID_CHARACTERS].strip() if at >= 0 else ""
    if item and item in ids:
        remarks.add(record.place, f"its id is already used in {ids[item]}")
    item = item or f"row {record.number}"
    ids.setdefault(item, record.place)
    return item


def _bounded(value: str, record: Record, remarks: Remarks) -> str:
    if len(value) <= MAX_FIELD_CHARACTERS:
        return value
    wrong = f"a field has more than {MAX_FIELD_CHARACTERS:,} characters; the rest was left out"
    remarks.add(record.place, wrong)
    return value[:MAX_FIELD_CHARACTERS]
