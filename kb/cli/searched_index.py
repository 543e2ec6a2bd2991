"""The index of the corpus and the shelves, built after anything on a shelf has changed."""

from indexer.build import CACHE, Change, Making, build_shelves
from indexer.imports.store import Shelves
from kb.cli.progress import Bars
from kb.encoders.base import TextEncoder
from kb.encoders.open import make_encoder, make_multilingual
from kb.settings import Settings


def making(settings: Settings, encoder: TextEncoder, multilingual: TextEncoder | None) -> Making:
    """What that index is made from."""
    cache, shelves = settings.index / CACHE, Shelves(settings.shelves)
    return Making(settings.corpus, cache, encoder, multilingual, shelves)


def build_searched(settings: Settings, bars: Bars) -> Change | None:
    """Bring the index to what the shelves hold now; None where they hold nothing."""
    encoder = make_encoder(settings.model, settings.index, bars)
    multilingual = make_multilingual(settings.multilingual, settings.index, bars)
    return build_shelves(settings.index, making(settings, encoder, multilingual), bars)
