"""Problem documents (RFC 9457) for errors; they never show or log the content of a request."""

import logging
import traceback
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.domain.base import Noun
from kb.errors import KbError

MEDIA_TYPE = "application/problem+json"
MAX_POINTER_CHARACTERS = 200  # the name of an unknown field can be of any length

# Exception handler of FastAPI: called with the request and the error.
Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

logger = logging.getLogger("kb.api")


class MediaTypeError(KbError):
    """The body has a media type that the operation does not accept."""

    status = 415
    slug = "media-type"


class Fault(Noun):
    """An invalid part of a request."""

    pointer: str = Field(description="JSON pointer to the part, such as `/query/k` or `/body/q`.")
    detail: str = Field(description="What was expected there.")


class Problem(Noun):
    """A problem document (RFC 9457)."""

    type: str = Field(description="Type of problem: a relative URI that never changes.")
    title: str = Field(description="The problem in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str | None = Field(
        None, description="What is wrong, what was expected and what to do next."
    )
    errors: tuple[Fault, ...] | None = Field(None, description="All invalid parts of the request.")


def problem(
    status: int,
    slug: str = "",
    detail: str | None = None,
    errors: tuple[Fault, ...] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the response for a problem; the default slug is the phrase of the HTTP status."""
    name = slug or HTTPStatus(status).phrase.lower().replace(" ", "-")
    shown = Problem(
        type=f"/problems/{name}",
        title=name.replace("-", " ").capitalize(),
        status=status,
        detail=detail and _printable(detail),
        errors=errors,
    )
    body = shown.model_dump_json(exclude_none=True)
    return Response(body, status, {"cache-control": "no-store", **(headers or {})}, MEDIA_TYPE)


def _printable(text: str) -> str:
    """Replace characters that UTF-8 cannot encode; a folder name can contain any bytes."""
    return text.encode("utf-8", "replace").decode()


async def _of_ours(_: Request, error: KbError) -> Response:
    return problem(error.status, error.slug, str(error))


async def _of_http(_: Request, error: HTTPException) -> Response:
    return problem(error.status_code, headers=dict(error.headers or {}))


async def _of_validation(_: Request, error: RequestValidationError) -> Response:
    faults = tuple(
        Fault(pointer=_pointer(found["loc"]), detail=expected(found)) for found in error.errors()
    )
    return problem(422, "invalid-request", "The request is invalid; see `errors`.", faults)


# Expected values by pydantic's error type; pydantic's own messages use Python terms.
_EXPECTED = {
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected a JSON object, with fields in braces",
    "dict_attributes_type": "expected a JSON object, with fields in braces",
    "model_type": "expected a JSON object, with fields in braces",
    "model_attributes_type": "expected a JSON object, with fields in braces",
    "string_type": "expected text",
    "string_unicode": "expected text in UTF-8",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_parsing_size": "expected a whole number of fewer digits",
    "int_from_float": "expected a whole number",
    "finite_number": "expected a whole number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "literal_error": "expected {expected}",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "too_long": "expected at most {max_length} values",
    "string_too_long": "expected at most {max_length} characters",
    "string_too_short": "expected at least {min_length} characters",
    "string_pattern_mismatch": "expected a value of the form {pattern}",
    "missing": "required but missing",
    "extra_forbidden": "unknown name; see /docs",
    "json_invalid": "not JSON: {error}",
}
_UNKNOWN = "expected another value; see /docs"


def expected(found: Any) -> str:
    """Return what was expected in place of an invalid value, without quoting the value."""
    if found["type"] == "missing" and found["loc"] == ("body",):
        return "expected a body in JSON"
    return _EXPECTED.get(found["type"], _UNKNOWN).format(**found.get("ctx", {}))


def _pointer(location: tuple[Any, ...]) -> str:
    """Return the JSON pointer (RFC 6901) to a location."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location]
    return "".join(f"/{part}" for part in parts)[:MAX_POINTER_CHARACTERS]


HANDLERS: dict[int | type[Exception], Handler] = {
    KbError: _of_ours,
    HTTPException: _of_http,
    RequestValidationError: _of_validation,
}


class ExceptionMiddleware:
    """Middleware that answers exceptions with 500 and logs their types and lines, but no values."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application and catch unhandled exceptions."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if scope["type"] != "http":
                raise
            logger.error("%s at %s", type(error).__name__, where(error))  # noqa: TRY400 - no message
            if started:  # the response is incomplete; the server must close the connection
                raise RuntimeError("the response could not be completed") from None
            await problem(500)(scope, receive, send)


def where(error: BaseException) -> str:
    """Return the file and line of each frame, innermost last, without message or values."""
    frames = traceback.extract_tb(error.__traceback__, limit=-12)
    return " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
