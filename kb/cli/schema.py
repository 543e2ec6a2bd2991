"""kb schema: print the JSON Schema of the front matter, for use in editors."""

import argparse

from indexer.corpus.schema import front_matter_schema
from kb.cli.terminal import say_json
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Do nothing, because the command has no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the JSON Schema of the front matter."""
    del arguments, settings
    say_json(front_matter_schema())
    return 0
