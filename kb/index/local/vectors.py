"""Nearest-neighbor search by inner product: exact, or with IVF cells for many vectors."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from kb.domain.rankings import Candidates, Keys, Scores
from kb.encoders.base import Vectors
from kb.index.contract import Structure

# Exact search of 5,000 vectors of 384 dimensions takes 0.5 ms on one core. Larger sets use IVF
# cells of half-precision vectors: as fast as any faiss structure at the same recall, with cosines
# equal to exact search to three digits (`python -m benchmarks.structures`, docs/decisions).
MAX_EXACT_VECTORS = 5_000
CELLS_PER_ROOT = 4  # number of cells divided by the square root of n; faiss recommends 4 to 16
TRAINED_PER_CELL = 39  # training vectors per cell that faiss expects; with fewer it warns
SAMPLED = 256  # passages used as queries to measure recall
DEPTH = 100  # k of recall@k
# The number of cells searched is increased until recall reaches this or all cells are searched.
RECALL = 0.985
# Recall is lower for queries than for the passages it is measured with, most of all in large sets.
LARGE_SET, LARGE_SET_RECALL = 200_000, 0.993
SEED = 20
# If a phrase has a higher cosine than its passage, this share of the difference is added to the
# cosine of the passage. Measured on judged queries (docs/ablations).
PHRASE_SHARE = 0.5


def write_vectors(path: Path, vectors: Vectors, max_exact: int = MAX_EXACT_VECTORS) -> Structure:
    """Write (n, d) float32 unit vectors; return the search structure, which depends on n."""
    size, width = vectors.shape
    if size <= max_exact:
        exact = faiss.IndexFlatIP(width)
        exact.add(vectors)
        faiss.write_index(exact, str(path))
        return Structure(name="Flat")
    most = int(np.log2(size / TRAINED_PER_CELL))
    cells = 1 << min(round(np.log2(CELLS_PER_ROOT * size**0.5)), most)
    name = f"IVF{cells},SQfp16"
    index: Any = faiss.index_factory(width, name, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    faiss.write_index(index, str(path))
    searched, recall = _tuned(index, vectors)
    return Structure(name=name, cells_searched=searched, recall_at_100=round(recall, 4))


def _tuned(index: Any, vectors: Vectors) -> tuple[int, float]:
    """Return the smallest number of cells to search for the target recall, and that recall."""
    chosen = np.random.default_rng(SEED).choice(len(vectors), SAMPLED, replace=False)
    asked, depth = vectors[np.sort(chosen)], min(DEPTH, len(vectors))
    _, exact = faiss.knn(asked, vectors, depth, metric=faiss.METRIC_INNER_PRODUCT)
    wanted = LARGE_SET_RECALL if len(vectors) > LARGE_SET else RECALL
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
    """A searchable set of vectors in memory; threads may share it."""

    def __init__(self, path: Path, structure: Structure) -> None:
        # The type stubs of faiss describe its C++ signatures, not its Python ones.
        index: Any = faiss.read_index(str(path))
        self._index, self._searched = index, structure.cells_searched
        if self._searched is not None:
            index.make_direct_map()  # for lookups of a vector by key
        self.dimension: int = self._index.d

    def nearest(
        self, vector: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> Candidates:
        """Return the k allowed rows nearest to a (d,) unit vector; ties are broken by key.

        If the mask allows few rows, more cells are searched so that k rows are found.
        """
        size = self._index.ntotal
        wanted = min(k, size if mask is None else int(mask.sum()))
        if wanted <= 0:
            return Candidates()
        if self._searched is None:
            return self._search(vector, wanted, mask, None)
        # Search more cells in proportion to the excluded rows.
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
        """Return the (d,) vector with the given key."""
        return np.asarray(self._index.reconstruct(key), dtype=np.float32)

    def cosines(self, vector: Vectors, keys: Keys) -> Scores:
        """Return the (n,) inner products of a (d,) vector with the rows of n keys."""
        if not len(keys):
            return np.zeros(0)
        rows = np.asarray(self._index.reconstruct_batch(keys), dtype=np.float32)
        return np.asarray(rows @ vector, dtype=np.float64)


class PhraseIndex:
    """The phrase vectors of a space in memory, with the key of the passage for each phrase."""

    def __init__(self, path: Path, structure: Structure, owners: Keys) -> None:
        self._rows, self._owners = VectorIndex(path, structure), owners

    def raised(
        self,
        found: Candidates,
        passages: VectorIndex,
        vector: Vectors,
        k: int,
        mask: npt.NDArray[np.bool_] | None = None,
    ) -> Candidates:
        """Return the k best passages, with higher cosines where a search phrase is nearer.

        `found` has the nearest passages; the passages of the k nearest phrases are added to them.
        If a phrase has a higher cosine than its passage, the cosine of the passage is raised by
        PHRASE_SHARE of the difference. A phrase never lowers a cosine.
        """
        allowed = None if mask is None else mask[self._owners]
        near = self._rows.nearest(vector, k, allowed)
        owners, first = np.unique(self._owners[near.keys], return_index=True)
        missing = np.setdiff1d(owners, found.keys)
        keys = np.concatenate([found.keys, missing])
        own = np.concatenate([found.scores, passages.cosines(vector, missing)])
        order = np.argsort(keys)
        keys, own = keys[order], own[order]
        nearest = own.copy()
        nearest[np.searchsorted(keys, owners)] = near.scores[first]
        return Candidates(keys, own + PHRASE_SHARE * np.maximum(0.0, nearest - own))[:k]
