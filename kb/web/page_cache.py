"""Cache headers of pages: browsers store pages and revalidate them with an entity tag."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kb.http.etags import Validator
from kb.languages.catalog import chosen
from kb.web.saved_list import CLEARED, SAVED
from kb.web.view.page import POLICY

VARY = "accept-language, cookie"


@cache
def assets_digest() -> str:
    """Return a digest of the templates, translations and static files that pages depend on."""
    folders = [
        files("kb.web") / "templates",
        files("kb.web") / "static",
        files("kb.languages") / "locales",
    ]
    found = sorted((one.name, one.read_bytes()) for folder in folders for one in folder.iterdir())
    return hashlib.sha256(b"".join(name.encode() + text for name, text in found)).hexdigest()


def _is_list(cookie: str) -> bool:
    return cookie.partition("-")[0] in {SAVED, CLEARED}


class PageCache:
    """A validator of cached copies of the requested page."""

    def __init__(self, request: Request, generation: str | None) -> None:
        asked, accepted = request.query_params.get("lang"), request.headers.get("accept-language")
        self._language = chosen(asked, accepted or "")
        lists = (f"{name}={value}" for name, value in request.cookies.items() if _is_list(name))
        parts = (" ".join(lists), request.app.state.public_url or "")
        self._validator = Validator(request, generation, assets_digest(), self._language, *parts)

    @property
    def is_known(self) -> bool:
        """Return whether the browser sent this page's tag, in which case a 304 is enough."""
        return self._validator.is_known

    def not_modified(self) -> Response:
        """Return a 304 with the page's headers, which update those that the browser has cached."""
        response = self._validator.not_modified()
        response.headers.update(
            {"vary": VARY, "content-security-policy": POLICY, "content-language": self._language}
        )
        return response

    def with_headers(self, response: Response) -> Response:
        """Return a response with caching headers, or a 304 if the client sent `If-None-Match: *`.

        A response with a Cache-Control header of its own is returned unchanged.
        """
        if "cache-control" in response.headers:
            return response
        is_whole = response.status_code == 200
        if is_whole and self._validator.is_any_known:
            return self.not_modified()
        response.headers.update({"vary": VARY, **self._validator.headers(is_whole)})
        return response
