"""Campaigns: their events, with dates and legal instruments, and the outcome of each demand."""

import datetime
import re
from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.quantities import Quantity
from kb.domain.sources import SLUG, URL_PATTERN, SourceRef

OutcomeStatus = Literal["won", "partly-won", "lost", "pending", "reversed"]
InstrumentKind = Literal[
    "ordinance", "statute", "constitution", "resolution", "budget", "ballot-measure", "contract",
    "agreement", "executive-order", "agency-rule", "consent-decree", "court-order", "policy",
]  # fmt: skip


DONE: tuple[OutcomeStatus, ...] = ("won", "partly-won")
UNDONE: tuple[OutcomeStatus, ...] = ("lost", "reversed")
UNSETTLED: tuple[OutcomeStatus, ...] = ("pending", "partly-won")
FRESH_MONTHS = 12  # an unsettled outcome that nobody has checked for longer may be out of date

_YEAR_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Instrument(Noun):
    """The legal or contractual form in which a demand is met or refused."""

    kind: InstrumentKind = Field(
        description="Kind of instrument, such as an ordinance or a contract."
    )
    number: str | None = Field(None, description="Number of the bill, ordinance or case.")
    name: str | None = Field(None, description="Name of the instrument, if it has one.")
    URL: str | None = Field(None, pattern=URL_PATTERN, description="Web address of the text.")


class Decision(Noun):
    """The status of a demand after an event."""

    demand: str = Field(pattern=SLUG, description="Slug of a demand in the same file.")
    status: OutcomeStatus = Field(description="Status of the demand after the event.")


class Event(Noun):
    """Something that happened in a campaign."""

    id: str = Field(description="Permanent id, `DOCUMENT#EVENT`.")
    date: str | None = Field(None, description="EDTF date; absent if unknown.")
    text: str = Field(min_length=1, description="What happened, in our own words.")
    decides: tuple[Decision, ...] = Field((), description="Demands whose status the event changes.")
    vote: str | None = Field(None, description="Result of a vote, such as `36 to 13`.")
    instrument: Instrument | None = Field(None, description="What was adopted or refused.")
    amount: Quantity | None = Field(None, description="Money decided or spent, if stated.")
    sources: tuple[SourceRef, ...] = Field((), description="Sources of the event.")

    @property
    def slug(self) -> str:
        """Return the part of the id after the `#`."""
        return self.id.split("#", 1)[1]


class Campaign(Noun):
    """A campaign: who asked whom, when and how, and with what result."""

    asked_by: tuple[str, ...] = Field(
        (), description="People or organizations that made the demands."
    )
    asked_of: tuple[str, ...] = Field(
        (), description="People or bodies to whom the demands were addressed."
    )
    began: str | None = Field(None, description="EDTF date of the start; absent if unknown.")
    ended: str | None = Field(
        None, description="EDTF date of the end; absent while the campaign continues."
    )
    allies: tuple[str, ...] = Field(
        (), description="People or organizations that supported the campaign."
    )
    opponents: tuple[str, ...] = Field(
        (), description="People or organizations that opposed the campaign."
    )
    tactics: tuple[str, ...] = Field((), description="Actions of the campaign, in order.")
    enforcement: str | None = Field(None, description="Who enforces what was won, and how.")
    funding: str | None = Field(None, description="How the measures that were won are paid for.")
    results: str | None = Field(None, description="Results of the first years.")
    changes: str | None = Field(None, description="Later changes to what was won.")
    documents: tuple[str, ...] = Field(
        (), description="Ids of the campaign's documents, in the corpus or in the file's `sources`."
    )


class Outcome(Noun):
    """The outcome of a demand, derived from the events that decide it.

    The status is that of the last event. The date, the text and the evidence are those of the event
    that began this status, or of the last event if the demand is pending.
    """

    status: OutcomeStatus = Field(description="Current status of the demand.")
    date: str | None = Field(
        None,
        description="EDTF date of the event that began the status, or of the last event if "
        "pending; absent if unknown.",
    )
    looked: str | None = Field(None, description="EDTF date of the last check for later events.")
    text: str = Field(min_length=1, description="What happened in that event, in our own words.")
    evidence: str | None = Field(None, description="Web address of the first source of that event.")
    instrument: Instrument | None = Field(
        None,
        description="Instrument of that event, or else of the latest event that has one.",
    )
    told_in: str = Field(description="Id of the document that contains the events.")
    events: tuple[str, ...] = Field(
        description="Ids of the events that decide the demand, in order."
    )

    def is_stale(self, today: datetime.date) -> bool:
        """Return whether the outcome is unsettled and was last checked more than 12 months ago.

        Return False if the date of the last check is unknown.
        """
        looked = _YEAR_MONTH.match(self.looked or "")
        if self.status not in UNSETTLED or not looked:
            return False
        ago = (today.year - int(looked[1])) * 12 + today.month - int(looked[2] or 12)
        return ago > FRESH_MONTHS
