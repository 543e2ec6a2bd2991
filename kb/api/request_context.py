"""One API request: the searcher that it began with, and whether the client has the answer."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.noun import Noun
from kb.http.etags import Validator
from kb.http.problems import Handler, MediaTypeError
from kb.search.searcher import Searcher

JSON = "application/json"


class RequestContext(NamedTuple):
    """The searcher of a request, and the tag of its answer."""

    searcher: Searcher
    validator: Validator


class NotModifiedError(Exception):
    """The client has this answer."""

    def __init__(self, validator: Validator) -> None:
        self.validator = validator
        super().__init__("not modified")


def _by_get(
    request: Request,
    if_none_match: Annotated[
        str | None,
        Header(description="ETags of answers that are known; 304 if one of them still holds."),
    ] = None,
) -> RequestContext:
    context = _context(request)
    if if_none_match and context.validator.is_known:
        raise NotModifiedError(context.validator)
    return context


def _by_post(request: Request) -> RequestContext:
    """Refuse a body that is not JSON before the fields are looked at."""
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
ByPost = Annotated[RequestContext, Depends(_by_post)]


def answer(noun: Noun, context: RequestContext) -> Response:
    """Return the noun as JSON; 304 without it where the client has any answer."""
    validator = context.validator
    if validator.is_any_known:
        return validator.not_modified()
    return Response(noun.model_dump_json(), headers=validator.headers(), media_type=JSON)


async def _handle(_: Request, error: NotModifiedError) -> Response:
    return error.validator.not_modified()


NOT_MODIFIED_HANDLERS: dict[int | type[Exception], Handler] = {NotModifiedError: _handle}
