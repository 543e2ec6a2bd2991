"""Translations: a title and one sentence in another language than that of the text."""

from pydantic import Field

from kb.domain.base import Noun


class Translation(Noun):
    """A title and one sentence of ours, for readers of another language."""

    title: str = Field(min_length=1, description="Title in that language.")
    text: str = Field("", description="The text in one sentence; empty if there is none.")
