"""Start the server, for this machine only or for the local network."""

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import NamedTuple
from urllib.parse import urlsplit

import segno
import uvicorn
from uvicorn.supervisors import Multiprocess

from kb.errors import KbError
from kb.http.guards import LOCAL_HOSTS
from kb.index.contract import Engine
from kb.index.engine import open_engine
from kb.server.app import HOSTS, SHARED, State, allowed, create_app, follow
from kb.server.connections import LimitedProtocol
from kb.settings import Settings
from kb.shelves.commands import ShelfCommands

Say = Callable[[str], object]

BACKLOG = 256
STOP_SECONDS = 5  # for requests in flight at shutdown
# More than MAX_TARGET_BYTES, so that a URL that is too long gets our own problem document.
MAX_HEAD_BYTES = 64 * 1024


class Door(NamedTuple):
    """The addresses of a server, and whether it serves imported documents to other machines."""

    host: str = "127.0.0.1"
    port: int = 0
    lan: bool = False
    share_shelves: bool = False
    public_url: str | None = None

    @property
    def public(self) -> set[str]:
        """Return the public host name as a set, empty if none is configured."""
        return {urlsplit(self.public_url).hostname or ""} if self.public_url else set()

    @property
    def is_private(self) -> bool:
        """Return whether all host names are local, so that only this machine can connect."""
        others = {name.strip() for name in os.environ.get(HOSTS, "").split(",")} - {""}
        others |= self.public
        return not self.lan and self.host in LOCAL_HOSTS and others <= LOCAL_HOSTS

    @property
    def with_shelves(self) -> bool:
        """Return whether imported documents are served."""
        return self.is_private or self.share_shelves


def serve(settings: Settings, door: Door, workers: int, say: Say) -> None:
    """Serve until stopped, with several processes if `workers` is more than 1.

    Messages for the user are passed to `say`. Raise KbError if the address cannot be bound.
    """
    host, port, lan = door.host, door.port, door.lan
    names = {host, *door.public, *os.environ.get(HOSTS, "").split(",")} - {"0.0.0.0", "::"}  # noqa: S104 - a name
    address = lan_address() if lan else None
    if address:
        host = "0.0.0.0"  # noqa: S104 - asked for
        names |= {address, socket.gethostname(), f"{socket.gethostname()}.local"}
    with listen(host, port) as listener:
        bound = listener.getsockname()[1]
        if workers > 1:
            _announce(settings, door, (url(host, bound), address and url(address, bound)), say)
            _run_workers(settings, names, listener, workers, door.with_shelves)
            return
        watcher = follow(settings, door.with_shelves)
        watcher.refresh()
        _announce(settings, door, (url(host, bound), address and url(address, bound)), say)
        shelves = settings.shelves if door.with_shelves else None
        commands = ShelfCommands(settings) if door.is_private else None
        app = create_app(State(watcher, allowed(names), shelves, settings.public_url, commands))
        with suppress(KeyboardInterrupt):
            uvicorn.Server(_config(app)).run(sockets=[listener])


def _run_workers(
    settings: Settings,
    names: set[str],
    listener: socket.socket,
    workers: int,
    with_shelves: bool,
) -> None:
    """Run several processes, each of which reads the environment and opens the index."""
    os.environ |= {
        "KB_CORPUS": str(settings.corpus),
        "KB_INDEX": str(settings.index),
        "KB_SHELVES": str(settings.shelves),
        "KB_MODEL": settings.model,
        "KB_MULTILINGUAL": settings.multilingual,
        "KB_RERANKER": settings.reranker,
        "KB_PUBLIC_URL": settings.public_url or "",
        HOSTS: ",".join(sorted(names)),
        SHARED: "yes" if with_shelves else "no",
    }
    config = _config("kb.server.app:from_environment", workers)
    Multiprocess(config, sockets=[listener]).run()


def _config(app: object, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # an application, or the name of its factory
        factory=isinstance(app, str),
        workers=workers,
        access_log=False,  # URLs contain queries
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        http=LimitedProtocol,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raise KbError if the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only if the protocol is IPPROTO_TCP; without it each response waits
    # 40 ms for a full packet.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        wrong = "the port is in use" if taken else f"cannot listen here ({error})"
        following_port = port + 1 if 0 < port < 65535 else 8765
        raise KbError(f"{host}:{port}: {wrong}. Next: kb serve --port {following_port}") from error
    return listener


def url(host: str, port: int) -> str:
    """Return the server's URL; for a server on all interfaces, it has the loopback address."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a name
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def lan_address() -> str:
    """Return this machine's IP address on the local network, without sending a packet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostbyname(socket.gethostname())


def _announce(settings: Settings, door: Door, at: tuple[str, str | None], say: Say) -> None:
    here, there = at
    engine = open_engine(settings.index)
    say(f"Serving {here} ({_published(engine.searched() if door.with_shelves else engine)})")
    if engine.imports().is_published():
        say(_imports_notice(door))
    if there:
        code = StringIO()
        segno.make(there).terminal(out=code, compact=True)
        say(f"For phones on this network: {there}")
        say(code.getvalue())


def _imports_notice(door: Door) -> str:
    """Return a notice that says who can search imported documents."""
    if door.is_private:
        return "Imported documents are searched too, because only this machine can connect."
    if door.share_shelves:
        return "Imported documents are served to every machine that can connect."
    return "Imported documents are not served. To serve them to other machines: --share-shelves."


def _published(engine: Engine) -> str:
    try:
        manifest = engine.verify()
    except KbError as error:
        return str(error)
    return f"generation {manifest.generation}, {manifest.documents} documents"
