"""Addresses are fetched from the open internet alone, within time and size, and leave no half file.

A real server on this machine stands for the internet: 127.0.0.1 is declared open, 127.0.0.2 not.
"""

import gzip
import hashlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer.importers.fetch import Allowed, fetch, is_public
from kb.errors import UnreadableError

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

    def _send(self, content: bytes, *headers: tuple[str, str]) -> None:
        self._head(200, ("Content-Length", str(len(content))), *headers)
        self.wfile.write(content)

    def _head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), *headers):
            self.send_header(name, value)
        self.end_headers()


class Server(ThreadingHTTPServer):
    """Counts who connects, and lets waiting handlers go at the end."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Pages)
        self.stopping = threading.Event()
        self.connections = 0

    def get_request(self) -> tuple[socket.socket, Any]:
        """Count a connection."""
        self.connections += 1
        return super().get_request()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


def running(host: str) -> Iterator[Server]:
    """A server in a thread."""
    server = Server(host)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.stopping.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def outside() -> Iterator[Server]:
    """A server of the open internet, as far as these tests go."""
    yield from running("127.0.0.1")


@pytest.fixture
def inside() -> Iterator[Server]:
    """A server of a private network."""
    yield from running("127.0.0.2")


def allowed(*servers: Server, **changes: Any) -> Allowed:
    """127.0.0.1 is the open internet; the servers' ports are allowed."""
    fields = {
        "is_open": lambda address: address == "127.0.0.1",
        "ports": tuple(server.port for server in servers),
        "seconds": 20.0,
    }
    return Allowed(**(fields | changes))


@pytest.mark.parametrize("path", ["page", "packed", "on?/page", "on?/on?/page"])
def test_a_page_comes_as_it_is(outside: Server, tmp_path: Path, path: str) -> None:
    """The bytes, unpacked and after redirects, with their hash, type and day."""
    got = fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside))

    assert got.path.read_bytes() == PAGE
    assert got.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert got.url.endswith(("/page", "/packed"))
    assert got.media_type == "text/html"
    assert len(got.day) == len("2026-11-22")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("bomb", "does not end"),
        ("endless", "does not end"),
        ("large", "MB; expected at most"),
        ("torn", "cut off"),
        ("short", "cut off|no answer"),
        ("odd", "packed as 'br'"),
        ("gone", "404"),
        ("round", "redirects"),
        ("on?ftp://127.0.0.1/x", "scheme 'ftp'"),
        ("on?file:///etc/passwd", "scheme 'file'"),
        ("on?http://user:word@127.0.0.1/", "name or password"),
        ("on?http://127.0.0.1:22/", "port 22"),
    ],
)
def test_what_is_no_page_is_refused(outside: Server, tmp_path: Path, path: str, wrong: str) -> None:
    """Each trick is told in words, and no file is left."""
    with pytest.raises(UnreadableError, match=wrong):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, most=1 << 20))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["drip", "silent"])
def test_a_server_cannot_hold_a_fetch(outside: Server, tmp_path: Path, path: str) -> None:
    """A server that says nothing, or a byte now and then, is left when the time is over."""
    with pytest.raises(UnreadableError, match="took too long"):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, seconds=0.5))

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
        "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_these_addresses_are_not_open(address: str) -> None:
    """The own machine, private, shared, reserved and documentation networks, however written."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1"])
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
        "http://example.org/\r\nHost: evil", "javascript:alert(1)", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_these_urls_are_refused_before_anything_is_sent(url: str, tmp_path: Path) -> None:
    """The own machine in every spelling, other schemes, other ports and what is no address."""
    with pytest.raises(UnreadableError):
        fetch(url, tmp_path, Allowed(seconds=5))

    assert list(tmp_path.iterdir()) == []
