"""Documents: descriptions of sources, with their demands, findings and ideas as records."""

from typing import Annotated, Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.campaigns import Campaign, Event, Outcome
from kb.domain.places import Level
from kb.domain.quantities import Quantity
from kb.domain.sources import SLUG, FactSource, Source, SourceRef

DocumentKind = Literal["platform", "report", "writing", "outcome"]
RecordKind = Literal["demand", "finding", "idea"]
Audience = Literal["introductory", "general", "advanced"]
Action = Literal[
    "end", "ban", "repeal", "reduce", "reallocate", "fund", "establish",
    "guarantee", "protect", "reform", "recognize", "return", "disclose", "other",
]  # fmt: skip
Detail = Literal["heading-only"]
Relation = Literal["cites", "revises", "responds-to", "adopts", "implements", "same-campaign"]


class Length(Noun):
    """Length of a source, if known."""

    pages: int | None = Field(None, ge=1, description="Printed pages.")
    words: int | None = Field(None, ge=1, description="Words.")
    minutes: int | None = Field(None, ge=1, description="Minutes of a recording.")


class TextQuote(Noun):
    """A quotation with the text around it (W3C TextQuoteSelector)."""

    exact: str = Field(min_length=1, description="Quoted text.")
    prefix: str = Field("", description="Text before the quotation.")
    suffix: str = Field("", description="Text after the quotation.")


class Locator(Noun):
    """A place in the source; only the parts that the source states are set."""

    section: tuple[str, ...] = Field((), description="Path of headings, outermost first.")
    page: str | None = Field(None, description="Printed page label; `12–13` for two pages.")
    sheet: int | None = Field(None, ge=1, description="Page of the file, from 1.")
    last_sheet: int | None = Field(
        None, ge=2, description="Last page of the file, if it covers several."
    )
    paragraph: int | None = Field(None, ge=1, description="Paragraph number from 1.")
    timestamp: str | None = Field(None, description="HH:MM:SS into a recording.")
    speaker: str | None = Field(None, description="Speaker in a recording.")
    row: str | None = Field(None, description="Row id of a table, as in the file.")
    start: int | None = Field(None, ge=0, description="First character in the extracted text.")
    end: int | None = Field(None, ge=0, description="Character after the last one.")
    quote: TextQuote | None = Field(None, description="Quotation at the place.")

    @property
    def words(self) -> str:
        """Return the locator as printed in a citation: `“Invest-Divest”, p. 3`."""
        parts = [f"“{' > '.join(self.section)}”"] if self.section else []
        if self.page:
            parts.append(f"{'pp' if '–' in self.page else 'p'}. {self.page}")
        elif self.last_sheet:
            parts.append(f"pp. {self.sheet}–{self.last_sheet} of the file")
        elif self.sheet:
            parts.append(f"p. {self.sheet} of the file")
        if self.row:
            parts.append(self.row if self.row.startswith("row ") else f"row {self.row}")
        if self.paragraph:
            parts.append(f"para. {self.paragraph}")
        if self.speaker:
            parts.append(self.speaker)
        if self.timestamp:
            parts.append(f"at {self.timestamp}")
        return ", ".join(parts)


class Check(Noun):
    """A reading of the whole file against its sources, by one role on one day."""

    by: str = Field(description="Role of the reader: `writer`, `second-reader`.")
    date: str = Field(description="EDTF date of the reading.")


class Abstract(Noun):
    """One sentence about the document, in the languages of the interface."""

    en: str | None = Field(None, min_length=1, description="English.")
    es: str | None = Field(None, min_length=1, description="Spanish.")

    def in_language(self, language: str) -> str | None:
        """Return the sentence in a language; None if there is none."""
        return {"en": self.en, "es": self.es}.get(language)


class RecordBase(Noun):
    """Fields shared by demands, findings and ideas."""

    id: str = Field(description="DOCUMENT#RECORD; permanent.")
    text: str = Field(min_length=1, description="Our own words.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    locator: Locator | None = Field(None, description="Place in the source; absent if unknown.")
    sources: tuple[SourceRef, ...] = Field(
        (), description="Sources that it rests on; empty if that is the document's own source."
    )

    @property
    def slug(self) -> str:
        """Return the part of the id after the `#`."""
        return self.id.split("#", 1)[1]


class Demand(RecordBase):
    """A demand: the action, its target and its outcome."""

    kind: Literal["demand"] = Field("demand", description="Kind of record.")
    title: str = Field(min_length=1, description="An imperative in our own words.")
    action: Action = Field(description="Demanded action.")
    target: str | None = Field(None, description="Who must act; absent if not stated.")
    level: Level | None = Field(None, description="Level of government that must act.")
    amount: Quantity | None = Field(None, description="Demanded amount, if stated.")
    detail: Detail | None = Field(None, description="`heading-only` if no more is known of it.")
    place: str | None = Field(
        None, description="Place id of the demand, if it differs from the document's."
    )
    pursued_in: str | None = Field(
        None, description="CASE#DEMAND of the case file that tells its outcome."
    )
    outcome: Outcome | None = Field(None, description="Outcome; null if unknown.")


class Finding(RecordBase):
    """A verifiable fact or figure."""

    kind: Literal["finding"] = Field("finding", description="Kind of record.")
    figure: Quantity | None = Field(None, description="The figure, if there is one.")


class Idea(RecordBase):
    """One point of an argument."""

    kind: Literal["idea"] = Field("idea", description="Kind of record.")


Record = Annotated[Demand | Finding | Idea, Field(discriminator="kind")]


class Related(Noun):
    """A relation to another source, by document id, or by title if it is not in the corpus."""

    relation: Relation = Field(description="Kind of relation.")
    to: str = Field(description="Document id, or a title if it is not in the corpus.")


class Head(Noun):
    """The metadata of a document, without its records."""

    id: str = Field(pattern=SLUG, description="Slug; permanent.")
    kind: DocumentKind = Field(description="Kind of document.")
    title: str | None = Field(
        None, min_length=1, description="Our heading, if the source has no title that names it."
    )
    source: Source = Field(
        description="The source that the document describes; a case file is its own."
    )
    campaign: Campaign | None = Field(None, description="The campaign that a case file tells.")
    place: str | None = Field(None, description="Place id of the gazetteer.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    audience: Audience = Field("general", description="Audience of the source.")
    length: Length = Field(Length(), description="Length of the source.")
    language: str = Field("en", description="BCP 47 tag of our words.")
    summary: str = Field(min_length=1, description="Our own words.")
    abstract: Abstract = Field(Abstract(), description="One sentence about it.")
    looked: str | None = Field(
        None, description="EDTF date on which somebody last looked for later events."
    )
    checked: tuple[Check, ...] = Field((), description="Readings against the sources.")
    sources: tuple[FactSource, ...] = Field((), description="Sources that its records rest on.")
    guessed: tuple[str, ...] = Field(
        (), description="Keys whose value the importer guessed; remove a key after checking it."
    )
    related: tuple[Related, ...] = Field((), description="Relations to other sources.")

    @property
    def heading(self) -> str:
        """Our heading, else the source's own title."""
        return self.title or self.source.title


class Document(Head):
    """The description of a source: its metadata, its events and its records, in order."""

    events: tuple[Event, ...] = Field((), description="Events, in order.")
    records: tuple[Record, ...] = Field((), description="Demands, findings and ideas, in order.")

    @property
    def sections(self) -> tuple[tuple[str, ...], ...]:
        """Return the section paths of the records, in order, without duplicates."""
        paths = (record.locator.section for record in self.records if record.locator)
        return tuple(dict.fromkeys(path for path in paths if path))
