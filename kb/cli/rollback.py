"""kb rollback: publish the previous generation; a second rollback undoes the first."""

import argparse

from kb.cli.progress import Bars
from kb.cli.terminal import say
from kb.index.engine import open_engine
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Do nothing, because the command has no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish the previous generation, withdraw the index with shelves, and print the result."""
    del arguments
    bars, engine = Bars(), open_engine(settings.index)
    with engine.locked(lambda: bars("waiting for a build", 0, 0)):
        manifest = engine.writer().rollback()
        with_imports = engine.imports()
        imports = with_imports.is_published()
        with_imports.writer().withdraw()  # it contains the corpus that is no longer published
    say(
        f"Generation {manifest.generation} is served again: built {manifest.built}, "
        f"{manifest.documents} documents, {manifest.passages} passages."
    )
    if imports:
        say("Imported documents are not searched until the next build. Next: kb build")
    return 0
