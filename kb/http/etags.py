"""Entity tags (RFC 9110, section 8.8.3) to validate cached responses."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from kb import __version__

# Clients may cache a response but must revalidate it: the next build may change it.
CACHE = "private, no-cache"
ANY = "*"


class Validator:
    """The weak entity tag of a response, compared with the request's If-None-Match header."""

    def __init__(self, request: Request, generation: str | None, *parts: str) -> None:
        """Compute the tag from the URL, the generation and any other `parts` of the response."""
        self._is_read = request.method in {"GET", "HEAD"}
        self._known = known_tags(request.headers.get("if-none-match"))
        self._tag = None
        if self._is_read and generation is not None:
            self._tag = weak_tag(generation, request, *parts)

    @property
    def is_known(self) -> bool:
        """Return whether the client sent this tag, so that a 304 response is enough."""
        return self._tag is not None and self._tag.removeprefix("W/") in self._known

    @property
    def is_any_known(self) -> bool:
        """Return whether the client sent `If-None-Match: *`, which matches every response."""
        return self._tag is not None and ANY in self._known

    def headers(self, is_whole: bool = True) -> dict[str, str]:
        """Return the caching headers, with the tag if there is one and `is_whole` is true."""
        stored = {"cache-control": CACHE if self._is_read else "no-store"}
        return stored | ({"etag": self._tag} if is_whole and self._tag else {})

    def not_modified(self) -> Response:
        """Return a 304 response with the caching headers."""
        return Response(status_code=304, headers=self.headers())


def weak_tag(generation: str, request: Request, *parts: str) -> str:
    """Return the entity tag of a URL in a generation; weak, because `took_ms` may differ."""
    target = request.scope["raw_path"] + b"?" + request.scope["query_string"]
    known = [one.encode() for one in (__version__, generation, *parts)]
    digest = hashlib.sha256(b"\0".join([*known, target])).hexdigest()
    return f'W/"{digest[:32]}"'


def known_tags(header: str | None) -> set[str]:
    """Return the tags in an If-None-Match header without `W/`, for weak comparison."""
    return {one.strip().removeprefix("W/") for one in (header or "").split(",")}
