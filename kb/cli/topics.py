"""kb topics: list the topics with their ids, names and numbers of passages."""

import argparse

from kb.cli.listing import add_json, listing
from kb.cli.terminal import say
from kb.index.engine import open_engine
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the list of topics."""
    reader = open_engine(settings.index).searched().reader()
    say(listing(reader, "topic", reader.topics(), arguments.json))
    return 0
