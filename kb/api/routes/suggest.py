"""Routes that complete a query while the user types it."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from kb.api import openapi
from kb.api.answers import CompletionList, CompletionView
from kb.api.request_context import ByPost, Uncached, uncached
from kb.api.requests import SuggestBody, SuggestRequest
from kb.domain.completions import Completion
from kb.search.searcher import Searcher

router = APIRouter(tags=["search"])

# Path prefixes of pages by kind of completion; the id follows.
PAGES = {"topic": "/topics/", "place": "/places/", "document": "/d/"}


@router.get("/suggest", responses=openapi.unkept(CompletionList, "The completions."))
def suggest(context: Uncached, asked: Annotated[SuggestRequest, Query()]) -> Response:
    """Suggest topics, places, organizations, titles and phrases that complete a query.

    Browsers and proxies may log the query in a URL; use POST to avoid that.
    """
    return _answer(context.searcher, asked)


@router.post(
    "/suggest",
    summary="Suggest, with the typed text in the body",
    responses=openapi.by_post(CompletionList, "The completions.")
    | openapi.OTHER_SITE
    | openapi.problems(s415="The Content-Type of the body is not JSON."),
)
def suggest_by_post(context: ByPost, asked: Annotated[SuggestBody, Body()]) -> Response:
    """Complete the query in a JSON body; fields and response are the same as with GET."""
    return _answer(context.searcher, asked)


def _answer(searcher: Searcher, asked: SuggestRequest) -> Response:
    found = searcher.completer.suggest(asked.q, asked.limit, asked.language, asked.kind)
    views = tuple(CompletionView(**dict(one), path=_path(one)) for one in found)
    return uncached(CompletionList(items=views, generation=searcher.reader.manifest.generation))


def _path(one: Completion) -> str | None:
    """Return the path of the completion's page, or None for a phrase."""
    if one.id is None:
        return None
    if one.kind == "organization":
        return f"/organizations?{urlencode({'name': one.id})}"
    return PAGES[one.kind] + quote(one.id, safe="")
