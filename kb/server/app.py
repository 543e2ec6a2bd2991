"""FastAPI application with routes, error handlers, middleware and the index that it serves."""

import gc
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from anyio import to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from kb import __version__
from kb.api import openapi
from kb.api.request_context import NOT_MODIFIED_HANDLERS
from kb.api.routes import ROUTERS, description, health
from kb.encoders.onnx import MAX_THREADS
from kb.encoders.open import open_reranker, open_spaces
from kb.http.guards import (
    LOCAL_HOSTS,
    BodyLimit,
    CanonicalPath,
    HostOriginCheck,
    LongQuestionQueue,
    SecurityHeaders,
)
from kb.http.index_watcher import IndexWatcher
from kb.http.problems import HANDLERS, ExceptionMiddleware, problem
from kb.quotes.drafts import MAX_BYTES
from kb.settings import Settings
from kb.shelves.commands import ShelfCommands
from kb.web.list_file import MAX_FILE_BYTES
from kb.web.pages import PAGES
from kb.web.pages.documents import MAX_UPLOAD_BYTES
from kb.web.problem_pages import PREFIX, ProblemPages, is_in_api

HOSTS = "KB_HOSTS"  # additional host names that are accepted

SHARED = "KB_SERVES_SHELVES"  # whether worker processes serve the shelves

# Without this, FastAPI sends request URLs to a collector if the environment names one.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


# Body limits in bytes of paths that receive files. An upload also contains the rest of its form.
LIST_FILES = {"/saved/file": MAX_FILE_BYTES}
DRAFTS = {"/quotes": MAX_BYTES + 4_000_000, "/v1/quotes/check": 4_000_000}
UPLOADS = {"/documents": MAX_UPLOAD_BYTES + 100_000}

# Requests handled in parallel. Encoding a query already uses several cores: on two cores, at 40
# queries per second, the 95th percentile of response times was 39 ms with one request at a time and
# 81 ms without a limit.
AT_ONCE = max(1, (os.cpu_count() or 1) // MAX_THREADS)


class State(NamedTuple):
    """The index, imports, host names and public address of an application."""

    watcher: IndexWatcher
    hosts: frozenset[str] = LOCAL_HOSTS
    shelves: Path | None = None  # folder of imported originals, if imports are served
    public_url: str | None = None  # scheme and host of permanent URLs
    commands: ShelfCommands | None = None  # to change the shelves; only on a private server


class Api(FastAPI):
    """A FastAPI application with our own OpenAPI document."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document, which is generated only once."""
        if self.openapi_schema is None:
            self.openapi_schema = openapi.document(self)
        return self.openapi_schema


def create_app(state: State) -> FastAPI:
    """Create the application, which opens the index at startup and watches it until shutdown."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        with state.watcher:
            gc.collect()
            gc.freeze()  # index and models stay in memory; the garbage collector skips them
            yield

    app = Api(
        title=openapi.TITLE,
        version=__version__,
        openapi_url=None,  # served by kb/api/routes/description.py
        docs_url=None,  # FastAPI's interactive pages load scripts from a CDN
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        exception_handlers={**HANDLERS, **NOT_MODIFIED_HANDLERS, 405: _other_method},
        telemetry=_NO_TELEMETRY,
        middleware=[  # the first is the outermost
            Middleware(SecurityHeaders),
            Middleware(ProblemPages),
            Middleware(ExceptionMiddleware),
            Middleware(HostOriginCheck, hosts=state.hosts),
            Middleware(CanonicalPath),
            Middleware(BodyLimit, larger=LIST_FILES | DRAFTS | (UPLOADS if state.commands else {})),
            Middleware(LongQuestionQueue),
        ],
    )
    app.state.watcher, app.state.shelves = state.watcher, state.shelves
    app.state.public_url, app.state.commands = state.public_url, state.commands
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX, responses=openapi.RESPONSES)
    app.include_router(health.router, responses=openapi.RESPONSES)
    app.include_router(description.router)
    for router in PAGES:
        app.include_router(router)
    return app


async def _other_method(request: Request, error: HTTPException) -> Response:
    """Return 405 and allow all methods of the path; Starlette names only the first route's."""
    template = getattr(request.scope.get("route"), "path", "")
    paths = request.app.openapi()["paths"]
    api = paths.get(f"{PREFIX}{template}") if is_in_api(request.scope) else paths.get(template)
    allow = ", ".join(sorted(name.upper() for name in api or _methods_of_pages(template)))
    return problem(405, headers={"allow": allow} if allow else dict(error.headers or {}))


def _methods_of_pages(template: str) -> set[str]:
    routes = (route for router in PAGES for route in router.routes)
    found = [route for route in routes if isinstance(route, APIRoute) and route.path == template]
    return {method for route in found for method in route.methods or ()}


def from_environment() -> FastAPI:
    """Create the application of a worker process, configured by environment variables."""
    settings = Settings.from_environment()
    with_shelves = os.environ.get(SHARED) == "yes"
    shelves = settings.shelves if with_shelves else None
    hosts = allowed(os.environ.get(HOSTS, "").split(","))
    return create_app(State(follow(settings, with_shelves), hosts, shelves, settings.public_url))


def follow(settings: Settings, with_shelves: bool = False) -> IndexWatcher:
    """Return an index watcher for these settings, with all installed encoders."""
    return IndexWatcher(
        settings.index,
        open_spaces(settings),
        reranker=open_reranker(settings.reranker),
        with_shelves=with_shelves,
    )


def allowed(names: Iterable[str]) -> frozenset[str]:
    """Return the accepted host names: the local ones and the given ones."""
    return LOCAL_HOSTS | {name.strip().lower() for name in names if name.strip()}
