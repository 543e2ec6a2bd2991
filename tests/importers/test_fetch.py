"""Downloads only from public addresses, within limits of time and size, without partial files.

A real server on this machine stands for the internet: 127.0.0.1 is declared public, 127.0.0.2 is
not.
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
    """Serves pages, redirects and hostile responses by path."""

    def do_GET(self) -> None:
        """Call the method that is named after the path."""
        getattr(self, f"at_{self.path.strip('/').partition('?')[0].partition('/')[0]}")()

    def at_page(self) -> None:
        """Send a page."""
        self._send(PAGE)

    def at_packed(self) -> None:
        """Send a page with gzip."""
        self._send(gzip.compress(PAGE), ("Content-Encoding", "gzip"))

    def at_bomb(self) -> None:
        """Send a small gzip body that unpacks to 30 MB."""
        self._send(gzip.compress(bytes(30_000_000)), ("Content-Encoding", "gzip"))

    def at_torn(self) -> None:
        """Send a gzip body that is cut off."""
        self._send(gzip.compress(PAGE)[:-20], ("Content-Encoding", "gzip"))

    def at_odd(self) -> None:
        """Send a page with a content encoding that was not requested."""
        self._send(PAGE, ("Content-Encoding", "br"))

    def at_short(self) -> None:
        """Send less than the Content-Length."""
        self._head(200, ("Content-Length", "5000"))
        self.wfile.write(PAGE[:100])

    def at_twice(self) -> None:
        """Send a page as two gzip members."""
        both = gzip.compress(PAGE[:300]) + gzip.compress(PAGE[300:])
        self._send(both, ("Content-Encoding", "gzip"))

    def at_huge(self) -> None:
        """Send one byte more than a page may have, with the media type of the query."""
        packed = gzip.compress(bytes(MAX_PAGE_BYTES + 1), 1)
        self._send(packed, ("Content-Encoding", "gzip"), type=self.path.partition("?")[2])

    def at_trickle(self) -> None:
        """Send a body one byte at a time."""
        self._head(200)
        self.at_drip()

    def at_cookie(self) -> None:
        """Redirect and set a cookie."""
        self._head(302, ("Location", "../page"), ("Set-Cookie", "who=me; Path=/"))

    def at_large(self) -> None:
        """Send a Content-Length over the limit."""
        self._head(200, ("Content-Length", str(10**12)))

    def at_endless(self) -> None:
        """Send a body that never ends."""
        self._head(200)
        try:
            while True:
                self.wfile.write(bytes(1 << 20))
        except OSError:
            pass

    def at_drip(self) -> None:
        """Send a header one byte at a time."""
        try:
            while not self.server.stopping.wait(0.05):  # type: ignore[attr-defined] # of Server
                self.wfile.write(b"H")
                self.wfile.flush()
        except OSError:
            pass

    def at_silent(self) -> None:
        """Send nothing."""
        self.server.stopping.wait(20)  # type: ignore[attr-defined] # of Server

    def at_gone(self) -> None:
        """Send 404."""
        self._head(404)

    def at_on(self) -> None:
        """Redirect to the address of the query."""
        self._head(302, ("Location", self.path.partition("?")[2]))

    def at_round(self) -> None:
        """Redirect to the same path."""
        self._head(302, ("Location", "/round"))

    def log_message(self, *_: Any) -> None:
        """Log nothing."""

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
    """Counts connections and releases waiting handlers at the end."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Pages)
        self.stopping = threading.Event()
        self.connections = 0
        self.heard: list[dict[str, str]] = []  # the headers of each request

    def get_request(self) -> tuple[socket.socket, Any]:
        """Count a connection and accept it."""
        self.connections += 1
        return super().get_request()

    @property
    def port(self) -> int:
        """Return the port on which the server listens."""
        return int(self.server_address[1])


def running(host: str, prepare: Callable[[Server], None] | None = None) -> Iterator[Server]:
    """Yield a server that runs in a thread."""
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
    """Yield a server at an address that these tests declare public."""
    yield from running("127.0.0.1")


@pytest.fixture
def inside() -> Iterator[Server]:
    """Yield a server of a private network."""
    yield from running("127.0.0.2")


