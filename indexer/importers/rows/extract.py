"""Read files of records (JSONL, BEIR, JSON, CSV, TSV) as blocks, each with the id of its record.

Source of the BEIR layout (`_id`, `title`, `text`): Thakur et al., BEIR, NeurIPS 2021.
"""

import gzip
import zlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from indexer.importers.base import Block, Extracted, SourceInfo, gathered
from indexer.importers.rows.delimited import read_table, records
from indexer.importers.rows.objects import json_form, json_records
from indexer.importers.rows.record import Record, blocks_of
from indexer.importers.shared.decode import MAX_TEXT_BYTES, decode_bytes, remarks, too_long
from indexer.importers.shared.remarks import Remarks
from indexer.importers.shared.stated import About
from indexer.importers.shared.titles import usable_title
from kb.domain.file_formats import format_promised
from kb.errors import UnreadableError

GZIP = b"\x1f\x8b"


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the records of a file as blocks. Raise UnreadableError if none can be read."""
    text, guessed = decode_bytes(_bytes(path, info), info)
    promised = format_promised(info.name.removesuffix(".gz"))
    stated = promised.name if promised and promised.name in {"json", "jsonl"} else None
    wrong = Remarks()
    title, above = None, list[str]()
    if form := json_form(text) or stated:  # the name decides how broken JSON is reported
        rows = json_records(text, form, info, wrong)
    else:
        form, above, *_ = table = read_table(text, wrong)
        title = usable_title(above[0]) if above else None
        rows = records(table, wrong)
    blocks = _blocks(rows, info, wrong)
    return Extracted(
        format=form,
        **About().fields(title),
        blocks=(*(Block(kind="paragraph", text=line) for line in above), *blocks),
        remarks=(*remarks(text, guessed), *wrong.all()),
    )


def _bytes(path: Path, info: SourceInfo) -> bytes:
    """Return the bytes of a file, decompressed if it is gzipped.

    Raise UnreadableError if the content is too large or the gzip data is damaged.
    """
    with path.open("rb") as plain:
        packed = plain.read(len(GZIP)) == GZIP
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            data = file.read(MAX_TEXT_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        wrong = f"a gzip file that is damaged or cut off ({error})"
        raise UnreadableError(info.name, wrong, "an intact file. Next: copy it again") from error
    if len(data) > MAX_TEXT_BYTES:
        raise too_long(info)
    return data


def _blocks(rows: Iterable[Record], info: SourceInfo, wrong: Remarks) -> tuple[Block, ...]:
    ids: dict[str, str] = {}
    made = (block for row in rows for block in blocks_of(row, ids, wrong))
    first = next(made, None)
    if first is None and (places := wrong.all()):
        what = f"no row can be read: {places[0].text}"
        raise UnreadableError(info.name, what, "JSON objects or table rows", places[0].place)
    return gathered(chain([first] if first else [], made), info)
