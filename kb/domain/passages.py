"""Passages: the unit that is retrieved, and what is shown with it."""

from typing import Literal, NamedTuple

from pydantic import Field

from kb.domain.documents import DocumentKind, Locator, Record, Source
from kb.domain.noun import Noun
from kb.domain.places import Place

PassageKind = Literal["demand", "finding", "idea", "summary", "text"]


class Passage(Noun):
    """One record, one summary, or one piece of an imported document's running text."""

    id: str = Field(description="The record's id; a summary has its document's id.")
    document_id: str
    kind: PassageKind
    title: str = Field(description="The record's title, else the document's.")
    headings: tuple[str, ...] = Field((), description="Headings above it, outermost first.")
    text: str = Field(description="The stored words, exactly.")
    language: str = Field("en", description="BCP 47 tag of the words.")
    topics: tuple[str, ...] = ()
    locator: Locator | None = Field(None, description="Place in the source; null where none is known.")


class Card(Noun):
    """A document in a line: what a result shows of it."""

    id: str
    kind: DocumentKind
    title: str
    place: Place | None = None
    audience: str = "general"
    record_count: int = Field(0, ge=0, description="Records in the document.")


class Entry(Passage):
    """A passage with everything that is shown beside it, stored at build time."""

    record: Record | None = Field(None, description="The whole record; null for summaries and texts.")
    document: Card
    source: Source
    citation: str = Field(description="One line that can be pasted: who, what, when, where.")


class Unit(NamedTuple):
    """An entry on its way into an index, with the words and values that find it."""

    entry: Entry
    context: str  # title of the document, organization, place, year, section: searched and embedded
    facets: tuple[str, ...]  # `field=value`, broader topics and enclosing places included
    names: tuple[str, ...] = ()  # ids, titles and organizations that ask for exactly this passage

    @property
    def embedded(self) -> str:
        """The text that is turned into a vector."""
        lead = "" if self.entry.title in self.context else self.entry.title
        return "\n".join(part for part in (lead, self.entry.text, self.context) if part)
