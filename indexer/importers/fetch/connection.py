"""Open connections with an overall deadline, however slowly the server sends."""

import io
import socket
import ssl
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

TRY_SECONDS = 10.0  # for one address of a host, so that there is time for the next one

_Answer = TypeVar("_Answer")


class Deadline:
    """The time at which the whole request must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; TimeoutError if there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def ask(self, question: Callable[[], _Answer]) -> _Answer:
        """Return the result of a call that cannot be interrupted, such as a DNS lookup.

        It runs in a thread, which is abandoned at the deadline; its errors are raised here.
        """
        answers: SimpleQueue[tuple[_Answer | None, Exception | None]] = SimpleQueue()

        def answer() -> None:
            try:
                answers.put((question(), None))
            except (OSError, ValueError) as error:
                answers.put((None, error))

        Thread(target=answer, daemon=True).start()
        try:
            found, error = answers.get(timeout=self.left())
        except Empty as late:
            raise TimeoutError from late
        if error is not None:
            raise error
        return found  # type: ignore[return-value] # set when there is no error


class Line:
    """A connected socket with the interface of http.client; each step sets the time left.

    http.client releases it before the body is read, so its creator closes it.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = connected, deadline

    def sendall(self, data: bytes) -> None:
        """Send all bytes."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return a reader of the response; http.client only reads."""
        assert mode == "rb"  # noqa: S101 (what http.client asks for)
        return io.BufferedReader(_Coming(self._socket, self._deadline))

    def close(self) -> None:
        """Leave the socket open."""


class _Coming(io.RawIOBase):
    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = connected, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)


def connect(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    """Connect to the first of these IP addresses that answers; OSError if none does."""
    last: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        connected = socket.socket(family, socket.SOCK_STREAM)
        try:
            connected.settimeout(min(deadline.left(), TRY_SECONDS))
            connected.connect((address, port))
        except OSError as error:
            connected.close()
            last = error
        else:
            return connected
    deadline.left()
    raise last


def secure(
    connected: socket.socket, host: str, context: ssl.SSLContext, deadline: Deadline
) -> ssl.SSLSocket:
    """Return the connection under TLS; the certificate must match the host name."""
    try:
        connected.settimeout(deadline.left())
        return context.wrap_socket(connected, server_hostname=host)
    except OSError:
        connected.close()
        raise
