"""Completions: texts to ask for, offered while somebody types."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun

CompletionKind = Literal["topic", "place", "organization", "document", "phrase"]


class Completion(Noun):
    """A text that completes what somebody has typed."""

    text: str = Field(description="The text to search for.")
    kind: CompletionKind = Field(
        description="What has this name or title; a `phrase` is only a query."
    )
    id: str | None = Field(
        None, description="Id of the topic, place or document, or name of the organization."
    )
    language: str | None = Field(
        None, description="BCP 47 tag of the text; null for a name, or if it is in several."
    )
