"""Records -> a table for spreadsheets (CSV by RFC 4180), in which no text becomes a formula."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from kb.domain.documents import Demand, Finding, Source
from kb.domain.passages import Entry
from kb.domain.quantities import Quantity
from kb.exports.wording import OWN_WORDS, Wording
from kb.languages.labels import _

Cell = str | int | float

BOM = "\ufeff"  # by this mark spreadsheets know UTF-8
AND = "; "  # between several values of a cell

COLUMNS = {
    "id": _("Id"), "link": _("Permanent link"), "kind": _("Kind"), "title": _("Title"),
    "text": _("In our own words"), "words": _("In the document’s own words"),
    "action": _("What is asked"), "target": _("Asked of"),
    "level": _("Level"), "amount": _("Amount"), "figure": _("Figure"), "number": _("Number"),
    "unit": _("Unit"), "status": _("Outcome"), "ended": _("Date of the outcome"),
    "as_of": _("Outcome known as of"), "happened": _("What happened"),
    "evidence": _("Where this outcome was seen"), "place": _("Place"), "source": _("Source"),
    "document_kind": _("Kind of source"), "author": _("Authors"),
    "organization": _("Organizations"), "issued": _("Date of the source"),
    "locator": _("Place in the source"), "url": _("Address of the source"),
    "citation": _("Citation"), "topics": _("Topics"), "rights": _("Rights"),
    "shelf": _("Shelf"),
}  # fmt: skip

# What spreadsheets take for a formula, white space before it or not, in full width too.
# Source: OWASP, CSV Injection.
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f]*[=+\-@＝＋－＠]")


def table(entries: Sequence[Entry], wording: Wording) -> str:
    """A line of headings and one a record, with dates as EDTF so that they can be sorted."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    writer.writerow(wording.translated(heading) for heading in COLUMNS.values())
    for entry in entries:
        row = _row(entry, wording)
        writer.writerow([harmless(row.get(column, "")) for column in COLUMNS])
    return BOM + lines.getvalue()


def harmless(cell: Cell) -> Cell:
    """The cell with a quotation mark before what would be computed; numbers stay numbers.

    >>> harmless("=HYPERLINK(A1)"), harmless("rent = home"), harmless(-5)
    ("'=HYPERLINK(A1)", 'rent = home', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _row(entry: Entry, wording: Wording) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": entry.id,
        "link": wording.address(entry.id),
        "kind": wording.label("kind", entry.kind),
        "title": entry.title,
        "words" if entry.kind in OWN_WORDS else "text": entry.text,
        "place": wording.place(entry),
        "document_kind": wording.label("document_kind", entry.document.kind),
        "locator": wording.locator(entry),
        "citation": entry.citation,
        "topics": AND.join(wording.topics(entry)),
        "shelf": entry.document.shelf or "",
    }
    row |= _source(entry.source)
    if isinstance(entry.record, Demand):
        row |= _demand(entry.record, wording)
    elif isinstance(entry.record, Finding):
        row |= _quantity("figure", entry.record.figure)
    return row


def _source(source: Source) -> dict[str, Cell]:
    rights = source.rights
    return {
        "source": source.title,
        "author": AND.join(map(str, source.author)),
        "organization": AND.join(source.organization),
        "issued": source.issued or "",
        "url": source.URL or "",
        "rights": AND.join(filter(None, (rights.terms, rights.attribution))),
    }


def _demand(demand: Demand, wording: Wording) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "action": wording.label("action", demand.action),
        "target": demand.target or "",
        "level": wording.label("level", demand.level) if demand.level else "",
    }
    if outcome := demand.outcome:
        row |= {
            "status": wording.label("outcome", outcome.status),
            "ended": outcome.date or "",
            "as_of": outcome.as_of,
            "happened": outcome.text,
            "evidence": outcome.evidence,
        }
    return row | _quantity("amount", demand.amount)


def _quantity(column: str, quantity: Quantity | None) -> dict[str, Cell]:
    """The quantity in words, and its number apart, to be reckoned with."""
    if quantity is None:
        return {}
    return {column: quantity.words, "number": quantity.value, "unit": quantity.unit}
