"""Open connections that end at an overall deadline, even if the server keeps sending."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from time import monotonic
from typing import TypeVar

TRY_SECONDS = 10.0  # for one IP address of a host, so that there is time for the next one

_Answer = TypeVar("_Answer")


class Deadline:
    """The time by which a whole request must be finished."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Return the number of seconds left. Raise TimeoutError if there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def ask(self, question: Callable[[], _Answer]) -> _Answer:
        """Make a call that cannot be interrupted, such as a DNS lookup, and return its result.

        It runs in a thread, whose OSError or ValueError is re-raised here. At the deadline, the
        thread is abandoned and TimeoutError is raised.
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

    @contextmanager
    def ends(self, connected: socket.socket) -> Iterator[None]:
        """Shut down a connection that is still in use at the deadline, and raise TimeoutError."""
        with connected.dup() as held:  # the socket itself may be wrapped or closed by then

            def shut() -> None:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

            timer = Timer(self.left(), shut)
            timer.daemon = True
            timer.start()
            try:
                yield
            except Exception:
                self.left()  # the deadline may be the cause of the error
                raise
            finally:
                timer.cancel()
        self.left()


def connect(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    """Connect to the first IP address that responds. Raise OSError if none does."""
    last: OSError = OSError("no address")
    for address in addresses:
        try:
            connected = socket.create_connection((address, port), min(deadline.left(), TRY_SECONDS))
        except OSError as error:
            last = error
        else:
            connected.settimeout(deadline.seconds)
            return connected
    deadline.left()
    raise last


def secure(connected: socket.socket, host: str, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Wrap a connection in TLS, and verify that the certificate matches the host name.

    Raise OSError, after closing the connection, if that fails.
    """
    try:
        return context.wrap_socket(connected, server_hostname=host)
    except OSError:
        connected.close()
        raise
