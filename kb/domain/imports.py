"""Data stored with an imported document: its origin, text pieces, suggestions and review."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.places import Level
from kb.domain.quantities import Quantity
from kb.domain.records import Action, Demand, Locator

How = Literal["imperative", "we-demand", "numbered", "under-heading", "resolution"]
Confidence = Literal["sure", "likely"]


class Remark(Noun):
    """An importer's remark on part of a file, such as text that cannot be read."""

    place: str = Field(description="`page 4`, `line 12`, `footnotes`; empty for the whole file.")
    text: str = Field(description="The problem and the remedy.")


class Suggestion(Noun):
    """Text that looks like a demand, with its parsed fields, for a person to review."""

    block: int = Field(ge=0, description="Index of the block, from 0.")
    start: int = Field(ge=0, description="Position of the first character in the block's text.")
    end: int = Field(ge=1, description="Position after the last character.")
    how: How = Field(description="Pattern that the text matches.")
    action: Action = Field(description="Demanded action.")
    target: str | None = Field(None, description="Who must act, as in the text.")
    level: Level | None = Field(None, description="Level of government, derived from the target.")
    amount: Quantity | None = Field(None, description="Demanded amount, if there is exactly one.")
    topics: tuple[str, ...] = Field((), description="Ids of topics whose labels occur in the text.")
    confidence: Confidence = Field(description="How certain the match is.")


class Piece(Noun):
    """A passage of the extracted text, from character `start` to `end`."""

    slug: str = Field(description="Part of the passage id after the `#`; derived from its text.")
    start: int = Field(ge=0, description="Position of the first character in text.md.")
    end: int = Field(ge=1, description="Position after the last character.")
    locator: Locator = Field(description="Place in the original.")


class StoredSuggestion(Piece):
    """A sentence detected as a demand and not yet reviewed by a person."""

    demand: Demand = Field(description="The record to add if the suggestion is accepted.")
    how: How = Field(description="Pattern that the text matches.")
    confidence: Confidence = Field(description="How certain the match is.")


class Origin(Noun):
    """The original file of one version of an imported document, with facts about its import."""

    name: str = Field(description="File name or web address of the original.")
    path: str = Field(description="Absolute path or web address of the original.")
    sha256: str = Field(description="SHA-256 of the original.")
    bytes: int = Field(description="Size of the original in bytes.")
    format: str = Field(description="Name of the file format.")
    imported: str = Field(description="EDTF date of the import.")
    program: str = Field(description="Version of this program.")
    original: str = Field(
        pattern=r"^original(\.[a-z0-9]{1,8})?$", description="File name of the stored original."
    )
    characters: int = Field(description="Length of text.md in characters.")
    pages: int | None = Field(None, description="Number of pages in the file.")
    remarks: tuple[Remark, ...] = Field((), description="Remarks of the importer.")


class Review(Noun):
    """The rejected suggestions of a document; accepted ones become records of the document."""

    rejected: tuple[str, ...] = Field((), description="Slugs of rejected suggestions.")


State = Literal["open", "accepted", "rejected"]
