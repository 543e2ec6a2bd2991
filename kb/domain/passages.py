"""Passages: the unit that is retrieved, and what is shown with it."""

from typing import Literal, NamedTuple

from pydantic import Field

from kb.domain.documents import DocumentKind, Locator, Record, Source
from kb.domain.noun import Noun
from kb.domain.places import Label, Level

# A `text` is a piece of an imported document, a `suggestion` a sentence there that may be a demand.
PassageKind = Literal["demand", "finding", "idea", "summary", "text", "suggestion"]

CORPUS = "corpus"  # the value of the filter `shelf` for what is on no shelf


class Passage(Noun):
    """One record, one summary, or one piece of an imported document's running text."""

    id: str = Field(description="The record's id; a summary has its document's id.")
    document_id: str = Field(description="Id of the document that it stands in.")
    kind: PassageKind = Field(description="Kind of passage.")
    title: str = Field(description="The record's title, else the document's.")
    headings: tuple[str, ...] = Field((), description="Headings above it, outermost first.")
    text: str = Field(description="The stored words, exactly.")
    language: str = Field("en", description="BCP 47 tag of the words.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    locator: Locator | None = Field(
        None, description="Place in the source; null where none is known."
    )


class PlaceCard(Noun):
    """A place in a line."""

    id: str = Field(description="Place id of the gazetteer.")
    name: Label = Field(description="The name that is shown.")
    level: Level = Field(description="City, county, school district, state, nation or beyond.")
    within: tuple[str, ...] = Field((), description="What it lies in, innermost first.")

    def __str__(self) -> str:
        return ", ".join([self.name.en, *self.within[:1]])


class Card(Noun):
    """A document in a line: what a result shows of it."""

    id: str = Field(description="Document id.")
    kind: DocumentKind = Field(description="Kind of document.")
    title: str = Field(description="The source's own title.")
    place: PlaceCard | None = Field(None, description="The place that it is about, if any.")
    audience: str = Field("general", description="For whom the source is written.")
    record_count: int = Field(0, ge=0, description="Records in the document.")
    shelf: str | None = Field(None, description="Shelf of an imported document; null for others.")


class Entry(Passage):
    """A passage with everything that is shown beside it, stored at build time."""

    record: Record | None = Field(
        None, description="The whole record; null for summaries and texts."
    )
    document: Card = Field(description="The document that it stands in, in a line.")
    source: Source = Field(description="What the document describes.")
    citation: str = Field(description="One line that can be pasted: who, what, when, where.")

    @property
    def own_title(self) -> str:
        """The title where it is the passage's own; a document's title stands in the context."""
        return "" if self.title == self.document.title else self.title

    @property
    def context(self) -> str:
        """The words around a passage that help to find it: searched and embedded, a line each."""
        source, place = self.source, self.document.place
        lines = [
            self.document.title,
            ", ".join([*(str(name) for name in source.author), *source.organization]),
            ", ".join([place.name.en, *place.within]) if place else "",
            source.issued[:4] if source.issued else "",
            " > ".join(self.headings),
            (self.locator.speaker or "") if self.locator else "",
        ]
        return "\n".join(line for line in lines if line)


class Unit(NamedTuple):
    """An entry on its way into an index, with the values and names that find it."""

    entry: Entry
    facets: tuple[str, ...]  # `field=value`, broader topics and enclosing places included
    names: tuple[str, ...] = ()  # ids, titles and organizations that ask for exactly this passage

    @property
    def embedded(self) -> str:
        """The text that is turned into a vector."""
        parts = (self.entry.own_title, self.entry.text, self.entry.context)
        return "\n".join(part for part in parts if part)
