"""Addresses are fetched from the open internet alone, within time and size, and leave no half file.

A real server on this machine stands for the internet: 127.0.0.1 is declared open, 127.0.0.2 not.
"""

import gzip
import hashlib
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer.importers.fetch.address import is_public
from indexer.importers.fetch.download import MAX_PAGE_BYTES, Allowed, fetch
from kb.errors import UnreadableError

HTML = "text/html; charset=utf-8"
CERTIFICATE = Path(__file__).parent / "secure_example.pem"
PAGE = b"<html><body><p>Fund homes, not jails.</p></body></html>" * 20


class Pages(BaseHTTPRequestHandler):
    """Pages, redirects and tricks."""

    def do_GET(self) -> None:
        """Answer by the path."""
        getattr(self, f"at_{self.path.strip('/').partition('?')[0].partition('/')[0]}")()

    def at_page(self) -> None:
        """A page."""
        self._send(PAGE)

    def at_packed(self) -> None:
        """A page, packed."""
        self._send(gzip.compress(PAGE), ("Content-Encoding", "gzip"))

    def at_bomb(self) -> None:
        """Little that unpacks to much."""
        self._send(gzip.compress(bytes(30_000_000)), ("Content-Encoding", "gzip"))

    def at_torn(self) -> None:
        """Packed, and cut off."""
        self._send(gzip.compress(PAGE)[:-20], ("Content-Encoding", "gzip"))

    def at_odd(self) -> None:
        """Packed in a way that nobody asked for."""
        self._send(PAGE, ("Content-Encoding", "br"))

    def at_short(self) -> None:
        """Less than was promised."""
        self._head(200, ("Content-Length", "5000"))
        self.wfile.write(PAGE[:100])

    def at_twice(self) -> None:
        """A page, packed in two parts, one after the other."""
        both = gzip.compress(PAGE[:300]) + gzip.compress(PAGE[300:])
        self._send(both, ("Content-Encoding", "gzip"))

    def at_huge(self) -> None:
        """More than a page has, of the type that the query says."""
        packed = gzip.compress(bytes(MAX_PAGE_BYTES + 1), 1)
        self._send(packed, ("Content-Encoding", "gzip"), type=self.path.partition("?")[2])

    def at_trickle(self) -> None:
        """A body that comes byte by byte."""
        self._head(200)
        self.at_drip()

    def at_cookie(self) -> None:
        """A redirect that gives a cookie to bring along."""
        self._head(302, ("Location", "../page"), ("Set-Cookie", "who=me; Path=/"))

    def at_large(self) -> None:
        """A promise of too much."""
        self._head(200, ("Content-Length", str(10**12)))

    def at_endless(self) -> None:
        """A page that never ends."""
        self._head(200)
        try:
            while True:
                self.wfile.write(bytes(1 << 20))
        except OSError:
            pass

    def at_drip(self) -> None:
        """A head that comes byte by byte."""
        try:
            while not self.server.stopping.wait(0.05):  # type: ignore[attr-defined] # of Server
                self.wfile.write(b"H")
                self.wfile.flush()
        except OSError:
            pass

    def at_silent(self) -> None:
        """Nothing at all."""
        self.server.stopping.wait(20)  # type: ignore[attr-defined] # of Server

    def at_gone(self) -> None:
        """No such page."""
        self._head(404)

    def at_on(self) -> None:
        """A redirect to what the query says."""
        self._head(302, ("Location", self.path.partition("?")[2]))

    def at_round(self) -> None:
        """A redirect to itself."""
        self._head(302, ("Location", "/round"))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _send(self, content: bytes, *headers: tuple[str, str], type: str = HTML) -> None:
        self._head(200, ("Content-Length", str(len(content))), *headers, type=type)
        with suppress(OSError):  # of a client that has heard enough
            self.wfile.write(content)

    def _head(self, status: int, *headers: tuple[str, str], type: str = HTML) -> None:
        self.server.heard.append(dict(self.headers.items()))  # type: ignore[attr-defined] # of Server
        self.send_response(status)
        for name, value in (("Content-Type", type), *headers):
            self.send_header(name, value)
        self.end_headers()


