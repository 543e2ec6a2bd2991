"""Routes for searching."""

from typing import Annotated

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from kb.api import openapi
from kb.api.answers import SearchPage
from kb.api.request_context import ByGet, ByPost, answer
from kb.api.requests import SearchBody, SearchRequest
from kb.domain import queries
from kb.http.cursors import Paging
from kb.search.searcher import Searcher

router = APIRouter(tags=["search"], responses=openapi.NO_SUCH_NAME | openapi.STALE_CURSOR)


@router.get("/search", responses=openapi.by_get(SearchPage, "One page of the results."))
def search(context: ByGet, asked: Annotated[SearchRequest, Query()]) -> Response:
    """Search; without a query, list everything that matches the filters, newest first.

    Browsers and proxies may log the query in a URL; use POST to avoid that.
    """
    return answer(_page(context.searcher, asked), context)


@router.post(
    "/search",
    summary="Search, with the query in the body",
    responses=openapi.by_post(SearchPage, "One page of the results.")
    | openapi.OTHER_SITE
    | openapi.problems(s415="The Content-Type of the body is not JSON."),
)
def search_by_post(context: ByPost, asked: Annotated[SearchBody, Body()]) -> Response:
    """Search with the query in a JSON body; fields and response are the same as with GET."""
    return answer(_page(context.searcher, asked), context)


def _page(searcher: Searcher, asked: SearchRequest) -> SearchPage:
    words = (asked.q, asked.mode, asked.sort, asked.group, str(asked.intent))
    paging = Paging(searcher.reader.manifest.generation, "search", *words, asked.filters)
    offset = paging.offset(asked.cursor)
    query = queries.Query(
        text=asked.q,
        mode=asked.mode,
        filters=asked.filters,
        sort=asked.sort,
        group=asked.group,
        intent=asked.intent,
        k=asked.k,
        offset=offset,
    )
    results = searcher.search(query)
    total = results.total if asked.group == "none" else results.total_documents
    # `model_construct`: the search validated the results already.
    return SearchPage.model_construct(**dict(results), next=paging.next(offset + asked.k, total))
