"""Exact nearest passages by inner product of unit vectors."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from kb.domain.search import Candidate
from kb.encoder import Vectors

FILE = "vectors.faiss"


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Write (n, d) float32 unit rows."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / FILE))


class VectorIndex:
    """The vectors, open; read into memory, for exact search touches all of them."""

    def __init__(self, folder: Path) -> None:
        self._index = faiss.read_index(str(folder / FILE))
        self.dimension: int = self._index.d

    def nearest(
        self, vector: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> list[Candidate]:
        """The k nearest to a (d,) unit vector among the masked rows, ties by key."""
        if k <= 0:
            return []
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            # faiss's types describe its C++ side; its Python side takes these
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[arg-type, call-arg]
        limit = min(k, self._index.ntotal)
        scores, keys = self._index.search(vector.reshape(1, -1), limit, params=parameters)
        found = [
            Candidate(int(key), float(score))
            for key, score in zip(keys[0], scores[0], strict=True)
            if key >= 0
        ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.key))

    def vector(self, key: int) -> Vectors:
        """The (d,) vector of one passage."""
        return np.asarray(self._index.reconstruct(key), dtype=np.float32)
