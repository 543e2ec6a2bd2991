"""Precedent: the collection's own index, searched as `kb evaluate` does it."""

import shutil
from typing import cast

from benchmarks.systems import Place, Ranking
from kb.domain.queries import Mode, Query
from kb.encoders.open import make_encoder, open_encoder
from kb.encoders.spaces import vector_spaces
from kb.evaluation.beir import FOLDER
from kb.evaluation.experiments import Options, open_searcher
from kb.settings import BUNDLED


class Ours:
    """One mode of our search."""

    def __init__(self, place: Place, mode: Mode) -> None:
        self._place, self._mode = place, mode

    def build(self) -> None:
        """Index anew; vectors that an earlier trial left in this home are taken from the cache."""
        work, home = self._place.work, self._place.home
        shutil.rmtree(home / FOLDER, ignore_errors=True)
        options = Options(folder=work.folder, modes=(self._mode,), language=work.language)
        # By words alone nothing is encoded, so nothing is exported or loaded.
        encoder = (open_encoder if self._mode == "lexical" else make_encoder)(BUNDLED, home)
        self._searcher = open_searcher(options, home, vector_spaces(encoder), lambda *_: None)

    def search(self, text: str, k: int) -> Ranking:
        """The ids and scores of the hits, undressed."""
        return self._searcher.rank(Query(text=text, mode=self._mode, k=k))

    def encode(self, text: str) -> object:
        """The question's vector, by our export of the same weights."""
        return None if self._mode == "lexical" else self._searcher.spaces[0].encoder.question(text)


def make(place: Place, variant: str) -> Ours:
    """It, not yet built."""
    return Ours(place, cast("Mode", variant))
