"""Read a file with the importer for its format, and validate the result."""

import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Protocol, cast

from indexer.importers.base import Block, Extracted, SourceInfo
from indexer.importers.detect.detect import format_of
from kb.domain.file_formats import Format, format_named, format_promised
from kb.domain.imports import Remark
from kb.errors import UnreadableError

# Matches what is not allowed in the text of a block: see `Block.text`.
_UNCLEAN = re.compile(
    r"[^\S ]|[\x00-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufffe\uffff\ud800-\udfff]|^ |  | $"
)


class Importer(Protocol):
    """The interface of a module that reads one format."""

    @staticmethod
    def extract(path: Path, info: SourceInfo) -> Extracted:
        """Return the contents of a file. Raise UnreadableError if it cannot be read."""


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the contents of a file, read with the importer for its format.

    Raise UnreadableError if the format is unknown, or the file is damaged or has no text. Raise
    ValueError if a block breaks the contract of `Block`, which is a bug in this program.
    """
    form = cast(Format, format_named(format_of(path, info.name)))
    found = cast(Importer, import_module(form.module)).extract(path, info)
    if not found.blocks:
        raise UnreadableError(info.name, "no text found", "a file with text")
    for number, block in enumerate(found.blocks):
        if wrong := broken(block):
            raise ValueError(f"importer of {form.name}, block {number}: {wrong}: {block!r:.200}")
    misnamed = _misnamed(info.name, found.format)
    return found.model_copy(update={"remarks": (*misnamed, *found.remarks)})


def broken(block: Block) -> str:
    """Return what makes a block invalid, or an empty string if it is valid."""
    if _UNCLEAN.search(block.text):
        return "its text is not one clean line"
    if (block.kind == "heading") != (block.level > 0):
        return "only a heading has a level"
    starts = [mark.start for mark in block.marks]
    if starts and (starts[0] != 0 or starts[-1] >= len(block.text)):
        return "its marks do not begin at 0 or lie beyond its text"
    if any(after <= before for before, after in pairwise(starts)):
        return "its marks are not in order"
    return ""


def _misnamed(name: str, found: str) -> tuple[Remark, ...]:
    """Return a remark if the file name suggests a format other than that of the content."""
    promised, form = format_promised(name), format_named(found)
    bases = {one and (one.variant_of or one.name) for one in (promised, form)}
    if None in bases or len(bases) == 1:
        return ()
    ending = name.rsplit(".", 1)[-1].lower()
    text = f"the name ends in .{ending}, but the content is {found}; read as {found}"
    return (Remark(place="", text=text),)
