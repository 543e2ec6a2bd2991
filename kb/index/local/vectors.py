"""Nearest passages by inner product of unit vectors: exactly, or in cells where there are many."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from kb.domain.rankings import Candidates
from kb.encoders.base import Vectors
from kb.index.contract import Structure

# Up to here every vector is compared: 5,000 of 384 numbers take 0.5 ms on one core. Beyond, cells
# of half-precision vectors: as fast as any structure of faiss at the same recall, and their cosines
# are those of the exact search to three digits (`python -m benchmarks.structures`, docs/decisions).
EXACT_UP_TO = 5_000
CELLS_PER_ROOT = 4  # cells for each square root of n; faiss's guidelines say 4 to 16
SAMPLED = 256  # passages whose nearest are looked for to measure the recall
DEPTH = 100  # of the recall
# Cells are added to a search until it has this recall, or all are searched.
RECALL = 0.985
# Questions are no passages: of a million they find less than the passages that measure it.
MANY, RECALL_OF_MANY = 200_000, 0.993
SEED = 20


def write_vectors(path: Path, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> Structure:
    """Write (n, d) float32 rows, compared by inner product; the structure chosen for so many."""
    size, width = vectors.shape
    if size <= exact_up_to:
        exact = faiss.IndexFlatIP(width)
        exact.add(vectors)
        faiss.write_index(exact, str(path))
        return Structure(name="Flat")
    cells = 1 << round(np.log2(CELLS_PER_ROOT * size**0.5))
    name = f"IVF{cells},SQfp16"
    index: Any = faiss.index_factory(width, name, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    faiss.write_index(index, str(path))
    searched, recall = _tuned(index, vectors)
    return Structure(name=name, cells_searched=searched, recall_at_100=round(recall, 4))


def _tuned(index: Any, vectors: Vectors) -> tuple[int, float]:
    """The fewest cells that give the recall wanted, and the recall that they give."""
    chosen = np.random.default_rng(SEED).choice(len(vectors), SAMPLED, replace=False)
    asked, depth = vectors[np.sort(chosen)], min(DEPTH, len(vectors))
    _, exact = faiss.knn(asked, vectors, depth, metric=faiss.METRIC_INNER_PRODUCT)
    wanted = RECALL_OF_MANY if len(vectors) > MANY else RECALL
    searched, recall = 1, 0.0
    while True:
        parameters = faiss.SearchParametersIVF(nprobe=searched)  # type: ignore[call-arg]
        _, found = index.search(asked, depth, params=parameters)
        pairs = zip(exact, found, strict=True)
        recall = float(np.mean([len(np.intersect1d(*pair)) / depth for pair in pairs]))
        if recall >= wanted or searched >= index.nlist:
            return searched, recall
        searched = min(index.nlist, searched + max(1, searched // 4))


class VectorIndex:
    """The vectors, open and in memory; safe to share between threads."""

    def __init__(self, path: Path, structure: Structure) -> None:
        # faiss's types describe its C++ side; its Python side takes and gives more
        index: Any = faiss.read_index(str(path))
        self._index, self._searched = index, structure.cells_searched
        if self._searched is not None:
            index.make_direct_map()  # from a key to its vector
        self.dimension: int = self._index.d

    def nearest(
        self, vector: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> Candidates:
        """The k nearest to a (d,) unit vector among the masked rows, ties by key.

        Never fewer than there are: where few rows are masked in, more cells are searched.
        """
        size = self._index.ntotal
        wanted = min(k, size if mask is None else int(mask.sum()))
        if wanted <= 0:
            return Candidates()
        if self._searched is None:
            return self._search(vector, wanted, mask, None)
        # As many passages are compared as without a mask.
        cells = self._searched * size // max(1, size if mask is None else int(mask.sum()))
        found = self._search(vector, wanted, mask, min(cells, self._index.nlist))
        if len(found) < wanted:
            found = self._search(vector, wanted, mask, self._index.nlist)
        return found

    def _search(
        self, vector: Vectors, k: int, mask: npt.NDArray[np.bool_] | None, cells: int | None
    ) -> Candidates:
        bits = None if mask is None else np.packbits(mask, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)  # type: ignore[arg-type, call-arg]
        parameters: Any = None
        if cells is not None:
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=cells)  # type: ignore[call-arg]
        elif selector is not None:
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, keys = self._index.search(vector.reshape(1, -1), k, params=parameters)
        found = keys[0] >= 0
        return Candidates(keys[0][found], scores[0][found])

    def vector(self, key: int) -> Vectors:
        """The (d,) vector of one passage."""
        return np.asarray(self._index.reconstruct(key), dtype=np.float32)
