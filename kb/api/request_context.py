"""One request: the searcher that it began with, and whether its answer is known already."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.noun import Noun
from kb.http.etags import ANY, CACHE, known_tags, weak_tag
from kb.http.problems import Handler
from kb.search.searcher import Searcher


class RequestContext(NamedTuple):
    """The searcher of a request, and the tag of its answer where it may be kept."""

    searcher: Searcher
    tag: str | None = None
    any_known: bool = False  # `If-None-Match: *`


class NotModifiedError(Exception):
    """The one who asks has this answer."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        super().__init__(tag)


def _by_get(
    request: Request,
    if_none_match: Annotated[
        str | None,
        Header(description="ETags of answers that are known; 304 if one of them still holds."),
    ] = None,
) -> RequestContext:
    searcher: Searcher = request.app.state.watcher.searcher()
    tag = weak_tag(searcher.reader.manifest.generation, request)
    known = known_tags(if_none_match)
    if tag.removeprefix("W/") in known:
        raise NotModifiedError(tag)
    return RequestContext(searcher, tag, ANY in known)


def _by_post(request: Request) -> RequestContext:
    return RequestContext(request.app.state.watcher.searcher())


ByGet = Annotated[RequestContext, Depends(_by_get)]
ByPost = Annotated[RequestContext, Depends(_by_post)]


def answer(noun: Noun, context: RequestContext) -> Response:
    """The noun as JSON, written once; 304 without it where any answer is known."""
    if context.tag is None:
        headers = {"cache-control": "no-store"}
        return Response(noun.model_dump_json(), headers=headers, media_type="application/json")
    if context.any_known:
        return _not_modified(context.tag)
    headers = {"etag": context.tag, "cache-control": CACHE}
    return Response(noun.model_dump_json(), headers=headers, media_type="application/json")


def _not_modified(tag: str) -> Response:
    return Response(status_code=304, headers={"etag": tag, "cache-control": CACHE})


async def _handle(_: Request, error: NotModifiedError) -> Response:
    return _not_modified(error.tag)


NOT_MODIFIED_HANDLERS: dict[int | type[Exception], Handler] = {NotModifiedError: _handle}
