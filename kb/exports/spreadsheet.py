"""Export records as CSV (RFC 4180) for spreadsheets, protected against formula injection."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from kb.domain.passages import Entry
from kb.domain.sources import Source
from kb.exports.presenter import COLUMNS as OF_RECORDS
from kb.exports.presenter import OWN_WORDS, Cell, Presenter
from kb.languages.labels import _

BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
AND = "; "  # between values in a cell

COLUMNS = {
    "id": _("Id"), "link": _("Permanent link"), "kind": _("Kind"), "title": _("Title"),
    "text": _("Summary"), "words": _("Document text"),
    **OF_RECORDS,
    "place": _("Place"), "source": _("Source"),
    "document_kind": _("Kind of source"), "author": _("Authors"),
    "organization": _("Organizations"), "issued": _("Date of the source"),
    "locator": _("Page or section"), "url": _("Web address of the source"),
    "citation": _("Citation"), "topics": _("Topics"), "rights": _("Rights"),
    "shelf": _("Shelf"), "heading": _("Heading"), "note": _("Note"),
}  # fmt: skip

# The start of a formula: an operator, which may be full-width, after optional white space.
# Source: OWASP, CSV Injection.
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f]*[=+\-@＝＋－＠]")
# A program that uses another delimiter can start a cell within our text, after a comma,
# semicolon, tab or line break.
_FORMULA_WITHIN = re.compile(r"(?<=[,;\t\r\n])([\s\x00-\x1f]*)(?=[=+\-@＝＋－＠])")


def table(entries: Sequence[Entry], presenter: Presenter) -> str:
    """Return the records as CSV with a header row; dates are EDTF, so that they sort."""
    return _written(entries, presenter, ",")


def table_with_semicolons(entries: Sequence[Entry], presenter: Presenter) -> str:
    """Return the records as CSV with semicolons, for Excel in locales with a decimal comma.

    Numbers get a decimal comma too, because Excel would read `2.5` as a date.
    """
    return _written(entries, presenter, ";")


def _written(entries: Sequence[Entry], presenter: Presenter, separator: str) -> str:
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(presenter.translated(heading) for heading in COLUMNS.values())
    for entry in entries:
        row = _row(entry, presenter)
        cells = [harmless(row.get(column, "")) for column in COLUMNS]
        writer.writerow(map(_with_decimal_comma, cells) if separator == ";" else cells)
    return BOM + lines.getvalue()


def harmless(cell: Cell) -> Cell:
    """Return the cell with an apostrophe before anything that may be a formula.

    >>> harmless("=HYPERLINK(A1)"), harmless("rent = home"), harmless("a;=A1"), harmless(-5)
    ("'=HYPERLINK(A1)", 'rent = home', "a;'=A1", -5)
    """
    if not isinstance(cell, str):
        return cell
    inner = _FORMULA_WITHIN.sub(r"\1'", cell)
    return f"'{inner}" if _FORMULA.match(cell) else inner


def _with_decimal_comma(cell: Cell) -> Cell:
    return cell if isinstance(cell, str) else str(cell).replace(".", ",")


def _row(entry: Entry, presenter: Presenter) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": entry.id,
        "link": presenter.address(entry.id),
        "kind": presenter.label("kind", entry.kind),
        "title": entry.title,
        "words" if entry.kind in OWN_WORDS else "text": entry.text,
        "place": presenter.place(entry),
        "document_kind": presenter.label("document_kind", entry.document.kind),
        "locator": presenter.locator(entry),
        "citation": entry.citation,
        "topics": AND.join(presenter.topics(entry)),
        "shelf": entry.document.shelf or "",
        "heading": AND.join(presenter.own_headings.get(entry.id, ())),
        "note": presenter.own_notes.get(entry.id, ""),
    }
    for fact in presenter.facts(entry.record, entry.kind, whole=True):
        row |= fact.columns
    return row | _source(entry.source)


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
