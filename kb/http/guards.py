"""ASGI middleware that checks requests and adds security headers to responses.

A page on any website can make its visitor's browser send requests to 127.0.0.1. Checking the Host
header prevents DNS rebinding; checking the Origin header prevents cross-site request forgery.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from anyio import Semaphore, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.http.problems import problem
from kb.settings import MAX_BODY_BYTES

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_TARGET_BYTES = 16 * 1024  # path and query string; longer queries use POST

LONG_QUESTION_BYTES = 600  # query string and body: about 100 words; fewer if there are many filters

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]/@]+))(?::\d{1,5})?")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    # No referrer for other sites. With "no-referrer", browsers send our own forms with
    # `Origin: null`, which looks like a request from another site.
    "referrer-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Middleware that adds the security headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application and add the headers to its response."""

        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, add_headers)


class HostOriginCheck:
    """Middleware that rejects requests with a wrong host or origin, a long URL or two lengths."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application, or refuse the request with a problem document."""
        refusal = next(self._refusals(scope), None) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusals(self, scope: Scope) -> Iterator[Response]:
        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self._hosts:
            detail = "This server does not serve the host of the request. Next: set KB_HOSTS"
            yield problem(400, "host", detail)
        if scope["method"] not in _READS and not same_origin(headers):
            yield problem(403, "origin", "The request comes from a page of another site.")
        if "content-length" in headers and "transfer-encoding" in headers:
            # Prevents request smuggling through a proxy (RFC 9112, section 6.3).
            detail = "A request must not have both Content-Length and Transfer-Encoding."
            yield problem(400, "framing", detail, headers={"connection": "close"})
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_TARGET_BYTES:
            detail = f"The address is over {MAX_TARGET_BYTES} bytes. Next: POST /v1/search"
            yield problem(414, "address-too-long", detail)


def host_name(host: str) -> str | None:
    """Return the host in a Host header without port and brackets; None if it is invalid.

    >>> host_name("[::1]:8765"), host_name("LocalHost"), host_name("a@b")
    ('::1', 'localhost', None)
    """
    match = _HOST.fullmatch(host)
    return (match[1] or match[2]).lower() if match else None


def same_origin(headers: Headers) -> bool:
    """Return whether the Origin header, if present, matches the Host header."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asking = urlsplit(origin)
        asked = urlsplit(f"{asking.scheme}://{headers.get('host', '')}")
        default = _DEFAULT_PORTS.get(asking.scheme)
        ports = (asking.port or default, asked.port or default)
    except ValueError:
        return False
    return asking.hostname is not None and (asking.hostname, ports[0]) == (asked.hostname, ports[1])


class CanonicalPath:
    """Middleware that redirects a path with a trailing slash to the path without it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application, or redirect with status 308, which preserves method and body."""
        path: bytes = scope.get("raw_path") or b"/"
        if scope["type"] != "http" or path == b"/" or not path.endswith(b"/"):
            await self._app(scope, receive, send)
            return
        # Exactly one leading slash and no backslash: browsers read `//name` as another host.
        location = "/" + quote(path.strip(b"/"), safe="/%:@!$&'()*+,;=~-._")
        if query := scope["query_string"]:
            location += "?" + quote(query, safe="/%:@!$&'()*+,;=~-._?[]")
        headers = {"location": location, "cache-control": "no-store"}
        await Response(status_code=308, headers=headers)(scope, receive, send)


class BodyLimit:
    """Middleware that reads the whole body, up to a limit, before it calls the application."""

    def __init__(self, app: ASGIApp, larger: Mapping[str, int]) -> None:
        """Create the middleware; `larger` maps paths that accept files to limits in bytes."""
        self._app, self._larger = app, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application with the whole body, or respond with 413 if it is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], MAX_BODY_BYTES)
        read = None if _says_too_large(scope, most) else await _read(receive, most)
        if read is None:
            detail = f"The body is over {most} bytes."
            refusal = problem(413, "body-too-large", detail, headers={"connection": "close"})
            await refusal(scope, receive, send)
        elif read["type"] == "http.request":  # otherwise the client has disconnected
            await self._app(scope, _replayed(read, receive), send)


def _says_too_large(scope: Scope, most: int) -> bool:
    length = Headers(scope=scope).get("content-length", "0")
    return not length.isdecimal() or int(length[:20]) > most


async def _read(receive: Receive, most: int) -> Message | None:
    """Return the body as one ASGI message, a disconnect message, or None if it is too large."""
    body = bytearray()  # appending to bytes would copy a large file again and again
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message  # the client has disconnected
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return {"type": "http.request", "body": bytes(body), "more_body": False}


def _replayed(read: Message, receive: Receive) -> Receive:
    first: list[Message] = [read]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay


class LongQuestionQueue:
    """Middleware that runs one long query at a time, so that short queries compete with only one.

    Encoding a page of text takes up to twenty times as long as encoding a sentence.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._turn = app, Semaphore(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application; a long query first waits for the previous long query."""
        if scope["type"] != "http" or not _is_long(scope):
            await self._app(scope, receive, send)
            return
        async with self._turn:
            threads = to_thread.current_default_thread_limiter()
            threads.total_tokens += 1  # an extra thread: short queries keep theirs
            try:
                await self._app(scope, receive, send)
            finally:
                threads.total_tokens -= 1


def _is_long(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:
        return True
    length = headers.get("content-length", "0")
    body = int(length) if length.isdecimal() else 0
    return len(scope["query_string"]) + body > LONG_QUESTION_BYTES
