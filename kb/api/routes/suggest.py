"""Routes for completions while somebody types."""

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

# Pages by the kind of what is suggested; the id follows.
PAGES = {"topic": "/topics/", "place": "/places/", "document": "/d/"}


@router.get("/suggest", responses=openapi.unkept(CompletionList, "The completions."))
def suggest(context: Uncached, asked: Annotated[SuggestRequest, Query()]) -> Response:
    """Suggest topics, places, organizations, titles and phrases for what somebody is typing.

    Proxies may log what is in a URL; use POST to avoid that.
    """
    return _answer(context.searcher, asked)


@router.post(
    "/suggest",
    summary="Suggest, with what was typed in the body",
    responses=openapi.by_post(CompletionList, "The completions.")
    | openapi.OTHER_SITE
    | openapi.problems(s415="The Content-Type of the body is not JSON."),
)
def suggest_by_post(context: ByPost, asked: Annotated[SuggestBody, Body()]) -> Response:
    """Suggest for what is in a JSON body; fields and response are the same as with GET."""
    return _answer(context.searcher, asked)


def _answer(searcher: Searcher, asked: SuggestRequest) -> Response:
    found = searcher.completer.suggest(asked.q, asked.limit, asked.language)
    views = tuple(CompletionView(**dict(one), path=_path(one)) for one in found)
    return uncached(CompletionList(items=views, generation=searcher.reader.manifest.generation))


def _path(one: Completion) -> str | None:
    """Return the path of the page of what is suggested, or None for a phrase."""
    if one.id is None:
        return None
    if one.kind == "organization":
        return f"/organizations?{urlencode({'name': one.id})}"
    return PAGES[one.kind] + quote(one.id, safe="")
