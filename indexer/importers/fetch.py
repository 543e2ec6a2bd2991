"""An address -> a file, without ever reaching into this machine or its network.

Every connection goes to an address of the host that was checked, so a name that answers otherwise
the second time (DNS rebinding) leads nowhere. Proxies of the environment are not used: they would
resolve names out of our sight.
"""

import hashlib
import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import Message
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from kb import __version__
from kb.errors import UnreadableError

MAX_BYTES = 200 << 20
SECONDS = 60.0
MAX_REDIRECTS = 5
PORTS = (80, 443, 8080, 8443)
LONGEST = 2000  # characters of an address

_PIECE = 64 << 10
_READ_SECONDS = 15.0  # of silence; the whole has SECONDS
_REDIRECTS = (301, 302, 303, 307, 308)
# Addresses that hold another one: it is the inner one that is reached.
_NAT64, _SIX_TO_FOUR = ip_network("64:ff9b::/96"), ip_network("2002::/16")

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]


class Fetched(NamedTuple):
    """What came."""

    path: Path
    url: str  # the last address, after redirects
    media_type: str
    sha256: str
    day: str  # EDTF


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and nothing else is hidden in it.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    one: Address = ip_address(address.partition("%")[0])
    if isinstance(one, IPv6Address):
        inner = one.ipv4_mapped or (one.teredo[1] if one.teredo else None)
        if one in _NAT64:
            inner = IPv4Address(int(one) & 0xFFFFFFFF)
        if one in _SIX_TO_FOUR:
            inner = IPv4Address((int(one) >> 80) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return one.is_global and not (one.is_multicast or one.is_reserved)


class Allowed(NamedTuple):
    """What a fetch may reach and take."""

    private: bool = False  # private networks and this machine, and any port
    seconds: float = SECONDS
    most: int = MAX_BYTES
    is_open: Callable[[str], bool] = is_public  # whether a numeric address may be reached
    ports: tuple[int, ...] = PORTS


def fetch(url: str, folder: Path, allowed: Allowed, resolved: Resolve = resolve) -> Fetched:
    """Download an address into a file of the folder; UnreadableError, and no file, if it fails."""
    path = folder / "fetched"
    try:
        return _followed(url, path, allowed, resolved)
    except UnreadableError:
        path.unlink(missing_ok=True)
        raise


def _followed(url: str, path: Path, allowed: Allowed, resolved: Resolve) -> Fetched:
    asked, end = url, time.monotonic() + allowed.seconds
    for _ in range(MAX_REDIRECTS + 1):
        hop = _Hop(url, asked, allowed, end, resolved)
        with hop.response() as answer:
            onward = answer.getheader("location") if answer.status in _REDIRECTS else None
            if onward is None:
                hop.must_be_whole(answer)
                sum_ = hop.save(answer, path)
                day = datetime.now(UTC).date().isoformat()
                return Fetched(path, asked, _media_type(answer.headers), sum_, day)
        asked = urljoin(asked, onward)
    raise UnreadableError(url, f"more than {MAX_REDIRECTS} redirects", "a page")


def _media_type(headers: Message) -> str:
    return headers.get_content_type()


class _Hop:
    """One request: the first address, or one that a redirect leads to."""

    def __init__(
        self, first: str, url: str, allowed: Allowed, end: float, resolved: Resolve
    ) -> None:
        self._first, self._url, self._allowed, self._end = first, url, allowed, end
        self._resolved = resolved
        self._twins: list[socket.socket] = []
        self._parts = self._checked()

    def _wrong(self, wrong: str, expected: str) -> UnreadableError:
        place = "" if self._url == self._first else f"redirected to {self._url[:200]}"
        return UnreadableError(self._first[:LONGEST], wrong, expected, place)

    def _late(self) -> UnreadableError:
        return self._wrong("it took too long", f"an answer in {self._allowed.seconds:g} s")

    def _checked(self) -> SplitResult:
        if len(self._url) > LONGEST or any(ord(one) < 33 for one in self._url):
            raise self._wrong("no address", f"http(s)://..., at most {LONGEST} characters")
        try:
            parts = urlsplit(self._url)
            port, host = parts.port, parts.hostname
        except ValueError as error:
            raise self._wrong(f"no address ({error})", "http(s)://...") from error
        if parts.scheme not in {"http", "https"} or not host:
            raise self._wrong(f"the scheme '{parts.scheme}'", "http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise self._wrong("a name or password in the address", "an address without them")
        if port is not None and port not in self._allowed.ports and not self._allowed.private:
            named = ", ".join(map(str, self._allowed.ports))
            raise self._wrong(f"port {port}", f"one of {named}, or the flag --allow-private")
        return parts

    @contextmanager
    def response(self) -> Iterator[http.client.HTTPResponse]:
        """The answer, with its body still to be read."""
        connection = self._connection()
        # Silence ends a read; a server that says a byte now and then is ended by the clock.
        clock = Timer(max(0.0, self._end - time.monotonic()), self._hang_up)
        clock.daemon = True
        clock.start()
        try:
            target = urlunsplit(("", "", self._parts.path or "/", self._parts.query, ""))
            connection.request(
                "GET", quote(target, safe="/?&=%:;,+@!$'()*~#[]-._"), headers=_HEADERS
            )
            yield connection.getresponse()
        except ssl.SSLError as error:
            if time.monotonic() >= self._end:
                raise self._late() from error
            raise self._wrong(
                f"no safe connection ({error.reason or error})", "https that holds"
            ) from error
        except (TimeoutError, _LateError) as error:
            raise self._late() from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            if time.monotonic() >= self._end:
                raise self._late() from error
            name = type(error).__name__
            raise self._wrong(
                f"no answer ({error or name})", "a page that can be reached"
            ) from error
        finally:
            clock.cancel()
            connection.close()
            for twin in self._twins:
                twin.close()

    def _hang_up(self) -> None:
        for twin in self._twins:
            with suppress(OSError):
                twin.shutdown(socket.SHUT_RDWR)

    def _connection(self) -> http.client.HTTPConnection:
        host = str(self._parts.hostname)
        secure = self._parts.scheme == "https"
        port = self._parts.port or (443 if secure else 80)
        addresses = self._addresses(host, port)
        made: http.client.HTTPConnection
        if secure:
            context = ssl.create_default_context()
            made = http.client.HTTPSConnection(host, port, timeout=_READ_SECONDS, context=context)
        else:
            made = http.client.HTTPConnection(host, port, timeout=_READ_SECONDS)
        # The name stays for TLS and the Host header; the socket goes to a checked address.
        made._create_connection = partial(_connected, addresses, self._end, self._twins)  # type: ignore[attr-defined] # of the standard library since 3.5
        return made

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolved(
                host.encode("idna").decode() if not host.isascii() else host, port
            )
        except (OSError, UnicodeError) as error:
            raise self._wrong(
                f"no host '{host[:100]}' is known", "a host of the internet"
            ) from error
        refused = [one for one in found if not self._allowed.is_open(one)]
        if refused and not self._allowed.private:
            raise self._wrong(
                f"'{host[:100]}' is of this machine or of a private network ({refused[0]})",
                "an address of the open internet, or the flag --allow-private",
            )
        return found

    def must_be_whole(self, answer: http.client.HTTPResponse) -> None:
        """UnreadableError where the answer is no page, or says that it is too large."""
        if answer.status != http.client.OK:
            wrong = f"the server says {answer.status} {answer.reason[:80]}".strip()
            raise self._wrong(wrong, "a page that can be read. Next: save it from a browser")
        length = answer.getheader("content-length", "")
        if length.isdecimal() and int(length) > self._allowed.most:
            raise self._wrong(f"{int(length) >> 20} MB", f"at most {self._allowed.most >> 20} MB")

    def save(self, answer: http.client.HTTPResponse, path: Path) -> str:
        """Write the body, unpacked where it is packed; its SHA-256."""
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as file:
            for piece in self._unpacked(answer):
                size += len(piece)
                if size > self._allowed.most:
                    raise self._wrong("it does not end", f"at most {self._allowed.most >> 20} MB")
                digest.update(piece)
                file.write(piece)
        return digest.hexdigest()

    def _unpacked(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        coding = answer.getheader("content-encoding", "identity").lower()
        if coding not in {"identity", "gzip", "x-gzip"}:
            raise self._wrong(f"packed as '{coding[:40]}'", "a page as it is, or gzip")
        if coding == "identity":
            yield from self._pieces(answer)
            return
        unpack = zlib.decompressobj(wbits=31)
        try:
            for piece in self._pieces(answer):
                yield unpack.decompress(piece, _PIECE)
                while unpack.unconsumed_tail:
                    yield unpack.decompress(unpack.unconsumed_tail, _PIECE)
        except zlib.error as error:
            raise self._wrong("packed with gzip, and damaged", "a whole page") from error
        if not unpack.eof:
            raise self._wrong("packed with gzip, and cut off", "a whole page")

    def _pieces(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        while piece := answer.read1(_PIECE):
            if time.monotonic() > self._end:
                raise _LateError
            yield piece
        if time.monotonic() > self._end:
            raise _LateError
        if answer.length:  # the server promised more
            raise self._wrong("it was cut off", "a whole page. Next: try again")


_HEADERS = {
    "User-Agent": f"Precedent/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


class _LateError(Exception):
    """The time for the whole fetch is over."""


def _connected(
    addresses: list[str],
    end: float,
    twins: list[socket.socket],
    address: tuple[str, int],
    *_: object,
    **__: object,
) -> socket.socket:
    """A socket to the first of the checked addresses that answers, and a twin to end it by."""
    last: OSError = TimeoutError()
    for one in addresses:
        family = socket.AF_INET6 if ":" in one else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(max(0.001, min(_READ_SECONDS, end - time.monotonic())))
        try:
            made.connect((one, address[1]))
        except OSError as error:
            made.close()
            last = error
            continue
        twins.append(made.dup())
        return made
    raise last
