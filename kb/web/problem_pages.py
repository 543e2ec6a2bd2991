"""Replace problem documents with error pages for browsers."""

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.http.problems import MEDIA_TYPE
from kb.web.error_pages import SENTENCES, of_status

PREFIX = "/v1"  # of all API paths
# Headers of the problem document that the error page keeps.
_TAKEN_OVER = ("allow", "cache-control", "connection")


class ProblemPages:
    """Middleware that sends browsers an error page, not a problem document, except in the API.

    Problems are recognized by the response, so that those from middleware and missing routes are
    also replaced.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application and replace a problem document in its response."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        shown = False

        async def show(message: Message) -> None:
            nonlocal shown
            if shown:
                return  # body of the replaced problem
            shown = _is_shown(message)
            if not shown:
                await send(message)
                return
            page = of_status(Request(scope), message["status"])
            headers = MutableHeaders(scope=message)
            page.headers.update({one: headers[one] for one in _TAKEN_OVER if one in headers})
            await page(scope, receive, send)

        await self._app(scope, receive, show)


def is_in_api(scope: Scope) -> bool:
    """Return whether a request is for the API, which always responds in JSON."""
    path: str = scope["path"]
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _asks_for_page(scope: Scope) -> bool:
    return not is_in_api(scope) and "text/html" in Headers(scope=scope).get("accept", "")


def _is_shown(message: Message) -> bool:
    """Return whether a message starts a problem that becomes an error page; a 400 never does."""
    if message["type"] != "http.response.start" or message["status"] == HTTPStatus.BAD_REQUEST:
        return False
    media_type = MutableHeaders(scope=message).get("content-type", "")
    return media_type.startswith(MEDIA_TYPE) and message["status"] in SENTENCES
