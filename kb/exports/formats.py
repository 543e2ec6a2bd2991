"""Records -> files to take along: references for citation managers, a table, texts."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from starlette.responses import Response

from kb.citations.csl_json import Reference, bibtex, csl_json, ris
from kb.citations.item import as_cited, csl_item
from kb.domain.documents import Demand
from kb.domain.passages import Entry
from kb.exports.handouts import markdown, message
from kb.exports.spreadsheet import table
from kb.exports.wording import Wording
from kb.web.route import searcher_of
from kb.web.view.page import Page
from kb.web.view.urls import Addresses

Form = Literal["ris", "bib", "json", "csv", "md", "txt"]  # the extension of the file too

Writer = Callable[[Sequence[Entry], Wording], str]

LONGEST_NAME = 150  # characters of a file's name; file systems take 255 bytes
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


class Written(NamedTuple):
    """A form of file: its media type, and what writes it."""

    media_type: str
    write: Writer


def reference(entry: Entry, wording: Wording) -> Reference:
    """The source, with our words as its abstract; the note leads back to the record."""
    said = [entry.own_title, *(one.removesuffix(".") for one in wording.imported(entry))]
    if isinstance(entry.record, Demand) and entry.record.outcome:
        said.append(f"{wording.translated('Outcome')}: {wording.outcome(entry.record.outcome)}")
    return Reference(
        item=csl_item(as_cited(entry.source, entry.document.kind), entry.locator, entry.id),
        note=". ".join([*filter(None, said), f"Precedent: {wording.address(entry.id)}"]),
        keywords=wording.topics(entry),
        abstract=entry.text,
    )


def _references(write: Callable[[Sequence[Reference]], str]) -> Writer:
    return lambda entries, wording: write([reference(entry, wording) for entry in entries])


REFERENCES: dict[str, Written] = {
    "ris": Written("application/x-research-info-systems; charset=utf-8", _references(ris)),
    "bib": Written("application/x-bibtex; charset=utf-8", _references(bibtex)),
    "json": Written("application/vnd.citationstyles.csl+json", _references(csl_json)),
}
FORMS: dict[str, Written] = {
    **REFERENCES,
    "csv": Written("text/csv; charset=utf-8; header=present", table),
    "md": Written("text/markdown; charset=utf-8", markdown),
    "txt": Written("text/plain; charset=utf-8", message),
}


def written(entries: Sequence[Entry], form: Form, page: Page) -> str:
    """The records in a form, in the page's language."""
    label = page.label_of(searcher_of(page.request).names)
    permanent = Addresses(None)  # an address to keep chooses no language
    wording = Wording(page.language, label, lambda id: page.absolute(permanent.record(id)))
    return FORMS[form].write(entries, wording)


def download(entries: Sequence[Entry], form: Form, name: str, page: Page) -> Response:
    """The records as a file that browsers save and never show: `precedent-NAME.FORM`."""
    plain = _NOT_IN_NAMES.sub("-", name.lower())[:LONGEST_NAME].strip("-") or "records"
    headers = {
        "content-disposition": f'attachment; filename="precedent-{plain}.{form}"',
        "content-language": page.language,
        "content-type": FORMS[form].media_type,
        "x-content-type-options": "nosniff",
    }
    return Response(written(entries, form, page).encode(), headers=headers)
