"""Citations in the styles that writers use, piece by piece."""

from pydantic import Field

from kb.domain.noun import Noun


class Segment(Noun):
    """A piece of a citation in one form. Its text is never markup: a page escapes it."""

    text: str = Field(description="The words, to be escaped where they are shown.")
    italic: bool = Field(False, description="Whether they are in italics.")
    href: str | None = Field(None, description="The address that they link to.")


class Formatted(Noun):
    """A citation in one style, as an index stores it."""

    style: str = Field(description="The id of the style: `chicago`, `apa` or `mla`.")
    segments: tuple[Segment, ...] = Field(description="The citation, piece by piece.")

    @property
    def text(self) -> str:
        """Return the citation as plain text."""
        return "".join(segment.text for segment in self.segments)
