"""kb schema: what an editor needs to complete and check front matter."""

import argparse
import json

from indexer.corpus.schema import front_matter_schema
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: there are none."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the schema."""
    del arguments, settings
    print(json.dumps(front_matter_schema(), indent=2))
    return 0
