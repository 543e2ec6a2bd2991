"""Rebuild the index of corpus and shelves after a shelf has changed."""

import sys

from indexer.build import CACHE, BuildInputs, BuildReport, build_shelves
from indexer.imports.store import ShelfStore
from kb.cli.progress import Bars
from kb.cli.terminal import say
from kb.encoders.open import make_spaces
from kb.encoders.vector_spaces import Spaces
from kb.settings import Settings

NOT_SEARCHED = (
    "The documents are stored on the shelves, but the index does not contain the changes yet. "
    "Next, after solving the problem below: kb build"
)


def build_inputs(settings: Settings, spaces: Spaces) -> BuildInputs:
    """Return the build inputs for the index of corpus and shelves."""
    cache, store = settings.index / CACHE, ShelfStore(settings.shelves)
    return BuildInputs(settings.corpus, cache, spaces, store)


def build_searched(settings: Settings, bars: Bars) -> BuildReport | None:
    """Build the index of corpus and shelves, and report the documents left out.

    Return None if the shelves are empty.
    """
    try:
        spaces = make_spaces(settings, bars)
        change = build_shelves(settings.index, build_inputs(settings, spaces), bars)
    except Exception:
        say(NOT_SEARCHED, sys.stderr)
        raise
    if change:
        warn_left_out(change)
    return change


def warn_left_out(change: BuildReport) -> None:
    """Report the problems of documents left out of the index."""
    if change.left_out:
        problems = "\n".join(f"  {problem}" for problem in change.left_out)
        say(f"Not searched until corrected:\n{problems}\nNext: kb check", sys.stderr)
