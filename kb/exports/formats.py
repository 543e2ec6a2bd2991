"""The export formats, from which pages create their download links."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kb.citations.csl_json import Reference, bibtex, csl_json, ris
from kb.citations.item import Item, csl_item, works
from kb.domain.passages import Entry
from kb.exports.handouts import markdown, message, web_page
from kb.exports.presenter import Presenter
from kb.exports.spreadsheet import table, table_with_semicolons
from kb.languages.labels import _

Writer = Callable[[Sequence[Entry], Presenter], str]

MAX_NAME_CHARACTERS = 150  # file systems allow 255 bytes
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


class Format(NamedTuple):
    """An export format: its label, media type and writer."""

    label: str
    media_type: str
    write: Writer


def references(entry: Entry, presenter: Presenter) -> list[Reference]:
    """Return the references to cite for a passage, with our text and a link to the record."""
    notes = [entry.own_title, *(one.removesuffix(".") for one in presenter.notes(entry))]
    if outcome := presenter.outcome(entry):
        notes.append(f"{outcome.label}: {outcome.words}")
    address = presenter.address(entry.id).removeprefix("precedent:")
    cited = works(entry)
    return [
        Reference(
            item=_at_home(csl_item(work, place, f"{entry.id}{_ending(number)}"), entry, presenter),
            issued=work.issued or "",
            note=". ".join([*filter(None, notes), f"Precedent: {address}"]),
            keywords=presenter.topics(entry),
            abstract=entry.text,
        )
        for number, (work, place) in enumerate(cited, start=1)
    ]


def _ending(number: int) -> str:
    """Return the suffix that makes a reference id unique; empty for a passage's first reference."""
    return f"-{number}" if number > 1 else ""


def _at_home(item: Item, entry: Entry, presenter: Presenter) -> Item:
    """Return the CSL item; for a case file, with the permanent link as URL if it is absolute."""
    address = presenter.address(entry.document_id)
    is_ours = item["type"] == "entry" and "://" in address
    return item | {"URL": address} if is_ours else item


def _references(write: Callable[[Sequence[Reference]], str]) -> Writer:
    return lambda entries, presenter: write(
        [reference for one in entries for reference in references(one, presenter)]
    )


# By file extension. Record pages offer the reference formats, the saved list offers all.
REFERENCES: Mapping[str, Format] = {
    "ris": Format(
        _("For Zotero and other reference managers (RIS)"),
        "application/x-research-info-systems; charset=utf-8",
        _references(ris),
    ),
    "bib": Format(
        _("For LaTeX (BibTeX)"), "application/x-bibtex; charset=utf-8", _references(bibtex)
    ),
    "json": Format(
        _("For other software (CSL-JSON)"),
        "application/vnd.citationstyles.csl+json",
        _references(csl_json),
    ),
}
FORMATS: Mapping[str, Format] = {
    "html": Format(_("Web page to send or print (HTML)"), "text/html; charset=utf-8", web_page),
    "csv": Format(_("Table (CSV)"), "text/csv; charset=utf-8; header=present", table),
    "semicolon.csv": Format(
        _("Table for Excel in Spanish or French (CSV with semicolons)"),
        "text/csv; charset=utf-8; header=present",
        table_with_semicolons,
    ),
    "md": Format(_("Text with headings (Markdown)"), "text/markdown; charset=utf-8", markdown),
    "txt": Format(_("Plain text"), "text/plain; charset=utf-8", message),
    **REFERENCES,
}


def export(entries: Sequence[Entry], extension: str, presenter: Presenter) -> str:
    """Return the records in the export format with the given file extension."""
    return FORMATS[extension].write(entries, presenter)


def file_name(name: str, extension: str) -> str:
    """Return `precedent-NAME.EXTENSION`, using only characters that are valid on every system.

    >>> file_name("a-b#c", "ris")
    'precedent-a-b-c.ris'
    """
    plain = _NOT_IN_NAMES.sub("-", name.lower())[:MAX_NAME_CHARACTERS].strip("-") or "records"
    return f"precedent-{plain}.{extension}"
