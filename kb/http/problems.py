"""Errors as problem documents (RFC 9457); what a request held is never shown or logged."""

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

from kb.domain.noun import Noun
from kb.errors import KbError

MEDIA_TYPE = "application/problem+json"
MAX_POINTER_CHARACTERS = (
    200  # characters; the name of a field that we do not know can be of any length
)

# What FastAPI calls with the request and an error of the class that it stands beside.
Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

logger = logging.getLogger("kb.api")


class MediaTypeError(KbError):
    """A body is of another media type than the operation reads."""

    status = 415
    slug = "media-type"


class Fault(Noun):
    """One part of a request that cannot be read."""

    pointer: str = Field(description="JSON pointer to the part: `/query/k`, `/body/q`.")
    detail: str = Field(description="What was expected there.")


class Problem(Noun):
    """What went wrong, as RFC 9457 says it."""

    type: str = Field(description="Which problem it is: a relative URI that never changes.")
    title: str = Field(description="The problem in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str | None = Field(None, description="What is wrong, what was expected, what next.")
    errors: tuple[Fault, ...] | None = Field(None, description="Every part that cannot be read.")


def problem(
    status: int,
    slug: str = "",
    detail: str | None = None,
    errors: tuple[Fault, ...] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The response for a problem; without a slug it is named after its status."""
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
    """The text with a mark for what UTF-8 cannot hold: the name of a folder can be any bytes."""
    return text.encode("utf-8", "replace").decode()


async def _of_ours(_: Request, error: KbError) -> Response:
    return problem(error.status, error.slug, str(error))


async def _of_http(_: Request, error: HTTPException) -> Response:
    return problem(error.status_code, headers=dict(error.headers or {}))


async def _of_validation(_: Request, error: RequestValidationError) -> Response:
    faults = tuple(
        Fault(pointer=_pointer(found["loc"]), detail=expected(found)) for found in error.errors()
    )
    return problem(422, "invalid-request", "The request cannot be read; see errors.", faults)


# What was expected, by the type of pydantic's error; its own messages speak of Python.
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
    "missing": "required, and missing",
    "extra_forbidden": "not a known name; see /docs",
    "json_invalid": "not JSON: {error}",
}
_UNKNOWN = "expected another value; see /docs"


def expected(found: Any) -> str:
    """Return in plain words what was expected in place of a value, without the value."""
    if found["type"] == "missing" and found["loc"] == ("body",):
        return "expected a body in JSON"
    return _EXPECTED.get(found["type"], _UNKNOWN).format(**found.get("ctx", {}))


def _pointer(location: tuple[Any, ...]) -> str:
    """RFC 6901."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location]
    return "".join(f"/{part}" for part in parts)[:MAX_POINTER_CHARACTERS]


HANDLERS: dict[int | type[Exception], Handler] = {
    KbError: _of_ours,
    HTTPException: _of_http,
    RequestValidationError: _of_validation,
}


class ExceptionMiddleware:
    """Turns what nobody expected into a plain 500, and logs where it was, never what it held."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and catch what nothing else caught."""
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
            if started:  # the answer is cut off; the server must close the connection
                raise RuntimeError("the answer could not be finished") from None
            await problem(500)(scope, receive, send)


def where(error: BaseException) -> str:
    """File and line of every frame, innermost last; no message and no value."""
    frames = traceback.extract_tb(error.__traceback__, limit=-12)
    return " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
