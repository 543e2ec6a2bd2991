"""Limit the number of connections, and the time that a request may stay incomplete."""

import asyncio
import resource
from functools import cache

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# From the first to the last byte of a request. A body has at most 64 KiB, except uploaded files.
REQUEST_SECONDS = 20
MAX_CONNECTIONS = 2048
_MAX_FILES = 4096
_TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


@cache
def connection_limit() -> int:
    """Return the most connections: half of the limit on open files, up to MAX_CONNECTIONS.

    The limit on open files is first raised to at most _MAX_FILES.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MAX_FILES if hard == resource.RLIM_INFINITY else min(hard, _MAX_FILES)
    if most > soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(1, min(max(soft, most) // 2, MAX_CONNECTIONS))


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 protocol that closes connections whose requests stay incomplete.

    Above the connection limit, the connection whose request has been incomplete longest is closed,
    or else the one that has been idle longest, so that slow requests never block complete ones.
    """

    has_begun = False  # whether part of a request has arrived
    since = 0.0
    _timer: asyncio.TimerHandle | None = None

    @property
    def is_unfinished(self) -> bool:
        """Return whether the connection is waiting for a request or for the rest of one."""
        return self.conn.their_state in {h11.IDLE, h11.SEND_BODY}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn narrows it
        """Start the timeout; above the connection limit, close another incomplete connection."""
        super().connection_made(transport)
        self._watch()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read data; stop the timeout once a request is complete."""
        super().data_received(data)
        self.has_begun = self.is_unfinished
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timeout of the connection."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if not self.is_unfinished:
            self._stop()
        elif self._timer is None:
            self.since = self.loop.time()
            self._timer = self.loop.call_later(REQUEST_SECONDS, self._expire)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expire(self) -> None:
        self._timer = None
        if not self.is_unfinished or self.transport.is_closing():
            return
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # no response has started
            self.transport.write(_TIMEOUT)
        self.transport.close()

    def _make_room(self) -> None:
        if len(self.connections) <= connection_limit():
            return
        others = [
            one
            for one in self.connections
            if isinstance(one, LimitedProtocol) and one is not self and one.is_unfinished
            if not one.transport.is_closing()
        ]
        if others:
            min(others, key=lambda one: (not one.has_begun, one.since)).transport.abort()
