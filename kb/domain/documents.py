"""Documents: descriptions of sources, with their events and records."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.campaigns import Campaign, Event
from kb.domain.phrases import Phrases
from kb.domain.places import Label
from kb.domain.records import Record
from kb.domain.sources import SLUG, Evidence, FactSource, Source, SourceRef

DocumentKind = Literal["platform", "report", "writing", "outcome"]
Genre = Literal[
    "speech", "sermon", "letter", "testimony", "manifesto", "song", "poem", "essay", "book",
    "memoir", "interview", "film", "curriculum", "toolkit", "model-law", "bill", "contract-demands",
    "budget", "objection-answer", "study", "investigation", "history", "reading-list", "statement",
    "webinar",
]  # fmt: skip
Audience = Literal["introductory", "general", "advanced"]
Relation = Literal["cites", "revises", "responds-to", "adopts", "implements", "same-campaign"]


class Length(Noun):
    """The length of a source; unknown measures are absent."""

    pages: int | None = Field(None, ge=1, description="Number of printed pages.")
    words: int | None = Field(None, ge=1, description="Number of words.")
    minutes: int | None = Field(None, ge=1, description="Duration of a recording in minutes.")


class Check(Noun):
    """A check of the whole file against its sources: the role of the checker and the date."""

    by: str = Field(description="Role of the checker, such as `writer` or `second-reader`.")
    date: str = Field(description="EDTF date of the check.")


class Related(Noun):
    """A relation to another source, named by document id, or by title if not in the corpus."""

    relation: Relation = Field(description="Kind of relation.")
    to: str = Field(description="Document id, or a title if it is not in the corpus.")


class Head(Noun):
    """The metadata of a document, without its records."""

    id: str = Field(pattern=SLUG, description="Permanent id, a slug.")
    kind: DocumentKind = Field(description="Kind of document.")
    title: str | None = Field(
        None,
        min_length=1,
        description="Our heading, if the source's title does not say what it is.",
    )
    source: Source = Field(
        description="The source that the document describes; for a case file, the file itself."
    )
    campaign: Campaign | None = Field(None, description="The campaign that a case file describes.")
    place: str | None = Field(None, description="Place id from the gazetteer.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    audience: Audience = Field("general", description="Audience of the source.")
    length: Length = Field(Length(), description="Length of the source.")
    language: str = Field("en", description="BCP 47 tag of the language of our text.")
    summary: str = Field(min_length=1, description="Summary in our own words.")
    titles: dict[str, str] = Field(
        {}, description="The title in other languages, translated by us, by BCP 47 tag."
    )
    abstract: Label | None = Field(None, description="One sentence about the source, by language.")
    genre: tuple[Genre, ...] = Field((), description="Form or purpose of the source.")
    phrases: Phrases = Field(
        Phrases(), description="Words that people use to search for the document."
    )
    looked: str | None = Field(None, description="EDTF date of the last check for later events.")
    checked: tuple[Check, ...] = Field(
        (), description="Checks of the whole file against its sources."
    )
    sources: tuple[FactSource, ...] = Field((), description="Sources of the records and events.")
    guessed: tuple[str, ...] = Field(
        (),
        description="Keys whose values the importer guessed; remove a key once it is checked.",
    )
    related: tuple[Related, ...] = Field((), description="Relations to other sources.")

    @property
    def heading(self) -> str:
        """Return our heading, or the source's own title if there is none."""
        return self.title or self.source.title


class Document(Head):
    """The description of a source: its metadata, its events and its records, in order."""

    events: tuple[Event, ...] = Field((), description="Events, in order.")
    records: tuple[Record, ...] = Field((), description="Demands, findings and ideas, in order.")

    def evidence(self, named: Iterable[SourceRef]) -> tuple[Evidence, ...]:
        """Return the sources that the references in `named` point to, omitting unknown ids."""
        sources = {one.id: one for one in self.sources}
        return tuple(
            Evidence(source=sources[one.id], place=one.place) for one in named if one.id in sources
        )

    @property
    def sections(self) -> tuple[tuple[str, ...], ...]:
        """Return the section paths of the records, in order, without duplicates."""
        paths = (record.locator.section for record in self.records if record.locator)
        return tuple(dict.fromkeys(path for path in paths if path))
