"""The coverage route, which counts the indexed documents and passages."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from kb.api import openapi
from kb.api.answers import CoverageView
from kb.api.request_context import ByGet, answer
from kb.domain.queries import Filters

router = APIRouter(tags=["search"], responses=openapi.NO_SUCH_NAME)


@router.get("/coverage", responses=openapi.by_get(CoverageView, "Counts for the filters."))
def coverage(context: ByGet, filters: Annotated[Filters, Query()]) -> Response:
    """Count the documents and passages for the filters, and for nearby places, topics and years."""
    found = context.searcher.coverage(filters.ordered)
    generation = context.searcher.reader.manifest.generation
    return answer(CoverageView.model_construct(**dict(found), generation=generation), context)
