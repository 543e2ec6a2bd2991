"""What a shelf keeps of a document beside its record: pieces, suggestions, and its origin."""

from typing import Literal

from pydantic import Field

from indexer.importers.extracted import Remark
from indexer.shelves.suggestion import Confidence, How
from kb.domain.documents import Demand, Locator
from kb.domain.noun import Noun


class Piece(Noun):
    """A passage of the extracted text: its words are the text's from start to end."""

    slug: str = Field(description="The part of the passage's id after the `#`; made of its words.")
    start: int = Field(ge=0, description="First character in text.md.")
    end: int = Field(ge=1, description="Character after the last one.")
    locator: Locator = Field(description="Where in the original.")


class Suggested(Piece):
    """A sentence that the program takes for a demand; a person has not looked at it."""

    demand: Demand = Field(description="The record that it would become.")
    how: How = Field(description="What made it look like one.")
    confidence: Confidence = Field(description="Whether its form leaves little doubt.")


class Origin(Noun):
    """Where a version of a document came from, and how it was read."""

    name: str = Field(description="Name of the file, or the address.")
    path: str = Field(description="Absolute path or address that it was imported from.")
    sha256: str = Field(description="Of the original's bytes.")
    bytes: int = Field(description="Size of the original.")
    format: str = Field(description="What it is.")
    imported: str = Field(description="EDTF day.")
    program: str = Field(description="Version of this program.")
    original: str = Field(
        pattern=r"^original(\.[a-z0-9]{1,8})?$", description="Name of the original beside this."
    )
    characters: int = Field(description="Length of text.md.")
    pages: int | None = Field(None, description="Pages of the file.")
    remarks: tuple[Remark, ...] = Field((), description="What was not read, and why.")


State = Literal["open", "accepted", "rejected"]
