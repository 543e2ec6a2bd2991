"""A document, and one record of it: everything that is known, under a permanent address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import NotFoundError
from kb.web.rendering import Page
from kb.web.route import PageRoute, searcher_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

NEAREST = 5


@router.get("/d/{document_id}")
def document(request: Request, document_id: str) -> Response:
    """The source, our summary of it, and every record in order."""
    page, searcher = Page(request), searcher_of(request)
    found = searcher.reader.document(document_id)
    if found is None:
        raise NotFoundError(page.translated("There is no such document."))
    keys = searcher.reader.keys([document_id])
    entry = searcher.reader.fetch([keys[document_id]])[0]
    ties = []
    for one in found.related:
        other = searcher.reader.document(one.to)
        known = (one.to, other.source.title) if other else (None, one.to)
        ties.append((one.relation, *known))
    return page.response(
        "document.html", document=found, entry=entry, ties=ties,
        label=page.label_of(searcher.names),
    )  # fmt: skip


@router.get("/d/{document_id}/{slug}")
def record(request: Request, document_id: str, slug: str) -> Response:
    """One record with its source, its outcome and what is nearest to it elsewhere."""
    page, searcher = Page(request), searcher_of(request)
    record_id = f"{document_id}#{slug}"
    keys = searcher.reader.keys([record_id])
    if record_id not in keys:
        raise NotFoundError(page.translated("There is no such record."))
    entry = searcher.reader.fetch([keys[record_id]])[0]
    return page.response(
        "record.html", entry=entry, nearest=searcher.nearest(record_id, NEAREST),
        label=page.label_of(searcher.names),
    )  # fmt: skip