class Server(ThreadingHTTPServer):
    """Counts who connects, and lets waiting handlers go at the end."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Pages)
        self.stopping = threading.Event()
        self.connections = 0
        self.heard: list[dict[str, str]] = []  # the headers of each request

    def get_request(self) -> tuple[socket.socket, Any]:
        """Count a connection."""
        self.connections += 1
        return super().get_request()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


def running(host: str, prepare: Callable[[Server], None] | None = None) -> Iterator[Server]:
    """Yield a server in a thread."""
    server = Server(host)
    if prepare:
        prepare(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.stopping.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def outside() -> Iterator[Server]:
    """Yield a server of the open internet, as far as these tests go."""
    yield from running("127.0.0.1")


@pytest.fixture
def inside() -> Iterator[Server]:
    """Yield a server of a private network."""
    yield from running("127.0.0.2")


def allowed(*servers: Server, **changes: Any) -> Allowed:
    """127.0.0.1 is the open internet; the servers' ports are allowed."""
    fields: dict[str, Any] = {
        "is_open": lambda address: address == "127.0.0.1",
        "ports": tuple(server.port for server in servers),
        "seconds": 20.0,
    }
    return Allowed(**(fields | changes))


@pytest.mark.parametrize("path", ["page", "packed", "twice", "on?/page", "on?/on?/page", "on?page"])
def test_a_page_comes_as_it_is(outside: Server, tmp_path: Path, path: str) -> None:
    """The bytes, unpacked and after redirects, with their hash, type and day."""
    got = fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside))

    assert got.path.read_bytes() == PAGE
    assert got.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert got.url.endswith(("/page", "/packed", "/twice"))
    assert got.media_type == "text/html"
    assert len(got.day) == len("2026-11-22")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("bomb", "too large"),
        ("endless", "too large"),
        ("large", "MB; expected at most"),
        ("torn", "cut off"),
        ("short", "cut off|no answer"),
        ("odd", "content encoding 'br'"),
        ("gone", "404"),
        ("round", "redirects"),
        ("on?ftp://127.0.0.1/x", "scheme 'ftp'"),
        ("on?file:///etc/passwd", "scheme 'file'"),
        ("on?http://user:word@127.0.0.1/", "name or password"),
        ("on?http://127.0.0.1:22/", "port 22"),
        ("on?http://[::1", "redirected to http://.::1.*not a valid address"),
    ],
)
def test_what_is_no_page_is_refused(outside: Server, tmp_path: Path, path: str, wrong: str) -> None:
    """Each trick is told in words, and no file is left."""
    with pytest.raises(UnreadableError, match=wrong):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, most=1 << 20))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["drip", "silent", "trickle"])
def test_a_server_cannot_hold_a_fetch(outside: Server, tmp_path: Path, path: str) -> None:
    """A server that says nothing, or a byte now and then, is left when the time is over."""
    with pytest.raises(UnreadableError, match="took too long"):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, seconds=0.5))

    assert list(tmp_path.iterdir()) == []


def test_a_look_up_cannot_hold_a_fetch(tmp_path: Path) -> None:
    """A name whose look-up does not end is left when the time is over."""
    over = threading.Event()
    waited: list[bool] = []

    def hanging(host: str, port: int) -> list[str]:
        waited.append(over.wait(20))
        return []

    with pytest.raises(UnreadableError, match="took too long"):
        fetch("http://slow.example/", tmp_path, Allowed(seconds=0.2), hanging)

    assert waited == []
    over.set()


def test_a_handshake_cannot_hold_a_fetch(tmp_path: Path) -> None:
    """A server that is asked for TLS and says nothing is left when the time is over."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreadableError, match="took too long"):
            fetch(f"https://127.0.0.1:{port}/", tmp_path, Allowed(private=True, seconds=0.3))


def test_html_has_a_limit_of_its_own(outside: Server, tmp_path: Path) -> None:
    """A page of the size of a book with pictures is refused; a file of that size is not."""
    address = f"http://127.0.0.1:{outside.port}/huge"

    with pytest.raises(UnreadableError, match="at most 20 MB"):
        fetch(f"{address}?text/html", tmp_path, allowed(outside))

    got = fetch(f"{address}?application/pdf", tmp_path, allowed(outside))
    assert got.path.stat().st_size == MAX_PAGE_BYTES + 1


def test_a_request_says_no_more_than_it_must(
    outside: Server,
    inside: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No cookie is brought along, no proxy is asked, nothing is logged, the program is named."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.2:{inside.port}")
    caplog.set_level(logging.DEBUG)

    fetch(f"http://127.0.0.1:{outside.port}/cookie/x?key=secret", tmp_path, allowed(outside))

    assert inside.connections == 0
    assert not caplog.records
    assert len(outside.heard) == 2
    assert {"Cookie", "Referer", "Authorization"}.isdisjoint(outside.heard[1])
    assert outside.heard[1]["Host"] == f"127.0.0.1:{outside.port}"
    assert outside.heard[1]["User-Agent"].startswith("Precedent/")


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    """What may be a name and a password in an address does not come back in the message."""
    with pytest.raises(UnreadableError, match="name or password") as caught:
        fetch("http://ana:secret@example.org/x", tmp_path, Allowed())

    assert "secret" not in str(caught.value)


@pytest.fixture
def secured() -> Iterator[Server]:
    """Yield a server of the open internet that speaks TLS as secure.example."""
    yield from running("127.0.0.1", secure)


def secure(server: Server) -> None:
    """Let a server speak TLS and note by which name it is called."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _, name, __: server.heard.append({"SNI": str(name)})
    server.socket = context.wrap_socket(server.socket, server_side=True)