def allowed(*servers: Server, **changes: Any) -> Allowed:
    """Return settings that allow 127.0.0.1 and the ports of these servers."""
    fields: dict[str, Any] = {
        "is_open": lambda address: address == "127.0.0.1",
        "ports": tuple(server.port for server in servers),
        "seconds": 20.0,
    }
    return Allowed(**(fields | changes))


@pytest.mark.parametrize("path", ["page", "packed", "twice", "on?/page", "on?/on?/page", "on?page"])
def test_a_page_comes_as_it_is(outside: Server, tmp_path: Path, path: str) -> None:
    """The file has the unpacked bytes after redirects; the result has hash, type and day."""
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
def test_a_bad_response_is_refused(outside: Server, tmp_path: Path, path: str, wrong: str) -> None:
    """The error says what is wrong with the response, and no file is left."""
    with pytest.raises(UnreadableError, match=wrong):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, most=1 << 20))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["drip", "silent", "trickle"])
def test_a_server_cannot_hold_a_fetch(outside: Server, tmp_path: Path, path: str) -> None:
    """A server that sends nothing, or a byte now and then, is left after the time limit."""
    with pytest.raises(UnreadableError, match="took too long"):
        fetch(f"http://127.0.0.1:{outside.port}/{path}", tmp_path, allowed(outside, seconds=0.5))

    assert list(tmp_path.iterdir()) == []


def test_a_look_up_cannot_hold_a_fetch(tmp_path: Path) -> None:
    """A DNS look-up that does not end is left after the time limit."""
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
    """A server that does not answer the TLS handshake is left after the time limit."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreadableError, match="took too long"):
            fetch(f"https://127.0.0.1:{port}/", tmp_path, Allowed(private=True, seconds=0.3))


def test_html_has_a_limit_of_its_own(outside: Server, tmp_path: Path) -> None:
    """An HTML page over 20 MB is refused; a PDF of the same size is not."""
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
    """No cookie is sent, no proxy is used, nothing is logged, and the program is named."""
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
    """The error does not repeat a name and password of the address."""
    with pytest.raises(UnreadableError, match="name or password") as caught:
        fetch("http://ana:secret@example.org/x", tmp_path, Allowed())

    assert "secret" not in str(caught.value)


@pytest.fixture
def secured() -> Iterator[Server]:
    """Yield a public server that speaks TLS as secure.example."""
    yield from running("127.0.0.1", secure)


def secure(server: Server) -> None:
    """Let a server speak TLS and record the requested server names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _, name, __: server.heard.append({"SNI": str(name)})
    server.socket = context.wrap_socket(server.socket, server_side=True)


def test_tls_verifies_the_name_of_the_host(secured: Server, tmp_path: Path) -> None:
    """The server name is sent and its certificate verified, although the address is numeric."""
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
    """A redirect to a private address is refused before anything is sent there."""
    here = f"http://127.0.0.1:{outside.port}"
    there = f"http://127.0.0.2:{inside.port}/page"
    ports = allowed(outside, inside)

    for address in (there, f"{here}/on?{there}", f"{here}/on?{here}/on?{there}"):
        with pytest.raises(UnreadableError, match=r"private network \(127\.0\.0\.2\)"):
            fetch(address, tmp_path, ports)

    assert inside.connections == 0
    assert fetch(there, tmp_path, Allowed(private=True)).path.read_bytes() == PAGE


def test_a_name_is_looked_up_once(outside: Server, inside: Server, tmp_path: Path) -> None:
    """The connection goes to the address that was checked, even if a second look-up differs."""
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


def test_a_name_with_one_private_address_is_refused(outside: Server, tmp_path: Path) -> None:
    """A name that has a private address beside a public one is refused."""
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
def test_these_addresses_are_not_public(address: str) -> None:
    """Loopback, private, shared, reserved and documentation networks are not public."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_these_addresses_are_public(address: str) -> None:
    """Addresses of the internet are public."""
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
    """Local addresses in any spelling, other schemes, other ports and invalid URLs are refused."""
    with pytest.raises(UnreadableError):
        fetch(url, tmp_path, Allowed(seconds=5))

    assert list(tmp_path.iterdir()) == []
