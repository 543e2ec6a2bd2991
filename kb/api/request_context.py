"""Context of an API request: the searcher and the entity tag of the response."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.base import Noun
from kb.http.etags import Validator
from kb.http.problems import Handler, MediaTypeError
from kb.search.searcher import Searcher

JSON = "application/json"


class RequestContext(NamedTuple):
    """The searcher that answers a request, and the entity tag of the response."""

    searcher: Searcher
    validator: Validator


class NotModifiedError(Exception):
    """The client already has this response in its cache."""

    def __init__(self, validator: Validator) -> None:
        self.validator = validator
        super().__init__("not modified")


def _by_get(
    request: Request,
    if_none_match: Annotated[
        str | None,
        Header(description="ETags of cached responses; 304 if one is still current."),
    ] = None,
) -> RequestContext:
    context = _context(request)
    if if_none_match and context.validator.is_known:
        raise NotModifiedError(context.validator)
    return context


def _by_post(request: Request) -> RequestContext:
    """Return the context of a POST request; raise MediaTypeError if the body is not JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "0") != "0" or (
        "transfer-encoding" in request.headers
    )
    if has_body and media_type != JSON and not media_type.endswith("+json"):
        raise MediaTypeError(f"The body must be JSON. Next: send Content-Type: {JSON}")
    return _context(request)


def _context(request: Request) -> RequestContext:
    searcher: Searcher = request.app.state.watcher.searcher()
    return RequestContext(searcher, Validator(request, searcher.reader.manifest.generation))


ByGet = Annotated[RequestContext, Depends(_by_get)]
Uncached = Annotated[RequestContext, Depends(_context)]
ByPost = Annotated[RequestContext, Depends(_by_post)]


def answer(noun: Noun, context: RequestContext) -> Response:
    """Return the model as JSON, or a 304 response if the client sent `If-None-Match: *`."""
    validator = context.validator
    if validator.is_any_known:
        return validator.not_modified()
    return Response(noun.model_dump_json(), headers=validator.headers(), media_type=JSON)


def uncached(noun: Noun) -> Response:
    """Return the model as JSON, with headers that forbid caching."""
    return Response(noun.model_dump_json(), headers={"cache-control": "no-store"}, media_type=JSON)


async def _handle(_: Request, error: NotModifiedError) -> Response:
    return error.validator.not_modified()


NOT_MODIFIED_HANDLERS: dict[int | type[Exception], Handler] = {NotModifiedError: _handle}
