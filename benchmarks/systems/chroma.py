"""Chroma: a persistent collection with its sentence-transformers function, by cosine.

Source: https://docs.trychroma.com/docs/overview/getting-started
"""

from typing import Any

import chromadb
from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

from benchmarks.systems import Place, Ranking, model_folder, scored


class Chroma:
    """A Chroma collection, searched by vectors only."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Load the model and add the documents in the largest batches allowed."""
        documents, vectors = self._place.work.documents, self._place.vectors
        client = chromadb.PersistentClient(
            str(self._place.home), chromadb.Settings(anonymized_telemetry=False)
        )
        self._encode: Any = SentenceTransformerEmbeddingFunction(
            model_folder(), normalize_embeddings=True
        )
        self._collection: Any = client.create_collection(
            "passages",
            embedding_function=self._encode,
            configuration={"hnsw": {"space": "cosine"}},
        )
        size = client.get_max_batch_size()
        for start in range(0, len(documents), size):
            batch = documents[start : start + size]
            self._collection.add(
                ids=[one.id for one in batch],
                documents=[one.text for one in batch],
                embeddings=None if vectors is None else vectors[start : start + size],
            )

    def search(self, text: str, k: int) -> Ranking:
        """Return the ids of the k best documents, with negated distances as scores."""
        found = self._collection.query(query_texts=[text], n_results=k, include=["distances"])
        return scored(found["ids"][0], [-distance for distance in found["distances"][0]])

    def encode(self, text: str) -> object:
        """Encode a query."""
        return self._encode([text])


def make(place: Place, _variant: str) -> Chroma:
    """Return the system, with its index not built yet."""
    return Chroma(place)
