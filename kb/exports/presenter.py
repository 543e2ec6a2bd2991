"""Describe the facts of a record in one language, for pages, files and commands.

Add a new field of a record here, and every view that lists facts will show it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kb.domain.campaigns import Instrument, Outcome
from kb.domain.passages import Entry
from kb.domain.quantities import Quantity
from kb.domain.records import Demand, Finding, Record
from kb.languages.catalog import catalogue, day
from kb.languages.labels import _, value_label
from kb.languages.locators import is_of_source, located
from kb.languages.quantities import in_words

ABOUT = _("Place of the source")
SHELF = _("From your shelf: %(name)s")
SUGGESTED = _("Automatically detected as a demand. Not yet checked.")
OWN_WORDS = frozenset({"text", "suggestion"})  # kinds whose text is quoted from the document

Cell = str | int | float

# Labels of the record fields, which are also the columns of tables.
COLUMNS = {
    "action": _("Type of demand"), "target": _("Directed at"), "level": _("Level"),
    "amount": _("Amount"), "figure": _("Figure"), "number": _("Number"), "unit": _("Unit"),
    "outcome": _("Outcome"), "ended": _("Date of the outcome"),
    "looked": _("Last checked for news"), "happened": _("What happened"),
    "instrument": _("Decided by"), "instrument_url": _("Web address of the decision"),
    "evidence": _("Source for this outcome"), "detail": _("Detail"),
}  # fmt: skip


MONTH = 7  # characters of an EDTF date up to the month


class Fact(NamedTuple):
    """A labeled fact about a record."""

    name: str  # the field, one of COLUMNS
    label: str  # label of the field in the reader's language
    value: str
    note: str = ""  # date of the last check, or the source's wording
    text: str = ""  # more text, in the language of the record
    address: str = ""  # URL of the evidence
    code: str = ""  # stored value of a controlled vocabulary
    cells: Mapping[str, Cell] | None = None  # table cells by column, if it fills several

    @property
    def words(self) -> str:
        """Return the value with its note: `$5 million (in the source: five million dollars)`."""
        return f"{self.value} ({self.note})" if self.note else self.value

    @property
    def sentence(self) -> str:
        """Return the value with its note, followed by the text."""
        return f"{self.words}. {self.text}" if self.text else self.words

    @property
    def columns(self) -> Mapping[str, Cell]:
        """Return the table cells by column."""
        return {self.name: self.value} if self.cells is None else self.cells


def reference_of(id: str) -> str:
    """Return a reference that works in every copy of Precedent: `precedent:a#b`."""
    return f"precedent:{id}"


class Presenter(NamedTuple):
    """A view of records in one language, with permanent links and a reader's notes and headings."""

    language: str = "en"
    label: Callable[[str, str], str] = value_label  # (field, value) -> label
    address: Callable[[str], str] = reference_of  # id -> absolute URL, or a reference
    own_notes: Mapping[str, str] = {}  # the reader's notes by id
    own_headings: Mapping[str, Sequence[str]] = {}  # the reader's headings before a record, by id

    def translated(self, text: str) -> str:
        """Return the translation of an English interface text into the presenter's language."""
        return catalogue(self.language).gettext(text)

    def day(self, edtf: str | None) -> str:
        """Return an EDTF date in words, or an empty string for None."""
        return day(edtf, self.language)

    def facts(self, record: Record | None, kind: str = "", whole: bool = False) -> list[Fact]:
        """Return the facts of a demand (such as target, amount and outcome) or a finding's figure.

        `kind` is the kind of the passage: a suggestion has no outcome yet. `whole` adds the action,
        which the title already states, and the source's wording of quantities.
        """
        if isinstance(record, Demand):
            return [*self._of_demand(record, whole), *self._outcome(record, kind)]
        if isinstance(record, Finding) and record.figure:
            return [self._quantity("figure", record.figure, whole)]
        return []

    def outcome(self, entry: Entry) -> Fact | None:
        """Return the outcome of a demand as a fact, or None if it is unknown."""
        found = self.facts(entry.record, entry.kind)
        return next((one for one in found if one.name == "outcome" and one.code), None)

    def _of_demand(self, demand: Demand, whole: bool) -> Iterator[Fact]:
        if whole:
            yield self._listed("action", demand.action)
        if demand.target:
            yield self._fact("target", demand.target)
        if demand.level:
            yield self._listed("level", demand.level)
        if demand.amount:
            yield self._quantity("amount", demand.amount, whole)
        if demand.detail:
            yield self._fact(
                "detail", self.translated(_("we have only the heading, not the full text"))
            )

    def _outcome(self, demand: Demand, kind: str) -> Iterator[Fact]:
        if demand.outcome:
            yield self._known(demand.outcome)
            if demand.outcome.instrument:
                yield self._by(demand.outcome.instrument)
        elif kind != "suggestion":
            yield self._fact("outcome", self.translated("not recorded"))._replace(cells={})

    def _known(self, outcome: Outcome) -> Fact:
        status = self.label("outcome", outcome.status)
        return self._fact("outcome", status)._replace(
            value=", ".join(filter(None, (status, self.day(outcome.date)))),
            note=self.looked(outcome),
            text=outcome.text,
            address=outcome.evidence or "",
            code=outcome.status,
            cells={
                "outcome": status,
                "ended": outcome.date or "",  # EDTF dates sort
                "looked": outcome.looked or "",
                "happened": outcome.text,
                "evidence": outcome.evidence or "",
            },
        )

    def looked(self, outcome: Outcome) -> str:
        """Return a note on when the outcome was last checked and whether it may be out of date."""
        if not outcome.looked:
            return self.translated(_("not checked for later news"))
        words = self.translated(_("last checked for news in %(when)s"))
        note = words % {"when": self.day(outcome.looked[:MONTH])}
        if outcome.is_stale(date.today()):
            note = "; ".join([note, self.translated(_("may be out of date"))])
        return note

    def instrument(self, instrument: Instrument) -> str:
        """Return an instrument's kind, number and name; omit a kind that the number begins with."""
        kind, number = self.label("instrument", instrument.kind), instrument.number or ""
        words = number if number.casefold().startswith(kind.casefold()) else f"{kind} {number}"
        return ", ".join(filter(None, (words.strip(), instrument.name)))

    def _by(self, instrument: Instrument) -> Fact:
        value = self.instrument(instrument)
        return self._fact("instrument", value)._replace(
            address=instrument.URL or "",
            cells={"instrument": value, "instrument_url": instrument.URL or ""},
        )

    def _quantity(self, name: str, quantity: Quantity, whole: bool) -> Fact:
        words = in_words(quantity, self.language)
        stated = self.translated(_("in the source: %(words)s")) % {"words": quantity.stated}
        return self._fact(name, words)._replace(
            note=stated if whole and quantity.stated else "",
            cells={name: words, "number": quantity.value, "unit": quantity.unit},
        )

    def _listed(self, field: str, value: str) -> Fact:
        return self._fact(field, self.label(field, value))._replace(code=value)

    def _fact(self, name: str, value: str) -> Fact:
        return Fact(name, self.translated(COLUMNS[name]), value)

    def notes(self, entry: Entry) -> Iterator[str]:
        """Yield the reader's note, an imported document's shelf, and a warning for a suggestion."""
        if note := self.own_notes.get(entry.id):
            yield note
        if entry.document.shelf:
            yield self.translated(SHELF) % {"name": entry.document.shelf}
        if entry.kind == "suggestion":
            yield self.translated(SUGGESTED)

    def place(self, entry: Entry) -> str:
        """Return the document's place and, in English, the place around it; empty if unknown."""
        place = entry.document.place
        if place is None:
            return ""
        around = place.within[:1] if self.language == "en" else ()  # stored only in English
        return ", ".join([self.label("place", place.id), *around])

    def where(self, entry: Entry) -> str:
        """Return the place, with a label if it is the place of the source, not of the record."""
        place = self.place(entry)
        return f"{self.translated(ABOUT)}: {place}" if place and is_of_source(entry) else place

    def locator(self, entry: Entry) -> str:
        """Return the locator in words, or "not recorded" for a record without a locator."""
        known = located(entry.locator, self.language)
        return known or (self.translated("not recorded") if entry.record else "")

    def topics(self, entry: Entry) -> tuple[str, ...]:
        """Return the labels of a passage's topics."""
        return tuple(self.label("topic", topic) for topic in entry.topics)
