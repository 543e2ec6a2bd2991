"""Vector sets that are too large for an exhaustive search."""

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.encoders.base import Vectors
from kb.index.local.vectors import DEPTH, RECALL, VectorIndex, write_vectors

SIZE, WIDTH = 3000, 24


def rows(seed: int, size: int) -> Vectors:
    """Return (size, WIDTH) float32 unit rows."""
    drawn = np.random.default_rng(seed).standard_normal((size, WIDTH), dtype=np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


VECTORS = rows(1, SIZE)


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    """Return the vectors in an inverted file (IVF), of which a search visits some cells."""
    path = tmp_path_factory.mktemp("vectors") / "cells.faiss"
    return VectorIndex(path, write_vectors(path, VECTORS, max_exact=SIZE - 1))


def test_few_vectors_are_compared_one_by_one(tmp_path: Path) -> None:
    """Up to the limit the index is exact; with one more vector it is an inverted file."""
    assert write_vectors(tmp_path / "a", VECTORS, max_exact=SIZE).name == "Flat"
    assert write_vectors(tmp_path / "b", VECTORS, max_exact=SIZE - 1).name.startswith("IVF")


def test_the_recall_that_is_stored_is_the_recall_of_questions(tmp_path: Path) -> None:
    """The stored recall is near the recall for other questions."""
    structure = write_vectors(tmp_path / "a", VECTORS, max_exact=0)
    index, asked = VectorIndex(tmp_path / "a", structure), rows(2, 100)

    _, exact = faiss.knn(asked, VECTORS, DEPTH, metric=faiss.METRIC_INNER_PRODUCT)
    found = [index.nearest(one, DEPTH).keys for one in asked]
    recall = np.mean(
        [len(np.intersect1d(*pair)) / DEPTH for pair in zip(exact, found, strict=True)]
    )

    assert structure.recall_at_100 >= RECALL
    assert recall == pytest.approx(structure.recall_at_100, abs=0.02)


@given(k=st.integers(0, 400), share=st.floats(0, 1), seed=st.integers(0, 1000))
def test_a_filtered_search_returns_k_vectors_if_so_many_are_allowed(
    cells: VectorIndex, k: int, share: float, seed: int
) -> None:
    """However few passages a filter leaves, k of them are returned if there are so many."""
    random = np.random.default_rng(seed)
    mask, question = random.random(SIZE) < share, rows(seed + 5000, 1)[0]

    found = cells.nearest(question, k, mask)

    assert len(found) == min(k, mask.sum())
    assert mask[found.keys].all()
    assert found.scores == pytest.approx(VECTORS[found.keys] @ question, abs=2e-3)


def test_a_filter_that_leaves_few_is_exact(cells: VectorIndex) -> None:
    """Among a hundredth of the passages the nearest are those of plain multiplication."""
    mask = np.zeros(SIZE, dtype=np.bool_)
    mask[::100] = True
    question = rows(9, 1)[0]

    best = np.flatnonzero(mask)[np.argsort(-(VECTORS[mask] @ question))[:10]]

    assert cells.nearest(question, 10, mask).keys.tolist() == best.tolist()


def test_a_vector_is_given_back(cells: VectorIndex) -> None:
    """The stored vector of a passage is the one that was written, at half precision."""
    assert cells.vector(17) == pytest.approx(VECTORS[17], abs=1e-3)
