"""Translations of a title and a one-sentence version of the text into another language."""

from pydantic import Field

from kb.domain.base import Noun


class Translation(Noun):
    """Our translation of a title, and the text in one sentence, in another language."""

    title: str = Field(min_length=1, description="Title in that language.")
    text: str = Field("", description="The text in one sentence; empty if there is none.")
