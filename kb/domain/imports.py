"""What a shelf keeps of an imported document beside its record: pieces, suggestions, its origin."""

from typing import Literal

from pydantic import Field

from kb.domain.documents import Action, Demand, Locator
from kb.domain.noun import Noun
from kb.domain.places import Level
from kb.domain.quantities import Quantity

How = Literal["imperative", "we-demand", "numbered", "under-heading", "resolution"]
Confidence = Literal["sure", "likely"]


class Remark(Noun):
    """Something that could not be read, or that the reader must know, and where."""

    place: str = Field(description="`page 4`, `line 12`, `footnotes`; empty for the whole file.")
    text: str = Field(description="What it is, and what can be done.")


class Suggestion(Noun):
    """Words that look like a demand, and what they say of it; a person decides."""

    block: int = Field(ge=0, description="Which of the blocks, from 0.")
    start: int = Field(ge=0, description="First character in the block's text.")
    end: int = Field(ge=1, description="Character after the last one.")
    how: How = Field(description="What makes it look like a demand.")
    action: Action = Field(description="What is asked to be done.")
    target: str | None = Field(None, description="Who must act, in the words of the text.")
    level: Level | None = Field(None, description="Level of government, from the target's words.")
    amount: Quantity | None = Field(None, description="How much is asked, where one sum is.")
    topics: tuple[str, ...] = Field((), description="Ids of topics whose labels occur.")
    confidence: Confidence = Field(description="Whether the form leaves little doubt.")


class Piece(Noun):
    """A passage of the extracted text: its words are the text's from start to end."""

    slug: str = Field(description="The part of the passage's id after the `#`; made of its words.")
    start: int = Field(ge=0, description="First character in text.md.")
    end: int = Field(ge=1, description="Character after the last one.")
    locator: Locator = Field(description="Where in the original.")


class StoredSuggestion(Piece):
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


class Review(Noun):
    """What a person decided about suggestions, besides the records that were accepted."""

    rejected: tuple[str, ...] = Field((), description="Slugs of rejected suggestions.")


State = Literal["open", "accepted", "rejected"]