def test_tls_holds_for_the_name_and_not_for_the_number(secured: Server, tmp_path: Path) -> None:
    """The host's name is told and its certificate verified, though a number is connected to."""
    trusted = allowed(secured, trusted=lambda: ssl.create_default_context(cafile=str(CERTIFICATE)))
    here = f":{secured.port}/page"

    got = fetch(f"https://Secure.Example.{here}", tmp_path, trusted, lambda *_: ["127.0.0.1"])

    assert got.path.read_bytes() == PAGE
    assert secured.heard[0] == {"SNI": "secure.example"}
    with pytest.raises(UnreadableError, match=r"no secure connection \(Hostname mismatch"):
        fetch(f"https://other.example{here}", tmp_path, trusted, lambda *_: ["127.0.0.1"])
    with pytest.raises(UnreadableError, match=r"no secure connection \(self-signed"):
        fetch(f"https://secure.example{here}", tmp_path, allowed(secured), lambda *_: ["127.0.0.1"])
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_into_a_private_network_is_refused(
    outside: Server, inside: Server, tmp_path: Path
) -> None:
    """A page that leads to a private address is refused before anything is sent there."""
    here = f"http://127.0.0.1:{outside.port}"
    there = f"http://127.0.0.2:{inside.port}/page"
    ports = allowed(outside, inside)

    for address in (there, f"{here}/on?{there}", f"{here}/on?{here}/on?{there}"):
        with pytest.raises(UnreadableError, match=r"private network \(127\.0\.0\.2\)"):
            fetch(address, tmp_path, ports)

    assert inside.connections == 0
    assert fetch(there, tmp_path, Allowed(private=True)).path.read_bytes() == PAGE


def test_a_name_is_looked_up_once(outside: Server, inside: Server, tmp_path: Path) -> None:
    """A name that answers otherwise the second time leads to what was checked the first time."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    address = f"http://rebinding.example:{outside.port}/page"
    got = fetch(address, tmp_path, allowed(outside), rebinding)

    assert got.path.read_bytes() == PAGE
    assert asked == ["rebinding.example"]
    with pytest.raises(UnreadableError, match="private network"):
        fetch(address, tmp_path, allowed(outside), rebinding)
    assert inside.connections == 0


def test_one_private_address_among_others_refuses_the_name(outside: Server, tmp_path: Path) -> None:
    """A name that has a private address beside an open one is refused."""
    both = ["127.0.0.1", "10.0.0.1"]
    with pytest.raises(UnreadableError, match=r"10\.0\.0\.1"):
        fetch(
            f"http://both.example:{outside.port}/page", tmp_path, allowed(outside), lambda *_: both
        )

    assert outside.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1",
        "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "::127.0.0.1", "64:ff9b:1::1", "fec0::1",
        "2001:0:7f00:1::1", "3fff::1", "168.63.129.16", "192.0.0.192", "100.100.100.200",
        "fd00:ec2::254", "4000::1",
    ],
)  # fmt: skip
def test_these_addresses_are_not_open(address: str) -> None:
    """The own machine, private, shared, reserved and documentation networks, however written."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_these_addresses_are_open(address: str) -> None:
    """Addresses of the internet may be reached."""
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://localhost./", "http://2130706433/",
        "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::]/", "http://127.1/", "https://127.0.0.1:8443/", "http://①②⑦.0.0.1/",
        "http://a:b@example.org/", "http://example.org:22/", "ftp://example.org/",
        "file:///etc/passwd", "http:///x", "http://", "http://exa mple.org/", "http://[::1",
        "http://１２７.0.0.1/", "http://017700000001/", "http://0/", "HTTP://LocalHost/",
        "http://[::127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://[64:ff9b::7f00:1]/",
        "http://127.0.0.1@example.org/", "http://example.org\\@127.0.0.1/",
        "http://example.org:99999/", "http://example.org:0/", "http://example.org:80x/",
        "http://.example.org/", "http://exam%70le.org/", "//example.org/", "example.org",
        "http://example.org/\r\nHost: evil", "javascript:alert(1)", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_these_urls_are_refused_before_anything_is_sent(url: str, tmp_path: Path) -> None:
    """The own machine in every spelling, other schemes, other ports and what is no address."""
    with pytest.raises(UnreadableError):
        fetch(url, tmp_path, Allowed(seconds=5))

    assert list(tmp_path.iterdir()) == []
