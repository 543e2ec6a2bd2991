"""Routes for passages, the units of retrieval."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from kb.api import listing, openapi
from kb.api.answers import PassagePage
from kb.api.request_context import ByGet, answer
from kb.api.requests import ListRequest
from kb.api.routes.finding import find_passage
from kb.api.routes.parameters import DocumentId, RecordSlug
from kb.domain.passages import Entry

router = APIRouter(tags=["read"])
_ONE = openapi.by_get(Entry, "The passage.") | openapi.problems(s404="There is no such passage.")


@router.get(
    "/passages",
    responses=openapi.by_get(PassagePage, "One page of the passages.")
    | openapi.NO_SUCH_NAME
    | openapi.STALE_CURSOR,
)
def passages(context: ByGet, asked: Annotated[ListRequest, Query()]) -> Response:
    """List the passages that match the filters: records, summaries and text of documents."""
    return answer(listing.passages(context.searcher, asked, "passages"), context)


@router.get("/passages/{document_id}", responses=_ONE)
def summary(context: ByGet, document_id: DocumentId) -> Response:
    """Read the summary passage of a document."""
    return answer(find_passage(context.searcher.reader, document_id), context)


@router.get("/passages/{document_id}/{record}", responses=_ONE)
def passage(context: ByGet, document_id: DocumentId, record: RecordSlug) -> Response:
    """Read one passage: a record, or part of the text of an imported document."""
    return answer(find_passage(context.searcher.reader, f"{document_id}#{record}"), context)
