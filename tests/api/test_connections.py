"""Requests that never end, sent to a real server on loopback."""

import asyncio
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from kb.server import connections
from kb.server.connections import LimitedProtocol
from kb.server.serve import listen
from tests.api.builders import make_app
from tests.fakes import HashEncoder

HALF_HEAD = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
HALF_BODY = (
    b"POST /v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100\r\n\r\n{"
)
WHOLE = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
SERVER = """
import sys
from pathlib import Path
import uvicorn
from kb.server.connections import LimitedProtocol
from kb.server.serve import listen
from tests.api.builders import make_app
from tests.fakes import HashEncoder

listener = listen("127.0.0.1", 0)
print(listener.getsockname()[1], flush=True)
app = make_app(Path("nowhere"), HashEncoder())
config = uvicorn.Config(app, http=LimitedProtocol, log_level="error", access_log=False)
uvicorn.Server(config).run(sockets=[listener])
"""


@contextmanager
def serving(app: FastAPI) -> Iterator[int]:
    """Serve the application in a thread of this process and yield its port."""
    with closing(listen("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, http=LimitedProtocol, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def send(port: int, data: bytes) -> socket.socket:
    """Return a connection to the port over which the data has been sent."""
    made = socket.create_connection(("127.0.0.1", port), timeout=60)
    made.sendall(data)
    return made


def read_all(connection: socket.socket) -> bytes:
    """Return all bytes that arrive until the other side closes the connection."""
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


@pytest.mark.parametrize("data", [b"", b"G", HALF_HEAD, HALF_BODY, WHOLE.replace(b"\r\n\r\n", b"")])
def test_an_unfinished_request_is_closed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """An unfinished head or body is answered with 408, and the next request is served."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
    with serving(make_app(Path("nowhere"), HashEncoder())) as port:
        with send(port, data) as half:
            answer = read_all(half)
        with send(port, WHOLE) as whole:
            served = read_all(whole)

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert served.startswith(b"HTTP/1.1 200 ")


def test_a_request_that_arrives_slowly_is_answered() -> None:
    """The limit is one of time: a request that arrives byte by byte is answered."""
    with serving(make_app(Path("nowhere"), HashEncoder())) as port, send(port, b"") as slow:
        for place in range(len(WHOLE)):
            slow.sendall(WHOLE[place : place + 1])

        assert read_all(slow).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("half", [HALF_HEAD, HALF_BODY])
@pytest.mark.slow
def test_half_requests_keep_nobody_out(repository: Path, half: bytes) -> None:
    """A server that may open 256 files answers while 400 half requests are held open."""

    def few_files() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

    process = subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=repository, stdout=subprocess.PIPE, text=True,
        preexec_fn=few_files,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        with ExitStack() as stack:
            for _ in range(400):
                stack.enter_context(send(port, half))
            with send(port, WHOLE) as whole:
                answer = read_all(whole)
    finally:
        process.kill()
        process.communicate()

    assert answer.startswith(b"HTTP/1.1 200 ")
