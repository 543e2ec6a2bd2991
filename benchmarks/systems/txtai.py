"""txtai: an embeddings database with `hybrid=True` and its defaults, so it stores no texts.

It loads the model through transformers and encodes the documents itself.
Source: https://neuml.github.io/txtai/embeddings/
"""

from typing import Any

from txtai import Embeddings

from benchmarks.systems import Place, Ranking, model_folder


class Txtai:
    """A txtai database of vectors and BM25, combined by the default weights."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Load the model, and encode and index the documents."""
        self._embeddings: Any = Embeddings(path=model_folder(), hybrid=True)
        self._embeddings.index((one.id, one.text) for one in self._place.work.documents)

    def search(self, text: str, k: int) -> Ranking:
        """Return the ids and combined scores of the k best documents."""
        return [(str(one), float(score)) for one, score in self._embeddings.search(text, k)]

    def encode(self, text: str) -> object:
        """Encode a query."""
        return self._embeddings.transform(text)


def make(place: Place, _variant: str) -> Txtai:
    """Return the system, with its index not built yet."""
    return Txtai(place)
