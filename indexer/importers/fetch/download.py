"""Download a file, without access to this machine or its private network.

Every connection is to an IP address that was checked, which prevents DNS rebinding. Proxies set in
the environment are not used, because they would resolve names unchecked. Nothing is logged,
because a URL may contain a key.
"""

import hashlib
import socket
import ssl
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from gzip import BadGzipFile, GzipFile
from http.client import OK, HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import NamedTuple

from indexer.importers.fetch.address import Address, is_public, onward, parse, shown
from indexer.importers.fetch.connection import Deadline, connect, secure
from kb import __version__
from kb.errors import UnreadableError

MAX_BYTES = 200 << 20
MAX_PAGE_BYTES = 20 << 20  # for HTML, whose images are separate files
SECONDS = 60.0
MAX_REDIRECTS = 5
CHUNK_BYTES = 64 * 1024
PORTS = (80, 443, 8080, 8443)

_REDIRECTS = (301, 302, 303, 307, 308)
_GZIP = {"gzip", "x-gzip"}
_PAGES = {"text/html", "application/xhtml+xml"}
_HEADERS = {
    "User-Agent": f"Precedent/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

Resolve = Callable[[str, int], list[str]]


class Fetched(NamedTuple):
    """A downloaded file."""

    path: Path
    url: str  # the final URL, after redirects
    media_type: str
    sha256: str  # of the file's content
    day: str  # of the download, as an EDTF date


def resolve(host: str, port: int) -> list[str]:
    """Return the distinct IP addresses of a host. Raise OSError if it is unknown."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Allowed(NamedTuple):
    """Permissions and limits for a download."""

    private: bool = False  # allow private networks, this machine and any port
    seconds: float = SECONDS
    most: int = MAX_BYTES
    is_open: Callable[[str], bool] = is_public  # whether an IP address may be reached
    ports: tuple[int, ...] = PORTS
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context  # trusted certificates


def fetch(url: str, folder: Path, allowed: Allowed, resolved: Resolve = resolve) -> Fetched:
    """Download a URL to a folder. On failure, raise UnreadableError and leave no file."""
    path = folder / "fetched"
    try:
        return _Fetch(url, allowed, resolved).into(path)
    except BaseException:  # also Ctrl-C
        path.unlink(missing_ok=True)
        raise


class _Fetch:
    """One download, including its redirects."""

    def __init__(self, url: str, allowed: Allowed, resolved: Resolve) -> None:
        self._first = self._url = url.strip()
        self._allowed, self._resolved = allowed, resolved
        self._deadline = Deadline(allowed.seconds)

    def into(self, path: Path) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            address = self._checked()
            with self._told(), self._answer(address) as answer:
                location = answer.getheader("location")
                if answer.status not in _REDIRECTS or location is None:
                    return self._saved(answer, address, path)
                self._url = onward(address, location)
        raise UnreadableError(shown(self._first), f"more than {MAX_REDIRECTS} redirects", "fewer")

    def _wrong(self, wrong: str, expected: str) -> UnreadableError:
        place = "" if self._url == self._first else f"redirected to {shown(self._url)[:200]}"
        return UnreadableError(shown(self._first), wrong, expected, place)

    def _checked(self) -> Address:
        try:
            address = parse(self._url)
        except UnreadableError as error:
            raise self._wrong(error.wrong, error.expected) from error
        if address.port not in self._allowed.ports and not self._allowed.private:
            named = ", ".join(map(str, self._allowed.ports))
            wrong = f"port {address.port}"
            raise self._wrong(wrong, f"one of {named}, or the option --allow-private")
        return address

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Convert network errors to UnreadableError."""
        try:
            yield
        except TimeoutError as error:
            limit = f"a complete answer within {self._deadline.seconds:g} s"
            raise self._wrong("it took too long", limit) from error
        except ssl.SSLError as error:
            said = getattr(error, "verify_message", "") or error.reason or str(error)
            wrong = f"no secure connection ({said})"
            raise self._wrong(wrong, "a valid certificate") from error
        except (OSError, HTTPException) as error:
            said = getattr(error, "strerror", "") or str(error) or type(error).__name__
            wrong = f"no answer ({said[:200]})"
            raise self._wrong(wrong, "a server that can be reached") from error

    @contextmanager
    def _answer(self, address: Address) -> Iterator[HTTPResponse]:
        """Send a request and yield the response, with its body unread."""
        reached = connect(self._addresses(address), address.port, self._deadline)
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        # The name is only for the Host header; the connection is to a checked IP address.
        connection = kind(address.host, address.port)
        with self._deadline.ends(reached), closing(reached), closing(connection):
            if address.scheme == "https":
                reached = secure(reached, address.host, self._allowed.trusted())
            connection.sock = reached
            connection.request("GET", address.target, headers=_HEADERS)
            with connection.getresponse() as answer:
                yield answer

    def _addresses(self, address: Address) -> list[str]:
        host, port = address.host, address.port
        try:
            found = self._deadline.ask(lambda: self._resolved(host, port))
        except TimeoutError:
            raise
        except (OSError, ValueError) as error:
            wrong = f"unknown host '{host[:100]}'"
            raise self._wrong(wrong, "a host on the internet") from error
        refused = [one for one in found if not self._allowed.is_open(one)]
        if refused and not self._allowed.private:
            raise self._wrong(
                f"'{host[:100]}' is this machine or in a private network ({refused[0]})",
                "a public address, or the option --allow-private",
            )
        return found

    def _saved(self, answer: HTTPResponse, address: Address, path: Path) -> Fetched:
        """Save the body in a file. Raise UnreadableError if the status is not 200 OK."""
        if answer.status != OK:
            wrong = f"the server answered {answer.status} {answer.reason[:80]}".strip()
            raise self._wrong(wrong, "200 OK. Next: save the page from a browser")
        media_type = answer.headers.get_content_type()
        most = min(self._allowed.most, MAX_PAGE_BYTES if media_type in _PAGES else sys.maxsize)
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for piece in self._pieces(answer, most):
                digest.update(piece)
                file.write(piece)
        day = datetime.now(UTC).date().isoformat()
        return Fetched(path, str(address), media_type, digest.hexdigest(), day)

    def _pieces(self, answer: HTTPResponse, most: int) -> Iterator[bytes]:
        """Yield the decompressed body. Raise UnreadableError if it is too large or damaged."""
        at_most = f"at most {most >> 20} MB"
        if answer.length is not None and answer.length > most:
            raise self._wrong(f"{answer.length >> 20} MB", at_most)
        coding = (answer.getheader("content-encoding") or "").strip().lower()
        if coding not in {"", "identity", *_GZIP}:
            raise self._wrong(f"content encoding '{coding[:40]}'", "gzip, or none")
        body = GzipFile(fileobj=answer) if coding in _GZIP else answer
        size = 0
        try:
            while piece := body.read1(CHUNK_BYTES):
                size += len(piece)
                if size > most:
                    raise self._wrong("too large", at_most)
                yield piece
        except (BadGzipFile, zlib.error) as error:
            raise self._wrong("damaged gzip data", "intact data") from error
        except EOFError as error:
            wrong = "gzip data that is cut off"
            raise self._wrong(wrong, "complete data. Next: try again") from error
        if answer.length:  # the server announced more
            raise self._wrong("it was cut off", "complete data. Next: try again")
