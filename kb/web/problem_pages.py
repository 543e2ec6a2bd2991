"""Problems as people see them: a browser that asks for a page gets one, a program its problem."""

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.http.problems import MEDIA_TYPE
from kb.web.error_pages import SENTENCES, of_status

PREFIX = "/v1"  # of every address of the API
# Headers of the problem that belong to its page too.
_TAKEN_OVER = ("allow", "cache-control", "connection")


class ProblemPages:
    """Puts a page in the place of a problem document where a browser asked outside the API.

    It knows problems by what goes out, so it shows those of every guard and of no route alike.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and look at what comes back."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        shown = False

        async def show(message: Message) -> None:
            nonlocal shown
            if shown:
                return  # the rest of the problem
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
    """Whether a request is for the API, which answers everybody in JSON."""
    path: str = scope["path"]
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _asks_for_page(scope: Scope) -> bool:
    return not is_in_api(scope) and "text/html" in Headers(scope=scope).get("accept", "")


def _is_shown(message: Message) -> bool:
    """Whether the message begins a problem that has a page; a wrong host is told no more."""
    if message["type"] != "http.response.start" or message["status"] == HTTPStatus.BAD_REQUEST:
        return False
    media_type = MutableHeaders(scope=message).get("content-type", "")
    return media_type.startswith(MEDIA_TYPE) and message["status"] in SENTENCES
