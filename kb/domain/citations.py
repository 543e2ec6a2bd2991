"""Citations in the styles that writers use, piece by piece."""

from typing import Literal, get_args

from pydantic import Field

from kb.domain.noun import Noun

Style = Literal["chicago", "apa", "mla"]
STYLES: tuple[Style, ...] = get_args(Style)


class Segment(Noun):
    """A piece of a citation in one form; a page escapes the text, for it is never markup."""

    text: str = Field(description="The words, to be escaped where they are shown.")
    italic: bool = Field(False, description="Whether they stand in italics.")
    href: str | None = Field(None, description="The address that they link to.")


class Formatted(Noun):
    """A citation in one style: a Chicago note, an APA reference or an MLA works-cited entry."""

    style: Style = Field(description="Chicago, APA or MLA.")
    segments: tuple[Segment, ...] = Field(description="The citation, piece by piece.")

    @property
    def text(self) -> str:
        """The citation as plain text."""
        return "".join(segment.text for segment in self.segments)
