"""Questions: the words, how to search, and what narrows it."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from kb.domain.documents import Action, DocumentKind, OutcomeStatus
from kb.domain.noun import Noun
from kb.domain.passages import PassageKind
from kb.domain.places import Level

Mode = Literal["hybrid", "lexical", "dense"]
Sort = Literal["relevance", "newest", "oldest", "outcome"]

# A clause is a set of `field=value` of which a passage must have one; clauses all hold together.
Clauses = tuple[tuple[str, ...], ...]

# Values of each field, with how many passages have them.
Counts = Mapping[str, int]
Fields = Mapping[str, Counts]

FIRST_YEAR, LAST_YEAR = 1000, 2100  # bounds of a year filter; the corpus starts in 1838


class Filters(Noun):
    """What narrows a search; values of one field are alternatives, fields hold together."""

    kind: tuple[PassageKind, ...] = Field((), description="Kinds of record.")
    document_kind: tuple[DocumentKind, ...] = Field((), description="Kinds of document.")
    topic: tuple[str, ...] = Field((), description="Topic ids; narrower topics are included.")
    place: tuple[str, ...] = Field((), description="Place ids; what lies in them is included.")
    level: tuple[Level, ...] = Field((), description="Level of government that must act.")
    year_from: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="First year.")
    year_to: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Last year.")
    action: tuple[Action, ...] = Field((), description="What is asked to be done.")
    outcome: tuple[OutcomeStatus, ...] = Field((), description="What came of it.")
    language: tuple[str, ...] = Field((), description="BCP 47 tags of the words.")
    organization: tuple[str, ...] = Field((), description="Names of organizations.")
    has_amount: bool | None = Field(None, description="Whether an amount or figure is stated.")
    document: tuple[str, ...] = Field((), description="Document ids.")
    shelf: tuple[str, ...] = Field(
        (), description="Shelves of imported documents; `corpus` for what is on none."
    )

    @property
    def has_years(self) -> bool:
        """Whether undated documents are left out."""
        return self.year_from is not None or self.year_to is not None

    def clauses(self) -> Clauses:
        """The filters as sets of `field=value`, in a fixed order."""
        found = [
            tuple(f"{field}={value}" for value in sorted(getattr(self, field)))
            for field in MULTIPLE
            if getattr(self, field)
        ]
        if self.has_years:
            first = FIRST_YEAR if self.year_from is None else self.year_from
            last = LAST_YEAR if self.year_to is None else self.year_to
            found.append(tuple(f"year={year}" for year in range(first, last + 1)))
        if self.has_amount is not None:
            found.append((f"has_amount={'yes' if self.has_amount else 'no'}",))
        return tuple(found)


MULTIPLE = (
    "kind", "document_kind", "topic", "place", "level", "action", "outcome", "language",
    "organization", "document", "shelf",
)  # fmt: skip


class Query(Noun):
    """A question: the user's words, how to search, and what narrows it."""

    text: str = Field("", description="The words, as they were typed.")
    mode: Mode = Field("hybrid", description="By words, by meaning, or by both.")
    filters: Filters = Field(Filters(), description="What narrows the search.")
    sort: Sort = Field(
        "relevance", description="The order of the best hits, by their source's date or by outcome."
    )
    k: int = Field(10, ge=1, le=1000, description="How many hits.")
    offset: int = Field(0, ge=0, description="How many hits to pass over.")
