"""What all pages share: the searcher of the request, and a page where something is wrong."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import IndexMismatchError, IndexMissingError, KbError, NotFoundError, QueryError
from kb.search.searcher import Searcher
from kb.web.rendering import Page

STATUSES = {NotFoundError: 404, QueryError: 422, IndexMissingError: 503, IndexMismatchError: 503}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose errors are pages too."""

    def get_route_handler(self) -> Handler:
        """The handler, with its errors dressed."""
        handle = super().get_route_handler()

        async def dressed(request: Request) -> Response:
            try:
                return await handle(request)
            except KbError as error:
                status = STATUSES.get(type(error), 500)
                return Page(request).response("problem.html", status, said=str(error))
            except RequestValidationError as error:
                said = [f"{one['loc'][-1]}: {one['msg']}" for one in error.errors()]
                return Page(request).response("problem.html", 422, said="; ".join(said))

        return dressed


def searcher_of(request: Request) -> Searcher:
    """The searcher that this request begins with; KbError where there is none."""
    found: Searcher = request.app.state.following.searcher()
    return found
