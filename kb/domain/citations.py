"""Formatted citations, as segments of text."""

from pydantic import Field

from kb.domain.base import Noun


class Segment(Noun):
    """Part of a citation with uniform formatting; the text is not HTML, so pages must escape it."""

    text: str = Field(description="Plain text; escape it for display.")
    italic: bool = Field(False, description="Whether the text is in italics.")
    href: str | None = Field(None, description="Web address, if the text is a link.")


class Formatted(Noun):
    """A citation in one style, as stored in the index."""

    style: str = Field(description="The id of the style: `chicago`, `apa` or `mla`.")
    segments: tuple[Segment, ...] = Field(description="Segments of the citation, in order.")

    @property
    def text(self) -> str:
        """Return the citation as plain text."""
        return "".join(segment.text for segment in self.segments)
