"""Records: demands, findings and ideas, with their place in the source."""

from typing import Annotated, Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.campaigns import Outcome
from kb.domain.phrases import Phrases
from kb.domain.places import Level
from kb.domain.quantities import Quantity
from kb.domain.sources import SourceRef
from kb.domain.translations import Translation

RecordKind = Literal["demand", "finding", "idea"]
Action = Literal[
    "end", "ban", "repeal", "reduce", "reallocate", "fund", "establish",
    "guarantee", "protect", "reform", "recognize", "return", "disclose", "other",
]  # fmt: skip
Detail = Literal["heading-only"]


class TextQuote(Noun):
    """A quotation with the text around it (TextQuoteSelector of W3C Web Annotation)."""

    exact: str = Field(min_length=1, description="Quoted text.")
    prefix: str = Field("", description="Text before the quotation.")
    suffix: str = Field("", description="Text after the quotation.")


class Locator(Noun):
    """A place in the source; only the parts that are known are set."""

    section: tuple[str, ...] = Field((), description="Path of headings, outermost first.")
    page: str | None = Field(None, description="Printed page label; `12–13` for two pages.")
    sheet: int | None = Field(None, ge=1, description="Page of the file, from 1.")
    last_sheet: int | None = Field(
        None, ge=2, description="Last page of the file, if it covers several."
    )
    paragraph: int | None = Field(None, ge=1, description="Paragraph number from 1.")
    timestamp: str | None = Field(None, description="Time in a recording, `HH:MM:SS`.")
    speaker: str | None = Field(None, description="Speaker in a recording.")
    row: str | None = Field(None, description="Id of a table row, as in the file.")
    start: int | None = Field(
        None, ge=0, description="Position of the first character in the extracted text."
    )
    end: int | None = Field(None, ge=0, description="Position after the last character.")
    quote: TextQuote | None = Field(None, description="Quotation from the place.")

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


class RecordBase(Noun):
    """Fields shared by demands, findings and ideas."""

    id: str = Field(description="Permanent id, `DOCUMENT#RECORD`.")
    text: str = Field(min_length=1, description="Text in our own words.")
    topics: tuple[str, ...] = Field((), description="Topic ids.")
    locator: Locator | None = Field(None, description="Place in the source; absent if unknown.")
    sources: tuple[SourceRef, ...] = Field(
        (), description="Sources of the record; empty if it comes from the document's own source."
    )
    phrases: Phrases = Field(
        Phrases(), description="Words that people use to search for the record."
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
    detail: Detail | None = Field(
        None, description="`heading-only` if only the heading of the demand is known."
    )
    place: str | None = Field(
        None, description="Id of the place of the demand, if it is not that of the document."
    )
    pursued_in: str | None = Field(
        None,
        description="Id of the demand, CASE#DEMAND, in the case file that records the outcome.",
    )
    outcome: Outcome | None = Field(None, description="Outcome; null if unknown.")
    translations: dict[str, Translation] = Field(
        {}, description="Title and one sentence in other languages, by BCP 47 tag."
    )


class Finding(RecordBase):
    """A verifiable fact or figure."""

    kind: Literal["finding"] = Field("finding", description="Kind of record.")
    figure: Quantity | None = Field(None, description="The figure, if there is one.")


class Idea(RecordBase):
    """A point that the source argues."""

    kind: Literal["idea"] = Field("idea", description="Kind of record.")


Record = Annotated[Demand | Finding | Idea, Field(discriminator="kind")]
