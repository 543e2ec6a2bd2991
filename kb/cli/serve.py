"""kb serve: serve pages and API on this machine, or on the local network with --lan."""

import argparse

from kb.cli.terminal import say
from kb.errors import IndexMismatchError, IndexMissingError
from kb.index.engine import open_engine
from kb.server.serve import Door, serve
from kb.settings import Settings

PORT = 8765


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=PORT, help=f"port (default {PORT})")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="number of processes")
    parser.add_argument(
        "--lan", action="store_true", help="serve the local network and print a QR code for phones"
    )
    parser.add_argument(
        "--share-shelves", action="store_true",
        help="also serve imported documents to other machines",
    )  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve pages and API until interrupted; first build the index if this version has none."""
    _build_if_needed(settings)
    door = Door(
        arguments.host, arguments.port, arguments.lan, arguments.share_shelves, settings.public_url
    )
    serve(settings, door, arguments.workers, print)  # `say` would escape the QR code's colors
    return 0


def _build_if_needed(settings: Settings) -> None:
    try:
        open_engine(settings.index).verify()
    except (IndexMissingError, IndexMismatchError):
        from kb.cli.build import build_all, summary  # noqa: PLC0415 - a normal start does not need it

        say(f"No index of this version in {settings.index}. Building it takes a few minutes.")
        say(summary(build_all(settings)[0]))
