"""The index of the corpus and the shelves, built after anything on a shelf has changed."""

import sys

from indexer.build import CACHE, Change, Making, build_shelves
from indexer.imports.store import ShelfStore
from kb.cli.progress import Bars
from kb.cli.terminal import say
from kb.encoders.base import TextEncoder
from kb.encoders.open import make_encoder, make_multilingual
from kb.settings import Settings

NOT_SEARCHED = (
    "What is on the shelves is stored, but changes of them are not searched yet. "
    "Next, after the problem below is solved: kb build"
)


def making(settings: Settings, encoder: TextEncoder, multilingual: TextEncoder | None) -> Making:
    """Return what that index is made from."""
    cache, store = settings.index / CACHE, ShelfStore(settings.shelves)
    return Making(settings.corpus, cache, encoder, multilingual, store)


def build_searched(settings: Settings, bars: Bars) -> Change | None:
    """Build the index of what the shelves hold now, and name what it leaves out.

    None if the shelves hold nothing.
    """
    try:
        encoder = make_encoder(settings.model, settings.index, bars)
        multilingual = make_multilingual(settings.multilingual, settings.index, bars)
        change = build_shelves(settings.index, making(settings, encoder, multilingual), bars)
    except Exception:
        say(NOT_SEARCHED, sys.stderr)
        raise
    if change:
        warn_left_out(change)
    return change


def warn_left_out(change: Change) -> None:
    """Name the problems of documents that the index leaves out."""
    if change.left_out:
        problems = "\n".join(f"  {problem}" for problem in change.left_out)
        say(f"Not searched until it is corrected:\n{problems}\nNext: kb check", sys.stderr)
