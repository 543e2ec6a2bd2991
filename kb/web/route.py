"""What all pages share: the searcher of the request, and a page where something is wrong."""

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
    """A route whose errors are pages too; what can be read can be asked for its headers alone."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        methods = set(settings.pop("methods", None) or {"GET"})
        methods |= {"HEAD"} if "GET" in methods else set()
        super().__init__(path, endpoint, methods=methods, **settings)

    def get_route_handler(self) -> Handler:
        """The handler, with its errors dressed; a page that is known is not made again."""
        handle = super().get_route_handler()

        async def dressed(request: Request) -> Response:
            kept = PageCache(request, _generation(request))
            if kept.is_known:
                return kept.not_modified()
            try:
                return kept.with_headers(await handle(request))
            except (KbError, RequestValidationError) as error:
                return kept.with_headers(trouble(request, error))
            except HTTPException as error:  # a form that is none
                return kept.with_headers(of_status(request, error.status_code))

        return dressed


def _generation(request: Request) -> str | None:
    """What a page would be made from; None where there is nothing."""
    try:
        return searcher_of(request).reader.manifest.generation
    except KbError:
        return None


def searcher_of(request: Request) -> Searcher:
    """The searcher that this request begins with; KbError where there is none."""
    found: Searcher = request.app.state.watcher.searcher()
    return found
