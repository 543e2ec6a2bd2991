"""Document and record pages, at their permanent URLs."""

import segno
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.records import Demand
from kb.domain.sources import Evidence
from kb.index.contract import Reader
from kb.search.case_files import similar
from kb.search.names import Names
from kb.search.passages import passage_or_former
from kb.search.ties import ties
from kb.text.query import QueryTree
from kb.web.error_pages import AbsentError
from kb.web.metadata.head import Metadata, metadata
from kb.web.route import PageRoute, searcher_of
from kb.web.view.campaign import telling, told
from kb.web.view.drawing import drawing
from kb.web.view.glossary import explained
from kb.web.view.imported import Beside, beside, imported
from kb.web.view.mistake import Reported, mistake_report
from kb.web.view.page import Page
from kb.web.view.planks import planks

router = APIRouter(route_class=PageRoute, include_in_schema=False)

NEAREST_COUNT = 5  # records nearest to a record
MAX_OTHER_DEMANDS = 8  # of the same source
MAX_SIMILAR = 5  # campaigns that won, and the same number that lost
MAX_IN_TIME = 2  # sources before, and the same number after


@router.get("/d/{document_id}")
def document(request: Request, document_id: str) -> Response:
    """Show a source: its summary, its records in order, and earlier and later sources."""
    page, searcher = Page(request), searcher_of(request)
    reader = searcher.reader
    found = reader.document(document_id)
    if found is None:
        raise AbsentError("document")
    entry = reader.fetch([reader.keys([document_id])[document_id]])[0]
    events = told(found)
    earlier, later = in_time(reader, found) if found.source.issued else ((), ())
    evidence = [Evidence(source=one) for one in found.sources]
    described = Reported(found.id, found.heading, found.summary, evidence)
    report = mistake_report(described, page, searcher.names, reader.manifest.generation)
    return page.response(
        "document.html", document=found, entry=entry, ties=ties(found, reader),
        metadata=_metadata(page, entry, searcher.names),
        imported=imported(reader, found, entry.document),
        earlier=earlier, later=later, citations=reader.citations(document_id),
        code=_code(page, document_id), label=page.label_of(searcher.names),
        events=events, drawing=drawing(events), planks=planks(found.records),
        evidence=evidence, report=report,
        similar=similar(reader, searcher.names.gazetteer, found, MAX_SIMILAR)
        if found.kind == "outcome" else None,
    )  # fmt: skip


@router.get("/d/{document_id}/{slug}")
def record(request: Request, document_id: str, slug: str) -> Response:
    """Show a record with its source, its outcome and similar records."""
    page, searcher = Page(request), searcher_of(request)
    reader, record_id = searcher.reader, f"{document_id}#{slug}"
    entry, is_former = passage_or_former(reader, record_id)
    found = reader.document(document_id)
    if entry is None or found is None:
        raise AbsentError("record")
    demands = [one for one in found.records if isinstance(one, Demand) and one.id != record_id]
    outcome = entry.record.outcome if isinstance(entry.record, Demand) else None
    described = Reported(entry.id, entry.title, entry.text, entry.evidence, outcome)
    report = mistake_report(described, page, searcher.names, reader.manifest.generation)
    return page.response(
        "record.html", entry=entry, is_former=is_former, report=report,
        nearest=() if is_former else searcher.nearest(record_id, NEAREST_COUNT),
        around=Beside() if is_former else beside(reader, entry),
        metadata=_metadata(page, entry, searcher.names),
        others=demands[:MAX_OTHER_DEMANDS] if entry.kind == "demand" else (),
        telling=telling(reader, entry.record), ties=ties(found, reader),
        topics=searcher.names.thesaurus.by_id,
        explained=explained((entry.title, entry.text), entry.language, page.language),
        citations=reader.citations(record_id), code=_code(page, record_id),
        label=page.label_of(searcher.names),
    )  # fmt: skip


def _metadata(page: Page, entry: Entry, names: Names) -> Metadata | None:
    """Return the metadata of a page; None for imported documents, which are private."""
    return None if entry.document.shelf else metadata(page, entry, names)


def in_time(reader: Reader, document: Document) -> tuple[list[Entry], list[Entry]]:
    """Return the nearest earlier and later sources on the same topics, each list oldest first."""
    topics = tuple(f"topic={one}" for one in document.topics)
    keys = reader.select(QueryTree(), (("kind=summary",), topics)).tolist() if topics else []
    own = reader.keys([document.id])[document.id]
    if own not in keys:
        return [], []
    place = keys.index(own)  # newest first, undated last
    before = reader.fetch(keys[place + 1 : place + 1 + MAX_IN_TIME])
    after = reader.fetch(keys[max(0, place - MAX_IN_TIME) : place])
    return [one for one in before[::-1] if one.source.issued], after[::-1]


def _code(page: Page, id: str) -> Markup | None:
    """Return a QR code of the URL for printing; None if the URL works only on this computer."""
    if page.is_of_this_computer:
        return None
    made = segno.make(page.absolute(page.addresses.record(id)), error="m", micro=False)
    # Safe as markup: segno draws squares and writes no text of the URL into the SVG.
    return Markup(made.svg_inline(scale=3, svgclass=None, lineclass=None))  # noqa: S704
