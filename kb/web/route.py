"""The route class of pages, with caching and error pages."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import KbError
from kb.search.searcher import Searcher
from kb.web.error_pages import of_status, trouble
from kb.web.page_cache import PageCache

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route with caching and error pages, which answers HEAD if it answers GET."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        methods = set(settings.pop("methods", None) or {"GET"})
        methods |= {"HEAD"} if "GET" in methods else set()
        super().__init__(path, endpoint, methods=methods, **settings)

    def get_route_handler(self) -> Handler:
        """Return a handler that sends 304 for cached pages and error pages for exceptions."""
        handle = super().get_route_handler()

        async def handle_page(request: Request) -> Response:
            cache = PageCache(request, _generation(request))
            if cache.is_known:
                return cache.not_modified()
            try:
                return cache.with_headers(await handle(request))
            except (KbError, RequestValidationError) as error:
                return cache.with_headers(trouble(request, error))
            except HTTPException as error:  # an invalid form
                return cache.with_headers(of_status(request, error.status_code))

        return handle_page


def _generation(request: Request) -> str | None:
    """Return the index generation being served, or None without an index."""
    try:
        return searcher_of(request).reader.manifest.generation
    except KbError:
        return None


def searcher_of(request: Request) -> Searcher:
    """Return the searcher for a request; raise KbError if there is no index."""
    found: Searcher = request.app.state.watcher.searcher()
    return found
