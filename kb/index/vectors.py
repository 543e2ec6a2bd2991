"""Exact nearest passages by inner product of unit vectors."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from kb.domain.candidates import Candidates
from kb.encoder import Vectors


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write (n, d) float32 unit rows."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorIndex:
    """The vectors, open; read into memory, for exact search touches all of them."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path))
        self.dimension: int = self._index.d

    def nearest(
        self, vector: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> Candidates:
        """The k nearest to a (d,) unit vector among the masked rows, ties by key."""
        if k <= 0:
            return Candidates()
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            # faiss's types describe its C++ side; its Python side takes these
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[arg-type, call-arg]
        limit = min(k, self._index.ntotal)
        scores, keys = self._index.search(vector.reshape(1, -1), limit, params=parameters)
        found = keys[0] >= 0
        return Candidates(keys[0][found], scores[0][found])

    def vector(self, key: int) -> Vectors:
        """The (d,) vector of one passage."""
        return np.asarray(self._index.reconstruct(key), dtype=np.float32)
