"""Completions: queries suggested while a user types."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun

CompletionKind = Literal["topic", "place", "organization", "document", "phrase"]


class Completion(Noun):
    """A suggested query that completes the typed text."""

    text: str = Field(description="The text to search for.")
    kind: CompletionKind = Field(
        description="Kind of thing with this name or title; a `phrase` is only a query."
    )
    id: str | None = Field(
        None, description="Id of the topic, place or document, or name of the organization."
    )
    language: str | None = Field(
        None,
        description="BCP 47 tag of the text; null for names and for texts in several languages.",
    )
