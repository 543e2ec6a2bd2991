"""Models of a report on quotations: quotations, verdicts, sources and differences."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun

Verdict = Literal[
    "exact", "differs", "cut-short", "other-place", "other-edition", "too-short", "not-found",
    "not-checkable",
]  # fmt: skip
# How far a quotation may depart from the stored text and still be exact, in the order tried.
Fold = Literal["none", "line-breaks", "typography", "first-letter", "marks"]
# Verdicts that the writer should review, for which the exit code is 1.
DEPARTURES = frozenset({"differs", "cut-short", "other-place", "other-edition"})


class Quotation(Noun):
    """A quotation in a draft."""

    text: str = Field(description="The quoted words, without the quotation marks.")
    place: str = Field(description="Place in the draft: `paragraph 3`, `footnote 2`.")
    block: int = Field(ge=0, description="Index of the block of the draft, from 0.")
    start: int = Field(ge=0, description="Position of the first character in the block's text.")
    end: int = Field(ge=0, description="Position after the last character.")
    context: str = Field(
        "", description="The block and its footnotes, in which the draft names the source."
    )


class Change(Noun):
    """A difference between the words of a quotation and those of the stored text."""

    quoted: str = Field(description="Words of the quotation; empty if it leaves some out.")
    stored: str = Field(description="Words of the source; empty if the quotation adds some.")


class Found(Noun):
    """The place of a quotation in a stored text."""

    document_id: str = Field(description="Id of the imported document.")
    title: str = Field(description="Title of the document.")
    version: int = Field(ge=1, description="Version of the document that has the words.")
    start: int = Field(ge=0, description="Position of the first character in that version's text.")
    end: int = Field(ge=0, description="Position after the last character.")
    stored: str = Field(description="The stored text from `start` to `end`.")
    passage_id: str | None = Field(None, description="Id of the passage that begins the words.")
    locator: str = Field("", description="Page, section or time, as printed in a citation.")


class Checked(Noun):
    """A quotation with its verdict."""

    quotation: Quotation = Field(description="The quotation.")
    verdict: Verdict = Field(description="What the stored texts say to it.")
    fold: Fold = Field("none", description="What had to be overlooked for an exact quotation.")
    found: Found | None = Field(None, description="Where the words, or the nearest ones, stand.")
    changes: tuple[Change, ...] = Field((), description="Differences, in the order of the words.")
    goes_on: str = Field("", description="How the source goes on, or begins, if it is cut short.")
    named: str = Field("", description="Page or source that the draft names, if it is another.")
    is_attributed: bool = Field(True, description="Whether the draft names a source near it.")


class QuoteReport(Noun):
    """The verdicts on the quotations of a draft, in the order of the draft."""

    quotations: tuple[Checked, ...] = Field(description="The quotations with their verdicts.")
    titles: int = Field(0, ge=0, description="Titles in quotation marks, which are not checked.")
    left_out: int = Field(0, ge=0, description="Quotations after the first 3,000, not checked.")
    has_originals: bool = Field(description="Whether any document is imported to compare with.")
    generation: str = Field(description="Index generation that was searched.")

    @property
    def unattributed(self) -> int:
        """Return the number of quotations that have no source named near them."""
        return sum(not one.is_attributed for one in self.quotations)

    @property
    def is_clean(self) -> bool:
        """Return whether no quotation departs from its source."""
        return all(one.verdict not in DEPARTURES for one in self.quotations)
