"""Routes for records: demands, findings and ideas."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from kb.api import listing, openapi
from kb.api.answers import PassagePage, RecordView
from kb.api.request_context import ByGet, answer
from kb.api.requests import ListRequest
from kb.api.routes.finding import find_document, find_passage
from kb.api.routes.parameters import DocumentId, RecordSlug
from kb.domain.queries import Filters
from kb.errors import NotFoundError
from kb.search.ties import ties

NEAREST_COUNT, DEMANDS = 5, Filters(kind=("demand",))  # nearest demands of a record

router = APIRouter(tags=["read"])


@router.get(
    "/records",
    responses=openapi.by_get(PassagePage, "One page of the records.")
    | openapi.NO_SUCH_NAME
    | openapi.STALE_CURSOR,
)
def records(context: ByGet, asked: Annotated[ListRequest, Query()]) -> Response:
    """List the records that match the filters, newest document first."""
    return answer(listing.passages(context.searcher, asked, "records", listing.RECORDS), context)


@router.get(
    "/records/{document_id}/{record}",
    responses=openapi.by_get(RecordView, "The record.")
    | openapi.problems(s404="There is no such record."),
)
def record(context: ByGet, document_id: DocumentId, record: RecordSlug) -> Response:
    """Read a record, its source, its document's relations, and the most similar demands."""
    reader = context.searcher.reader
    entry = find_passage(reader, f"{document_id}#{record}")
    if entry.record is None:
        raise NotFoundError(f"'{entry.id}' is a text, not a record. Next: GET /v1/passages")
    view = RecordView.model_construct(
        **dict(entry),
        ties=ties(find_document(reader, entry.document_id), reader),
        nearest=context.searcher.nearest(entry.id, NEAREST_COUNT, DEMANDS),
        generation=reader.manifest.generation,
    )
    return answer(view, context)
