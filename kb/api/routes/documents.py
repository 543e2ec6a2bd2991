"""Routes for lists of documents and single documents."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from kb.api import listing, openapi
from kb.api.answers import DocumentPage, DocumentView
from kb.api.request_context import ByGet, answer
from kb.api.requests import ListRequest
from kb.api.routes.finding import find_document, find_passage
from kb.api.routes.parameters import DocumentId
from kb.search.ties import ties

router = APIRouter(tags=["read"])


@router.get(
    "/documents",
    responses=openapi.by_get(DocumentPage, "One page of the documents.")
    | openapi.NO_SUCH_NAME
    | openapi.STALE_CURSOR,
)
def documents(context: ByGet, asked: Annotated[ListRequest, Query()]) -> Response:
    """List the documents that have a passage matching every filter, newest first."""
    return answer(listing.documents(context.searcher, asked), context)


@router.get(
    "/documents/{document_id}",
    responses=openapi.by_get(DocumentView, "The document.")
    | openapi.problems(s404="There is no such document."),
)
def document(context: ByGet, document_id: DocumentId) -> Response:
    """Read a whole document: its source, all records in order, and its relations."""
    reader = context.searcher.reader
    found = find_document(reader, document_id)
    summary = find_passage(reader, document_id)
    view = DocumentView.model_construct(
        **dict(found),
        card=summary.document,
        citation=summary.citation,
        ties=ties(found, reader),
        generation=reader.manifest.generation,
    )
    return answer(view, context)
