"""Compute the documents' vectors once, for the systems that accept them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.systems import Place, Ranking, Vectors, model_folder

FILE = "vectors.npy"
BATCH = 32  # sentence-transformers' own default


def load() -> Any:
    """Load the bundled model in sentence-transformers, on the CPU."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return SentenceTransformer(model_folder(), device="cpu", local_files_only=True)


def encode(model: Any, texts: Sequence[str]) -> Vectors:
    """Encode texts, and return (n, d) float32 rows of unit length."""
    return np.asarray(
        model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        ),
        dtype=np.float32,
    )


class Encoding:
    """System that only encodes the documents, and writes their vectors to a file in its folder."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Load the model, encode the documents and save their vectors."""
        self._model = load()
        vectors = encode(self._model, [one.text for one in self._place.work.documents])
        np.save(self._place.home / FILE, vectors)

    def search(self, _text: str, _k: int) -> Ranking:
        """Return an empty ranking, because there is no index."""
        return []

    def encode(self, text: str) -> object:
        """Encode a query."""
        return encode(self._model, [text])


def make(place: Place, _variant: str) -> Encoding:
    """Return the system, with its index not built yet."""
    return Encoding(place)
