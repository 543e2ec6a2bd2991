"""Passages: the unit of retrieval, and the data shown with it."""

from typing import Literal, NamedTuple

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.documents import DocumentKind
from kb.domain.phrases import Phrases
from kb.domain.places import Label, Level
from kb.domain.records import Locator, Record
from kb.domain.sources import Evidence, Source
from kb.domain.translations import Translation

# A `text` is part of an imported document; a `suggestion` is a sentence in it that may be a demand.
PassageKind = Literal["demand", "finding", "idea", "summary", "text", "suggestion"]

CORPUS = "corpus"  # value of the filter `shelf` for documents of the corpus


class Passage(Noun):
    """A record, a summary, part of the text of an imported document, or a suggestion in it."""

    id: str = Field(description="The record's id; a summary has its document's id.")
    document_id: str = Field(description="Id of the document.")
    kind: PassageKind = Field(description="Kind of passage.")
    title: str = Field(description="The record's title, or the document's if it has none.")
    headings: tuple[str, ...] = Field(
        (), description="Headings above the passage, outermost first."
    )
    text: str = Field(description="Text of the passage.")
    language: str = Field("en", description="BCP 47 tag of the text.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    locator: Locator | None = Field(None, description="Place in the source; null if unknown.")


class PlaceCard(Noun):
    """Summary of a place."""

    id: str = Field(description="Place id from the gazetteer.")
    name: Label = Field(description="Displayed name.")
    level: Level = Field(
        description="City, county, school district, state, national or international."
    )
    within: tuple[str, ...] = Field(
        (), description="Names of the enclosing places, innermost first."
    )

    def __str__(self) -> str:
        return ", ".join([self.name.en, *self.within[:1]])


class Card(Noun):
    """Summary of a document, as shown in results."""

    id: str = Field(description="Document id.")
    kind: DocumentKind = Field(description="Kind of document.")
    title: str = Field(description="The source's own title.")
    titles: dict[str, str] = Field(
        {}, description="The title in other languages, translated by us, by BCP 47 tag."
    )
    place: PlaceCard | None = Field(None, description="Place of the document, if any.")
    audience: str = Field("general", description="Audience of the source.")
    record_count: int = Field(0, ge=0, description="Number of records in the document.")
    shelf: str | None = Field(None, description="Shelf of an imported document; null for others.")


class Entry(Passage):
    """A passage with all the data shown with it, stored at build time."""

    record: Record | None = Field(
        None, description="The whole record; null for summaries and texts."
    )
    document: Card = Field(description="Summary of the document.")
    source: Source = Field(description="The source that the document describes.")
    evidence: tuple[Evidence, ...] = Field(
        (), description="Sources that the record names; empty if its only source is `source`."
    )
    translations: dict[str, Translation] = Field(
        {},
        description="Title and one sentence of a demand or summary in other languages, by tag.",
    )
    citation: str = Field(description="Citation in one line.")

    @property
    def own_title(self) -> str:
        """Return the title, or "" if it is the document's title, which is part of the context."""
        return "" if self.title == self.document.title else self.title

    @property
    def context(self) -> str:
        """Return the metadata searched and embedded together with the text, one item per line."""
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

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the words shown beside a demand: its target, what happened, and the instrument.

        They are searched with less weight than the text. Other passages have none.
        """
        record = self.record
        if record is None or record.kind != "demand":
            return ()
        found = [record.target]
        if record.outcome:
            found.append(record.outcome.text)
            if instrument := record.outcome.instrument:
                found += [instrument.number, instrument.name]
        return tuple(one for one in found if one)


class Unit(NamedTuple):
    """An entry to index, with its facets, names and phrases."""

    entry: Entry
    facets: tuple[str, ...]  # `field=value`, including broader topics and enclosing places
    names: tuple[str, ...] = ()  # folded ids, titles and organizations that identify this passage
    phrases: Phrases = Phrases()  # words that people use to search for it

    @property
    def embedded(self) -> str:
        """Return the text that the encoder embeds."""
        parts = (self.entry.own_title, self.entry.text, self.entry.context)
        return "\n".join(part for part in parts if part)
