"""Data that importers take and return: facts about a file, its metadata and its text in blocks."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.imports import Remark

# `contents` (a table of contents) and `references` (a reference list) are stored as text, but not
# split into passages. A `note` is a footnote or endnote, separate from the text that refers to it.
BlockKind = Literal["heading", "paragraph", "item", "row", "note", "contents", "references"]


class SourceInfo(Noun):
    """Metadata of a file that is known before it is read."""

    name: str = Field(description="The file's own name; its bytes decide the format, not this.")
    language: str | None = Field(None, description="BCP 47 tag, where the person gave one.")
    password: str | None = Field(None, repr=False, description="Opens an encrypted file.")
    url: str | None = Field(None, description="Address that it was fetched from.")


class Mark(Noun):
    """The position in a block's text where a page or a timestamp begins."""

    start: int = Field(0, ge=0, description="Character of the block's text.")
    page: int | None = Field(None, ge=1, description="Page of the file, from 1.")
    timestamp: str | None = Field(None, description="HH:MM:SS.mmm into a recording.")


class Block(Noun):
    """A block of text in reading order: heading, paragraph, list item, table row or note."""

    kind: BlockKind = Field(description="What it is.")
    text: str = Field(
        min_length=1,
        description="One line: no line break, no control character, no space at an end.",
    )
    level: int = Field(0, ge=0, le=6, description="1 to 6 for a heading, else 0.")
    marks: tuple[Mark, ...] = Field((), description="Pages or moments, the first at 0, in order.")
    speaker: str | None = Field(None, description="Who says it, in a recording.")
    item: str | None = Field(None, description="The id of a row, as the file gives it.")


class Extracted(Noun):
    """The metadata and text that an importer read from a file."""

    format: str = Field(description="pdf, html, docx, odt, rtf, epub, vtt, srt, markdown ...")
    title: str | None = Field(None, description="As the file states it, unless that is rubbish.")
    creator: tuple[str, ...] = Field((), description="Persons or bodies, a name each.")
    issued: str | None = Field(None, description="EDTF date.")
    language: str | None = Field(None, description="BCP 47 tag, as the file states it.")
    url: str | None = Field(None, description="Canonical address, as the file states it.")
    site: str | None = Field(None, description="Name of the site or the publisher.")
    guessed: tuple[str, ...] = Field((), description="Fields above that were told from the text.")
    pages: int | None = Field(None, ge=0, description="Pages of the file; None where it has none.")
    labels: tuple[str | None, ...] = Field((), description="Printed label of each page, if known.")
    minutes: int | None = Field(None, ge=1, description="Length of a recording.")
    blocks: tuple[Block, ...] = Field((), description="The text, in reading order.")
    remarks: tuple[Remark, ...] = Field((), description="What was not read, and why.")
