"""Campaigns: what happened, when, by which instrument, and the outcome of each demand."""

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


UNSETTLED: tuple[OutcomeStatus, ...] = ("pending", "partly-won")
FRESH_MONTHS = 12  # an unsettled outcome that nobody has checked for longer may be out of date

_YEAR_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Instrument(Noun):
    """The legal or contractual form in which a demand is met or refused."""

    kind: InstrumentKind = Field(description="Ordinance, statute, contract ...")
    number: str | None = Field(None, description="Number of the bill, ordinance or case.")
    name: str | None = Field(None, description="Name, if it has one.")
    URL: str | None = Field(None, pattern=URL_PATTERN, description="Address of its text.")


class Decision(Noun):
    """The status that an event gives a demand."""

    demand: str = Field(pattern=SLUG, description="Slug of a demand of the same file.")
    status: OutcomeStatus = Field(description="Status of the demand after the event.")


class Event(Noun):
    """Something that happened in a campaign."""

    id: str = Field(description="DOCUMENT#EVENT; permanent.")
    date: str | None = Field(None, description="EDTF date; absent if unknown.")
    text: str = Field(min_length=1, description="What happened, in our own words.")
    decides: tuple[Decision, ...] = Field((), description="Demands whose status it changes.")
    vote: str | None = Field(None, description="Result of a vote: `36 to 13`.")
    instrument: Instrument | None = Field(None, description="What was adopted or refused.")
    amount: Quantity | None = Field(None, description="Money decided or spent, if stated.")
    sources: tuple[SourceRef, ...] = Field((), description="Sources that it rests on.")

    @property
    def slug(self) -> str:
        """Return the part of the id after the `#`."""
        return self.id.split("#", 1)[1]


class Campaign(Noun):
    """A campaign: who asked whom for what, when and how, and what came of it."""

    asked_by: tuple[str, ...] = Field((), description="Who asked.")
    asked_of: tuple[str, ...] = Field((), description="Whom they asked.")
    began: str | None = Field(None, description="EDTF date; absent if unknown.")
    ended: str | None = Field(None, description="EDTF date; absent while it continues.")
    allies: tuple[str, ...] = Field((), description="Who supported it.")
    opponents: tuple[str, ...] = Field((), description="Who opposed it.")
    tactics: tuple[str, ...] = Field((), description="What was done, in order.")
    enforcement: str | None = Field(None, description="Who enforces what was won, and how.")
    funding: str | None = Field(None, description="How it is paid for.")
    results: str | None = Field(None, description="What the first years showed.")
    changes: str | None = Field(None, description="What has changed since.")
    documents: tuple[str, ...] = Field(
        (), description="Ids of its documents in the corpus or in the file's own `sources`."
    )


class Outcome(Noun):
    """The outcome of a demand, derived from the events that decide it; the last one counts."""

    status: OutcomeStatus = Field(description="Current status of the demand.")
    date: str | None = Field(None, description="EDTF date of the last event; absent if unknown.")
    looked: str | None = Field(
        None, description="EDTF date on which somebody last looked for later events."
    )
    text: str = Field(min_length=1, description="What happened last, in our own words.")
    evidence: str | None = Field(None, description="Address of the first source of that event.")
    instrument: Instrument | None = Field(
        None, description="What was adopted or refused, from the latest event that names it."
    )
    told_in: str = Field(description="Id of the document that contains the events.")
    events: tuple[str, ...] = Field(description="Ids of the events that decide it, in order.")

    def is_stale(self, today: datetime.date) -> bool:
        """Return whether an unsettled outcome was last checked more than 12 months ago."""
        looked = _YEAR_MONTH.match(self.looked or "")
        if self.status not in UNSETTLED or not looked:
            return False
        ago = (today.year - int(looked[1])) * 12 + today.month - int(looked[2] or 12)
        return ago > FRESH_MONTHS
