"""Entity tags (RFC 9110, section 8.8.3): a kept answer is validated before it is used again."""

import hashlib

from starlette.requests import Request

from kb import __version__

# An answer may be kept, but is asked for again each time: the next build may change it.
CACHE = "private, no-cache"
ANY = "*"


def weak_tag(generation: str, request: Request, *parts: str) -> str:
    """The ETag of an address in a generation; weak, for two answers may differ in their timing."""
    target = request.scope["raw_path"] + b"?" + request.scope["query_string"]
    known = [one.encode() for one in (__version__, generation, *parts)]
    digest = hashlib.sha256(b"\0".join([*known, target])).hexdigest()
    return f'W/"{digest[:32]}"'


def known_tags(header: str | None) -> set[str]:
    """The tags of an If-None-Match header, for a comparison that takes weak for strong."""
    return {one.strip().removeprefix("W/") for one in (header or "").split(",")}
