"""Documents and what stands in them: demands, findings and ideas, with their source."""

from typing import Annotated, Literal

from pydantic import Field

from kb.domain.noun import Noun
from kb.domain.places import Level
from kb.domain.quantities import Quantity

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

DocumentKind = Literal["platform", "report", "writing", "outcome"]
RecordKind = Literal["demand", "finding", "idea"]
Audience = Literal["introductory", "general", "advanced"]
Action = Literal[
    "end", "ban", "repeal", "reduce", "reallocate", "fund", "establish",
    "guarantee", "protect", "reform", "recognize", "return", "disclose", "other",
]  # fmt: skip
OutcomeStatus = Literal["won", "partly-won", "lost", "pending", "reversed"]
Relation = Literal["cites", "revises", "responds-to", "adopts", "implements", "same-campaign"]
CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "document", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "pamphlet",
    "post", "post-weblog", "regulation", "report", "speech", "standard", "thesis", "treaty",
    "webpage",
]  # fmt: skip


class Name(Noun):
    """A CSL name: a person's family and given parts, or a literal."""

    family: str | None = Field(None, description="Family name.")
    given: str | None = Field(None, description="Given names.")
    literal: str | None = Field(None, description="The whole name, where it has no such parts.")

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Rights(Noun):
    """The holder's own terms; our description of the source is CC-BY-4.0 whatever they are."""

    terms: str = Field(description="The holder's terms in words.")
    holder: str | None = Field(None, description="Who holds the rights, where it is stated.")
    spdx: str | None = Field(None, description="SPDX id of the licence, where there is one.")
    attribution: str | None = Field(None, description="The credit line that the holder asks for.")


RESERVED = "All rights reserved by the holder; described here in our own words"


class Source(Noun):
    """What the document describes: a CSL item, with every organization by name."""

    type: CslType = Field(description="CSL 1.0.2 item type.")
    title: str = Field(min_length=1, description="The source's own title.")
    author: tuple[Name, ...] = Field((), description="Persons, as CSL names.")
    organization: tuple[str, ...] = Field((), description="Publishers, coalition, campaign.")
    issued: str | None = Field(None, description="EDTF date; absent where none is known.")
    URL: str | None = Field(None, pattern=r"^https?://\S+$", description="Canonical address.")
    accessed: str | None = Field(None, description="EDTF date when the evidence was last seen.")
    DOI: str | None = Field(None, description="Digital object identifier, without an address.")
    ISBN: str | None = Field(None, description="International standard book number.")
    language: str = Field("en", description="BCP 47 tag of the source.")
    rights: Rights = Field(description="The holder's terms.")


class Length(Noun):
    """How long the source is, where that is known."""

    pages: int | None = Field(None, ge=1, description="Printed pages.")
    words: int | None = Field(None, ge=1, description="Words.")
    minutes: int | None = Field(None, ge=1, description="Minutes of a recording.")


class TextQuote(Noun):
    """Words of the source with what stands around them (W3C TextQuoteSelector)."""

    exact: str = Field(min_length=1, description="The words themselves.")
    prefix: str = Field("", description="Words before them, to find the place again.")
    suffix: str = Field("", description="Words after them, to find the place again.")


class Locator(Noun):
    """Where in the source; every part is stated by the source or absent, none is invented."""

    section: tuple[str, ...] = Field((), description="Path of headings, outermost first.")
    page: str | None = Field(None, description="Page label as printed; `12–13` over two pages.")
    sheet: int | None = Field(None, ge=1, description="Page of the file, from 1.")
    last_sheet: int | None = Field(
        None, ge=2, description="Last page of the file, where it runs over more than one."
    )
    paragraph: int | None = Field(None, ge=1, description="Paragraph number from 1.")
    timestamp: str | None = Field(None, description="HH:MM:SS into a recording.")
    speaker: str | None = Field(None, description="Who says it, in a recording.")
    row: str | None = Field(None, description="Id of the row of a table, as the file gives it.")
    start: int | None = Field(None, ge=0, description="First character in the extracted text.")
    end: int | None = Field(None, ge=0, description="Character after the last one.")
    quote: TextQuote | None = Field(None, description="Words that stand at the place.")

    @property
    def words(self) -> str:
        """The locator as a citation prints it: `“Invest-Divest”, p. 3`."""
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


class Outcome(Noun):
    """What came of a demand, as far as we know on the as-of date."""

    status: OutcomeStatus = Field(description="How it ended, so far.")
    date: str | None = Field(None, description="EDTF date of the result; absent where unknown.")
    as_of: str = Field(description="EDTF date when this was last looked at.")
    text: str = Field(min_length=1, description="What happened, in our own words.")
    evidence: str = Field(pattern=r"^https?://\S+$", description="Where it was seen.")


class RecordBase(Noun):
    """What demands, findings and ideas share."""

    id: str = Field(description="DOCUMENT#RECORD, for ever.")
    text: str = Field(min_length=1, description="Our own words.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    locator: Locator | None = Field(
        None, description="Absent where no place in the source is known."
    )

    @property
    def slug(self) -> str:
        """The part of the id after the `#`."""
        return self.id.split("#", 1)[1]


class Demand(RecordBase):
    """What is asked, of whom, and what came of it."""

    kind: Literal["demand"] = Field("demand", description="Kind of record.")
    title: str = Field(min_length=1, description="An imperative in our own words.")
    action: Action = Field(description="What is asked to be done.")
    target: str | None = Field(None, description="Who must act; absent where it is not said.")
    level: Level | None = Field(None, description="Level of government that must act.")
    amount: Quantity | None = Field(None, description="How much is asked, where it is said.")
    outcome: Outcome | None = Field(None, description="What came of it; null where unknown.")


class Finding(RecordBase):
    """A fact or figure that can be checked."""

    kind: Literal["finding"] = Field("finding", description="Kind of record.")
    figure: Quantity | None = Field(None, description="The figure, where there is one.")


class Idea(RecordBase):
    """One point of an argument."""

    kind: Literal["idea"] = Field("idea", description="Kind of record.")


Record = Annotated[Demand | Finding | Idea, Field(discriminator="kind")]


class Related(Noun):
    """A tie to another source, by its id, or by title where it is not in the corpus."""

    relation: Relation = Field(description="How the two are tied.")
    to: str = Field(description="Document id, or a title where it is not in the corpus.")


class Head(Noun):
    """The catalogue record of a document: everything but its records."""

    id: str = Field(pattern=SLUG, description="Slug, for ever.")
    kind: DocumentKind = Field(description="Kind of document.")
    source: Source = Field(description="What the document describes.")
    place: str | None = Field(None, description="Place id of the gazetteer.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    audience: Audience = Field("general", description="For whom the source is written.")
    length: Length = Field(Length(), description="How long the source is.")
    language: str = Field("en", description="BCP 47 tag of our words.")
    summary: str = Field(min_length=1, description="Our own words.")
    evidence: tuple[str, ...] = Field((), description="Pages where this was seen.")
    guessed: tuple[str, ...] = Field(
        (), description="Keys whose value the importer guessed; take a key out once it is checked."
    )
    related: tuple[Related, ...] = Field((), description="Ties to other sources.")


class Document(Head):
    """A source described: the catalogue record and every record in order."""

    records: tuple[Record, ...] = Field((), description="Demands, findings and ideas, in order.")

    @property
    def sections(self) -> tuple[tuple[str, ...], ...]:
        """The section paths that records name, in order, without repeats."""
        paths = (record.locator.section for record in self.records if record.locator)
        return tuple(dict.fromkeys(path for path in paths if path))
