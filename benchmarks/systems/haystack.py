"""Haystack: an in-memory store, BM25 and embedding retrievers, reciprocal rank fusion.

Source: https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
"""

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.systems import Place, Ranking, model_folder


class Haystack:
    """A Haystack pipeline of a text embedder, two retrievers and a joiner."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Fill the store, then connect the pipeline and load its model."""
        texts, vectors = self._place.work.documents, self._place.vectors
        documents = [Document(id=one.id, content=one.text) for one in texts]
        device = ComponentDevice.from_str("cpu")
        if vectors is None:
            embedder = SentenceTransformersDocumentEmbedder(
                model=model_folder(), device=device, normalize_embeddings=True, progress_bar=False
            )
            embedder.warm_up()
            documents = embedder.run(documents)["documents"]
        else:
            documents = [
                Document(id=one.id, content=one.text, embedding=vector.tolist())
                for one, vector in zip(texts, vectors, strict=True)
            ]
        store = InMemoryDocumentStore()
        store.write_documents(documents)
        self._embedder = SentenceTransformersTextEmbedder(
            model=model_folder(), device=device, normalize_embeddings=True, progress_bar=False
        )
        self._embedder.warm_up()
        self._pipeline = Pipeline()
        for name, component in (
            ("text_embedder", self._embedder),
            ("embedding_retriever", InMemoryEmbeddingRetriever(store)),
            ("bm25_retriever", InMemoryBM25Retriever(store)),
            ("document_joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion")),
        ):
            self._pipeline.add_component(name, component)
        self._pipeline.connect("text_embedder", "embedding_retriever")
        self._pipeline.connect("bm25_retriever", "document_joiner")
        self._pipeline.connect("embedding_retriever", "document_joiner")

    def search(self, text: str, k: int) -> Ranking:
        """Return the k best documents by reciprocal rank fusion of the two retrievers' k best."""
        found = self._pipeline.run(
            {
                "text_embedder": {"text": text},
                "bm25_retriever": {"query": text, "top_k": k},
                "embedding_retriever": {"top_k": k},
                "document_joiner": {"top_k": k},
            }
        )
        return [(one.id, one.score) for one in found["document_joiner"]["documents"]]

    def encode(self, text: str) -> object:
        """Encode a query."""
        return self._embedder.run(text)


def make(place: Place, _variant: str) -> Haystack:
    """Return the system, with its index not built yet."""
    return Haystack(place)
