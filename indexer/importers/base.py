"""Input and output models of importers: file information, metadata and text blocks."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.imports import Remark
from kb.errors import UnreadableError

MAX_BLOCKS = 300_000  # a novel has 3,000; this many short blocks use 250 MB of memory

# `contents` (a table of contents) and `references` (a reference list) are stored as text, but not
# split into passages. A `note` is a footnote or endnote, separate from the text that refers to it.
BlockKind = Literal["heading", "paragraph", "item", "row", "note", "contents", "references"]


class SourceInfo(Noun):
    """Facts about a file that are known before it is read."""

    name: str = Field(description="Name of the file; the format is detected from the content.")
    language: str | None = Field(None, description="BCP 47 tag, if the user supplied one.")
    password: str | None = Field(None, repr=False, description="Password of an encrypted file.")
    url: str | None = Field(None, description="URL of a downloaded file.")


class Mark(Noun):
    """The position in a block's text where a new page or timestamp begins."""

    start: int = Field(0, ge=0, description="Character offset in the block's text.")
    page: int | None = Field(None, ge=1, description="Page of the file, from 1.")
    timestamp: str | None = Field(None, description="HH:MM:SS.mmm into a recording.")


class Block(Noun):
    """A block of text in reading order: heading, paragraph, list item, table row or note."""

    kind: BlockKind = Field(description="Kind of the block.")
    text: str = Field(
        min_length=1,
        description="One line, without control characters or spaces at either end.",
    )
    level: int = Field(0, ge=0, le=6, description="1 to 6 for a heading, otherwise 0.")
    marks: tuple[Mark, ...] = Field((), description="Pages or times in order, the first at 0.")
    speaker: str | None = Field(None, description="Speaker, in a recording.")
    item: str | None = Field(None, description="Id of a row, as stated in the file.")


class Extracted(Noun):
    """The metadata and text that an importer read from a file."""

    format: str = Field(description="pdf, html, docx, odt, rtf, epub, vtt, srt, markdown ...")
    title: str | None = Field(None, description="As stated in the file, unless unusable.")
    creator: tuple[str, ...] = Field((), description="Names of people or organizations.")
    issued: str | None = Field(None, description="EDTF date.")
    language: str | None = Field(None, description="BCP 47 tag, as stated in the file.")
    url: str | None = Field(None, description="Canonical URL, as stated in the file.")
    site: str | None = Field(None, description="Name of the site or publisher.")
    guessed: tuple[str, ...] = Field((), description="Fields above that were guessed from text.")
    pages: int | None = Field(None, ge=0, description="Number of pages, if it has any.")
    labels: tuple[str | None, ...] = Field((), description="Printed label of each page, if known.")
    minutes: int | None = Field(None, ge=1, description="Length of a recording.")
    blocks: tuple[Block, ...] = Field((), description="The text, in reading order.")
    remarks: tuple[Remark, ...] = Field((), description="What was not read, and why.")


def gathered(blocks: Iterable[Block], info: SourceInfo) -> tuple[Block, ...]:
    """Return the blocks as a tuple. Raise UnreadableError if there are none or too many."""
    found = []
    for block in blocks:
        found.append(block)
        if len(found) > MAX_BLOCKS:
            wrong = f"more than {MAX_BLOCKS:,} paragraphs or fields"
            raise UnreadableError(info.name, wrong, "fewer. Next: split the file")
    if not found:
        raise UnreadableError(info.name, "no text found", "a file with text")
    return tuple(found)
