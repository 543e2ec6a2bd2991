"""What may be kept: an answer is asked for again each time, and not sent again while it holds."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kb.http.etags import ANY, CACHE, known_tags, weak_tag
from kb.languages.catalog import chosen
from kb.web.tray import COOKIE
from kb.web.view.page import POLICY

VARY = "accept-language, cookie"


@cache
def assets_digest() -> str:
    """What templates, texts and files make of every page: a program that was updated shows it."""
    folders = [
        files("kb.web") / "templates",
        files("kb.web") / "static",
        files("kb.languages") / "locales",
    ]
    found = sorted((one.name, one.read_bytes()) for folder in folders for one in folder.iterdir())
    return hashlib.sha256(b"".join(name.encode() + text for name, text in found)).hexdigest()


class PageCache:
    """A page that is asked for, and whether the one who asks has it already."""

    def __init__(self, request: Request, generation: str | None) -> None:
        asked, accepted = request.query_params.get("lang"), request.headers.get("accept-language")
        self._language = chosen(asked, accepted or "")
        self._is_read = request.method in {"GET", "HEAD"}
        self._known = known_tags(request.headers.get("if-none-match"))
        self._tag = None
        if self._is_read and generation is not None:
            tray = request.cookies.get(COOKIE, "")
            self._tag = weak_tag(generation, request, assets_digest(), self._language, tray)

    @property
    def is_known(self) -> bool:
        """Whether nothing need be made: the one who asks names the tag of this page."""
        return self._tag is not None and self._tag.removeprefix("W/") in self._known

    def not_modified(self) -> Response:
        """304, with the headers of the page: browsers put them in the place of those they have."""
        policy = {"content-security-policy": POLICY, "content-language": self._language}
        return Response(status_code=304, headers=self._headers() | policy)

    def with_headers(self, response: Response) -> Response:
        """The response with what may be kept of it; one that says so itself stays as it is."""
        if "cache-control" in response.headers:
            return response
        is_whole = response.status_code == 200
        if is_whole and self._tag and ANY in self._known:
            return self.not_modified()
        response.headers.update(self._headers(is_whole))
        return response

    def _headers(self, is_whole: bool = True) -> dict[str, str]:
        keep = {"cache-control": CACHE if self._is_read else "no-store", "vary": VARY}
        return keep | ({"etag": self._tag} if is_whole and self._tag else {})
