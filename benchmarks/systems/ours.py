"""Precedent: an index of the collection, searched in the same way as by `kb evaluate`."""

import shutil
from typing import cast

from benchmarks.systems import Place, Ranking
from kb.domain.queries import Mode, Query
from kb.encoders.open import make_encoder, open_encoder
from kb.encoders.vector_spaces import vector_spaces
from kb.evaluation.beir import FOLDER
from kb.evaluation.experiments import Options, open_searcher
from kb.settings import BUNDLED


class Ours:
    """Our search in one mode."""

    def __init__(self, place: Place, mode: Mode) -> None:
        self._place, self._mode = place, mode

    def build(self) -> None:
        """Rebuild the index; vectors of an earlier trial in this folder come from the cache."""
        work, home = self._place.work, self._place.home
        shutil.rmtree(home / FOLDER, ignore_errors=True)
        options = Options(folder=work.folder, modes=(self._mode,), language=work.language)
        # Lexical search encodes nothing, so no model is exported or loaded.
        encoder = (open_encoder if self._mode == "lexical" else make_encoder)(BUNDLED, home)
        self._searcher = open_searcher(options, home, vector_spaces(encoder), lambda *_: None)

    def search(self, text: str, k: int) -> Ranking:
        """Return the ids and scores of the hits, without their passages."""
        return self._searcher.rank(Query(text=text, mode=self._mode, k=k))

    def encode(self, text: str) -> object:
        """Encode a query with our export of the same weights."""
        return None if self._mode == "lexical" else self._searcher.spaces[0].encoder.question(text)


def make(place: Place, variant: str) -> Ours:
    """Return the system, with its index not built yet."""
    return Ours(place, cast("Mode", variant))
