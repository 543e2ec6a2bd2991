"""Pseudo-relevance feedback: move the query vector toward the first passages and search again."""

import numpy as np

from kb.domain.queries import Clauses
from kb.domain.rankings import Candidates
from kb.encoders.base import Vectors
from kb.index.contract import Reader
from kb.search.fuse import Fusion, Scale, fuse
from kb.search.prepare import Prepared
from kb.search.retrieve import DEPTH, Retrieved

# Number of passages, and their weight. Feedback improves the results of Spanish queries. It is off
# for English ones, because it helps on two sets of judged queries but hurts on a third
# (docs/ablations).
FEEDBACK_PASSAGES = 5
FEEDBACK_WEIGHT = 0.6


def moved(vector: Vectors, ranked: Fusion, reader: Reader, space: str) -> Vectors:
    """Return the (d,) unit vector of a query moved toward the first passages of its ranking.

    Source: Rocchio, Relevance Feedback in Information Retrieval (1971), without the term for
    non-relevant passages.
    """
    near = [reader.vector(space, key) for key in ranked.keys[:FEEDBACK_PASSAGES].tolist()]
    shifted = vector + FEEDBACK_WEIGHT * np.mean(near, axis=0)
    return np.asarray(shifted / np.linalg.norm(shifted), dtype=np.float32)


def with_feedback(
    ranked: Fusion, prepared: Prepared, retrieved: Retrieved, reader: Reader
) -> Fusion:
    """Return the ranking for the moved query; explanations still refer to the original query.

    The query is moved toward the first passages of the ranking without filters, so that filters do
    not change its vector.
    """
    space, whole = prepared.space, retrieved.whole
    if space is None or retrieved.vector is None or not len(ranked):
        return ranked
    share, full = space.share(retrieved.best_cosine), space.calibration.full_cosine
    first = fuse(*whole, share, full) if whole else ranked
    vector = moved(retrieved.vector, first, reader, space.name)

    def nearest(clauses: Clauses) -> Candidates:
        return reader.dense(space.name, vector, retrieved.tree, clauses, DEPTH)

    dense = nearest(prepared.clauses)
    scale = Scale.of(whole[0], nearest(())) if whole else Scale.of(retrieved.lexical, dense)
    again = fuse(retrieved.lexical, dense, share, full, scale)
    return ranked.reordered(again.keys, again.scores)
